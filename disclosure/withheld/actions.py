"""What can be done to an entry of the register: each is one transaction of right, policy, write,
history and audit. The audit trail never has the name of what bears a marking.

`actor=None` is the system (demonstration content, what follows from a review).
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.catalogue.models import Category
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, Refusal
from disclosure.publications import actions as publishing
from disclosure.publications.models import Publication
from disclosure.withheld import policies
from disclosure.withheld.lifecycle import ADD, CHANGE, ITEM_STEPS
from disclosure.withheld.models import Reassessment, WithheldItem

#: Art. 18 asks for regular looks and names no interval; a year is what agencies' rules have.
LOOK_AGAIN_AFTER = 1
ADD_PUBLICATION = "disclosure.add_publication"


def a_year_after(day: dt.date) -> dt.date:
    """The same day a year later (calendar days; 28 February for 29 February)."""
    year = day.year + LOOK_AGAIN_AFTER
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def reckon(item: WithheldItem) -> None:
    """Its name on one line, the day to look again where none is given, the first of its days."""
    item.title = " ".join(item.title.split())
    if item.look_again_on is None:
        item.look_again_on = a_year_after(item.decided_on)
    days = (item.look_again_on, item.withheld_until, item.secret_until)
    item.due_on = min(day for day in days if day is not None)


@transaction.atomic
def create(
    *, actor: User | None, item: WithheldItem, at: dt.datetime | None = None
) -> WithheldItem:
    """Put something on the register."""
    # The sentence on markings first: to who may not see them the table only says no.
    rights.require(actor, ADD)
    records.refuse_if(
        policies.why_not_mark(actor, item)
        + policies.why_not_keep_record(item, on=legal_day(at or now()))
    )
    rights.require(actor, ADD, item)
    reckon(item)
    item.created_by = actor
    records.save(item, actor)
    record(actor, "withhelditem.created", item, ground=item.ground)
    return item


@transaction.atomic
def update(
    *,
    actor: User | None,
    item: WithheldItem,
    reason: str = "",
    at: dt.datetime | None = None,
) -> bool:
    """Store a changed entry; False when nothing differs. Its state is changed by steps alone."""
    stored = records.locked(item)
    rights.require(actor, CHANGE, stored)
    records.refuse_if(
        policies.why_not_mark(actor, item)
        + policies.why_not_keep_record(item, on=legal_day(at or now()))
    )
    rights.require(actor, CHANGE, item)
    item.state = stored.state
    reckon(item)
    changed = records.changes(stored, item)
    if not changed:
        return False
    records.save(item, actor, reason)
    record(actor, "withhelditem.changed", item, fields=changed)
    return True


@transaction.atomic
def take(
    item: WithheldItem,
    step: str,
    *,
    actor: User | None,
    at: dt.datetime | None = None,
    row: Reassessment | None = None,
    **data: Any,
) -> WithheldItem:
    """Do one of ITEM_STEPS; `row` is the round's row that decides it."""
    moment = at or now()
    on = legal_day(moment)
    transition = ITEM_STEPS[step]
    stored = records.locked(item)
    rights.require(actor, transition.action, stored)
    records.refuse_if(
        policies.why_not_take(stored, step, on=on, row=row)
        + policies.why_not_data(step, data, on=on)
    )
    before = stored.state
    EFFECTS[step](stored, actor, on, data)
    if transition.target is not None:
        stored.state = transition.target
    reckon(stored)
    # Only where the old state still stands (SQLite has no row locks).
    moved = WithheldItem.objects.filter(pk=stored.pk, state=before).update(
        state=stored.state, closed_reason=stored.closed_reason, masked=stored.masked
    )
    if not moved:
        raise Conflict(Refusal(records.STORED_MEANWHILE, code="conflict"))
    records.save(stored, actor, step)
    return stored


def _confirm(item: WithheldItem, on: dt.date, data: dict[str, Any]) -> None:
    """The ground confirmed or changed, and the next day; a day that has come is used up."""
    item.ground = data.get("ground") or item.ground
    item.decided_on = on
    item.look_again_on = data["look_again_on"]
    item.withheld_until = data.get("withheld_until")
    if item.secret_until and item.secret_until <= on:
        item.secret_until = None


def _keep(item: WithheldItem, actor: User | None, on: dt.date, data: dict[str, Any]) -> None:
    _confirm(item, on, data)
    day = item.look_again_on.isoformat()
    record(actor, "withhelditem.kept", item, ground=item.ground, look_again_on=day)


def _disclose(item: WithheldItem, actor: User | None, on: dt.date, data: dict[str, Any]) -> None:
    item.draft = _draft(item, actor, data["category"])
    record(actor, "withhelditem.disclosed", item, index_number=item.draft.index_number)


def _disclose_in_part(
    item: WithheldItem, actor: User | None, on: dt.date, data: dict[str, Any]
) -> None:
    """A draft of what can be disclosed; the entry stays for the rest."""
    _confirm(item, on, data)
    item.masked = data["masked"].strip()
    item.draft = _draft(item, actor, data["category"])
    record(actor, "withhelditem.disclosed_in_part", item, index_number=item.draft.index_number)


def _file(item: WithheldItem, actor: User | None, on: dt.date, data: dict[str, Any]) -> None:
    item.filed_on, item.filed_with = data["filed_on"], data["filed_with"].strip()
    day = item.filed_on.isoformat()
    record(actor, "withhelditem.filed", item, filed_on=day, filed_with=item.filed_with)


def _close(item: WithheldItem, actor: User | None, on: dt.date, data: dict[str, Any]) -> None:
    item.closed_reason = data["reason"].strip()
    record(actor, "withhelditem.closed", item)


def _reopen(item: WithheldItem, actor: User | None, on: dt.date, data: dict[str, Any]) -> None:
    _confirm(item, on, data)
    item.closed_reason = ""
    record(actor, "withhelditem.reopened", item, reason=data["reason"].strip())


EFFECTS: dict[str, Callable[[WithheldItem, User | None, dt.date, dict[str, Any]], None]] = {
    "keep": _keep,
    "disclose": _disclose,
    "disclose_in_part": _disclose_in_part,
    "file": _file,
    "close": _close,
    "reopen": _reopen,
}


def _draft(item: WithheldItem, actor: User | None, category: Category) -> Publication:
    """A draft with the record alone; nothing of what was written for staff goes along."""
    publication = Publication(
        agency=item.agency,
        category=category,
        title=item.title,
        document_number=item.document_number,
        date_made=item.date_made,
        disclosure=Publication.Disclosure.PROACTIVE,
        is_demo=item.is_demo,
    )
    return begun_by(actor, publication)


def begun_by(actor: User | None, publication: Publication) -> Publication:
    """A draft that follows from a decision. Who decides is not who writes: without the right to
    write the system makes it, and who decided may still review it."""
    writes = actor is not None and rights.allows(actor, ADD_PUBLICATION, publication)
    return publishing.create(actor=actor if writes else None, publication=publication)
