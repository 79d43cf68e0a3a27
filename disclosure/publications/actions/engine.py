"""Taking a step: one transaction of right, policy, effect, event, history, audit.

`take` is the only way in which a publication's state changes. What a step writes beside the
event stands in `effects` under its name; what other rooms add, in `publications.hooks`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.publications import hooks
from disclosure.publications.lifecycle import TRANSITIONS
from disclosure.publications.messages import CHANGED_MEANWHILE
from disclosure.publications.models import Publication
from disclosure.publications.policies import Asked, why_not
from disclosure.publications.trail import PublicationEvent

#: Of a reason or an opinion, in characters.
NOTE_LENGTH = 1000


@dataclass
class Taking:
    """A step being taken: what was asked, and what its effect adds."""

    asked: Asked
    #: Fields of the publication that are written with the new state.
    fields: dict[str, Any] = field(default_factory=dict)
    #: What stands with the event and in the audit trail: keys and codes, no personal data.
    facts: dict[str, Any] = field(default_factory=dict)
    #: What the event is of, where that is not the row that the step was taken with.
    of: Publication | None = None

    @property
    def publication(self) -> Publication:
        return self.asked.publication

    @property
    def actor(self) -> User | None:
        return self.asked.actor

    @property
    def at(self) -> dt.datetime:
        return self.asked.at

    @property
    def note(self) -> str:
        return (self.asked.text("reason") or self.asked.text("opinion"))[:NOTE_LENGTH]


Effect = Callable[[Taking], None]
EFFECTS: dict[str, Effect] = {}


def effect(*steps: str) -> Callable[[Effect], Effect]:
    """Registers what steps write beside their event."""

    def register(function: Effect) -> Effect:
        for step in steps:
            if step not in TRANSITIONS:
                raise KeyError(step)
            EFFECTS[step] = function
        return function

    return register


@transaction.atomic
def take(
    publication: Publication,
    step: str,
    *,
    actor: User | None,
    at: dt.datetime | None = None,
    **data: Any,
) -> Publication:
    """Take `step`; the publication as it stands afterwards (of an adopted revision: the item).

    `data` is what the step's form asked for; `actor=None` is the system. Raises NotPermitted,
    NotPossible with every reason, Conflict when somebody was quicker.
    """
    row = TRANSITIONS[step]
    stored = locked(publication)
    rights.require(actor, row.action, stored)
    asked = Asked(stored, row, actor, at or now(), data)
    reasons = why_not(asked)
    if reasons:
        raise NotPossible(reasons)
    taking = Taking(asked)
    if step in EFFECTS:
        EFFECTS[step](taking)
    _write(taking)
    about = taking.of or stored
    event = write_event(about, step, actor, taking.at, note=taking.note, facts=taking.facts)
    record(actor, f"publication.{step}", about, **taking.facts)
    hooks.run(step, about, event)
    return about


def _write(taking: Taking) -> None:
    """The new state and fields, only where the old state still stands (SQLite has no row locks)."""
    stored, row = taking.publication, taking.asked.row
    state = row.target.value if row.target else stored.state
    fields = {"state": state, **taking.fields}
    moved = Publication.objects.filter(
        pk=stored.pk,
        state__in=[source.value for source in row.sources],
        revision=stored.revision,
    ).update(**fields)
    if not moved:
        raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
    for name, value in fields.items():
        setattr(stored, name, value)
    records.save(stored, taking.actor, row.name)


def write_event(
    publication: Publication,
    step: str,
    actor: User | None,
    at: dt.datetime,
    *,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> PublicationEvent:
    """Note that a step was taken with the publication as it is now."""
    return PublicationEvent.objects.create(
        publication=publication,
        step=step,
        actor=actor,
        at=at,
        revision=publication.revision,
        content_hash=publication.content_hash,
        version=publication.version,
        note=note,
        facts=facts or {},
    )


def lock_all(publications: Iterable[int]) -> None:
    """Lock these rows, in one order, until the transaction ends. Each logged step locks the end
    of the public log too, so who takes several has to have all their rows before."""
    rows = Publication.objects.select_for_update(of=("self",)).filter(pk__in=set(publications))
    list(rows.order_by("pk").values_list("pk", flat=True))


def locked(publication: Publication) -> Publication:
    """The row as it is now, locked until the transaction ends."""
    return (
        Publication.objects.select_for_update(of=("self",))
        .select_related("agency", "category", "revises", "revises__agency")
        .get(pk=publication.pk)
    )
