"""Needs of fees, of several requests, of remedies, of corrections of entries and of erasing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from disclosure.core.dates import legal_day
from disclosure.core.errors import Refusal
from requests_app import clock
from requests_app.casework.models import Applicant, DisclosureRequest
from requests_app.deadline.wording import say
from requests_app.fees.rules import Basis, Fee, by_nth, by_pages, month_of, why_not_charge
from requests_app.lifecycle import IN_HAND, Event, Need, State
from requests_app.policies.asking import Asked, check, why_not_counted_otherwise
from requests_app.projection import clock_events, effective, walk
from requests_app.remedies.models import RemedyCase

#: Entries whose day may be corrected, or which may be taken back. The answer itself, its outcome
#: and what came in are facts of others: they are corrected by what comes after.
AMENDABLE = frozenset(
    {
        Event.RECEIVED,
        Event.CORRECTION_ASKED,
        Event.CORRECTED,
        Event.REASONS_ASKED,
        Event.REASONS_GIVEN,
        Event.THIRD_PARTY_ASKED,
        Event.THIRD_PARTY_RECEIVED,
        Event.THIRD_PARTY_ANSWERED,
        Event.CO_MAKER_ASKED,
        Event.CO_MAKER_RECEIVED,
        Event.CO_MAKER_ANSWERED,
        Event.AGENCY_ASKED,
        Event.AGENCY_ANSWERED,
        Event.EXTENDED,
        Event.DELAYED,
        Event.FEE_NOTIFIED,
        Event.FEE_PAID,
        Event.FEE_WAIVED,
        Event.REGISTERED,
        Event.CLOSED,
    }
)
#: What counts as the end of a request lies on or after its receipt.
_ENDINGS = frozenset({Event.ANSWERED, Event.CLOSED, Event.WITHDRAWN, Event.MERGED})
#: Those among them that may be taken back altogether: nothing else hangs on them.
VOIDABLE = frozenset(
    {Event.THIRD_PARTY_RECEIVED, Event.CO_MAKER_RECEIVED, Event.EXTENDED, Event.REASONS_GIVEN}
)


def requests_of_month(case: DisclosureRequest) -> int:
    """Which request of its applicant to its agency this is in the calendar month of the original
    receipt (国办函〔2020〕109号)."""
    first, last = month_of(case.received_on or dt.date.max)
    same = Applicant.objects.filter(
        person_hash=case.applicant.person_hash,
        request__agency=case.agency_id,
        request__received_on__range=(first, last),
    )
    return (
        same.filter(request__received_on__lt=case.received_on).count()
        + same.filter(request__received_on=case.received_on, request__pk__lte=case.pk).count()
    )


def fee_for(case: DisclosureRequest, basis: str, pages: int | None) -> tuple[Fee, int]:
    """The fee that a notice of this request bills, and what was counted."""
    if basis == Basis.REQUESTS:
        count = requests_of_month(case)
        return by_nth(count), count
    return by_pages(pages or 0), pages or 0


@check(Need.FEE)
def _fee(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    basis = asked.data.get("basis")
    if basis not in set(Basis):
        yield Refusal(_("Please choose the basis."), "42", "basis")
        return
    pages = asked.data.get("pages")
    if basis == Basis.PAGES and not pages:
        yield Refusal(_("Please give the number of pages."), "42", "pages")
        return
    fee, _counted = fee_for(asked.case, basis, pages)
    yield from why_not_charge(asked.case.received_on or asked.on, fee)
    if not asked.text("payment"):
        yield Refusal(_("Please write how the fee can be paid."), "42", "payment")


@check(Need.AMOUNT)
def _amount(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    notice = asked.case.fee_notice
    if asked.data.get("amount") != notice.amount:
        yield Refusal(
            _("The notice is over %(amount)s yuan; nothing else counts as paid.")
            % {"amount": notice.amount},
            "42",
            "amount",
        )


@check(Need.POINTS_TO_SPLIT)
def _points_to_split(asked: Asked) -> Iterable[Refusal]:
    if asked.case.points.count() < 2:
        yield Refusal(_("The request has only one point. Write its points apart first."))
    elif not asked.is_before:
        own = set(asked.case.points.values_list("pk", flat=True))
        chosen = {point.pk for point in asked.data.get("points", ())}
        if not chosen or not chosen < own:
            yield Refusal(_("Choose what is taken out; one point at least stays."), code="points")


@check(Need.YEAR_NOT_REPORTED)
def _year_not_reported(asked: Asked) -> Iterable[Refusal]:
    if asked.case.received_on:
        yield from why_not_counted_otherwise(asked.case, asked.case.received_on.year)


@check(Need.MERGEABLE)
def _mergeable(asked: Asked) -> Iterable[Refusal]:
    """Into the one that was received first: nobody's answer comes later by it."""
    if asked.is_before:
        if not mergeable(asked.case):
            yield Refusal(_("There is no other open request of this applicant to merge it into."))
    elif asked.data.get("into") not in mergeable(asked.case):
        yield Refusal(
            _(
                "Choose an open request of the same applicant to this agency that was received "
                "no later."
            ),
            code="into",
        )


