"""The register of publishing (发布台账): who passed what, what was late, as a page and as XLSX."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import load_workbook

from disclosure.agencies.roles import Role
from disclosure.core.dates import SHANGHAI, today
from disclosure.models import Publication
from disclosure.publications import actions, register
from disclosure.workdays.store import current_calendar
from tests.admin_pages import signed_in
from tests.factories import make_agency, make_category, make_publication, make_user, walk_out

pytestmark = pytest.mark.django_db
PAGE = "admin:disclosure_publication_register"
FILE = "admin:disclosure_publication_register_xlsx"


def out(title: str, made: dt.date, at: dt.datetime, **fields) -> Publication:
    draft = make_publication(title, state="draft", date_made=made, **fields)
    return walk_out(draft, at=at)


def test_every_version_with_who_passed_it(client: Client) -> None:
    at = dt.datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    agency = make_agency("SL")
    reviewer = make_user(Role.REVIEWER, agency=agency, full_name="审查员甲")
    signer = make_user(Role.PUBLISHER, agency=agency, full_name="签发人乙")
    draft = make_publication("按时", state="draft", agency=agency, date_made=dt.date(2026, 2, 25))
    walk_out(draft, reviewer=reviewer, signer=signer, at=at)
    late = out("逾期", dt.date(2026, 1, 5), at, agency=agency)
    make_publication("迁入", agency=agency, published_at=at, date_made=dt.date(2013, 1, 1))
    signed_in(client, make_user(Role.AUDITOR, agency=agency))
    asked = {"since": "2026-03-01", "until": "2026-03-31"}
    response = client.get("/en" + reverse(PAGE), asked)
    figures = response.context["figures"]
    assert (figures.count, figures.timed, figures.late) == (3, 2, 1)
    text = response.content.decode()
    for word in ("审查员甲", "签发人乙", "按时", "逾期", "迁入", "taken over", "50%"):
        assert word in text, word
    response = client.get(reverse(PAGE), {**asked, "late": "on"})
    assert [line.key for line in response.context["lines"]] == [late.pk]
    assert late_pair(agency) == (1, 2)


def late_pair(agency) -> tuple[int, int]:
    return register.late_between(
        agency, dt.date(2026, 3, 1), dt.date(2026, 3, 31), current_calendar()
    )


def test_a_revision_is_a_row_of_its_own(client: Client) -> None:
    live = make_publication("第一版")
    revision = actions.revise(actor=None, publication=live)
    revision.title, revision.change_note = "第二版", "更正"
    walk_out(actions.update(actor=None, publication=revision))
    signed_in(client, make_user(Role.EDITOR, agency=live.agency))
    found = client.get(reverse(PAGE), {"since": f"{today().year - 1}-01-01"})
    assert [line.cells[1] for line in found.context["lines"]] == ["第二版", "第一版"]


def test_an_early_one_says_why(client: Client) -> None:
    draft = make_publication(state="draft", date_made=today(), document_type="normative_document")
    walk_out(draft, early_reason="先行公布征求意见")
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    response = client.get(reverse(PAGE))
    assert response.context["figures"].early == 1
    assert "先行公布征求意见" in response.content.decode()


def test_a_category_with_those_below_it(client: Client) -> None:
    one, other = make_category("one"), make_category("other")
    live = make_publication("甲", category=one)
    make_publication("乙", category=other)
    signed_in(client, make_user(Role.EDITOR, agency=live.agency))
    asked = {"since": f"{today().year - 1}-01-01", "category": one.pk}
    found = client.get(reverse(PAGE), asked)
    assert [line.cells[1] for line in found.context["lines"]] == ["甲"]


def test_nobody_elses_rows(client: Client) -> None:
    make_publication("别人的", agency=make_agency("OTHER"))
    signed_in(client, make_user(Role.EDITOR, agency=make_agency("SL")))
    assert "别人的" not in client.get(reverse(PAGE)).content.decode()
    signed_in(client, make_user(Role.HANDLER, agency=make_agency("SLB")))
    assert client.get(reverse(PAGE)).status_code == 403
    assert client.get(reverse(FILE)).status_code == 403


def test_the_same_as_a_workbook(client: Client) -> None:
    item = make_publication("=1+1的通知")
    signed_in(client, make_user(Role.EDITOR, agency=item.agency))
    response = client.get(reverse(FILE), {"since": f"{today().year - 1}-01-01"})
    data = b"".join(response.streaming_content)
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert any("'=1+1的通知" in row for row in rows), rows


def test_queries_do_not_grow(client: Client, django_assert_max_num_queries) -> None:
    agency = make_agency("SL")
    signed_in(client, make_user(Role.EDITOR, agency=agency))
    client.get(reverse(PAGE))
    for _number in range(12):
        make_publication(agency=agency)
    with django_assert_max_num_queries(14):
        assert len(client.get(reverse(PAGE)).context["lines"]) == 12


@pytest.mark.parametrize("asked", [{"since": "x"}, {"agency": "x"}, {"after": "x"}])
def test_nonsense_breaks_nothing(client: Client, asked: dict[str, str]) -> None:
    signed_in(client, make_user(Role.EDITOR, agency=make_agency("SL")))
    assert client.get(reverse(PAGE), asked).status_code == 200


def test_the_last_day_that_there_is(client: Client) -> None:
    agency = make_agency("SL")
    make_publication(agency=agency)
    signed_in(client, make_user(Role.AUDITOR, agency=agency))
    for address in (PAGE, FILE):
        response = client.get(reverse(address), {"until": "9999-12-31"})
        assert response.status_code == 200
        assert response.getvalue()
