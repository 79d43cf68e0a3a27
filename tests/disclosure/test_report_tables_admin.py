"""The staff pages of a report's tables: filled in, one figure looked into, figures loaded."""

import datetime as dt
import io
import json
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import AnnualReport, RemarkNote
from disclosure.reports import actions, remarks
from disclosure.reports.tables.cells import NA
from disclosure.reports.tables.forms import FORM_2021
from disclosure.reports.tables.shapes import Place
from tests.admin_pages import form_data, signed_in
from tests.factories import make_agency, make_publication, make_tree, make_user
from tests.report_tables import broken, consistent
from tests.reporting import YEAR, Staff

pytestmark = pytest.mark.django_db
GRANTED = "requests.granted.natural_person"
PAGES = ("tables", "load")


@pytest.fixture
def staff() -> Staff:
    return Staff(make_agency("SL", name="示例省办公室"))


def page(name: str, report: AnnualReport, *more: str) -> str:
    return reverse(f"admin:disclosure_annualreport_{name}", args=[report.pk, *more])


def value(report: AnnualReport, key: str) -> Any:
    report.refresh_from_db()
    return report.cells[Place(*key.split("."))]  # type: ignore[arg-type]


# --- the tables ----------------------------------------------------------------------------------
def test_figures_are_stored_with_their_reason(client: Client, staff: Staff) -> None:
    report = staff.filled()
    signed_in(client, staff.editor)
    got = client.get(page("tables", report))
    data = form_data(got)
    assert GRANTED in data
    assert "requests.granted.total" not in data, "a total follows its parts"
    before, total = value(report, GRANTED), value(report, "requests.granted.total")
    changed = data | {GRANTED: " １,２３４ ", "proactive.fees.amount": "不适用"}
    answer = client.post(page("tables", report), changed)
    assert answer.status_code == 409
    assert "１,２３４" in answer.content.decode(), "what was typed stays"
    assert value(report, GRANTED) == before
    answer = client.post(page("tables", report), changed | {"reason": "系统外办理"})
    assert answer.status_code == 302
    assert value(report, GRANTED) == 1234
    assert value(report, "requests.granted.total") == total - before + 1234
    assert value(report, "proactive.fees.amount") == NA
    text = client.get(page("tables", report)).content.decode()
    assert "（七）总计－自然人" in text
    assert 'href="#cell-requests.processed_total.natural_person"' in text


@pytest.mark.parametrize("typed", ["十二", "1.5", "-1", "9" * 16, "1e5", "=1+1", "NaN", "½"])
def test_what_is_no_number_is_told_at_its_cell(client: Client, staff: Staff, typed: str) -> None:
    report = staff.filled()
    signed_in(client, staff.editor)
    data = form_data(client.get(page("tables", report))) | {GRANTED: typed, "reason": "改"}
    answer = client.post(page("tables", report), data)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'id="wrong-{GRANTED}"' in text
    assert f'aria-describedby="wrong-{GRANTED}"' in text
    assert not report.adjustments.exists()


def test_what_somebody_else_has_stored_meanwhile(client: Client, staff: Staff) -> None:
    report = staff.filled()
    signed_in(client, staff.editor)
    data = form_data(client.get(page("tables", report))) | {"reason": "改"}
    assert client.post(page("tables", report), data | {GRANTED: "50"}).status_code == 302
    assert client.post(page("tables", report), data | {GRANTED: "60"}).status_code == 409
    assert value(report, GRANTED) == 50


def test_a_warning_is_settled_by_a_note(client: Client, staff: Staff) -> None:
    tables, before = broken(FORM_2021, "in_force")
    staff.out(staff.filled(YEAR - 1, before))
    report = staff.filled(YEAR, tables)
    signed_in(client, staff.editor)
    [remark] = remarks.remarks(report)
    url = page("note", report)
    client.post(url, {"key": "nonsense", "note": "x"})
    assert not RemarkNote.objects.exists()
    client.post(url, {"key": remark.key, "note": "历史文件清理"})
    assert "历史文件清理" in client.get(page("tables", report)).content.decode()
    assert remarks.open_remarks(report) == []
    key = "proactive.normative_documents.in_force"
    actions.adjust(
        actor=None,
        report=report,
        values={Place(*key.split(".")): 99},  # type: ignore[arg-type]
        reason="x",
    )
    report.refresh_from_db()
    codes = {one.code for one in remarks.open_remarks(report)}
    assert codes == {"in_force", "growth"}, "another value is another finding"
    client.post(url, {"key": remarks.open_remarks(report)[0].key, "note": ""})
    assert client.get(url).status_code == 405


def test_counting_anew_and_adding_up(client: Client, staff: Staff) -> None:
    report = staff.draft()
    signed_in(client, staff.editor)
    assert client.post(page("compute", report)).status_code == 302
    assert value(report, GRANTED) == 0
    client.post(page("compute", report), {"until": f"{YEAR}-06-30"})
    report.refresh_from_db()
    assert report.computed_until == dt.date(YEAR, 6, 30)
    for wrong in ("x", f"{YEAR + 1}-01-01", "2024-13-01", "９"):
        assert client.post(page("compute", report), {"until": wrong}).status_code == 302
        report.refresh_from_db()
        assert report.computed_until == dt.date(YEAR, 6, 30)
    assert client.post(page("sum", report)).status_code == 302
    assert client.get(page("compute", report)).status_code == 405


