"""The clock (期限计算): what is due when, from dated events alone.

Conventions where the law is silent, all of them explained in docs/explanation/clock.md:
a pause begins the day after the asking; it moves only a period that is counted in days and has
not ended; a period fixed with a delay (Art. 35) is not counted and nothing moves it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.clock.events import CONSULTED, ClockEvent, check_range, event_name, parse_date
from requests_app.clock.pauses import Pause, Period, last_counted_day
from requests_app.clock.regulations import (
    FEE_FROM,
    Consultation,
    Regulation,
    chosen_regulation,
)
from requests_app.clock.results import Reckoning, Step
from requests_app.clock.wording import ClockError, Phrase, numbered, step_phrase

_DAY = timedelta(days=1)
#: Reconsideration and litigation.
_REMEDIES = "51"


def reckon(
    events: Iterable[ClockEvent],
    calendar: WorkdayCalendar,
    regulation: str | None = None,
    *,
    recorded: int = 0,
) -> Reckoning:
    """What is due after `events`, in order of date, the first of kind `received`.

    Raises ClockError for the first event that is out of order, unknown, unlawful or impossible.
    The first `recorded` events were found in time when they were recorded: days off announced
    or corrected since do not make them late.
    """
    listed = list(events)
    if not listed or listed[0].kind != "received":
        raise ClockError("no_receipt")
    received = check_range(listed[0].occurred_on)
    clock = _Clock(received, chosen_regulation(received, regulation), calendar)
    clock.begin(as_asked=bool(regulation))
    for place, event in enumerate(listed[1:], 1):
        clock.take(event, in_time=place < recorded)
    return clock.reckoning()


@dataclass
class _Clock:
    received: date
    regulation: Regulation
    calendar: WorkdayCalendar
    steps: list[Step] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    correction_asked: bool = False
    corrected: bool = False
    correction_until: date | None = None
    fee_due: date | None = None
    fee_paid: bool = False
    in_time: bool = False

    def __post_init__(self) -> None:
        self.period = Period(self.received)
        self.latest = self.received
        self.correction_notice_due: date | None = None
        if days := self.regulation.correction_notice_days:
            self.correction_notice_due = self.calendar.add_workdays(self.received, days)

    # --- taking events -----------------------------------------------------------------------

    def begin(self, *, as_asked: bool) -> None:
        """Say which Regulation counts, and by when an unclear request must be sent back."""
        rule = self.regulation
        code = "received_as_asked" if as_asked else "received"
        self._step(self.received, rule.receipt_article, code, decree=rule.decree)
        if self.correction_notice_due:
            self._step(
                self.correction_notice_due,
                rule.correction_article,
                "correction_notice_due",
                days=rule.correction_notice_days or 0,
            )

    def take(self, event: ClockEvent, *, in_time: bool) -> None:
        """Let one event work, or refuse it; `in_time`: it is known not to be late."""
        if event.kind == "received":
            raise ClockError("second_receipt")
        number = event.facts.get("number", 1)
        handler = _HANDLERS.get(event.kind)
        if handler is None:
            raise ClockError("unknown_event", text=event.kind)
        name = event_name(event.kind, number)
        day = check_range(event.occurred_on)
        if day < self.received:
            raise ClockError("before_receipt", event=name, date=day, received=self.received)
        if day < self.latest:
            raise ClockError("out_of_order", event=name, date=day, previous=self.latest)
        self.in_time = in_time
        handler(self, event, name)
        self.latest = day

    def _correction_asked(self, event: ClockEvent, name: Phrase) -> None:
        """Art. 30: told once, within 7 working days; a late notice is noted and still works."""
        if self.correction_asked:
            raise ClockError("correction_twice", self.regulation.correction_article)
        if self._awaits_payment:
            raise ClockError("waits_for_payment", event=name)
        self.correction_asked = True
        self.correction_until = _given_day(event)
        article = self.regulation.correction_article
        self._step(event.occurred_on, article, "correction_asked")
        due = self.correction_notice_due
        if due and event.occurred_on > due:
            self._step(event.occurred_on, article, "correction_asked_late", due=due)

    def _corrected(self, event: ClockEvent, name: Phrase) -> None:
        """Art. 30: the time limit counts from receipt of the corrected request."""
        if not self.correction_asked:
            raise ClockError("correction_not_asked")
        if self.corrected:
            raise ClockError("corrected_twice")
        self.corrected = True
        self._restart(event.occurred_on, self.regulation.correction_article, "corrected")

    def _asked(self, event: ClockEvent, name: Phrase) -> None:
        whom = event.kind.removesuffix("_asked")
        rule = self._consultation(whom, name)
        number = event.facts.get("number", 1)
        if self._open_pause(whom, number):
            raise ClockError("asked_twice", event=name)
        pause = Pause(whom, number, rule, event.occurred_on, until=_given_day(event))
        self.pauses.append(pause)
        self._step(event.occurred_on, rule.article, event.kind, number=number)

    def _letter_received(self, event: ClockEvent, name: Phrase) -> None:
        """Art. 32, 34: each one's 15 working days count from its own receipt of the letter."""
        whom = event.kind.removesuffix("_received")
        pause = self._pause(whom, event.facts.get("number", 1), name)
        if pause.answered:
            raise ClockError("received_after_answer", event=name)
        if pause.received:
            raise ClockError("recorded_twice", event=name)
        pause.received = event.occurred_on
        self._step(event.occurred_on, pause.rule.article, event.kind, number=pause.number)

    def _answered(self, event: ClockEvent, name: Phrase) -> None:
        whom = event.kind.removesuffix("_answered")
        pause = self._pause(whom, event.facts.get("number", 1), name)
        if pause.answered:
            raise ClockError("recorded_twice", event=name)
        pause.answered = event.occurred_on
        article = pause.rule.article
        self._step(event.occurred_on, article, event.kind, number=pause.number)
        last = pause.last_answer_day(self.calendar)
        if last and event.occurred_on > last:
            self._step(event.occurred_on, article, "answered_late", due=last, number=pause.number)

    def _extended(self, event: ClockEvent, name: Phrase) -> None:
        """Art. 33 (492: Art. 24): once a period, told before it ends."""
        article = self.regulation.extension_article
        self._require_running(event.occurred_on, name, article)
        if self.period.until:
            if self.period.fixed_by == "reopened":
                raise ClockError("extension_after_decision", _REMEDIES)
            raise ClockError("extension_after_delay", self.regulation.delay_article)
        if self.period.extension is not None:
            raise ClockError("extended_twice", article)
        most = self.regulation.extension_days
        days = event.facts.get("days")
        if days is None:
            days = most
        if isinstance(days, bool) or not isinstance(days, int):
            raise ClockError("bad_days", text=str(days))
        if not 1 <= days <= most:
            raise ClockError("extension_days", article, most=most, days=days)
        self.period.extension = days
        self._step(event.occurred_on, article, "extended", days=days)

    def _delayed(self, event: ClockEvent, name: Phrase) -> None:
        """Art. 35: the answer cannot be given in time; a later day is fixed and told."""
        article = self.regulation.delay_article
        if article is None:
            raise self._no_basis(name)
        until = _given_day(event)
        if until is None:
            raise ClockError("missing_until", event=name)
        self._require_running(event.occurred_on, name, article)
        # While an opinion without a term is awaited there is no end yet to compare with.
        due = self.answer_due() or event.occurred_on
        if until <= due and not self.in_time:
            raise ClockError("delay_not_later", article, due=due, until=until)
        self.period.until, self.period.fixed_by = until, "delayed"
        self._step(event.occurred_on, article, "delayed", until=until)

    def _fee_notified(self, event: ClockEvent, name: Phrase) -> None:
        """Art. 42, 国办函〔2020〕109号: within the time limit, once a request, since 2021."""
        article = self.regulation.fee_article
        if article is None:
            raise self._no_basis(name)
        if self.received < FEE_FROM:
            raise ClockError("fee_too_early", article, first=FEE_FROM)
        if self.fee_due:
            raise ClockError("fee_twice", article)
        self._require_running(event.occurred_on, name, article)
        days = self.regulation.fee_days
        self.fee_due = self.calendar.add_workdays(event.occurred_on, days)
        self._step(event.occurred_on, article, "fee_notified")
        self._step(self.fee_due, article, "fee_due", days=days)

    def _fee_paid(self, event: ClockEvent, name: Phrase) -> None:
        """国办函〔2020〕109号: the time limit starts anew the day after payment."""
        article = self.regulation.fee_article
        if article is None:
            raise self._no_basis(name)
        if self.fee_due is None:
            raise ClockError("fee_not_notified", article)
        if self.fee_paid:
            raise ClockError("fee_paid_twice", article)
        if event.occurred_on > self.fee_due and not self.in_time:
            code = "paid_late" if event.kind == "fee_paid" else "waived_late"
            raise ClockError(code, article, date=event.occurred_on, due=self.fee_due)
        self.fee_paid = True
        self._restart(event.occurred_on, article, event.kind)

    def _reopened(self, event: ClockEvent, name: Phrase) -> None:
        """Art. 51: a decision orders a new answer, by the day that it fixes or within a full
        period; what was waited for before is no longer waited for.
        """
        day, until = event.occurred_on, _given_day(event)
        if until is not None and until <= day:
            raise ClockError("until_not_later", until=until, date=day)
        self.corrected |= self.correction_asked
        self.fee_paid |= self.fee_due is not None
        for pause in self.pauses:
            if not pause.answered:
                pause.answered = day
        self.period = Period(day, until=until, fixed_by=event.kind if until else "")
        if until:
            self._step(day, _REMEDIES, "reopened_until", until=until)
        else:
            self._step(day, _REMEDIES, "reopened")

    # --- what events share -------------------------------------------------------------------

    @property
    def _awaits_correction(self) -> bool:
        return self.correction_asked and not self.corrected

    @property
    def _awaits_payment(self) -> bool:
        return self.fee_due is not None and not self.fee_paid

    def _restart(self, day: date, article: str | None, code: str) -> None:
        """The full period starts anew: an extension or delay lapses, and ended pauses lie before
        its first day; an open pause reaches into it.
        """
        self.period = Period(day)
        self._step(day, article, code)

    def _require_running(self, day: date, name: Phrase, article: str | None) -> None:
        """The reply time limit runs (or is only paused) and has not ended before `day`."""
        if self._awaits_correction:
            raise ClockError("waits_for_correction", event=name)
        if self._awaits_payment:
            raise ClockError("waits_for_payment", event=name)
        due = self.answer_due()
        if due and day > due and not self.in_time:
            raise ClockError("after_answer_due", article, event=name, date=day, due=due)

    def _no_basis(self, name: Phrase) -> ClockError:
        return ClockError("not_in_regulation", event=name, decree=self.regulation.decree)

    def _consultation(self, whom: str, name: Phrase) -> Consultation:
        rule = self.regulation.consultations.get(whom)
        if rule is None:
            raise self._no_basis(name)
        return rule

    def _open_pause(self, whom: str, number: object) -> Pause | None:
        mine = [each for each in self.pauses if (each.kind, each.number) == (whom, number)]
        return mine[-1] if mine and not mine[-1].answered else None

    def _pause(self, whom: str, number: object, name: Phrase) -> Pause:
        """The pause that a receipt or an answer belongs to: the last one with its number."""
        self._consultation(whom, name)
        for pause in reversed(self.pauses):
            if (pause.kind, pause.number) == (whom, number):
                return pause
        raise ClockError("not_asked", event=name)

    def _step(
        self,
        day: date,
        article: str | None,
        code: str,
        *,
        number: object = 1,
        **params: str | int | date,
    ) -> None:
        self.steps.append(Step(day, numbered(step_phrase(code, **params), number), article))

    # --- counting ----------------------------------------------------------------------------

    def _last_day(self, days: int) -> date | None:
        """The last of `days` working days of the present period; None while it cannot be known."""
        last = last_counted_day(self.period.start, days, self.pauses, self.calendar)
        return last and check_range(last)

    def answer_due(self) -> date | None:
        """Last day for the answer (Art. 33, 35; 492: Art. 24); None while it cannot be known."""
        if self._awaits_correction or self._awaits_payment:
            return None
        if self.period.until:
            return self.period.until
        return self._last_day(self.regulation.answer_days + (self.period.extension or 0))

    def extended_answer_due(self) -> date | None:
        """The latest day that the present period can still reach (Art. 33; 492: Art. 24).

        Once extended or delayed that is the answer's own day: no second extension is lawful.
        """
        due = self.answer_due()
        if due is None or self.period.until or self.period.extension is not None:
            return due
        return self._last_day(self.regulation.answer_days + self.regulation.extension_days)

    def waiting_for(self) -> str | None:
        """What the end of the time limit hangs on; the third party's silence ends by itself
        under 711, so it is named only where no term ends it.
        """
        if self._awaits_correction:
            return "correction"
        if self._awaits_payment:
            return "payment"
        for whom in CONSULTED:
            if any(
                pause.kind == whom and pause.end(self.calendar) is None for pause in self.pauses
            ):
                return whom
        return None

    def waiting_until(self) -> date | None:
        """By when what `waiting_for` names is expected; None where no day is fixed."""
        whom = self.waiting_for()
        if whom == "correction":
            return self.correction_until
        if whom == "payment":
            return self.fee_due
        days = [
            pause.until
            for pause in self.pauses
            if pause.kind == whom and pause.end(self.calendar) is None and pause.until
        ]
        return max(days, default=None)

    def reckoning(self) -> Reckoning:
        """Everything as it stands after the last event."""
        answer_due, extended = self.answer_due(), self.extended_answer_due()
        steps = [
            *self.steps,
            *self._opinion_steps(),
            *self._pause_steps(answer_due),
            *self._due_steps(),
        ]
        steps.sort(key=lambda step: step.date)
        given = [self.correction_notice_due, answer_due, extended, *(step.date for step in steps)]
        return Reckoning(
            received=self.received,
            regulation=self.regulation.decree,
            correction_notice_due=self.correction_notice_due,
            answer_due=answer_due,
            extended_answer_due=extended,
            waiting_for=self.waiting_for(),
            fee_due=self.fee_due if self._awaits_payment else None,
            waiting_until=self.waiting_until(),
            is_extended=self.period.extension is not None or self.period.fixed_by == "delayed",
            opinions_due={
                (pause.kind, int(str(pause.number))): last
                for pause in self.pauses
                if not pause.answered and (last := pause.last_answer_day(self.calendar))
            },
            provisional=any(day and self.calendar.is_provisional(day) for day in given),
            period_start=self.period.start,
            steps=tuple(steps),
        )

    def _opinion_steps(self) -> Iterable[Step]:
        """By when those asked must answer (Art. 32, 34), while they have not."""
        for pause in self.pauses:
            last = pause.last_answer_day(self.calendar)
            if last and not pause.answered:
                what = step_phrase("opinion_due", days=pause.rule.answer_days or 0)
                yield Step(last, numbered(what, pause.number), pause.rule.article)

    def _pause_steps(self, answer_due: date | None) -> Iterable[Step]:
        """Which days are not counted: a convention of this project, so without an article."""
        if self._awaits_correction or self._awaits_payment or self.period.until:
            return
        for pause in self.pauses:
            first = max(pause.asked, self.period.start) + _DAY
            last = pause.end(self.calendar)
            if answer_due and first > answer_due:
                continue
            if last is None:
                yield Step(first, step_phrase("not_counted_open", first=first), None)
            elif first <= last:
                yield Step(last, step_phrase("not_counted", first=first, last=last), None)

    def _due_steps(self) -> Iterable[Step]:
        rule, period = self.regulation, self.period
        due, extended = self.answer_due(), self.extended_answer_due()
        if due and period.fixed_by == "reopened":
            yield Step(due, step_phrase("answer_due_ordered"), _REMEDIES)
        elif due and period.until:
            yield Step(due, step_phrase("answer_due_delayed"), rule.delay_article)
        elif due:
            days = rule.answer_days + (period.extension or 0)
            what = step_phrase("answer_due", days=days, start=period.start)
            yield Step(due, what, rule.answer_article)
            if extended and period.extension is None:
                what = step_phrase("extended_answer_due", days=rule.extension_days)
                yield Step(extended, what, rule.extension_article)


_HANDLERS: dict[str, Callable[[_Clock, ClockEvent, Phrase], None]] = {
    "correction_asked": _Clock._correction_asked,
    "corrected": _Clock._corrected,
    **{f"{whom}_asked": _Clock._asked for whom in CONSULTED},
    # Another agency has no term, so the day it got the letter is no event of the clock.
    "third_party_received": _Clock._letter_received,
    "co_maker_received": _Clock._letter_received,
    **{f"{whom}_answered": _Clock._answered for whom in CONSULTED},
    "extended": _Clock._extended,
    "delayed": _Clock._delayed,
    "fee_notified": _Clock._fee_notified,
    "fee_paid": _Clock._fee_paid,
    # 国办函〔2020〕109号: charging is optional, so a fee may be waived as long as it can be paid.
    "fee_waived": _Clock._fee_paid,
    "reopened": _Clock._reopened,
}


def _given_day(event: ClockEvent) -> date | None:
    """The day that an event brings with it as `until`; None where it brings none."""
    given = event.facts.get("until")
    if given is None:
        return None
    return check_range(given if isinstance(given, date) else parse_date(str(given)))
