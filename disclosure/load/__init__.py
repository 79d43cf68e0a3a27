"""Made-up content by the hundred thousand, to measure with: the same for the same seed.

Pure: `words`, `texts`. `stock` and `publications` write. Requests: `requests_app.load`.
"""
