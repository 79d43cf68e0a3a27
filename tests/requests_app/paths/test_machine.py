"""A machine walks random steps, lawful and not, and holds what must always be true.

CI walks the same few ways each time. Longer and at random:

    MACHINE_EXAMPLES=500 .venv/bin/python -m pytest -n 0 tests/requests_app/paths/test_machine.py
"""

import datetime as dt
import os
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from disclosure.agencies.roles import Role
from disclosure.core.dates import SHANGHAI
from disclosure.core.errors import DomainError
from disclosure.models import Agency, User
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app import actions, clock
from requests_app.casework import worklist
from requests_app.determination import DETERMINATIONS, OUTCOMES
from requests_app.lifecycle import TRANSITIONS, Place, State
from requests_app.lifecycle import transitions as rights
from requests_app.models import ApplicantKind, DisclosureRequest, IntakeChannel, RequestEvent
from requests_app.policies import Asked, why_not
from requests_app.rebuilding import differences
from requests_app.statistics import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    NEW,
    PROCESSED,
    ROWS,
    Period,
    Table,
    table_four,
    table_three,
)
from tests.factories import make_agency, make_office, make_user
from tests.request_factories import DETAILS, make_style, make_submission
from tests.requests_app.paths.drawing import DETERMINED, draw_data
from tests.requests_app.paths.walking import everything, written

#: Done by the system alone, inside other steps.
INNER = {"split_off", "send_here", "merge_here", "send_on", "move_calendar", "add_files"}
STEPS = sorted(set(TRANSITIONS) - INNER)
ROLES = {rights.DECIDE: Role.HEAD, rights.REVIEW: Role.REVIEWER}
MOST_REQUESTS = 5
#: Always possible and without effect on anything that is counted: left to `takes_any_step`.
QUIET = {"assign", "choose_delivery", "pass_on", "renew_code", "restrict", "withdraw"}
#: What a step on a thing needs there to be.
THINGS = {
    Place.PARTY: ("party", "parties"),
    Place.TASK: ("task", "tasks"),
    Place.LETTER: ("letter", "letters"),
    Place.REMEDY: ("remedy", "remedies"),
}
#: An event found in time when it was entered may look late beside a slip that came afterwards.
LATE = {"after_answer_due", "paid_late", "waived_late", "delay_not_later"}
BEGIN = dt.date(2025, 11, 24)


