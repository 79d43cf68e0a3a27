"""The register: what it lists for whom, masked; on screen page by page, as XLSX in one file."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import now, today
from disclosure.models import Agency, AuditEntry, User
from requests_app import actions
from requests_app.register import lines
from requests_app.register.selection import RegisterForm
from tests.admin_pages import signed_in
from tests.factories import make_tree, make_user
from tests.request_factories import make_request

pytestmark = pytest.mark.django_db
PAGE, XLSX = "admin:requests_app_register", "admin:requests_app_register_xlsx"


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def head(tree: tuple[Agency, ...]) -> User:
    return make_user(Role.HEAD, agency=tree[1], username="head")


def page(user: User, query: str = ""):
    return signed_in(Client(), user).get(reverse(PAGE) + query)


def numbers(user: User, query: str = "") -> list[str]:
    response = page(user, query)
    assert response.status_code == 200
    return [line.case.number for line in response.context["lines"]]


def sheet(user: User, query: str = "") -> list[list[object]]:
    """The rows of the XLSX below its title and note."""
    response = signed_in(Client(), user).get(reverse(XLSX) + query)
    assert response.status_code == 200
    data = b"".join(response.streaming_content)
    found = openpyxl.load_workbook(io.BytesIO(data)).active
    return [list(row) for row in found.iter_rows(min_row=3, values_only=True)]


def test_it_lists_the_own_agency_in_order_of_receipt(tree, head) -> None:
    later = make_request(agency=tree[1], at=now())
    first = make_request(agency=tree[1], at=now() - dt.timedelta(days=1))
    make_request(agency=tree[2])
    year = f"?since={today() - dt.timedelta(days=40)}"
    assert numbers(head, year) == [first.number, later.number]
    above = make_user(Role.AUDITOR, agency=tree[0], with_descendants=True)
    assert len(numbers(above, year)) == 3


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.PLATFORM_ADMIN])
def test_nobody_else_reads_it(tree, role: Role) -> None:
    other = make_user(role, agency=tree[1])
    assert page(other).status_code == 403
    assert signed_in(Client(), other).get(reverse(XLSX)).status_code == 403


def test_another_agency_cannot_be_chosen(tree, head) -> None:
    make_request(agency=tree[2])
    response = page(head, f"?agency={tree[2].pk}")
    assert response.context["form"].errors["agency"]
    assert response.context["lines"] == []


def test_a_restricted_request_is_there_for_the_named_alone(tree, head) -> None:
    handler = make_user(Role.HANDLER, agency=tree[1])
    case = make_request("registered", agency=tree[1], handler=handler)
    actions.take(case, "restrict", actor=head, people=[head])
    assert numbers(head) == [case.number]
    assert numbers(handler) == []
    assert len(sheet(handler)) == 1


def test_it_shows_what_the_paper_one_has_and_no_name(tree, head) -> None:
    case = make_request(
        "closed", agency=tree[1], name="欧阳示例", information_name="示例规划", id_number="X123"
    )
    response = page(head)
    text = response.content.decode()
    assert "欧阳示例" not in text
    assert "X123" not in text
    (line,) = response.context["lines"]
    cells = {cell.column.key: cell.text for cell in line.cells}
    letter = case.letters.get(kind="answer")
    assert cells["applicant"] == "欧***"
    assert cells["letters"] == letter.number
    assert cells["served"] == cells["answered"] == case.answered_on.isoformat()
    assert cells["content"].startswith("示例规划；")
    assert (line.serial, cells["number"]) == (1, case.number)


def test_an_erased_one_stays_in_the_register(tree, head) -> None:
    case = make_request("closed", agency=tree[1])
    type(case.applicant).objects.update(data=None, erased_at=now())
    (line,) = page(head).context["lines"]
    cells = {cell.column.key: cell.text for cell in line.cells}
    assert cells["applicant"] == "已清除" or cells["applicant"] == "erased"
    assert cells["answered"]


def test_what_is_chosen_narrows_it(tree, head) -> None:
    waiting = make_request(agency=tree[1])
    done = make_request("closed", agency=tree[1], applicant_kind="enterprise")
    for query, expected in {
        "?standing=open": [waiting.number],
        "?standing=closed": [done.number],
        "?standing=overdue": [],
        "?kind=enterprise": [done.number],
        "?channel=post": [],
        f"?handler={done.handler_id}": [done.number],
        f"?outcome={done.outcome}": [done.number],
        "?year=2009": [],
        "?standing=nonsense": [waiting.number, done.number],
    }.items():
        assert numbers(head, query) == expected, query


def test_a_period_that_ends_before_it_begins_is_said(tree, head) -> None:
    response = page(head, "?since=2026-03-02&until=2026-03-01")
    assert response.context["form"].errors["until"]


def test_pages_go_on_and_count_on(tree, head, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_request(agency=tree[1]).number for _number in range(5)]
    monkeypatch.setattr("requests_app.register.admin.ON_SCREEN", 2)
    first = page(head)
    second = page(head, first.context["next_url"])
    third = page(head, second.context["next_url"])
    shown = [line for one in (first, second, third) for line in one.context["lines"]]
    assert [line.case.number for line in shown] == made
    assert [line.serial for line in shown] == [1, 2, 3, 4, 5]
    assert third.context["next_url"] == ""
    assert page(head, third.context["previous_url"]).context["lines"][0].serial == 3
    assert page(head, "?after=nonsense").context["broken"]


def test_the_page_asks_as_often_for_many_rows(tree, head) -> None:
    make_request("closed", agency=tree[1])

    def asked() -> int:
        client = signed_in(Client(), head)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(PAGE))
        return len(queries)

    asked()
    few = asked()
    for _number in range(6):
        make_request("closed", agency=tree[1])
    assert asked() == few


def test_the_file_has_every_row_once_and_is_on_the_trail(tree, head, monkeypatch) -> None:
    monkeypatch.setattr("requests_app.register.admin.CHUNK", 2)
    made = [make_request("closed", agency=tree[1]).number for _number in range(3)]
    head_row, *rows = sheet(head)
    assert len(head_row) == len(lines.COLUMNS) + 1
    assert [row[1] for row in rows] == made
    assert [row[0] for row in rows] == [1, 2, 3]
    assert rows[0][5].date() == today()
    entry = AuditEntry.objects.get(verb="register.downloaded")
    assert (entry.actor, entry.agency, entry.facts["rows"]) == (head, tree[1], 3)


def test_what_looks_like_a_formula_stays_text(tree, head) -> None:
    make_request(agency=tree[1], information_name='=HYPERLINK("http://example.invalid")')
    _head, row = sheet(head)
    assert row[7].startswith("'=HYPERLINK")


def test_the_file_is_taken_by_get_alone(tree, head) -> None:
    assert signed_in(Client(), head).post(reverse(XLSX)).status_code == 405


def test_a_form_without_a_word_takes_the_year_that_runs(head) -> None:
    form = RegisterForm({}, user=head, on=dt.date(2026, 5, 4))
    assert form.period() == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    form = RegisterForm({"until": "2026-02-01"}, user=head, on=dt.date(2026, 5, 4))
    assert form.period()[1] == dt.date(2026, 2, 1)


def test_the_list_leads_to_the_pages_that_one_may_open(tree, head) -> None:
    def beside(user: User) -> list[str]:
        url = reverse("admin:requests_app_disclosurerequest_changelist")
        found = signed_in(Client(), user).get(url).context["beside"]
        return [address.rstrip("/").rpartition("/")[2] for _label, address in found]

    assert beside(head) == ["register", "overview", "calendar"]
    assert beside(make_user(Role.HANDLER, agency=tree[1])) == ["register"]
    assert beside(make_user(Role.AUDITOR, agency=tree[1])) == ["register", "overview", "access"]
    assert beside(make_user(Role.REVIEWER, agency=tree[1])) == []
