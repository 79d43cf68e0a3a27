"""The first sheet of a workbook, within limits whatever its own tables claim.

The reader makes a full table of what lies between the first and the last cell: two cells far from
each other take all memory there is, and the process with it. So the members are unpacked and
looked through first, which tells most; then a child process reads the sheet, and only what that
came through is read here.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine
from django.utils.translation import gettext as _

from disclosure.files import isolated, kinds
from disclosure.files.inside.report import Refused
from disclosure.publications.importing.problems import FileProblem

MAX_UNPACKED = 512 * 1024 * 1024
MAX_SHEET_ROWS = 200_000
MAX_SHEET_COLUMNS = 100
_CHUNK = 1 << 20
_LOCAL_HEADER = 30
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,9})([0-9]{1,19})["']""")
_LONGEST_PLACE = 64
#: What is never read as a sheet, wherever it lies.
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tiff")


def first_sheet(path: Path) -> list[list[Any]]:
    """Its cells, as the reader types them; raises FileProblem."""
    try:
        _measure(path)
        data = path.read_bytes()
        if end := isolated.run("first_sheet_end", data)["end"]:
            _refuse_beyond(*end)
        sheet = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except Refused as refused:
        raise _unreadable(kinds.refusal_sentence(refused.code)) from refused
    except (zipfile.BadZipFile, zlib.error, python_calamine.CalamineError) as error:
        raise _unreadable(error) from error


def _unreadable(why: object) -> FileProblem:
    return FileProblem(_("This is not a readable XLSX file: %(error)s") % {"error": why})


def _measure(path: Path) -> None:
    """Refuse a workbook that unpacks to too much, or whose cells lie too far out."""
    left = MAX_UNPACKED
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for entry in archive.infolist():
            # A sheet may lie anywhere: the workbook says where.
            is_sheet = not entry.filename.lower().endswith(_MEDIA)
            tail = b""
            for piece in _unpacked(file, entry):
                left -= len(piece)
                if left < 0:
                    raise FileProblem(_("The file is too large when unpacked."))
                if is_sheet:
                    # What is cut by the edge of a piece is whole in the next one.
                    for found in _PLACE.finditer(tail + piece):
                        _refuse_beyond(int(found[2]) - 1, _column(found[1]))
                    tail = piece[-_LONGEST_PLACE:]


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, however many there are: its stated size is not believed."""
    file.seek(entry.header_offset)
    header = file.read(_LOCAL_HEADER)
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    file.seek(name + extra, 1)
    packed = entry.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed > 0 and (data := file.read(min(_CHUNK, packed))):
        packed -= len(data)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield data
            continue
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise zipfile.BadZipFile("compression")
        while data and not inflate.eof:
            yield inflate.decompress(data, _CHUNK)
            data = inflate.unconsumed_tail


def _column(letters: bytes) -> int:
    """The column's place from its letters: A is 0."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return max(place - 1, 0)


def _refuse_beyond(row: int, column: int) -> None:
    if row > MAX_SHEET_ROWS:
        raise FileProblem(
            _("The sheet has more than %(rows)s rows; please use CSV.")
            % {"rows": f"{MAX_SHEET_ROWS:,}"}
        )
    if column >= MAX_SHEET_COLUMNS:
        raise FileProblem(
            _("The sheet has more than %(columns)s columns; this is no table of publications.")
            % {"columns": MAX_SHEET_COLUMNS}
        )
