"""`import_annual_report`, and what can be done to a report; every text here is made up."""

import datetime as dt
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from disclosure.agencies.models import Agency
from disclosure.agencies.roles import Role
from disclosure.core.dates import SHANGHAI, now
from disclosure.core.errors import Conflict, NotPermitted, NotPossible
from disclosure.demo.report_2013 import REPORTS, load_report_demo
from disclosure.models import AnnualReport, AuditEntry
from disclosure.reports import actions
from disclosure.reports.reading import Reading, Section
from disclosure.reports.reading.figures import figures_in
from disclosure.reports.tables.forms import FORM_2021
from tests.factories import make_agency, make_user
from tests.report_tables import broken, consistent

pytestmark = pytest.mark.django_db

TEXT = """松江市档案局2014年政府信息公开工作年度报告
现予公布。
一、总体情况
全年主动公开政府信息86条。
二、改进措施
加快更新。
"""


@pytest.fixture
def agency() -> Agency:
    return make_agency("SJDA", name="松江市档案局", aliases="松江档案馆\n市档案局")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(*arguments: object) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("import_annual_report", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 1
    return str(caught.value)


def reading(**changes: object) -> Reading:
    values = {
        "title": "松江市档案局2014年政府信息公开工作年度报告",
        "agency": "松江市档案局",
        "year": 2014,
        "lead": "",
        "sections": [Section(number="一", heading="概述", text="甲。")],
    }
    return Reading(**{**values, **changes})  # type: ignore[arg-type]


# --- the command ------------------------------------------------------------------------------


def test_agency_and_year_are_found_in_the_title(agency: Agency, path: Path) -> None:
    said = run(path)
    report = AnnualReport.objects.visible_to_public(now()).get()
    assert (report.agency, report.year, report.form) == (agency, 2014, "free")
    assert report.lead == "现予公布。"
    assert [section["heading"] for section in report.sections] == ["总体情况", "改进措施"]
    assert report.figures == [{"name": "主动公开政府信息", "value": 86, "unit": "条"}]
    assert report.source_note == "report.txt"
    assert "Imported" in said
    assert "86 条" in said


def test_the_same_again_changes_nothing(agency: Agency, path: Path) -> None:
    run(path)
    before = AnnualReport.objects.values().get()
    assert "Unchanged" in run(path)
    assert AnnualReport.objects.values().get() == before
    assert AnnualReport.history.count() == 1


def test_what_was_there_before_stays_in_the_history(agency: Agency, path: Path) -> None:
    run(path)
    first = AnnualReport.objects.get()
    path.write_text(TEXT.replace("86条", "87条"), encoding="gb18030")
    assert "Replaced" in run(path)
    report = AnnualReport.objects.get()
    assert report.published_at == first.published_at
    assert report.figures[0]["value"] == 87
    newest, oldest = report.history.order_by("-history_id")
    assert (newest.figures[0]["value"], oldest.figures[0]["value"]) == (87, 86)
    assert newest.history_change_reason == "import report.txt"
    assert AuditEntry.objects.filter(verb="annualreport.imported").count() == 2


def test_what_is_given_wins_over_the_title(agency: Agency, path: Path) -> None:
    other = make_agency("OTHER", name="河湾县水务局")
    run(path, "--agency", "OTHER", "--year", 2012)
    report = AnnualReport.objects.get()
    assert (report.agency, report.year) == (other, 2012)


def test_a_text_without_title_needs_agency_and_year(agency: Agency, path: Path) -> None:
    path.write_text("# 概述\n\n本年情况如下。\n\n# 主动公开\n\n公开信息3条。\n", encoding="utf-8")
    assert "title" in refused(path, "--agency", agency.code)
    run(path, "--agency", agency.code, "--year=2012")
    report = AnnualReport.objects.get(agency=agency, year=2012)
    assert report.title == f"{agency.name}2012年政府信息公开工作年度报告"
    assert [section["heading"] for section in report.sections] == ["概述", "主动公开"]


def test_another_agency_or_year_than_the_title_says_is_told(
    agency: Agency, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(path)
    assert "Note:" not in capsys.readouterr().err
    run(path, "--year=2012")
    assert "by its title this is the report of" in capsys.readouterr().err


def test_an_unknown_agency_is_named_with_the_way_out(path: Path) -> None:
    make_agency("OTHER", name="河湾县水务局")
    message = refused(path)
    assert "松江市档案局" in message
    assert "--agency" in message


def test_an_ambiguous_agency_lists_the_codes(path: Path) -> None:
    make_agency("AA", name="松江市档案管理局")
    make_agency("BB", name="松江市档案文史局")
    message = refused(path)
    assert "AA, BB" in message


def test_a_title_without_agency_or_year_asks_for_them(agency: Agency, path: Path) -> None:
    path.write_text(TEXT.replace("松江市档案局2014年", ""), encoding="utf-8")
    assert "--agency" in refused(path)
    assert "--year" in refused(path, "--agency", "SJDA")
    run(path, "--agency", "SJDA", "--year", "2014")
    assert AnnualReport.objects.get().year == 2014


@pytest.mark.parametrize(("year", "word"), [(1999, "2008"), (2999, "not over"), (-5, "2008")])
def test_an_absurd_year_is_refused(agency: Agency, path: Path, year: int, word: str) -> None:
    assert word in refused(path, "--agency", "SJDA", f"--year={year}")
    assert not AnnualReport.objects.exists()


def test_the_current_year_is_not_over(agency: Agency, path: Path) -> None:
    this_year = dt.datetime.now(SHANGHAI).year
    assert "not over" in refused(path, f"--year={this_year}")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.5", "damaged"),
        (b"<html><body></body></html>", "empty"),
        (b"\x00\x01\x02", "not a text"),
        (b'{"format": 1, "year": 2024, "tables": []}', "tables"),
        (b'{"format": 1, "form": "free", "sections": 3}', "sections"),
        ("没有标题的一段话。".encode(), "title"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(path: Path, data: bytes, word: str) -> None:
    path.write_bytes(data)
    assert word in refused(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "nowhere.txt" in refused(tmp_path / "nowhere.txt")
    assert "cannot be read" in refused(tmp_path)


def test_json_of_the_free_form(agency: Agency, path: Path) -> None:
    data = {
        "format": 1,
        "form": "free",
        "agency": "市档案局",
        "year": 2010,
        "sections": [{"number": "一", "heading": "概述", "text": "甲。"}],
        "figures": [{"name": "公开信息", "value": "1,200+", "unit": "条"}],
    }
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    run(path)
    report = AnnualReport.objects.get()
    assert report.title == "松江市档案局2010年政府信息公开工作年度报告"
    assert report.figures == [
        {"name": "公开信息", "value": 1200, "unit": "条", "qualifier": "over"}
    ]


# --- actions ----------------------------------------------------------------------------------


def test_a_published_report_with_tables_is_not_replaced(agency: Agency) -> None:
    report = actions.import_report(actor=None, reading=reading()).report
    AnnualReport.objects.filter(pk=report.pk).update(form="2021", computed={"requests": {}})
    with pytest.raises(NotPossible):
        actions.import_report(actor=None, reading=reading(lead="另一种。"))


def test_importing_asks_for_both_rights(agency: Agency) -> None:
    for roles in ([Role.EDITOR], [Role.HEAD], [Role.HANDLER], []):
        with pytest.raises(NotPermitted):
            actions.import_report(actor=make_user(*roles, agency=agency), reading=reading())
    both = make_user(Role.EDITOR, Role.HEAD, agency=agency)
    done = actions.import_report(actor=both, reading=reading())
    assert done.outcome == "created"
    assert AuditEntry.objects.get(verb="annualreport.imported").actor == both


def test_another_agencys_report_is_out_of_reach(agency: Agency) -> None:
    stranger = make_user(Role.EDITOR, Role.HEAD, agency=make_agency("OTHER", name="河湾县水务局"))
    with pytest.raises(NotPermitted):
        actions.import_report(actor=stranger, reading=reading())


def draft(agency: Agency, year: int = 2014) -> AnnualReport:
    report = AnnualReport(
        agency=agency, year=year, title="  年度\n报告 ", sections=reading().sections
    )
    actions.create(actor=None, report=report)
    return report


def test_the_way_of_a_report(agency: Agency) -> None:
    editor, head = make_user(Role.EDITOR, agency=agency), make_user(Role.HEAD, agency=agency)
    report = draft(agency)
    assert (report.state, report.title) == ("draft", "年度 报告")
    report.lead = "前言。"
    actions.update(actor=editor, report=report)
    with pytest.raises(NotPermitted):
        actions.publish(actor=editor, report=report)
    report = actions.publish(actor=head, report=report)
    assert AnnualReport.objects.visible_to_public(now()).get() == report
    with pytest.raises(NotPossible):
        actions.publish(actor=head, report=report)
    report.lead = "改过的前言。"
    for person in (editor, head):
        with pytest.raises(NotPossible):
            actions.update(actor=person, report=report)
    with pytest.raises(NotPossible):
        actions.withdraw(actor=head, report=report, reason=" ")
    report = actions.withdraw(actor=head, report=report, reason="年份有误")
    assert (report.state, report.published_at) == ("draft", None)
    assert not AnnualReport.objects.visible_to_public(now()).exists()
    reasons = list(report.history.values_list("history_change_reason", flat=True))
    assert reasons[0] == "年份有误"
    assert AuditEntry.objects.filter(target_id=str(report.pk)).count() == 4


def test_an_empty_report_cannot_go_out(agency: Agency) -> None:
    report = AnnualReport(agency=agency, year=2014, title="报告")
    actions.create(actor=None, report=report)
    with pytest.raises(NotPossible):
        actions.publish(actor=None, report=report)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "长" * 201},
        {"year": 2007},
        {"year": 2150},
        {"sections": "text"},
        {"sections": [{"heading": "", "text": ""}]},
        {"figures": [{"name": "甲", "value": -1}]},
    ],
)
def test_bad_content_is_refused_with_a_reason(agency: Agency, fields: dict[str, object]) -> None:
    report = AnnualReport(**{"agency": agency, "year": 2014, "title": "报告", **fields})
    with pytest.raises(NotPossible) as caught:
        actions.create(actor=None, report=report)
    assert str(caught.value.refusals[0])


def test_a_second_report_of_a_year_is_a_conflict(agency: Agency) -> None:
    draft(agency)
    with pytest.raises(Conflict):
        draft(agency)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"year": 1900},
        {"form": "1999"},
        {"state": "published", "published_at": None},
        {"state": "draft", "published_at": dt.datetime(2020, 1, 1, tzinfo=SHANGHAI)},
        {"state": "gone"},
    ],
)
def test_the_database_holds_what_must_be_true(agency: Agency, fields: dict[str, object]) -> None:
    report = draft(agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).update(**fields)


