"""How a path is written (the lines: see `walking`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Path:
    """A way that a request can go, and where it must end; each date worked by hand.

    `ends` is the state and then `field=value` pairs of the first request, `others` the same for
    the ones that come beside it. `late` is the first day on which an open one is overdue (`never`:
    on no day); a finished one says instead whether it was answered `late`.
    """

    name: str
    articles: str
    lines: str
    ends: str
    decree: str = "711"
    others: Mapping[str, str] = field(default_factory=dict)
