"""The parts of a case as its page shows them, each with the steps that are lawful for it now."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import clock
from requests_app.casework.models import DisclosureRequest, RequestEvent
from requests_app.consulting.models import Party
from requests_app.letters.kinds import WITHIN
from requests_app.lifecycle import CASE_STEPS, Event, Place
from requests_app.policies.rest import AMENDABLE
from requests_app.tracking.timeline import days_left_text


@dataclass(frozen=True)
class Action:
    """A step of a part, as a link."""

    label: str
    url: str


@dataclass(frozen=True)
class Part:
    """A party, task, letter or remedy: what it is, its facts, what can be done with it."""

    title: str
    facts: list[tuple[str, str]]
    actions: list[Action] = field(default_factory=list)
    pill: str = ""
    pill_class: str = ""
    text: str = ""
    row: Any = None


@dataclass(frozen=True)
class Lights:
    """How near a last day is on the day of looking, by the thresholds of its stage."""

    on: dt.date
    calendar: WorkdayCalendar

    def __call__(self, stage: str, due: dt.date, said: str, *, over: str = "") -> tuple[str, str]:
        """Class and words of a pill: what is `said` of it, and the working days left; `over`: how
        it reads once the day has passed, where nobody is late."""
        level = clock.level_of(due, self.on, self.calendar, stage)
        left = days_left_text(due, self.on, clock.days_left(due, self.on, self.calendar))
        if over and due < self.on:
            return "warn", f"{said} · {over}"
        return {"amber": "warn", "red": "bad"}.get(level, ""), f"{said} · {left}"


class Steps:
    """Which steps of parts the person may take in the case's state; their addresses."""

    def __init__(self, case: DisclosureRequest, user: User) -> None:
        self.case = case
        self.allowed = {
            name
            for name, row in CASE_STEPS.items()
            if row.place is not Place.CASE
            and case.state in row.sources
            and rights.allows(user, row.action or "", case)
        }

    def __call__(self, *wanted: tuple[str, bool], **row: Any) -> list[Action]:
        """Links for those of (step, possible) that are possible; `row` is named in the address."""
        (name, key), *_rest = row.items()
        return [
            Action(
                _(CASE_STEPS[step].label),
                reverse(f"admin:requests_app_disclosurerequest_{step}", args=[self.case.pk])
                + f"?{name}={key}",
            )
            for step, possible in wanted
            if possible and step in self.allowed
        ]


def parties(
    case: DisclosureRequest,
    events: Iterable[RequestEvent],
    terms: Mapping[tuple[str, int], dt.date],
    steps: Steps,
    lights: Lights,
    *,
    may_read: bool,
) -> list[Part]:
    """Those who were asked, with their terms and opinions (Art. 32, 34)."""
    by_key: dict[tuple[str, int], dict[str, dt.date]] = {}
    wanted: dict[tuple[str, int], dt.date] = {}
    for event in events:
        kind, _bar, what = event.kind.rpartition("_")
        if kind in Party.Kind.values:
            key = (kind, int(event.facts.get("number", 1)))
            by_key.setdefault(key, {})[what] = event.occurred_on
            if "until" in event.facts:
                wanted[key] = dt.date.fromisoformat(event.facts["until"])
    found = []
    for party in case.parties.all():
        key = (party.kind, party.number)
        dates, due = by_key.get(key, {}), terms.get(key) or wanted.get(key)
        facts = [
            (_("Asked on"), _day(dates.get("asked"))),
            (_("Letter received on"), _day(dates.get("received"))),
            (_("May answer until"), _day(due)),
            (_("Answer received on"), _day(dates.get("answered"))),
        ]
        is_open = not party.opinion
        kind = party.kind
        pill_class = "" if is_open else "ok" if party.opinion == "agrees" else "warn"
        pill = party.get_opinion_display() or _("Not answered yet")
        if is_open and due and case.is_open:
            pill_class, pill = lights("opinion", due, pill, over=_("Its term is over"))
        found.append(
            Part(
                title=party.get("name") if may_read else str(party),
                facts=[fact for fact in facts if fact[1]],
                actions=steps(
                    (f"{kind}_received", is_open and "received" not in dates),
                    (f"{kind}_answered", is_open),
                    (
                        "override_objection",
                        party.opinion == Party.Opinion.OBJECTS
                        and kind == Party.Kind.THIRD_PARTY
                        and not party.is_overridden,
                    ),
                    party=party.pk,
                ),
                pill=pill,
                pill_class=pill_class,
                text=_("To be disclosed against its objection") if party.is_overridden else "",
                row=party,
            )
        )
    return found