# --- demonstration ----------------------------------------------------------------------------


def test_the_demonstration_loads_once_and_yields_to_a_real_report() -> None:
    province = make_agency("LNRF", name="辽宁省人民防空办公室")
    make_agency("SYRF", name="沈阳市人民防空办公室", under=province)
    load_report_demo(province)
    assert {report.is_demo for report in load_report_demo(province)} == {True}
    assert AnnualReport.objects.count() == AnnualReport.history.count() == len(REPORTS)
    actions.import_report(
        actor=None, reading=reading(title="真实的2013年报告", agency="LNRF", year=2013)
    )
    load_report_demo(province)
    report = AnnualReport.objects.get(agency=province, year=2013)
    assert (report.is_demo, report.title) == (False, "真实的2013年报告")
    assert report.history.count() == 2


@pytest.mark.parametrize("demo", REPORTS, ids=lambda demo: f"{demo.agency_code}-{demo.year}")
def test_the_demonstrations_figures_are_those_of_its_text(demo) -> None:
    texts = [demo.lead, *(section["text"] for section in demo.sections)]
    assert figures_in(texts) == demo.figures


# --- with tables ----------------------------------------------------------------------------------
def tabled(year: int, tables: dict[str, object], **more: object) -> Reading:
    return replace(reading(), form="2021", year=year, sections=[], tables=tables, **more)


