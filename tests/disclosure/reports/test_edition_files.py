"""The files of an edition: made once, kept, the same to everybody; the public addresses."""

import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client
from docx import Document as Word

from disclosure.models import AnnualReport, EditionFile
from disclosure.reports import actions, files
from disclosure.reports.document import Document
from tests.factories import make_agency
from tests.reporting import YEAR, Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> AnnualReport:
    staff = Staff(make_agency("SL", name="示例省办公室"))
    return staff.out(staff.filled())


def address(kind: str, year: int = YEAR) -> str:
    return f"/annual-reports/SL/{year}.{kind}"


def test_they_are_made_once(report: AnnualReport, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for kind in ("docx", "xlsx", "pdf"):
        monkeypatch.setitem(
            files._MAKERS, kind, lambda edition, kind=kind: asked.append(kind) or kind.encode()
        )
    assert files.make_missing() == 3
    assert files.make_missing() == 0
    assert sorted(asked) == ["docx", "pdf", "xlsx"]
    one = EditionFile.objects.get(kind="pdf")
    assert (one.sha256, one.size) == (hashlib.sha256(b"pdf").hexdigest(), 3)
    assert files.made(report.edition, "pdf") == b"pdf"
    assert len(asked) == 3


def test_one_that_cannot_be_made_keeps_no_other_from_being_made(
    report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(edition: object) -> bytes:
        raise ValueError

    monkeypatch.setitem(files._MAKERS, "docx", broken)
    monkeypatch.setitem(files._MAKERS, "pdf", lambda edition: b"pdf")
    assert files.make_missing() == 2
    assert set(EditionFile.objects.values_list("kind", flat=True)) == {"xlsx", "pdf"}


def test_the_addresses(client: Client, report: AnnualReport) -> None:
    data = client.get(address("json"))
    assert json.loads(data.content) == report.edition.content
    answer = client.get(address("docx"))
    assert answer["Content-Type"] == files.CONTENT_TYPES["docx"]
    assert "attachment" in answer["Content-Disposition"]
    assert Word(io.BytesIO(answer.content)).tables
    again = client.get(address("docx"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get(address("xlsx")).content[:2] == b"PK"
    for missing in (address("exe"), address("docx", 2023), "/annual-reports/XX/2024.xlsx"):
        assert client.get(missing).status_code == 404
    assert client.post(address("docx")).status_code == 405


def test_the_files_of_an_earlier_edition(client: Client, report: AnnualReport) -> None:
    first = client.get(address("xlsx")).content
    actions.take(report, "correct", actor=None, reason="更正说明文字")
    report.refresh_from_db()
    report.texts = {**report.texts, "problems": "另一个问题。"}
    actions.update(actor=None, report=report)
    for step in ("check", "approve", "publish"):
        actions.take(report, step, actor=None)
    assert client.get(f"{address('xlsx')}?edition=1").content == first
    assert client.get(address("xlsx")).content != first
    assert client.get(f"{address('xlsx')}?edition=3").status_code == 404
    actions.withdraw(actor=None, report=report, reason="误发")
    for query in ("", "?edition=1", "?edition=2"):
        assert client.get(address("xlsx") + query).status_code == 404


@pytest.mark.parametrize("kind", ["json", "docx", "xlsx"])
def test_the_command(report: AnnualReport, tmp_path, kind: str) -> None:
    path = tmp_path / f"report.{kind}"
    call_command("export_annual_report", "SL", str(YEAR), "--format", kind, "--output", str(path))
    assert path.read_bytes() == files.made(report.edition, kind)


def test_json_to_database_to_json(report: AnnualReport, tmp_path) -> None:
    content = {
        **report.edition.content,
        "agency": "乙机关",
        "agency_code": "",
        "title": "乙机关2024年年报",
    }
    make_agency("YJG", name="乙机关")
    path = tmp_path / "report.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    call_command("import_annual_report", str(path))
    again = AnnualReport.objects.get(agency__code="YJG").edition.content
    assert again == {**content, "agency_code": "YJG"}
    assert Document.from_json(again).cells == report.cells