def test_the_pages_cost_the_same_however_much_there_is(client: Client, staff: Staff) -> None:
    report = actions.compute(actor=staff.editor, report=staff.draft())
    signed_in(client, staff.editor)

    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = [page("tables", report), page("cell", report, "proactive.normative_documents.issued")]
    few = [count(url) for url in urls]
    for place in FORM_2021.places[:30]:
        actions.adjust(actor=None, report=report, values={place: 5}, reason="x")
    for number in range(12):
        make_publication(
            agency=staff.agency,
            document_type="normative_document",
            document_number=f"示〔{YEAR}〕{number + 1}号",
            date_made=dt.date(YEAR, 3, 1),
        )
    actions.compute(actor=staff.editor, report=report)
    assert [count(url) for url in urls] == few


# --- one figure ----------------------------------------------------------------------------------
def test_a_figure_leads_to_its_records(client: Client, staff: Staff) -> None:
    for number in range(3):
        make_publication(
            title=f"第{number}号文件",
            agency=staff.agency,
            document_type="normative_document",
            date_made=dt.date(YEAR, 3, number + 1),
        )
    report = actions.compute(actor=staff.editor, report=staff.draft())
    key = "proactive.normative_documents.issued"
    signed_in(client, staff.editor)
    assert value(report, key) == 3
    text = client.get(page("cell", report, key)).content.decode()
    assert all(f"第{number}号文件" in text for number in range(3))
    answer = client.post(page("cell", report, key), {"value": "5", "reason": ""})
    assert answer.status_code == 200
    assert "reason" in answer.context["form"].errors
    for bad in ("五", "-1", "2.5"):
        answer = client.post(page("cell", report, key), {"value": bad, "reason": "x"})
        assert "value" in answer.context["form"].errors
    sent = {"value": "5", "reason": "另有2件未上网"}
    assert client.post(page("cell", report, key), sent).status_code == 302
    assert value(report, key) == 5
    text = client.get(page("cell", report, key)).content.decode()
    assert "+2" in text
    assert "另有2件未上网" in text


@pytest.mark.parametrize("key", ["requests.new", "a.b.c", "requests.new.elephant", "..", "%00"])
def test_a_cell_that_is_not_there(client: Client, staff: Staff, key: str) -> None:
    report = staff.draft()
    signed_in(client, staff.editor)
    base = page("cell", report, "x.y.z").replace("x.y.z", key)
    assert client.get(base).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "１", ""])
def test_pages_of_records_that_are_not_there(client: Client, staff: Staff, number: str) -> None:
    report = actions.compute(actor=None, report=staff.draft())
    signed_in(client, make_user(Role.HEAD, Role.HANDLER, agency=staff.agency))
    for key in (
        "requests.new.total",
        "proactive.licences.decisions",
        "remedies.reconsideration.total",
    ):
        assert client.get(page("cell", report, key), {"p": number}).status_code == 200


def test_records_are_for_who_may_see_them(client: Client, staff: Staff) -> None:
    report = actions.compute(actor=None, report=staff.draft())
    signed_in(client, staff.editor)
    answer = client.get(page("cell", report, "requests.new.total"))
    assert answer.context["records_closed"]
    assert "records" not in answer.context