def test_an_inconsistent_report_is_refused_with_its_places(agency: Agency) -> None:
    tables, before = broken(FORM_2021, "turnover")
    with pytest.raises(NotPossible) as error:
        actions.import_report(actor=None, reading=tabled(2023, tables))
    assert all("requests." in str(one) for one in error.value.refusals)
    assert not AnnualReport.objects.exists()
    # Across years: against the report that is here, or what the file brings along.
    tables, before = broken(FORM_2021, "carried")
    with pytest.raises(NotPossible):
        actions.import_report(actor=None, reading=tabled(2023, tables, previous=before))
    actions.import_report(actor=None, reading=tabled(2022, before))
    with pytest.raises(NotPossible) as error:
        actions.import_report(actor=None, reading=tabled(2023, tables))
    assert all("carried_in" in str(one) for one in error.value.refusals)


def test_a_second_file_of_a_year_is_a_second_edition(agency: Agency) -> None:
    tables = consistent(FORM_2021)
    first = actions.import_report(actor=None, reading=tabled(2023, tables), source_note="a.json")
    again = actions.import_report(actor=None, reading=tabled(2023, tables), source_note="b.json")
    assert (first.outcome, again.outcome) == ("created", "unchanged")
    tables["proactive"]["fees"]["amount"] = "99.9"
    done = actions.import_report(actor=None, reading=tabled(2023, tables), source_note="b.json")
    assert done.outcome == "changed"
    assert [one.reason for one in done.report.editions.all()] == ["", "import b.json"]
    for year, form in ((2018, "2021"), (2023, "free")):
        other = replace(tabled(year, tables), form=form, sections=reading().sections)
        with pytest.raises(NotPossible):
            actions.import_report(actor=None, reading=other)