def mergeable(case: DisclosureRequest) -> list[DisclosureRequest]:
    """The requests into which `case` can be merged, the first received first. Nothing goes into or
    out of a restricted one: its restriction is lifted first."""
    if case.is_restricted:
        return []
    return list(
        DisclosureRequest.objects.filter(
            agency=case.agency_id,
            is_restricted=False,
            state__in=[state.value for state in IN_HAND],
            applicant__person_hash=case.applicant.person_hash,
            received_on__lte=case.received_on,
        )
        .exclude(pk=case.pk)
        .order_by("received_on", "pk")[:50]
    )


@check(Need.REMEDY_FILED)
def _remedy_filed(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    for name, values, sentence in (
        ("kind", RemedyCase.Kind.values, _("Please choose the kind.")),
        ("by", RemedyCase.By.values, _("Please choose who began it.")),
        ("against", RemedyCase.Against.values, _("Please choose against what it is.")),
    ):
        if asked.data.get(name) not in values:
            yield Refusal(sentence, "51", name)
    if not asked.text("body"):
        yield Refusal(_("Please name the reconsideration body or the court."), "51", "body")
    against = asked.data.get("against")
    if against == RemedyCase.Against.ANSWER and not asked.case.counted_outcome:
        yield Refusal(_("There is no answer yet that could be contested."), "51", "against")


@check(Need.REMEDY_OPEN)
def _remedy_open(asked: Asked) -> Iterable[Refusal]:
    remedy = asked.data.get("remedy")
    if remedy is None or remedy.request_id != asked.case.pk:
        yield Refusal(_("This remedy does not belong to the request."), code="remedy")
    elif not remedy.is_open:
        yield Refusal(_("It is decided already."), code="remedy")


@check(Need.NOT_REPLIED)
def _not_replied(asked: Asked) -> Iterable[Refusal]:
    remedy = asked.data.get("remedy")
    if remedy is not None and remedy.replied_on:
        yield Refusal(_("Our reply is recorded already."), code="remedy")


@check(Need.RESULT)
def _result(asked: Asked) -> Iterable[Refusal]:
    from requests_app.remedies.outcomes import RESULTS, RemedyKind

    if asked.is_before:
        return
    result, remedy = RESULTS.get(asked.data.get("result", "")), asked.data.get("remedy")
    if result is None or (remedy and not result.exists_in(RemedyKind(remedy.kind))):
        yield Refusal(_("Please choose the result."), code="result")
    if remedy and asked.on < remedy.received_on:
        yield Refusal(
            _("It cannot be decided before the day on which it was received here."), code="on"
        )
    until = asked.data.get("until")
    if until and until <= asked.on:
        yield Refusal(_("The day by which must lie after the decision."), code="until")


@check(Need.NEW_ANSWER_ORDERED)
def _new_answer_ordered(asked: Asked) -> Iterable[Refusal]:
    remedy = asked.data.get("remedy")
    if remedy is None or remedy.request_id != asked.case.pk or not remedy.orders_new_answer:
        yield Refusal(_("No decision orders a new answer."), "51", "remedy")
    elif any(
        event.kind == Event.REOPENED and event.facts.get("remedy") == remedy.pk
        for event in asked.events
    ):
        yield Refusal(_("The request was reopened for this decision already."), "51", "remedy")


@dataclass(frozen=True)
class _Correction:
    """A correcting event that is not stored yet."""

    facts: dict[str, Any]
    occurred_on: dt.date
    kind: str = Event.AMENDED
    pk: Any = None


@check(Need.AMENDABLE)
def _amendable(asked: Asked) -> Iterable[Refusal]:
    """The entry may be corrected, and what came after it still holds."""
    if asked.is_before:
        return
    event = asked.data.get("event")
    if event is None or event.request_id != asked.case.pk or event.kind not in AMENDABLE:
        yield Refusal(_("This entry is not corrected in this way."), code="event")
        return
    void, day = bool(asked.data.get("void")), asked.data.get("day")
    if void and event.kind not in VOIDABLE:
        yield Refusal(
            _("This entry cannot be taken back, only its day corrected: other things hang on it."),
            code="void",
        )
        return
    if not void and day is None:
        yield Refusal(_("Please give the right day."), code="day")
        return
    if day and day > asked.today:
        yield Refusal(_("The day cannot lie in the future."), code="day")
        return
    if day and event.kind == Event.RECEIVED and day > legal_day(asked.case.submitted_at):
        yield Refusal(_("It was received no later than it was entered here."), "31", "day")
    if day and event.kind == Event.RECEIVED:
        stands = next((one.occurred_on for one in asked.events if one.order == event.pk), day)
        if day.year != stands.year:
            yield from why_not_counted_otherwise(asked.case, day.year, stands.year)
    yield from _against_replay(asked, amendment(event.pk, void=void, day=day))


def amendment(event: int, *, void: bool, day: dt.date | None) -> dict[str, Any]:
    """The facts of a correcting event."""
    return {"event": event, "void": True} if void else {"event": event, "day": f"{day:%Y-%m-%d}"}


def _against_replay(asked: Asked, facts: dict[str, Any]) -> Iterable[Refusal]:
    """Why the events cannot stand with this correction."""
    stored = list(asked.case.events.all())
    after = effective([*stored, _Correction(facts, asked.on)])
    way = walk(after)
    if way.misplaced is not None and walk(asked.events).misplaced is None:
        yield Refusal(
            _("A later step would then have been impossible. Correct that one first."),
            code="event",
        )
        return
    days = [event.occurred_on for event in after if event.kind in _ENDINGS]
    received = [event.occurred_on for event in after if event.kind == Event.RECEIVED]
    if days and received and min(days) < received[0]:
        yield Refusal(_("The answer cannot come before the day of receipt."), code="day")
        return
    try:
        clock.reckon(clock_events(after), asked.calendar)
    except clock.ClockError as error:
        yield Refusal(say(error.reason), error.article or "", code="day")


@check(Need.KEPT_LONG_ENOUGH)
def _kept_long_enough(asked: Asked) -> Iterable[Refusal]:
    case = asked.case
    if case.remedies.filter(decided_on__isnull=True).exists():
        yield Refusal(_("A reconsideration or lawsuit is open."), "51", "state")
    until = keep_until(case)
    if until is None or until >= asked.today:
        yield Refusal(_("Its retention period is not over."), code="state")


def keep_until(case: DisclosureRequest) -> dt.date | None:
    """The last day on which the personal data are kept: full calendar years after the one in which
    the case was closed, or its last remedy decided; None while it is open."""
    if case.state != State.CLOSED or case.closed_on is None:
        return None
    decided = [remedy.decided_on for remedy in case.remedies.all() if remedy.decided_on]
    year = max([case.closed_on, *decided]).year + settings.RETENTION_YEARS
    return dt.date(year, 12, 31)
