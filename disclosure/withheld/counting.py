"""How much is withheld, by ground: all that the public is told of the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from disclosure.core.citing import cite
from disclosure.grounds import GROUNDS
from disclosure.withheld.models import WithheldItem


@dataclass(frozen=True)
class Counted:
    """A ground with its article, and how many entries rest on it."""

    label: str
    article: str
    number: int


def by_ground(agencies: Sequence[int] | None = None) -> list[Counted]:
    """What is withheld at these agencies (None: at all), a row for each ground; one query."""
    rows = WithheldItem.objects.held()
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    found = dict(rows.order_by().values_list("ground").annotate(Count("pk")))
    return [
        Counted(str(ground.label), cite(ground.article), found.get(ground.key, 0))
        for ground in GROUNDS.values()
    ]
