"""Moving with the calendar: what is shown first, what is done then, who is told, nothing twice."""

import datetime as dt
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, CalendarDay, CalendarYear, User
from disclosure.workdays import actions as calendar_actions
from requests_app import actions
from requests_app.models import DisclosureRequest, Message
from requests_app.moving import actions as moving
from requests_app.moving import finding, panels
from requests_app.rebuilding import differences
from tests.admin_pages import signed_in
from tests.factories import make_tree, make_user
from tests.request_factories import make_request

pytestmark = pytest.mark.django_db
PAGE = "admin:requests_app_moving"
#: A Wednesday in a plain stretch of working days.
RECEIVED = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
OFF = dt.date(2026, 7, 8)
DUE, LATER = dt.date(2026, 7, 29), dt.date(2026, 7, 30)


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree) -> User:
    return make_user(Role.HANDLER, agency=tree[1], email="h@example.invalid")


@pytest.fixture
def head(tree) -> User:
    return make_user(Role.HEAD, agency=tree[1])


@pytest.fixture
def case(tree, handler) -> DisclosureRequest:
    found = make_request("registered", agency=tree[1], handler=handler, at=RECEIVED)
    assert found.answer_due == DUE
    return found


def change(day: dt.date = OFF, kind: str = "off", *, actor: User | None = None) -> CalendarDay:
    """A day off (or a workday) more in 2026."""
    year = CalendarYear.objects.filter(year=2026).first()
    if year is None:
        year = calendar_actions.save_year(actor=actor, year=CalendarYear(year=2026))
    day_row = CalendarDay(year=year, date=day, kind=kind)
    return calendar_actions.save_day(actor=actor, day=day_row)


def told(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template))


def test_a_later_day_is_told_to_handler_and_applicant(case, handler) -> None:
    change()
    done = moving.move_all()
    assert (done.moved, done.later) == (1, 1)
    case.refresh_from_db()
    assert case.answer_due == LATER
    event = case.events.get(kind="calendar_moved")
    assert event.facts == {"before": DUE.isoformat(), "after": LATER.isoformat()}
    params = {"old_due": DUE.isoformat(), "due": LATER.isoformat()}
    assert [one.params for one in told("calendar_moved")] == [params]
    (staff,) = told("calendar_moved_staff")
    assert (staff.user, staff.params) == (handler, params)
    assert list(differences(repair=False)) == []


def test_an_earlier_day_is_told_to_the_handler_alone(case) -> None:
    change(dt.date(2026, 7, 4), "work")
    moving.move_all()
    case.refresh_from_db()
    assert case.answer_due == DUE - dt.timedelta(days=1)
    assert told("calendar_moved") == []
    assert len(told("calendar_moved_staff")) == 1


def test_a_second_run_moves_nothing(case) -> None:
    change()
    moving.move_all()
    assert moving.move_all().moved == 0
    assert case.events.filter(kind="calendar_moved").count() == 1
    assert len(told("calendar_moved")) == 1


def test_answered_ones_keep_their_day(tree, handler) -> None:
    done = make_request("answered", agency=tree[1], handler=handler, at=RECEIVED)
    change()
    assert moving.move_all().moved == 0
    done.refresh_from_db()
    assert done.answer_due == DUE


def test_a_request_not_registered_yet_moves_without_a_handler(tree) -> None:
    make_request(agency=tree[1], at=RECEIVED)
    change()
    assert moving.move_all().moved == 1
    assert told("calendar_moved_staff") == []
    assert len(told("calendar_moved")) == 1


def test_the_day_until_which_it_waits_moves_alone(case, handler) -> None:
    """As where a payment is awaited, whose day hangs on the calendar while none is due."""
    waiting = actions.take(
        case,
        "ask_correction",
        actor=handler,
        at=RECEIVED,
        text="请补正。",
        until=dt.date(2026, 7, 24),
    )
    assert waiting.answer_due is None
    DisclosureRequest.objects.update(waiting_until=dt.date(2026, 7, 23))
    assert (moving.move_all().moved, moving.move_all().moved) == (1, 0)
    case.refresh_from_db()
    assert case.waiting_until == dt.date(2026, 7, 24)
    assert case.events.get(kind="calendar_moved").facts == {
        "before": None,
        "after": None,
        "waiting_before": "2026-07-23",
        "waiting_after": "2026-07-24",
    }
    assert told("calendar_moved") == told("calendar_moved_staff") == []


def test_lights_follow_without_a_word(case) -> None:
    """A day off and a make-up day that leave the last day where it is, but not the lights."""
    change(dt.date(2026, 7, 23))
    change(dt.date(2026, 7, 18), "work")
    amber = case.amber_on
    done = moving.move_all()
    case.refresh_from_db()
    assert (done.moved, done.rewritten) == (0, 1)
    assert case.answer_due == DUE
    assert case.amber_on != amber
    assert not case.events.filter(kind="calendar_moved").exists()


def test_without_a_change_the_step_is_refused(case) -> None:
    with pytest.raises(NotPossible):
        actions.take(case, "move_calendar")
    assert not case.events.filter(kind="calendar_moved").exists()


def test_a_step_taken_meanwhile_is_no_error(case, handler, monkeypatch) -> None:
    """Between the look and the lock somebody else moved it: the run goes on."""
    change()
    real = finding.scan

    def scan(rows, calendar, **rest):
        for found, now in real(rows, calendar, **rest):
            actions.take(found, "move_calendar")
            yield found, now

    monkeypatch.setattr(finding, "scan", scan)
    assert moving.move_all().moved == 0


