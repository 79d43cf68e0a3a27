"""What a file is, told from its content and never from its name."""

import io
import zipfile
from dataclasses import dataclass

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = tuple(one.encode("utf-16-le") for one in ("EncryptedPackage", "EncryptionInfo"))
_OOXML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
#: Content type → the endings under which such a file may be named.
ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    _OOXML["word/"]: ("docx",),
    _OOXML["xl/"]: ("xlsx",),
    _OOXML["ppt/"]: ("pptx",),
    "application/x-ole-storage": ("doc", "xls", "ppt", "wps", "et", "dps"),
    "application/ofd": ("ofd",),
    "application/zip": ("zip",),
    "text/plain": ("txt", "csv"),
}
#: What a citizen may hand in: papers and pictures, no archives.
FROM_PUBLIC = frozenset(ENDINGS) - {"application/zip", _OOXML["ppt/"]}
FROM_STAFF = frozenset(ENDINGS)


@dataclass(frozen=True)
class Kind:
    """A recognised kind of file."""

    content_type: str
    ending: str


def _zip_type(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "OFD.xml" in names:
        return "application/ofd"
    if "[Content_Types].xml" in names:
        for folder, content_type in _OOXML.items():
            if any(name.startswith(folder) for name in names):
                return content_type
    return "application/zip"


def _is_text(data: bytes) -> bool:
    if not data or b"\x00" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(char) < 32 and char not in "\t\n\r\f" for char in text)
    return False


def is_encrypted_office(data: bytes) -> bool:
    """Whether it is a DOCX, XLSX or PPTX with a password: an older container around the newer."""
    return data.startswith(_OLE) and all(name in data for name in _ENCRYPTED)


def content_type(data: bytes) -> str | None:
    """The content type of `data` (the whole file), or None when it is none that we know."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(_OLE):
        return "application/x-ole-storage"
    if data.startswith(b"PK\x03\x04"):
        return _zip_type(data)
    if _is_text(data):
        lowered = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if lowered.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script")):
            return None
        return "text/plain"
    return None


def recognise(data: bytes, name: str) -> Kind | None:
    """The kind of a file whose name ends as its content asks; None when they disagree."""
    found = content_type(data)
    ending = name.rpartition(".")[2].lower()
    if found is None or ending not in ENDINGS[found]:
        return None
    return Kind(found, ending)
