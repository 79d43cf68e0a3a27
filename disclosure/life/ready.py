"""What this room hangs on to publications: the way out, the public page, the staff page, the day.
Imported when the app is ready.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from disclosure.core import daily, triggers
from disclosure.core.errors import Refusal
from disclosure.life import (
    closings,
    policies,
    presenting,
    relating,
    staff_parts,  # noqa: F401  (registers itself)
    views,
)
from disclosure.publications import hooks, item
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent


@hooks.check("submit", "sign_off", "publish")
def others_can_change(
    publication: Publication, *, at: dt.datetime, data: Mapping[str, Any]
) -> list[Refusal]:
    """What it amends or ends can be amended or ended."""
    return policies.why_not_take_effect(publication, at=at)


@hooks.effect("publish", "take_over")
def change_others(publication: Publication, event: PublicationEvent) -> None:
    """Its relations are the item's, and what they do is done."""
    earlier = event.facts.get("earlier")
    if earlier:
        relating.move_to_item(publication, earlier)
    relating.settle(publication, actor=event.actor, at=event.at)


@hooks.effect("withdraw")
def bring_others_back(publication: Publication, event: PublicationEvent) -> None:
    """What only it had ended or amended is in force again."""
    relating.undo(publication, event)


triggers.append_only("disclosure.ClosedVersion")

daily.register("amendments that have come due", relating.settle_due)
daily.register("closed versions in the public log", closings.log_older)

item.register_extra("relations", presenting.relations, "disclosure/life/_relations.html", order=20)
item.register_extra("changes", presenting.changes, "disclosure/life/_changes.html", order=30)
item.UNTOLD.append(presenting.not_told_yet)
item.register_answer("version", views.version)
item.register_answer("compare", views.compare)
item.register_answer("changes", views.changes)
