"""What must hold for any lawful course of events."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from requests_app.clock import ClockError, Event, reckon
from requests_app.clock.events import CONSULTED
from tests.rules.clocks import CALENDAR

RECEIPTS = st.dates(date(2008, 5, 1), date(2035, 12, 31))
UNDER_711 = st.dates(date(2021, 1, 1), date(2035, 12, 31))
GAPS = st.integers(0, 12)
KINDS = [
    "correction_asked",
    "corrected",
    *(f"{whom}_{what}" for whom in CONSULTED for what in ("asked", "answered")),
    "third_party_received",
    "co_maker_received",
    "extended",
    "delayed",
    "fee_notified",
    "fee_paid",
    "fee_waived",
    "reopened",
]


def ask(events):
    return reckon(events, CALENDAR)


@st.composite
def courses(draw, receipts=RECEIPTS, kinds=KINDS, most=9):
    """A lawful course: events at growing dates, those that the clock refuses left out."""
    day = draw(receipts)
    events = [Event("received", day)]
    for _ in range(draw(st.integers(0, most))):
        day += timedelta(draw(GAPS))
        kind = draw(st.sampled_from(kinds))
        facts = {}
        if kind.startswith(CONSULTED):
            facts = {"number": draw(st.integers(1, 2))}
        elif kind == "extended":
            facts = {"days": draw(st.integers(1, 20))}
        elif kind == "delayed":
            facts = {"until": day + timedelta(draw(st.integers(20, 200)))}
        elif kind == "reopened" and draw(st.booleans()):
            facts = {"until": day + timedelta(draw(st.integers(1, 60)))}
        candidate = Event(kind, day, facts)
        try:
            ask([*events, candidate])
        except ClockError:
            continue
        events.append(candidate)
    return events


def pause(whom, asked, length, number):
    asked_on = asked
    return [
        Event(f"{whom}_asked", asked_on, {"number": number}),
        Event(f"{whom}_answered", asked_on + timedelta(length), {"number": number}),
    ]


def in_order(events):
    return sorted(events, key=lambda event: event.occurred_on)


@given(courses())
def test_the_answer_is_due_on_a_workday_unless_a_day_was_fixed(events):
    result = ask(events)
    fixed = {event.facts["until"] for event in events if "until" in event.facts}
    for due in (result.answer_due, result.extended_answer_due):
        assert due is None or due in fixed or CALENDAR.is_workday(due)


@given(courses())
def test_what_is_due_lies_after_the_period_began(events):
    result = ask(events)
    assert result.received <= result.period_start
    assert result.answer_due is None or result.answer_due > result.period_start
    if result.answer_due and result.extended_answer_due:
        assert result.answer_due <= result.extended_answer_due


@given(courses())
def test_no_answer_day_without_a_reason(events):
    result = ask(events)
    if result.answer_due is None:
        assert result.waiting_for in {"correction", "payment", "agency", "third_party"}
        assert result.extended_answer_due is None
    if result.waiting_for in {"correction", "payment"}:
        assert result.answer_due is None
    assert (result.fee_due is not None) == (result.waiting_for == "payment")


@given(courses())
def test_steps_are_in_order_and_begin_with_the_receipt(events):
    result = ask(events)
    dates = [step.date for step in result.steps]
    assert dates == sorted(dates)
    assert result.steps[0].date == result.received
    shown = [result.correction_notice_due, result.answer_due, result.extended_answer_due]
    assert {due for due in [*shown, result.fee_due] if due} <= set(dates)
    assert result.provisional == any(map(CALENDAR.is_provisional, dates))


@given(RECEIPTS, st.integers(1, 40))
def test_received_later_is_due_no_earlier(received, later):
    first, second = (ask([Event("received", received + timedelta(n))]) for n in (0, later))
    assume(first.regulation == second.regulation)
    assert first.answer_due <= second.answer_due
    assert first.extended_answer_due <= second.extended_answer_due


@given(RECEIPTS, st.integers(1, 15))
def test_without_events_the_days_are_simply_counted(received, days):
    result = ask([Event("received", received)])
    full = {"711": 20, "492": 15}[result.regulation]
    assert CALENDAR.count_between(received, result.answer_due) == full
    assert CALENDAR.count_between(received, result.extended_answer_due) == 2 * full
    extended = ask([Event("received", received), Event("extended", received, {"days": days})])
    assert CALENDAR.count_between(received, extended.answer_due) == full + days


@given(courses(UNDER_711), st.sampled_from(CONSULTED), GAPS)
def test_one_more_pause_never_shortens(events, whom, gap):
    before = ask(events)
    asked = Event(f"{whom}_asked", events[-1].occurred_on + timedelta(gap), {"number": 9})
    after_ = ask([*events, asked])
    if before.answer_due and after_.answer_due:
        assert before.answer_due <= after_.answer_due
    if before.answer_due is None:
        assert after_.answer_due is None


@given(courses(UNDER_711), st.integers(0, 60))
def test_a_later_answer_is_due_no_earlier(events, gap):
    last = events[-1].occurred_on
    asked = Event("agency_asked", last, {"number": 9})

    def answered(on):
        return ask([*events, asked, Event("agency_answered", on, {"number": 9})]).answer_due

    first, second = answered(last + timedelta(gap)), answered(last + timedelta(gap + 5))
    assert (first is None) == (second is None)
    assert first is None or first <= second


PAUSES = st.tuples(st.sampled_from(CONSULTED), st.integers(0, 20), st.integers(0, 15))


@given(UNDER_711, st.lists(PAUSES, max_size=4))
def test_days_of_several_pauses_are_left_out_once(received, drawn):
    """Against the plainest way to count: strike out every paused day, take the 20th left."""
    events, struck = [], set()
    for number, (whom, start, length) in enumerate(drawn, 1):
        asked = received + timedelta(start)
        # At most 15 calendar days: always within the 15 working days of Art. 32 and 34.
        events += pause(whom, asked, length, number)
        struck |= {asked + timedelta(n) for n in range(1, length + 1)}
    counted = (day for day in CALENDAR.workdays_after(received) if day not in struck)
    twentieth = [next(counted) for _ in range(20)][-1]
    result = ask([Event("received", received), *in_order(events)])
    assert result.answer_due == twentieth


@given(UNDER_711, PAUSES)
def test_two_like_pauses_are_one(received, drawn):
    whom, start, length = drawn
    asked = received + timedelta(start)
    one = [Event("received", received), *pause(whom, asked, length, 1)]
    two = in_order([*one, *pause(whom, asked, length, 2)])
    assert ask(one).answer_due == ask(two).answer_due


@given(UNDER_711, st.lists(PAUSES, min_size=1, max_size=3), st.data())
def test_events_of_one_day_may_come_in_any_order_that_is_lawful(received, drawn, data):
    events = []
    for number, (whom, start, length) in enumerate(drawn, 1):
        events += pause(whom, received + timedelta(start % 3), length % 3, number)
    events.append(Event("extended", received + timedelta(1), {"days": 5}))
    events = in_order(events)
    shuffled = in_order(data.draw(st.permutations(events)))
    try:
        other = ask([Event("received", received), *shuffled])
    except ClockError as refused:
        # An answer before its asking is the only order that is unlawful here.
        if refused.code != "not_asked":
            raise
        return
    straight = ask([Event("received", received), *events])
    assert (straight.answer_due, straight.extended_answer_due, straight.waiting_for) == (
        other.answer_due,
        other.extended_answer_due,
        other.waiting_for,
    )


@given(courses(UNDER_711, most=4), st.integers(0, 30))
def test_the_full_period_starts_anew_with_a_correction(events, gap):
    asked_on = events[-1].occurred_on
    corrected_on = asked_on + timedelta(gap)
    course = [*events, Event("correction_asked", asked_on), Event("corrected", corrected_on)]
    try:
        result = ask(course)
    except ClockError:
        assume(False)
        return
    assert result.period_start == corrected_on
    assert result.correction_notice_due == ask(events[:1]).correction_notice_due
    if not any(event.kind.endswith("_asked") for event in events):
        assert result.answer_due == ask([Event("received", corrected_on)]).answer_due


@given(courses())
def test_reckoning_again_gives_the_same(events):
    assert ask(events) == ask(events)
    earlier = [ask(events[: n + 1]) for n in range(len(events))]
    assert {each.received for each in earlier} == {events[0].occurred_on}
