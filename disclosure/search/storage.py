"""Where a row of the index stands: one number that both databases order by.

From the left: 33 bits of seconds since 1900 of the moment of publication, 24 bits of the
publication's key, 6 bits that say which part it is (the first part the highest, so that it comes
first in the newest order). Without the last six it is the *place* of the publication: the same
for all its parts, and what a paging mark holds.
"""

import datetime as dt

PART_BITS = 6
ID_BITS = 24
MOST_PARTS = 60
_SECONDS = 33
_EPOCH = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
_PARTS = (1 << PART_BITS) - 1
#: The highest place that there is.
LAST_PLACE = (1 << (_SECONDS + ID_BITS)) - 1


def place_of(published_at: dt.datetime, publication_id: int) -> int:
    """The place of a publication among all: a later one is higher."""
    return (_seconds(published_at) << ID_BITS) | (publication_id & ((1 << ID_BITS) - 1))


def key_of(published_at: dt.datetime, publication_id: int, part: int = 0) -> int:
    """The key of a part of a publication in the index."""
    return (place_of(published_at, publication_id) << PART_BITS) | (_PARTS - part)


def place(key: int) -> int:
    """The place of the publication that a key belongs to."""
    return key >> PART_BITS


def first_place_at(moment: dt.datetime) -> int:
    """The lowest place that anything published at `moment` can have."""
    return _seconds(moment) << ID_BITS


def last_place_at(moment: dt.datetime) -> int:
    """The highest place that anything published at `moment` can have."""
    return first_place_at(moment) | ((1 << ID_BITS) - 1)


def lowest_key(place: int) -> int:
    """The lowest key of a place."""
    return place << PART_BITS


def highest_key(place: int) -> int:
    """The highest key of a place."""
    return (place << PART_BITS) | _PARTS


def _seconds(moment: dt.datetime) -> int:
    seconds = int((moment - _EPOCH).total_seconds())
    return max(0, min(seconds, (1 << _SECONDS) - 1))
