"""Median and 90th percentile of whole numbers that come with how often each occurs. Pure."""

from collections.abc import Mapping


def percentile(counts: Mapping[int, int], share: float) -> int | None:
    """The smallest value that at least `share` (0 to 1) of all do not exceed; None of nothing."""
    total = sum(counts.values())
    if not total:
        return None
    wanted, seen = share * total, 0
    for value in sorted(counts):
        seen += counts[value]
        # Products of decimal shares are a hair off: 0.9 * 10 is reached by nine.
        if seen >= wanted - 1e-9:
            return value
    return max(counts)