def tasks(case: DisclosureRequest, steps: Steps, lights: Lights) -> list[Part]:
    """What offices were asked to do (协办、会办), what they answered, who is late."""
    found = []
    for task in case.tasks.select_related("office"):
        pill_class = "" if task.is_open else "ok"
        pill = task.get_found_display() or _("Not answered yet")
        if task.is_open and case.is_open:
            pill_class, pill = lights("help", task.due_on, pill)
        facts = [
            (_("Asked on"), _day(task.asked_on)),
            (_("Answer wanted by"), _day(task.due_on)),
            (_("Last reminded on"), _day(task.chased_on)),
            (_("Answer received on"), _day(task.answered_on)),
        ]
        found.append(
            Part(
                title=f"{task.office} · {task.get_kind_display()}",
                facts=[fact for fact in facts if fact[1]],
                actions=steps(
                    ("give_help", task.is_open), ("chase_help", task.is_open), task=task.pk
                ),
                pill=pill,
                pill_class=pill_class,
                row=task,
            )
        )
    return found


def letters(case: DisclosureRequest, steps: Steps) -> list[Part]:
    """Every letter issued, with its files and how it was delivered."""
    found = []
    for letter in case.letters.prefetch_related("files", "deliveries"):
        delivered = list(letter.deliveries.all())
        facts = [(_("Issued on"), _day(letter.issued_on))]
        for one in delivered:
            proof = " ".join(filter(None, [one.carrier, one.tracking_number]))
            facts.append((one.get_channel_display(), f"{_day(one.sent_on)} {proof}".strip()))
            if one.served_on:
                facts.append((_("Served on"), _day(one.served_on)))
        served = any(one.served_on for one in delivered)
        inner = letter.kind in WITHIN
        found.append(
            Part(
                title=f"{letter.get_kind_display()} {letter.number}",
                facts=facts,
                actions=steps(("serve", not served and not inner), letter=letter.pk),
                pill=_("Within the agency")
                if inner
                else _("Served")
                if served
                else _("On its way")
                if delivered
                else _("Not sent yet"),
                pill_class="ok" if served else "warn" if delivered else "",
                row=letter,
            )
        )
    return found


def remedies(case: DisclosureRequest, steps: Steps, lights: Lights) -> list[Part]:
    """Reconsiderations and lawsuits, with the agency's own terms (Art. 51)."""
    found = []
    for remedy in case.remedies.all():
        pill_class, pill = "", remedy.get_outcome_display()
        if remedy.is_open and remedy.replied_on is None:
            pill_class, pill = lights("remedy", remedy.reply_due, pill)
        facts = [
            (_("Before"), remedy.body),
            (_("Begun by"), remedy.get_by_display()),
            (_("Against"), remedy.get_against_display()),
            (_("Copy received on"), _day(remedy.received_on)),
            (_("Our reply due"), _day(remedy.reply_due)),
            (_("Replied on"), _day(remedy.replied_on)),
            (_("Decided on"), _day(remedy.decided_on)),
            (_("New answer by"), _day(remedy.new_answer_by)),
        ]
        found.append(
            Part(
                title=f"{remedy.get_kind_display()} {remedy.reference}".strip(),
                facts=[fact for fact in facts if fact[1]],
                actions=steps(
                    ("reply_remedy", remedy.is_open and remedy.replied_on is None),
                    ("decide_remedy", remedy.is_open),
                    ("reopen", remedy.orders_new_answer),
                    remedy=remedy.pk,
                ),
                pill=pill,
                pill_class=pill_class,
                row=remedy,
            )
        )
    return found


def corrections(
    events: Iterable[RequestEvent], steps: Steps
) -> Callable[[RequestEvent], list[Action]]:
    """The link that corrects an entry, for each entry where that is possible."""
    corrected = {
        e.facts["event"] for e in events if e.kind == Event.AMENDED and e.facts.get("void")
    }

    def links(event: RequestEvent) -> list[Action]:
        possible = event.kind in AMENDABLE and event.pk not in corrected
        return steps(("amend", possible), event=event.pk)

    return links


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