def test_small_batches_reach_every_request(tree, handler, monkeypatch) -> None:
    monkeypatch.setattr(finding, "BATCH", 2)
    for _number in range(5):
        make_request("registered", agency=tree[1], handler=handler, at=RECEIVED)
    change()
    assert moving.report() == 5
    assert moving.move_all().moved == 5
    assert moving.report() == 0


def test_a_head_moves_the_own_agency_alone(tree, case, head) -> None:
    other = make_request(agency=tree[2], at=RECEIVED)
    change()
    assert moving.move_all(actor=head).moved == 1
    other.refresh_from_db()
    assert other.answer_due == DUE
    assert case.events.get(kind="calendar_moved").actor == head
    entry = AuditEntry.objects.get(verb="calendarmove.done")
    assert (entry.agency, entry.facts) == (tree[1], {"moved": 1, "later": 1, "everywhere": False})
    with pytest.raises(NotPermitted):
        moving.move_all(actor=make_user(Role.HANDLER, agency=tree[1]))


def test_the_page_shows_first_and_moves_in_the_background(tree, case, head) -> None:
    make_request(agency=tree[2], at=RECEIVED)
    change()
    client = signed_in(Client(), head)
    page = client.get(reverse(PAGE))
    (move,) = page.context["found"].moves
    assert (move.case, move.before, move.after) == (case, DUE, LATER)
    case.refresh_from_db()
    assert case.answer_due == DUE
    assert client.post(reverse(PAGE)).status_code == 303
    assert moving.move_in_background.func(head.pk) == 1
    page = client.get(reverse(PAGE))
    assert page.context["found"].moves == []
    assert page.context["last"].facts["moved"] == 1


def test_the_background_run_goes_part_by_part(tree, head, handler, monkeypatch) -> None:
    for _number in range(5):
        make_request("registered", agency=tree[1], handler=handler, at=RECEIVED)
    change()
    task, parts = moving.move_in_background, []

    def enqueue(*arguments: int) -> None:
        parts.append(arguments)
        task.func(*arguments)

    monkeypatch.setattr(moving, "PART", 2)
    monkeypatch.setattr(moving, "move_in_background", SimpleNamespace(enqueue=enqueue))
    assert task.func(head.pk) == 2
    assert [moved for _user, _after, moved, _later, _rewritten in parts] == [2, 4]
    (entry,) = AuditEntry.objects.filter(verb="calendarmove.done")
    assert entry.facts["moved"] == 5


def test_a_restricted_request_moves_unseen(tree, case, head) -> None:
    other = make_user(Role.HEAD, agency=tree[1])
    actions.take(case, "restrict", actor=other, people=[other])
    change(actor=make_user(Role.PLATFORM_ADMIN, agency=tree[0]))
    page = signed_in(Client(), head).get(reverse(PAGE))
    assert case.number not in page.content.decode()
    assert page.context["may_move"]
    assert [
        move.case for move in signed_in(Client(), other).get(reverse(PAGE)).context["found"].moves
    ]
    assert moving.move_all(actor=head).moved == 1
    assert not signed_in(Client(), head).get(reverse(PAGE)).context["may_move"]


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.EDITOR])
def test_nobody_else_has_the_page(tree, role: Role) -> None:
    client = signed_in(Client(), make_user(role, agency=tree[1]))
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse(PAGE)).status_code == 403


def test_the_page_looks_at_so_many_at_a_time(tree, head, monkeypatch) -> None:
    monkeypatch.setattr("requests_app.moving.admin.LOOKED_AT", 2)
    made = [make_request(agency=tree[1], at=RECEIVED) for _number in range(3)]
    change()
    client = signed_in(Client(), head)
    first = client.get(reverse(PAGE)).context
    second = client.get(reverse(PAGE) + first["next_url"]).context
    shown = [move.case for one in (first, second) for move in one["found"].moves]
    assert shown == made
    assert second["next_url"] == ""
    for nonsense in ("x", "-1", "9" * 19, "9" * 400):
        assert client.get(reverse(PAGE), {"after": nonsense}).status_code == 200


def test_the_page_asks_as_often_for_many_rows(tree, case, head, handler) -> None:
    change()

    def asked() -> int:
        client = signed_in(Client(), head)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(PAGE))
        return len(queries)

    asked()
    few = asked()
    for _number in range(5):
        make_request("registered", agency=tree[1], handler=handler, at=RECEIVED)
    assert asked() == few


def test_the_start_page_says_it_until_it_is_done(tree, case, head) -> None:
    administrator = make_user(Role.PLATFORM_ADMIN, agency=tree[0], with_descendants=True)
    assert panels.changed(head) is None
    change(actor=administrator)
    assert panels.changed(head) is not None
    assert panels.changed(administrator) is not None
    moving.move_all(actor=head)
    assert panels.changed(head) is None
    assert panels.changed(administrator) is not None
    moving.move_all(actor=administrator)
    other = make_user(Role.HEAD, agency=tree[2])
    assert panels.changed(other) is None, "it was done everywhere"
    change(dt.date(2026, 7, 9), actor=administrator)
    assert panels.changed(other) is not None
    assert panels.changed(make_user(Role.HANDLER, agency=tree[1])) is None


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("move_with_calendar", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_shows_and_then_moves(case) -> None:
    change()
    line = f"{case.number} {DUE} -> {LATER}"
    assert run("--dry-run").splitlines() == [line, "1 to be moved"]
    assert not case.events.filter(kind="calendar_moved").exists()
    assert run().splitlines() == [line, "1 moved, 1 to a later day, 0 rewritten"]
    assert run().splitlines() == ["0 moved, 0 to a later day, 0 rewritten"]