class Machine(RuleBasedStateMachine):
    """Two agencies with their staff, up to five requests, and a day that goes on."""

    agencies: list[Agency]
    staff: dict[tuple[int, str], User]
    calendar: WorkdayCalendar

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.day = BEGIN
        self.events: dict[int, tuple[Any, ...]] = {}
        self.counted: dict[int, tuple[str, dt.date]] = {}
        self.amended = False
        self.rows = everything()
        self.changed = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def some_are_under_way(self) -> None:
        """Two of one applicant at one agency, one elsewhere."""
        for agency in (self.agencies[0], self.agencies[0], self.agencies[1]):
            actions.enter(
                make_submission(agency),
                actor=self.staff[agency.pk, Role.HANDLER],
                intake_channel=IntakeChannel.IN_PERSON,
                received_on=self.day,
                at=self.at,
            )
        self.rows, self.changed = everything(), True

    # --- steps ---------------------------------------------------------------------------------

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(10), SHANGHAI)

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        self.day += dt.timedelta(days)

    @rule(
        place=st.integers(0, 1),
        channel=st.sampled_from(IntakeChannel.values),
        before=st.integers(-1, 20),
        kind=st.sampled_from(ApplicantKind.values),
        name=st.sampled_from(["示例甲", "示例乙"]),
    )
    @precondition(lambda self: DisclosureRequest.objects.count() < MOST_REQUESTS)
    def comes_in(self, place: int, channel: str, before: int, kind: str, name: str) -> None:
        agency = self.agencies[place]
        submission = make_submission(agency, applicant_kind=kind, name=name)

        def come() -> None:
            if channel == IntakeChannel.ONLINE:
                actions.submit(submission, at=self.at)
            else:
                actions.enter(
                    submission,
                    actor=self.staff[agency.pk, Role.HANDLER],
                    intake_channel=channel,
                    received_on=self.day - dt.timedelta(before),
                    at=self.at,
                )

        self.attempt(come)

    @rule(data=st.data())
    def takes_any_step(self, data: st.DataObject) -> None:
        self.take(data.draw(st.sampled_from(STEPS), "step"), self.any_case(data), data)

    @rule(data=st.data(), days=st.sampled_from([0, 0, 1, 2, 7]))
    def presses_a_button(self, data: st.DataObject, days: int) -> None:
        """A step that is offered on the page of the case."""
        self.press(data)
        self.day += dt.timedelta(days)

    @rule(data=st.data())
    def presses_some(self, data: st.DataObject) -> None:
        for _time in range(3):
            self.press(data)

    def press(self, data: st.DataObject) -> None:
        case = self.any_case(data)
        offered = [step for step in STEPS if self.is_offered(case, step)]
        telling = [step for step in offered if step not in QUIET]
        self.take(data.draw(st.sampled_from(telling or offered), "step"), case, data)

    def is_offered(self, case: DisclosureRequest, step: str) -> bool:
        row = TRANSITIONS[step]
        known: dict[str, Any] = {}
        if row.place in THINGS:
            name, things = THINGS[row.place]
            newest = getattr(case, things).order_by("pk").last()
            if newest is None:
                return False
            known = {name: newest}
        today = self.day
        return not why_not(Asked(case, row, None, today, today, known, is_before=True))

    @rule(data=st.data(), texts=st.lists(st.sampled_from("甲乙丙丁"), min_size=1, unique=True))
    def points_are_written(self, data: st.DataObject, texts: list[str]) -> None:
        case = self.any_case(data)
        actor = self.staff[case.agency_id, Role.HANDLER]
        self.attempt(lambda: actions.set_points(case, actor=actor, texts=texts))

    @rule(data=st.data())
    @precondition(lambda self: DisclosureRequest.objects.filter(state=State.SUBMITTED).exists())
    def all_are_registered(self, data: st.DataObject) -> None:
        for case in DisclosureRequest.objects.filter(state=State.SUBMITTED):
            self.take("register", case)

    @rule(data=st.data())
    def is_answered(self, data: st.DataObject) -> None:
        """From the draft as far towards the letter as the rules let it."""
        case = self.any_case(data)
        key = data.draw(DETERMINED, "determination")
        details = {field.value: DETAILS[field.value] for field in DETERMINATIONS[key].must}
        if key == "not_ours" and data.draw(st.booleans(), "send on"):
            details["send_on"] = self.agencies[1].code
        handler = self.staff[case.agency_id, Role.HANDLER]
        for point in case.points.all():
            one = point

            def decide(point: Any = one) -> None:
                actions.decide(case, actor=handler, point=point, determination=key, details=details)

            if not self.attempt(decide):
                return
        for step in ("propose", "pass_review", "approve", "issue"):
            if not self.take(step, case):
                return

    @rule(data=st.data(), days=st.sampled_from([None, 1, 20]))
    def is_contested(self, data: st.DataObject, days: int | None) -> None:
        """A decision orders a new answer, by a day of its own or within a full period."""
        case = self.any_case(data)
        what = {"kind": "reconsideration", "by": "applicant", "body": "示例"}
        against = "silence" if case.is_open else "answer"
        if self.take("file_remedy", case, **what, against=against):
            until = self.day + dt.timedelta(days) if days else None
            result = {"result": "revoked_new_answer", "until": until}
            remedy = case.remedies.last()
            self.take("decide_remedy", case, remedy=remedy, **result)
            self.take("reopen", case, remedy=case.remedies.last())

    @rule(data=st.data(), then=st.sampled_from(["record_payment", "waive_fee", ""]))
    def is_charged(self, data: st.DataObject, then: str) -> None:
        case = self.any_case(data)
        fee = {"basis": "pages", "pages": 31, "payment": "示例"}
        if self.take("notify_fee", case, **fee) and then:
            self.day += dt.timedelta(3)
            self.take(then, case, text="示例", amount=Decimal(10))

    @rule(data=st.data())
    def is_split(self, data: st.DataObject) -> None:
        case = self.any_case(data)
        points = list(case.points.all())
        self.take("split", case, points=points[1:2])

    def any_case(self, data: st.DataObject) -> DisclosureRequest:
        return data.draw(st.sampled_from(list(DisclosureRequest.objects.order_by("pk"))), "case")

    def take(
        self, step: str, case: DisclosureRequest, data: st.DataObject | None = None, **what: Any
    ) -> bool:
        """Take a step, with what is given or, given `data`, drawn; whether it was lawful."""
        right, on, agency = TRANSITIONS[step].action, None, case.agency_id
        if data is not None:
            back = data.draw(st.sampled_from([0] * 9 + [-1, -4, 1]), "days")
            on = self.day + dt.timedelta(back)
            if data.draw(st.integers(0, 29), "stranger") == 0:
                agency = next(each.pk for each in self.agencies if each.pk != agency)
            what = draw_data(data.draw, case, step, on)
            if step in {"assign", "restrict"}:
                person = self.staff[agency, Role.HANDLER]
                what |= {"handler": person, "people": [person, self.staff[agency, Role.HEAD]]}
        actor = self.staff[agency, ROLES.get(right, Role.HANDLER)] if right else None
        if "party" in what and what["party"] is None:
            return False  # nothing to press the button on
        done = self.attempt(
            lambda: actions.take(case, step, actor=actor, on=on, at=self.at, **what)
        )
        self.amended = self.amended or (done and step == "amend")
        return done

    def attempt(self, step: Any) -> bool:
        """Whether it was lawful; a refused step changes nothing at all."""
        refused = ""
        try:
            step()
        except DomainError as error:
            refused = str(error) or "without a reason"
        before, self.rows = self.rows, everything()
        self.changed |= self.rows != before
        assert not refused or self.rows == before, f"refused ({refused}), and yet it changed"
        return not refused

    # --- what must always be true --------------------------------------------------------------

    @precondition(lambda self: self.changed)
    @invariant()
    def everything_holds(self) -> None:
        self.changed = False
        self.an_open_one_has_a_day_or_a_reason_and_a_finished_one_an_outcome()
        self.events_never_change()
        self.what_counted_once_counts_for_ever()
        self.the_events_say_what_is_stored()
        self.the_clock_alone_says_the_same()
        self.the_figures_of_the_report_are_right()

    def an_open_one_has_a_day_or_a_reason_and_a_finished_one_an_outcome(self) -> None:
        overdue = set(worklist.overdue(dt.date(2100, 1, 1)).values_list("pk", flat=True))
        for case in DisclosureRequest.objects.all():
            if case.is_open:
                assert case.outcome == ""
                assert (case.answered_on, case.closed_on) == (None, None)
                assert case.answer_due or case.waiting_for
                assert (case.answer_due is None) == (case.red_on is None)
                if case.waiting_for in {"correction", "payment"}:
                    assert case.answer_due is None
                    assert case.waiting_until
                assert (case.pk in overdue) == (case.answer_due is not None)
            else:
                assert case.outcome in OUTCOMES
                assert case.received_on <= min(case.answered_on, case.counted_on)
                assert case.pk not in overdue
            assert (case.state == State.CLOSED) == (case.closed_on is not None)
            assert case.points.exists()

    def events_never_change(self) -> None:
        now = {row[0]: row for row in RequestEvent.objects.values_list()}
        assert {key: now.get(key) for key in self.events} == self.events
        self.events = now

    def what_counted_once_counts_for_ever(self) -> None:
        """Only a day that is put right moves it."""
        rows = DisclosureRequest.objects.exclude(counted_outcome="")
        now = {key: (what, on) for key, what, on in rows.values_list("pk", *COUNTED)}
        for key, (what, on) in self.counted.items():
            assert now[key][0] == what
            assert now[key][1] == on or self.amended
        self.counted = now

    def the_events_say_what_is_stored(self) -> None:
        assert list(differences(repair=False)) == []

    def the_clock_alone_says_the_same(self) -> None:
        for case in DisclosureRequest.objects.all():
            listed = [
                clock.Event("received", case.received_on),
                *map(clock.parse_event, written(case)),
            ]
            try:
                said = clock.reckon(listed, self.calendar)
            except clock.ClockError as error:
                if error.code in LATE:
                    continue
                raise
            assert said.answer_due == case.answer_due
            # Once it is answered nothing is waited for, whoever had not answered.
            assert case.waiting_for == ((said.waiting_for or "") if case.is_open else "")

    def the_figures_of_the_report_are_right(self) -> None:
        """For any two dates, for each kind of applicant, for each agency and for all."""
        month = Period(self.day - dt.timedelta(30), self.day - dt.timedelta(10))
        one, other = (add_up(table_three([agency], month)) for agency in self.agencies)
        both = add_up(table_three(self.agencies, month))
        for row in ROWS:
            assert both[row] == [a + b for a, b in zip(one[row], other[row], strict=True)]
        for period in (Period(BEGIN, self.day), Period.of_year(self.day.year)):
            add_up(table_three(self.agencies, period))
        for remedies in table_four(self.agencies, month).values():
            assert sum(remedies[:-1]) == remedies[-1]


def add_up(table: Table) -> Table:
    """The table, once its identities are found to hold in every column."""
    for place in range(len(COLUMNS)):
        figures = {row: table[row][place] for row in ROWS}
        assert figures[NEW] + figures[CARRIED_IN] == figures[PROCESSED] + figures[CARRIED_OUT]
        assert figures[PROCESSED] == sum(figures[outcome] for outcome in OUTCOMES)
    assert all(sum(figures[:-1]) == figures[-1] for figures in table.values())
    return table


COUNTED = ("counted_outcome", "counted_on")


@pytest.mark.django_db
def test_random_ways_hold_what_must_hold():
    Machine.agencies = [make_agency("SL", name="示例省办公室"), make_agency("SLA", name="甲市")]
    Machine.staff = {
        (agency.pk, role): make_user(role, agency=agency)
        for agency in Machine.agencies
        for role in (Role.HANDLER, Role.REVIEWER, Role.HEAD)
    }
    for agency in Machine.agencies:
        make_style(agency)
        make_office(agency)
    Machine.calendar = current_calendar()
    longer = os.environ.get("MACHINE_EXAMPLES")
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=int(longer or 7),
            stateful_step_count=60 if longer else 45,
            derandomize=not longer,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
