"""Needs about those who are asked: parties outside, offices inside."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import Refusal
from requests_app.consulting.models import HelpTask, Party
from requests_app.lifecycle import Event, Need
from requests_app.policies.asking import Asked, against_clock, check


@check(Need.PARTY)
def _party(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    if not asked.text("name"):
        yield Refusal(_("Please give the name."), code="name")
    if not asked.text():
        yield Refusal(_("Please write what is asked."), code="text")


@check(Need.ASKED)
def _asked(asked: Asked) -> Iterable[Refusal]:
    party = asked.data.get("party")
    kind = str(asked.row.event).rpartition("_")[0]
    if party is None or party.request_id != asked.case.pk or party.kind != kind:
        yield Refusal(_("This one was not asked about this request."), code="party")


@check(Need.OPINION)
def _opinion(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    opinion = asked.data.get("opinion")
    if opinion not in Party.Opinion.values:
        yield Refusal(_("Please choose the opinion."), code="opinion")
    elif opinion == Party.Opinion.OBJECTS and not asked.text():
        yield Refusal(_("Please write the reasons of the objection."), "32", "text")


@check(Need.OBJECTION)
def _objection(asked: Asked) -> Iterable[Refusal]:
    party = asked.data.get("party")
    if party is None or party.request_id != asked.case.pk:
        yield Refusal(_("This one was not asked about this request."), code="party")
    elif party.kind != Party.Kind.THIRD_PARTY or party.opinion != Party.Opinion.OBJECTS:
        yield Refusal(_("There is no objection with reasons."), "32", "party")
    elif party.is_overridden:
        yield Refusal(_("This is decided already."), "32", "party")


@check(Need.TASK_OPEN)
def _task_open(asked: Asked) -> Iterable[Refusal]:
    task = asked.data.get("task")
    if task is None or task.request_id != asked.case.pk:
        yield Refusal(_("This task does not belong to the request."), code="task")
    elif not task.is_open:
        yield Refusal(_("The office has answered already."), code="task")


@check(Need.FOUND)
def _found(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    found, task = asked.data.get("found"), asked.data.get("task")
    if found not in HelpTask.Found.values:
        yield Refusal(_("Please choose the answer of the office."), code="found")
    elif task is not None and (found == HelpTask.Found.OPINION) != (
        task.kind == HelpTask.Kind.OPINION
    ):
        yield Refusal(_("This answer does not fit what was asked."), code="found")
    elif found == HelpTask.Found.OPINION and not asked.text():
        yield Refusal(_("Please write the opinion."), code="text")


def last_answer_days(asked: Asked) -> dict[tuple[str, int], dt.date | None]:
    """(kind, number) of each one asked and not heard yet → the last lawful day of its opinion;
    None where there is no term."""
    events = asked.since_reopened()
    open_ones: dict[tuple[str, int], dt.date | None] = {}
    answered = {
        (event.kind.removesuffix("_answered"), event.facts.get("number", 1))
        for event in events
        if event.kind.endswith("_answered")
    }
    terms = asked.reckoning.opinions_due if asked.reckoning else {}
    for event in events:
        kind = event.kind.removesuffix("_asked")
        if event.kind.endswith("_asked") and kind in Party.Kind.values:
            key = (kind, int(event.facts.get("number", 1)))
            if key not in answered:
                open_ones[key] = terms.get(key)
    return open_ones


@check(Need.OPINIONS_IN)
def _opinions_in(asked: Asked) -> Iterable[Refusal]:
    """Art. 32, 34: what was asked is waited for, as long as its term runs."""
    names = dict(Party.Kind.choices)
    for (kind, number), last in last_answer_days(asked).items():
        if last is None:
            yield Refusal(
                _(
                    "%(who)s %(number)d has not answered yet. Record its opinion, or that it has "
                    "none."
                )
                % {"who": names[kind], "number": number},
                code="state",
            )
        elif last >= asked.on:
            yield Refusal(
                _("%(who)s %(number)d may still answer until %(day)s.")
                % {"who": names[kind], "number": number, "day": last.isoformat()},
                "32" if kind == Party.Kind.THIRD_PARTY else "34",
                "state",
            )


@check(Need.HELP_IN)
def _help_in(asked: Asked) -> Iterable[Refusal]:
    for task in asked.case.tasks.filter(answered_on__isnull=True).select_related("office"):
        yield Refusal(_("%(office)s has not answered yet.") % {"office": task.office}, code="state")


@check(Need.NOT_PROPOSED)
def _not_proposed(asked: Asked) -> Iterable[Refusal]:
    if asked.case.is_extension_proposed:
        yield Refusal(_("An extension is proposed already."), "33", "state")


@check(Need.PROPOSED)
def _proposed(asked: Asked) -> Iterable[Refusal]:
    if not asked.case.is_extension_proposed:
        yield Refusal(_("No extension is proposed."), "33", "state")


@check(Need.EXTENDABLE)
def _extendable(asked: Asked) -> Iterable[Refusal]:
    """Whether the head could still extend today (Art. 33)."""
    days = asked.data.get("days")
    yield from against_clock(asked, Event.EXTENDED, {"days": days} if days else {}, code="days")
