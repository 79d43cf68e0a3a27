"""Files that are made to harm: whatever they hold, they are refused, within bounds."""

import csv
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.utils.translation import override

from disclosure.publications.importing import sheets, sources
from disclosure.publications.importing.problems import FileProblem
from disclosure.publications.importing.sources import open_source

HEADING = ["标题", "发布机构", "主题分类"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """What Python takes meanwhile; the reader of workbooks is measured by what it is given."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        yield
        assert tracemalloc.get_traced_memory()[1] - before < megabytes * 2**20
    finally:
        tracemalloc.stop()


def refused(path: Path, said: str) -> None:
    with pytest.raises(FileProblem) as raised:
        for _row in open_source(path).rows():
            pass
    assert said in str(raised.value)


# --- CSV -----------------------------------------------------------------------------------------
def test_ten_thousand_columns(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(",".join(["标题"] * 10_000) + "\n", encoding="utf-8")
    refused(path, "The first row has 10,000 headings")


def test_a_row_of_many_cells_is_a_bad_row_of_few(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"标题\n甲{',x' * 500_000}\n", encoding="utf-8")
    (row,) = open_source(path).rows()
    assert row.surplus
    assert row.cells == {"title": "甲"}


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("end", ["", "\n"])
def test_an_endless_line_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch, quote: str, end: str
) -> None:
    """200 MB: many lines within quotation marks are one row as well."""
    monkeypatch.setattr(sources, "MAX_ROW", 2**20)
    path = tmp_path / "in.csv"
    piece = ("x" * 1023 + (end or "x")).encode() * 1024
    with path.open("wb") as file:
        file.write(f"标题\n{quote}".encode())
        for _n in range(200):
            file.write(piece)
    with at_most(24):
        if quote or not end:
            refused(path, "million characters")
        else:
            assert sum(1 for _row in open_source(path).rows()) == 200 * 1024


def test_a_long_text_is_no_endless_line(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["标题", "正文"], ["甲", "长\n" * 1_000_000]])
    (row,) = open_source(path).rows()
    assert len(row.cells["body"]) == 2_000_000


# --- XLSX ----------------------------------------------------------------------------------------
def workbook(path: Path, *cells: tuple[int, int, str]) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADING)
    for row, column, text in cells:
        sheet.write_string(row, column, text)
    book.close()
    return path


def test_two_cells_far_from_each_other(tmp_path: Path) -> None:
    """The reader would make a table of all that lies between: 17 thousand million cells."""
    refused(workbook(tmp_path / "a.xlsx", (1_048_575, 0, "x")), "more than 200,000 rows")
    refused(workbook(tmp_path / "b.xlsx", (1, 16_383, "x")), "more than 100 columns")


def packed_again(source: Path, target: Path, name: str, data: bytes) -> Path:
    """The workbook with another member in the place of `name`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, data if entry.filename == name else old.read(entry))
    return target


def test_a_bomb_whatever_size_it_claims(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 8 * 2**20)
    plain = workbook(tmp_path / "plain.xlsx", (1, 0, "甲"))
    bomb = packed_again(plain, tmp_path / "bomb.xlsx", "xl/sharedStrings.xml", b"\0" * 2**26)
    with at_most(8):
        refused(bomb, "too large when unpacked")
    # The size in the file's own table of contents is only what somebody wrote there.
    data = bytearray(bomb.read_bytes())
    at = data.rindex(b"xl/sharedStrings.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, at + 24, 10)
    bomb.write_bytes(data)
    with zipfile.ZipFile(bomb) as archive:
        assert archive.getinfo("xl/sharedStrings.xml").file_size == 10
    refused(bomb, "too large when unpacked")


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "%s</sheetData></worksheet>"
)
CELL = '<c r="%s" t="n"><v>1</v></c>'


def test_a_sheet_that_lies_elsewhere_is_measured_as_well(tmp_path: Path) -> None:
    """The workbook says where its sheets lie, and the reader goes there."""
    plain = workbook(tmp_path / "plain.xlsx")
    far = f'<row r="1">{CELL % "A1"}</row><row r="1048576">{CELL % "XFD1048576"}</row>'
    relations = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(plain) as archive:
        moved = archive.read(relations).replace(b"worksheets/sheet1.xml", b"other/sheet.bin")
    path = packed_again(plain, tmp_path / "moved.xlsx", relations, moved)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/other/sheet.bin", SHEET % far)
    refused(path, "more than 200,000 rows")


@pytest.mark.parametrize("place", ["other/sheet.png", "worksheets/sheet1.xml"])
def test_what_would_take_all_memory_ends_the_child_alone(tmp_path: Path, place: str) -> None:
    """Cells without places, counted by the reader; a sheet that calls itself a picture."""
    plain = workbook(tmp_path / "plain.xlsx")
    cell = CELL.replace(' r="%s"', "")
    far = f"<row>{cell}</row>{'<row/>' * 100_000}<row>{'<c/>' * 2_000_000}{cell}</row>"
    relations, named = "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(plain) as archive:
        moved = archive.read(relations).replace(b"worksheets/sheet1.xml", place.encode())
    path = packed_again(plain, tmp_path / "moved.xlsx", relations, moved)
    path = packed_again(path, tmp_path / "in.xlsx", named, (SHEET % far).encode())
    if place not in named:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(f"xl/{place}", SHEET % far)
    refused(path, "not a readable XLSX")


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04" + b"x" * 400])
def test_what_is_no_workbook(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(data)
    refused(path, "not a readable XLSX")


def test_broken_inside(tmp_path: Path) -> None:
    plain = workbook(tmp_path / "plain.xlsx", (1, 0, "甲"))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        with pytest.raises(FileProblem):
            open_source(packed_again(plain, tmp_path / "x.xlsx", name, b"<a><b>"))


def test_formulas_of_a_workbook_are_never_run(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADING)
    book.active.append(["=1+1", "SL", "policy"])
    book.save(tmp_path / "in.xlsx")
    assert [row.cells["title"] for row in open_source(tmp_path / "in.xlsx").rows()] in ([""], [])


# --- headings ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "heading", ["标题,title,发布机构", "标题, 标题 ,发布机构", "ＴＩＴＬＥ,标题", "\ufeff标题,标题"]
)
def test_a_column_twice_under_any_name(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"{heading}\n甲,乙,SL\n", encoding="utf-8")
    refused(path, "Columns that stand there twice: 标题.")
