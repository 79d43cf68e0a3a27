"""Older Office files (DOC, XLS, PPT and their WPS kin): little of them can be looked into."""

import io
import struct

import olefile
import python_calamine

from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt

_TOLD = (
    "author",
    "last_saved_by",
    "company",
    "manager",
    "title",
    "subject",
    "keywords",
    "comments",
)
_MACROS = frozenset({"VBA", "_VBA_PROJECT_CUR", "Macros"})
_EMBEDDED = frozenset({"ObjectPool", "MBD"})
_BOOKS = frozenset({"Workbook", "Book"})
_ENCRYPTED_FLAG = 0x0100
_FILE_PASSWORD = 0x002F


def _open(data: bytes) -> olefile.OleFileIO:
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except (OSError, ValueError, IndexError, struct.error, AttributeError, TypeError) as error:
        raise Refused("broken") from error


def _names(ole: olefile.OleFileIO) -> set[str]:
    return {part for entry in ole.listdir(streams=True, storages=True) for part in entry}


def _refuse_encrypted(ole: olefile.OleFileIO, names: set[str]) -> None:
    if names & {"EncryptedPackage", "EncryptionInfo", "EncryptedSummary"}:
        raise Refused("encrypted")
    if "WordDocument" in names:
        head = ole.openstream("WordDocument").read(32)
        if len(head) >= 12 and int.from_bytes(head[10:12], "little") & _ENCRYPTED_FLAG:
            raise Refused("encrypted")
    for name in sorted(names & _BOOKS):
        stream = ole.openstream(name).read(4096)
        at = 0
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, at)
            if kind == _FILE_PASSWORD:
                raise Refused("encrypted")
            at += 4 + length


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What can be told of the file; that the rest cannot is a finding of its own."""
    found = [HiddenFinding("opaque")]
    with _open(data) as ole:
        try:
            names = _names(ole)
            _refuse_encrypted(ole, names)
            told = _properties(ole)
        except (OSError, ValueError, IndexError, struct.error, TypeError) as error:
            raise Refused("broken") from error
        if told:
            found.append(HiddenFinding("properties", "", excerpt("; ".join(told))))
        if names & _MACROS:
            found.append(HiddenFinding("macros"))
        if names & _EMBEDDED or any(name.startswith("MBD") for name in names):
            found.append(HiddenFinding("embedded"))
        if names & _BOOKS:
            found += _hidden_sheets(data)
    return found


def _properties(ole: olefile.OleFileIO) -> list[str]:
    properties = ole.get_metadata()
    told = []
    for name in _TOLD:
        value = getattr(properties, name, None)
        if isinstance(value, bytes):
            value = value.decode("gb18030", errors="replace")
        if value and str(value).strip("\x00 "):
            told.append(f"{name}: {str(value).strip(chr(0))}")
    return told


def _hidden_sheets(data: bytes) -> list[HiddenFinding]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        states = [(one.name, str(one.visible)) for one in book.sheets_metadata]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("broken") from error
    return [
        HiddenFinding("very_hidden_sheet" if "Very" in state else "hidden_sheet", f"sheet:{name}")
        for name, state in states
        if "Hidden" in state
    ]


def strip(data: bytes, spent: Spent) -> bytes:
    """As it is: nothing can be taken away without breaking it."""
    return data


def text(data: bytes, spent: Spent) -> str:
    """The cells of a workbook; no free library reads the others well enough."""
    with _open(data) as ole:
        names = _names(ole)
    if not names & _BOOKS:
        return ""
    return book_text(data, spent)


def book_text(data: bytes, spent: Spent) -> str:
    """The cells of a workbook's shown sheets, a line for each row."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        lines: list[str] = []
        length = 0
        for one in book.sheets_metadata:
            if "Hidden" in str(one.visible) or "WorkSheet" not in str(one.typ):
                continue
            for row in book.get_sheet_by_name(one.name).iter_rows():
                line = "\t".join(_shown(value) for value in row).strip()
                if line:
                    lines.append(line)
                    length += len(line)
                if length > spent.limits.text:
                    return "\n".join(lines)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("broken") from error
    return "\n".join(lines)


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
