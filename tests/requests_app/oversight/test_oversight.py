"""The superior agency's view: what is counted, of whom, and that nobody is named in it."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import Agency, AuditEntry, User
from disclosure.workdays.store import current_calendar
from requests_app import actions
from requests_app.oversight import figures
from tests.admin_pages import signed_in
from tests.factories import make_tree, make_user
from tests.request_factories import answer_request, make_request

pytestmark = pytest.mark.django_db
PAGE, FILE = "admin:requests_app_oversight", "admin:requests_app_oversight_file"
#: A Wednesday in a plain stretch of working days; due by 29 July.
RECEIVED = dt.datetime(2026, 7, 1, 4, tzinfo=dt.UTC)
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
ON = dt.date(2026, 8, 31)


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def head(tree) -> User:
    return make_user(Role.HEAD, agency=tree[0], with_descendants=True)


def registered(agency: Agency, **fields):
    return make_request("registered", agency=agency, at=RECEIVED, **fields)


def answered(agency: Agency, after: int, *, extended: bool = False):
    """Answered `after` calendar days after the receipt."""
    case = registered(agency)
    if extended:
        case = actions.take(case, "extend", at=RECEIVED, text="示例缘由。")
    return answer_request(case, handler=case.handler, at=RECEIVED + dt.timedelta(days=after))


def counted(user: User, period=YEAR) -> dict[str, figures.Figures]:
    rows, total = figures.figures(user, *period, ON, current_calendar())
    return {one.agency.code: one for one in rows} | {"": total}


def test_what_is_open_overdue_and_waiting(tree, head) -> None:
    registered(tree[1])
    waiting = registered(tree[1])
    actions.take(
        waiting, "ask_correction", at=RECEIVED, text="请补正。", until=dt.date(2026, 7, 20)
    )
    make_request(agency=tree[2], at=dt.datetime(2026, 8, 31, 1, tzinfo=dt.UTC))
    found = counted(head)
    assert (found["SLA"].open, found["SLA"].overdue, found["SLA"].waiting) == (2, 1, 1)
    assert (found["SLB"].open, found["SLB"].overdue, found["SLB"].waiting) == (1, 0, 0)
    assert (found[""].open, found[""].received) == (3, 3)


def test_times_and_shares(tree, head) -> None:
    for after in (7, 14, 28, 42):
        answered(tree[1], after)
    answered(tree[1], 42, extended=True)
    one = counted(head)["SLA"]
    assert (one.answered, one.on_time, one.extended) == (5, 4, 1)
    assert (one.on_time_share, one.extended_share) == (80.0, 20.0)
    assert (one.median, one.ninth_decile) == (20, 30)
    assert counted(head)["SLB"].on_time_share is None


def test_withdrawn_ones_are_no_answers(tree, head) -> None:
    actions.take(registered(tree[1]), "withdraw", at=RECEIVED)
    one = counted(head)["SLA"]
    assert (one.open, one.received, one.answered) == (0, 1, 0)


def test_another_period_has_other_answers(tree, head) -> None:
    answered(tree[1], 7)
    period = (dt.date(2026, 7, 9), dt.date(2026, 12, 31))
    one = counted(head, period)["SLA"]
    assert (one.received, one.answered) == (0, 0)


def test_everybody_sees_the_agencies_of_the_role_alone(tree, head) -> None:
    own = make_user(Role.AUDITOR, agency=tree[1])
    assert set(counted(own)) == {"SLA", ""}
    assert set(counted(head)) == {"SL", "SLA", "SLB", ""}
    client = signed_in(Client(), make_user(Role.HANDLER, agency=tree[0], with_descendants=True))
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.get(reverse(FILE, args=["csv"])).status_code == 403


def test_the_page_names_nobody_and_no_request(tree, head) -> None:
    case = registered(tree[1], name="欧阳示例", information_name="机密规划")
    text = signed_in(Client(), head).get(reverse(PAGE)).content.decode()
    assert tree[1].name in text
    for word in ("欧阳示例", "机密规划", case.number, case.handler.username):
        assert word not in text


def test_the_files_say_the_same_and_are_on_the_trail(tree, head) -> None:
    answered(tree[1], 14)
    client = signed_in(Client(), head)
    period = "?since=2026-01-01&until=2026-12-31"
    files = {
        ending: b"".join(client.get(reverse(FILE, args=[ending]) + period).streaming_content)
        for ending in ("csv", "xlsx")
    }
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    same = [
        ["" if value is None else str(value) for value in row]
        for row in sheet.iter_rows(min_row=3, values_only=True)
    ]
    # A spreadsheet knows no difference between 100 and 100.0.
    assert [[cell.removesuffix(".0") for cell in row] for row in rows] == same
    assert [row[0] for row in rows[1:-1]] == [agency.name for agency in tree]
    assert rows[2][5] == "1"
    facts = [entry.facts for entry in AuditEntry.objects.filter(verb="oversight.downloaded")]
    assert {fact["ending"] for fact in facts} == {"csv", "xlsx"}
    assert client.get(reverse(FILE, args=["exe"])).status_code == 404


def test_more_agencies_and_requests_ask_no_more_queries(tree, head) -> None:
    registered(tree[1])

    def asked() -> int:
        client = signed_in(Client(), head)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(PAGE))
        return len(queries)

    asked()
    few = asked()
    for number in range(4):
        below = Agency.objects.add_child(tree[0], {"code": f"X{number}", "name": f"机关{number}"})
        answered(below, 7)
    assert asked() == few
