"""Made-up requests by the hundred thousand, to measure with. Pure: `stories`. Writes: `requests`.

Their events give their projections, as with real ones; letters, files and messages they have none.
"""
