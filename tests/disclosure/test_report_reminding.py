"""The overview of the agencies below, and reminding them of their annual reports."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, ReportReminder
from disclosure.reports import actions, overview_list, panels, reminding
from disclosure.reports.reading import Reading
from disclosure.reports.tables.forms import FORM_2021
from tests.admin_pages import signed_in
from tests.factories import make_agency, make_tree, make_user
from tests.report_tables import consistent
from tests.reporting import TEXTS, Staff

pytestmark = pytest.mark.django_db
ACROSS = reverse("admin:disclosure_annualreport_across")
CSV = reverse("admin:disclosure_annualreport_across_csv")
REMIND = reverse("admin:disclosure_annualreport_remind")
#: The portal's day: departments are late by then, governments are due soon.
DAY = dt.date(2026, 3, 20)
AT = dt.datetime(2026, 3, 20, 4, 0, tzinfo=dt.UTC)
YEAR = 2025


@pytest.fixture(autouse=True)
def spring(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("panels", "due_admin", "overview_admin"):
        monkeypatch.setattr(f"disclosure.reports.{module}.today", lambda: DAY)
    monkeypatch.setattr("disclosure.reports.reminding.now", lambda: AT)


def out(agency: Agency, year: int = YEAR, tables: Any = None) -> Any:
    reading = Reading(
        title=f"{agency.name}{year}年年度报告",
        agency=agency.name,
        year=year,
        lead="",
        sections=[],
        form="2021",
        texts=TEXTS,
        tables=tables or consistent(FORM_2021),
    )
    return actions.import_report(actor=None, reading=reading, agency=agency, at=AT).report


def head(agency: Agency, role: Role = Role.HEAD) -> Any:
    return make_user(role, agency=agency, with_descendants=True)


def shown(client: Client, **query: Any) -> dict[str, str]:
    """Agency code → standing."""
    got = client.get(ACROSS, query)
    assert got.status_code == 200
    return {one["agency"].code: one["row"].standing for one in got.context["rows"]}


# --- the overview -----------------------------------------------------------------------------
def test_it_says_how_far_each_is(client: Client) -> None:
    province, first, second = make_tree()
    out(first)
    Staff(second).filled(YEAR)
    corrected = make_agency("SLC", under=province)
    actions.take(out(corrected), "correct", actor=None, reason="有误")
    make_agency("SLD", under=province)
    make_agency("SLE", under=province, kind="public_body")
    make_agency("SLF", under=province, is_active=False)
    make_agency("XX")
    signed_in(client, head(province, Role.AUDITOR))
    every = {"SLA": "published", "SLB": "draft", "SLC": "correcting", "SLD": "none"}
    assert shown(client) == every
    assert shown(client, state="none") == {"SLD": "none"}
    assert set(shown(client, late=1)) == {"SLB", "SLD"}
    assert set(shown(client, year=YEAR - 1)) == set(every)
    for nonsense in ({"year": "x"}, {"year": "9" * 30}, {"state": "x"}, {"p": "x"}, {"year": "\0"}):
        assert shown(client, **nonsense) == every, nonsense
    assert "48" in client.get(ACROSS, {"state": "none"}).content.decode(), "days late"


def test_only_agencies_below_ones_own_tree(client: Client) -> None:
    province, first, second = make_tree()
    make_agency("SLAA", under=first)
    out(second)
    signed_in(client, head(first))
    assert shown(client) == {"SLAA": "none"}
    signed_in(client, make_user(Role.HEAD, agency=province))
    assert shown(client) == {}, "without those below"
    signed_in(client, head(province, Role.HANDLER))
    assert client.get(ACROSS).status_code == client.get(CSV).status_code == 403
    assert client.post(REMIND).status_code == 403


def test_what_stands_out(client: Client) -> None:
    province, first, second = make_tree()
    tables = consistent(FORM_2021)
    tables["proactive"]["licences"]["decisions"] = 500
    tables["proactive"]["penalties"]["decisions"] = None
    out(first, tables=tables)
    for number in range(4):
        out(make_agency(f"D{number}", under=province, level="city"))
    Agency.objects.filter(pk=first.pk).update(level="city")
    out(second, tables={**consistent(FORM_2021), "proactive": {**tables["proactive"]}})
    signed_in(client, head(province))
    got = client.get(ACROSS, {"outliers": 1})
    found = {one["agency"].code: one["sentences"] for one in got.context["rows"]}
    assert set(found) == {"SLA", "SLB"}
    assert len(found["SLA"]) == 2, "against the median of five cities, and a blank"
    assert len(found["SLB"]) == 1, "alone of its level"


def test_drafts_are_not_looked_into_before_they_are_submitted() -> None:
    province, first, _second = make_tree()
    people = Staff(first)
    report = people.filled(YEAR)
    user = head(province)

    def content() -> Any:
        return overview_list.rows(user, YEAR, DAY)[0].content

    assert content() is None
    report = actions.take(report, "check", actor=people.checker, at=AT)
    report = actions.take(report, "approve", actor=people.head, at=AT)
    assert content() is None
    actions.take(report, "submit", actor=people.head, at=AT)
    assert content() is not None


def test_the_csv_holds_everything_and_no_formula(client: Client) -> None:
    province, first, _second = make_tree()
    Agency.objects.filter(pk=first.pk).update(name="=1+1")
    out(first)
    signed_in(client, head(province))
    got = client.get(CSV, {"year": YEAR})
    assert got["Content-Type"].startswith("text/csv")
    assert "no-store" in got["Cache-Control"]
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["SLA", "SLB"]
    assert rows[1][0].startswith("'=") or rows[1][0] == "City A Office"
    assert "251" in rows[1]
    assert "48" in rows[2], "days late"


def test_the_queries_are_constant(client: Client, django_assert_max_num_queries: Any) -> None:
    province, first, _second = make_tree()
    out(first)
    user = head(province)
    with django_assert_max_num_queries(5) as few:
        overview_list.rows(user, YEAR, DAY)
    for number in range(8):
        out(make_agency(f"D{number}", under=province))
    other = head(province)
    with django_assert_max_num_queries(5) as many:
        overview_list.rows(other, YEAR, DAY)
    assert len(few) == len(many) == 5


# --- reminding --------------------------------------------------------------------------------
def test_a_reminder_reaches_the_agencys_start_page() -> None:
    province, first, second = make_tree()
    chief, editor = head(province), make_user(Role.EDITOR, agency=first)
    assert panels.reminded(editor) is None
    reminding.remind(actor=chief, agency=first, year=YEAR, note="请于本周内发布。")
    panel = panels.reminded(editor)
    assert panel is not None
    assert "请于本周内发布。" in str(panel.rows[0].note)
    assert "2026-03-20" in str(panel.rows[0].note)
    assert panels.reminded(make_user(Role.EDITOR, agency=second)) is None
    assert panels.reminded(make_user(Role.HANDLER, agency=first)) is None
    entry = AuditEntry.objects.get(verb="annualreport.reminded")
    assert (entry.agency, entry.facts) == (first, {"year": YEAR})
    out(first)
    assert panels.reminded(editor) is None, "it is public now"


def test_once_a_day() -> None:
    province, first, _second = make_tree()
    chief = head(province)
    reminding.remind(actor=chief, agency=first, year=YEAR, at=AT)
    with pytest.raises(NotPossible):
        reminding.remind(actor=chief, agency=first, year=YEAR, at=AT + dt.timedelta(hours=11))
    reminding.remind(actor=chief, agency=first, year=YEAR, at=AT + dt.timedelta(hours=13))
    assert ReportReminder.objects.count() == 2, "a day is one of the legal time zone"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year": 2007}, "year"),
        ({"year": 2026}, "year"),
        ({"year": 999_999}, "year"),
        ({"note": "长" * 301}, "note"),
        ({"at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)}, "year"),
        ({"kind": "public_body"}, "agency"),
        ({"is_active": False}, "agency"),
    ],
)
def test_why_not(changes: dict[str, Any], code: str) -> None:
    province, first, _second = make_tree()
    of_agency = {key: changes.pop(key) for key in ("kind", "is_active") if key in changes}
    Agency.objects.filter(pk=first.pk).update(**of_agency)
    values = {"year": YEAR, "at": AT, **changes}
    with pytest.raises(NotPossible) as error:
        reminding.remind(actor=head(province), agency=first, **values)
    assert [one.code for one in error.value.refusals] == [code]
    assert not ReportReminder.objects.exists()


def test_only_a_head_above_reminds() -> None:
    province, first, second = make_tree()
    for user in (head(second), head(province, Role.AUDITOR), make_user(Role.HEAD, agency=province)):
        with pytest.raises(NotPermitted):
            reminding.remind(actor=user, agency=first, year=YEAR)
    with pytest.raises(NotPossible):
        reminding.remind(actor=head(first), agency=first, year=YEAR)
    assert not ReportReminder.objects.exists()


def test_the_button(client: Client) -> None:
    province, first, second = make_tree()
    other = make_agency("XX")
    out(second)
    signed_in(client, head(province))
    page = client.get(ACROSS).content.decode()
    assert f'name="agency" value="{first.pk}"' in page
    assert f'name="agency" value="{second.pk}"' not in page, "it is out"
    data = {"year": YEAR, "agency": [first.pk, second.pk, other.pk, "x", 10**30], "note": "请抓紧"}
    got = client.post(REMIND, {**data, "query": "state=none&year=2025&x=\n"})
    assert got.status_code == 302
    assert got["Location"] == f"{ACROSS}?year=2025&state=none"
    assert [one.agency_id for one in ReportReminder.objects.all()] == [first.pk]
    assert f'name="agency" value="{first.pk}"' not in client.get(ACROSS).content.decode()
    for wrong in ({}, {"year": "x", "agency": [first.pk]}, {"year": YEAR}):
        assert client.post(REMIND, wrong).status_code == 302
    assert ReportReminder.objects.count() == 1
    assert client.get(REMIND).status_code == 405


def test_the_due_page_has_the_button_too(client: Client) -> None:
    province, first, second = make_tree()
    due = reverse("admin:disclosure_annualreport_due")
    signed_in(client, head(province))
    text = client.get(due).content.decode()
    assert REMIND in text
    assert ACROSS in text
    got = client.post(REMIND, {"year": YEAR, "agency": [first.pk, second.pk], "from": "due"})
    assert got["Location"] == due
    assert ReportReminder.objects.count() == 2
    assert REMIND not in client.get(due).content.decode()
    signed_in(client, make_user(Role.EDITOR, agency=first))
    text = client.get(due).content.decode()
    assert REMIND not in text
    assert ACROSS not in text