# --- from another system -------------------------------------------------------------------------
def _csv(rows: list[list[Any]]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode("utf-8-sig")


def _xlsx(rows: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("data")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


ROWS = [
    ["table", "row", "column", "value"],
    ["proactive", "licences", "decisions", 1573179],
    ["proactive", "fees", "amount", "72701.2578"],
]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("figures.csv", _csv(ROWS)),
        ("figures.xlsx", _xlsx(ROWS)),
        (
            "figures.json",
            json.dumps(
                {
                    "format": 1,
                    "tables": {
                        "proactive": {
                            "licences": {"decisions": 1573179},
                            "fees": {"amount": "72701.2578"},
                        }
                    },
                }
            ).encode(),
        ),
    ],
)
def test_figures_are_loaded(client: Client, staff: Staff, name: str, data: bytes) -> None:
    report = actions.compute(actor=None, report=staff.draft())
    signed_in(client, staff.editor)
    upload = SimpleUploadedFile(name, data)
    assert client.post(page("load", report), {"file": upload}).status_code == 302
    assert value(report, "proactive.licences.decisions") == 1573179
    assert str(value(report, "proactive.fees.amount")) == "72701.2578"
    assert value(report, GRANTED) == 0, "the others stay as they were counted"
    text = client.get(page("cell", report, "proactive.licences.decisions")).content.decode()
    assert "1573179" in text
    assert client.post(page("load", report), {"unload": "1"}).status_code == 302
    assert value(report, "proactive.licences.decisions") == 0
    assert value(report, "proactive.fees.amount") is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("figures.csv", b""),
        ("figures.csv", b"\xff\xfe\x00"),
        ("figures.csv", _csv([["a", "b"], [1, 2]])),
        ("figures.csv", _csv([ROWS[0]])),
        ("figures.csv", _csv([ROWS[0], ["proactive", "licences", "decisions", "many"]])),
        ("figures.csv", _csv([ROWS[0], ["proactive", "licences", "x", 1]])),
        ("figures.csv", _csv([*ROWS, ROWS[1]])),
        ("figures.xlsx", b"PK\x03\x04 no workbook"),
        ("figures.json", b"{"),
        ("figures.json", b'{"format": 1, "form": "2019", "tables": {}}'),
        ("figures.json", b'{"format": 1, "tables": {"requests": {"new": [1]}}}'),
        ("figures.exe", b"MZ"),
    ],
)
def test_a_bad_file_is_told_and_loads_nothing(
    client: Client, staff: Staff, name: str, data: bytes
) -> None:
    report = staff.filled()
    before = report.tables
    signed_in(client, staff.editor)
    answer = client.post(page("load", report), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    report.refresh_from_db()
    assert report.tables == before


# --- who may -------------------------------------------------------------------------------------
def test_others_read_or_are_refused(client: Client, staff: Staff) -> None:
    report = staff.filled()
    signed_in(client, make_user(Role.AUDITOR, agency=staff.agency))
    text = client.get(page("tables", report)).content.decode()
    assert f'data-cell="{GRANTED}"' in text
    assert f'name="{GRANTED}"' not in text
    assert client.post(page("tables", report), {GRANTED: "1", "reason": "x"}).status_code == 403
    assert client.post(page("compute", report)).status_code == 403
    assert client.get(page("load", report)).status_code == 403
    assert client.post(page("cell", report, GRANTED), {"value": "1"}).status_code == 403
    assert client.post(page("note", report), {"key": "x"}).status_code in {302, 403}
    signed_in(client, make_user(Role.HANDLER, agency=staff.agency))
    assert client.get(page("tables", report)).status_code in {403, 404}


def test_another_agencys_are_not_there(client: Client) -> None:
    _province, first, second = make_tree()
    report = Staff(second).filled()
    signed_in(client, make_user(*Role, agency=first))
    for url in (page("tables", report), page("load", report), page("cell", report, GRANTED)):
        assert client.get(url).status_code == 404
    for name in ("compute", "sum", "note"):
        assert client.post(page(name, report)).status_code == 404


def test_a_published_report_is_read(client: Client, staff: Staff) -> None:
    report = staff.out(staff.filled())
    signed_in(client, staff.editor)
    assert f'name="{GRANTED}"' not in client.get(page("tables", report)).content.decode()
    assert client.post(page("tables", report), {GRANTED: "1", "reason": "x"}).status_code == 403


def test_the_free_form_has_no_tables(client: Client, staff: Staff) -> None:
    report = AnnualReport(agency=staff.agency, year=2014, title="年度报告", sections=[])
    actions.create(actor=None, report=report)
    signed_in(client, staff.editor)
    assert client.get(page("tables", report)).status_code == 404


# --- the written sections ------------------------------------------------------------------------
def test_the_sections_are_written_on_the_form(client: Client, staff: Staff) -> None:
    report = staff.filled()
    signed_in(client, staff.editor)
    got = client.get(page("change", report))
    data = form_data(got)
    assert "sections-0-heading" not in data
    assert page("tables", report) in got.content.decode()
    sent = data | {"text_overview": "第一段。\r\n第二段。", "reason": "改"}
    assert client.post(page("change", report), sent).status_code == 302
    report.refresh_from_db()
    assert report.texts["overview"] == "第一段。\n第二段。"
    assert report.tables["requests"]["new"] == consistent(FORM_2021)["requests"]["new"]
    signed_in(client, make_user(Role.AUDITOR, agency=staff.agency))
    text = client.get(page("change", report)).content.decode()
    assert "第一段。" in text
    assert "text_overview" not in text


def test_a_new_draft_begins_counted(client: Client, staff: Staff) -> None:
    make_publication(
        agency=staff.agency,
        document_type="penalty",
        date_made=dt.date(YEAR, 2, 1),
        document_number="",
    )
    signed_in(client, staff.editor)
    add = reverse("admin:disclosure_annualreport_add")
    data = form_data(client.get(add, {"year": str(YEAR)}))
    assert data["form"] == "2021"
    answer = client.post(add, data)
    report = AnnualReport.objects.get()
    assert answer["Location"] == page("change", report)
    assert value(report, "proactive.penalties.decisions") == 1


def test_an_open_section_leads_to_its_field(client: Client, staff: Staff) -> None:
    report = staff.filled(texts={"overview": "总体情况。", "problems": "", "other": "未收取。"})
    signed_in(client, staff.editor)
    text = client.get(page("tables", report)).content.decode()
    assert f'href="{page("change", report)}#id_text_problems"' in text
    assert 'id="id_text_problems"' in client.get(page("change", report)).content.decode()
    assert client.post(page("draft", report)).status_code == 302
    report.refresh_from_db()
    assert report.texts["problems"].startswith("（一）存在的主要问题")
    assert report.texts["overview"] == "总体情况。"
