"""Daily reminders: whom, when, and never twice."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.agencies.roles import Role
from disclosure.models import User
from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.messages import reminders
from requests_app.messages.models import Message
from requests_app.messages.reminders import Reminder, remind, reminder_for
from requests_app.models import DisclosureRequest
from tests.factories import make_agency, make_user
from tests.request_factories import make_request

CALENDAR = WorkdayCalendar.from_table()
DUE = dt.date(2026, 3, 20)  # a Friday


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-03-12", None),
        ("2026-03-13", Reminder("reminder_due", 5, False, "5")),
        ("2026-03-16", Reminder("reminder_due", 4, False, "5")),
        ("2026-03-18", Reminder("reminder_due", 2, False, "2")),
        ("2026-03-19", Reminder("reminder_due", 1, False, "2")),
        ("2026-03-20", Reminder("reminder_due", 0, True, "0")),
        ("2026-03-23", Reminder("reminder_overdue", 1, True, "over-2026-03-23")),
        ("2026-03-24", Reminder("reminder_overdue", 2, True, "over-2026-03-24")),
    ],
)
def test_stages(on: str, expected: Reminder | None) -> None:
    assert reminder_for(DUE, dt.date.fromisoformat(on), CALENDAR) == expected


@pytest.fixture
def handler() -> User:
    return make_user(
        Role.HANDLER, agency=make_agency("HERE"), username="handler", email="h@example.invalid"
    )


@pytest.fixture
def head(handler: User) -> User:
    agency = handler.assignments.get().agency
    return make_user(Role.HEAD, agency=agency, username="head", email="head@example.invalid")


@pytest.fixture
def case(handler: User) -> DisclosureRequest:
    return due_on(DUE, handler)


def due_on(day: dt.date, handler: User | None, **fields: object) -> DisclosureRequest:
    """A registered request whose answer is due on that day."""
    agency = handler.assignments.get().agency if handler else make_agency()
    made = make_request("registered", agency=agency, handler=handler)
    values = {"answer_due": day, "waiting_for": "", "handler": handler, **fields}
    DisclosureRequest.objects.filter(pk=made.pk).update(**values)
    Message.objects.all().delete()
    made.refresh_from_db()
    return made


def told() -> list[tuple[str, str, dict[str, object]]]:
    rows = Message.objects.order_by("pk").values_list("user__username", "template", "params")
    return list(rows)


@pytest.mark.django_db
def test_handler_first_then_head(case: DisclosureRequest, head: User) -> None:
    assert remind(dt.date(2026, 3, 13)) == 1
    assert remind(dt.date(2026, 3, 18)) == 1
    assert remind(dt.date(2026, 3, 20)) == 2
    assert remind(dt.date(2026, 3, 23)) == 2
    due = {"due": "2026-03-20"}
    assert told() == [
        ("handler", "reminder_due", {**due, "days": 5}),
        ("handler", "reminder_due", {**due, "days": 2}),
        ("handler", "reminder_due", {**due, "days": 0}),
        ("head", "reminder_due", {**due, "days": 0}),
        ("handler", "reminder_overdue", {**due, "days": 1}),
        ("head", "reminder_overdue", {**due, "days": 1}),
    ]


@pytest.mark.django_db
def test_nobody_is_told_twice_and_a_missed_day_is_made_up_for(case: DisclosureRequest) -> None:
    assert [remind(dt.date(2026, 3, day)) for day in (16, 16, 17)] == [1, 0, 0]
    assert told() == [("handler", "reminder_due", {"due": "2026-03-20", "days": 4})]


@pytest.mark.django_db
def test_a_moved_due_date_is_a_new_matter(case: DisclosureRequest) -> None:
    remind(dt.date(2026, 3, 18))
    DisclosureRequest.objects.update(answer_due=dt.date(2026, 3, 26))
    assert [remind(dt.date(2026, 3, day)) for day in (18, 19, 24)] == [0, 1, 1]


@pytest.mark.django_db
def test_days_off_are_left_in_peace(case: DisclosureRequest) -> None:
    assert remind(dt.date(2026, 3, 21)) == 0
    assert remind(dt.date(2026, 3, 22)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"answer_due": None, "waiting_for": "correction"},
        {"waiting_for": "payment"},
        {"is_demo": True},
    ],
)
def test_what_waits_is_not_late(handler: User, fields: dict[str, object]) -> None:
    due_on(DUE, handler, **fields)
    assert remind(dt.date(2026, 3, 24)) == 0


@pytest.mark.django_db
def test_what_is_answered_is_not_late(handler: User) -> None:
    agency = handler.assignments.get().agency
    made = make_request("answered", agency=agency, handler=handler)
    DisclosureRequest.objects.filter(pk=made.pk).update(answer_due=DUE)
    Message.objects.all().delete()
    assert remind(dt.date(2026, 3, 24)) == 0


@pytest.mark.django_db
def test_without_a_handler_all_handlers_are_told(handler: User) -> None:
    case = due_on(DUE, handler)
    DisclosureRequest.objects.filter(pk=case.pk).update(handler=None)
    make_user(Role.HANDLER, agency=make_agency(), email="elsewhere@example.invalid")
    remind(dt.date(2026, 3, 18))
    assert [name for name, _template, _params in told()] == ["handler"]


@pytest.mark.django_db
def test_a_restricted_case_is_no_matter_of_a_head_who_is_not_named(
    case: DisclosureRequest, head: User
) -> None:
    DisclosureRequest.objects.update(is_restricted=True)
    case.named_people.create(user=case.handler)
    remind(dt.date(2026, 3, 20))
    assert [name for name, _template, _params in told()] == ["handler"]


@pytest.mark.django_db
def test_many_cases_are_read_at_once(case: DisclosureRequest, handler: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            reminders.remind(dt.date(2026, 3, 18))
        return len(context)

    queries()
    first = queries()
    for _ in range(4):
        due_on(DUE, handler)
    queries()
    assert queries() == first


@pytest.mark.django_db
def test_by_hand(case: DisclosureRequest, capsys) -> None:
    call_command("remind", "--on", "2026-03-18")
    call_command("remind", "--on", "2026-03-18")
    assert capsys.readouterr().out.splitlines() == ["reminders: 1", "reminders: 0"]
    with pytest.raises(CommandError, match="is not a date"):
        call_command("remind", "--on", "soon")
