"""JPEG and PNG: what is not the picture (EXIF, comments, trailing data), cut without re-encoding.

The colour profile stays, and where the picture has to be turned, the one tag that says so.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence

from PIL import Image, UnidentifiedImageError

from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt

TYPES = ("image/jpeg", "image/png")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"),
        *(b"sBIT", b"bKGD", b"pHYs", b"hIST", b"cICP", b"acTL", b"fcTL", b"fdAT"),
    }
)
_ORIENTATION, _GPS = 0x0112, 0x8825
_TOLD_TAGS = {0x010E: "ImageDescription", 0x013B: "Artist", 0x8298: "Copyright", 0x0110: "Model"}


def _picture(data: bytes, spent: Spent) -> Image.Image:
    """The picture, small enough to be unpacked and found whole."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "MPO"))
            if picture.width * picture.height > spent.limits.pixels:
                raise Refused("pixels")
            picture.load()
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error) as error:
            raise Refused("broken") from error
        except Image.DecompressionBombError as error:
            raise Refused("pixels") from error
    return picture


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG: (marker, all its bytes); the compressed picture follows SOS as
    marker 0, what comes after the end as marker -1."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Refused("broken")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            yield marker, data[at : at + 2]
            if data[at + 2 :]:
                yield -1, data[at + 2 :]
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            yield marker, data[at : at + 2]
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at : at + 2 + length]
        at += 2 + length
        if marker != 0xDA:
            continue
        end = at
        while True:
            end = data.find(b"\xff", end)
            if end < 0 or end + 1 >= len(data):
                yield 0, data[at:]
                return
            if data[end + 1] != 0 and not 0xD0 <= data[end + 1] <= 0xD7:
                break
            end += 2
        yield 0, data[at:end]
        at = end
    if data[at : at + 2] == b"\xff\xd9":
        yield 0xD9, data[at : at + 2]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The chunks of a PNG: (kind, content, all its bytes); what follows the end has kind b""."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        whole = data[at : at + 12 + length]
        yield kind, whole[8 : 8 + length], whole
        at += 12 + length
        if kind == b"IEND":
            break
    if data[at:]:
        yield b"", data[at:], data[at:]


def _exif_of(picture: Image.Image) -> tuple[int, list[str], bool]:
    """The orientation, the tags worth telling and whether there is a place in them."""
    try:
        tags = picture.getexif()
        told = [name for tag, name in _TOLD_TAGS.items() if tag in tags]
        place = bool(tags.get_ifd(_GPS))
        orientation = int(tags.get(_ORIENTATION, 1) or 1)
    except (ValueError, SyntaxError, TypeError, OSError, struct.error, KeyError):
        return 1, [], False
    return orientation if 1 <= orientation <= 8 else 1, (["GPS"] if place else []) + told, place


def _minimal_exif(orientation: int) -> bytes:
    """EXIF with the one tag that says how the picture is to be turned."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    return b"MM\x00*\x00\x00\x00\x08\x00\x01" + entry + b"\x00\x00\x00\x00"


def _app(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _jpeg_kept(marker: int, segment: bytes) -> bool:
    if marker == 0xE0:
        return segment[4:9] == b"JFIF\x00"
    if marker == 0xE2:
        return segment[4:16] == b"ICC_PROFILE\x00"
    if marker == 0xEE:
        return segment[4:9] == b"Adobe"
    return not (0xE0 <= marker <= 0xEF or marker in {0xFE, -1})


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What the picture's file carries besides the picture."""
    picture = _picture(data, spent)
    orientation, told, place = _exif_of(picture)
    if data.startswith(_PNG):
        return _png_findings(data, orientation, told, place)
    return jpeg_findings(data, orientation, told, place)


def _png_findings(
    data: bytes, orientation: int, told: list[str], place: bool
) -> list[HiddenFinding]:
    found = []
    for kind, content, _whole in _chunks(data):
        if kind == b"":
            found.append(HiddenFinding("trailing_data", "", f"{len(content)} B"))
        elif kind == b"eXIf":
            if content != _minimal_exif(orientation):
                found.append(HiddenFinding("place" if place else "exif", "", ", ".join(told)))
        elif kind not in _PNG_KEPT:
            words = content.decode("latin-1") if kind in {b"tEXt", b"iTXt"} else ""
            name = kind.decode("latin-1")
            found.append(HiddenFinding("picture_text", "", f"{name} {excerpt(words)}".strip()))
    return found


def jpeg_findings(
    data: bytes, orientation: int = 1, told: Sequence[str] = (), place: bool = False
) -> list[HiddenFinding]:
    """What a JPEG carries besides its picture, from its segments alone."""
    found = []
    for marker, segment in _segments(data):
        if marker == -1:
            found.append(HiddenFinding("trailing_data", "", f"{len(segment)} B"))
        elif marker == 0xFE:
            words = segment[4:].decode("utf-8", errors="replace")
            found.append(HiddenFinding("picture_text", "", excerpt(words)))
        elif marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            if segment[10:] != _minimal_exif(orientation):
                found.append(HiddenFinding("place" if place else "exif", "", ", ".join(told)))
        elif not _jpeg_kept(marker, segment):
            found.append(HiddenFinding("exif", "", f"APP{marker - 0xE0}"))
        elif marker == 0xE0 and segment[16:18] not in {b"\x00\x00", b""}:
            found.append(HiddenFinding("thumbnail"))
    return found


def strip(data: bytes, spent: Spent) -> bytes:
    """The file with the picture alone; its pixels are not touched."""
    orientation, _told, _place = _exif_of(_picture(data, spent))
    exif = _minimal_exif(orientation) if orientation != 1 else b""
    if data.startswith(_PNG):
        kept = [_PNG]
        for kind, _content, whole in _chunks(data):
            if kind not in _PNG_KEPT:
                continue
            kept.append(whole)
            if kind == b"IHDR" and exif:
                check = zlib.crc32(b"eXIf" + exif).to_bytes(4, "big")
                kept.append(len(exif).to_bytes(4, "big") + b"eXIf" + exif + check)
        return b"".join(kept)
    return strip_jpeg(data, exif)


def strip_jpeg(data: bytes, exif: bytes = b"") -> bytes:
    """A JPEG with the segments that its picture needs, and the given EXIF."""
    kept, head = [data[:2]], True
    for marker, segment in _segments(data):
        if head and marker != 0xE0:
            head = False
            if exif:
                kept.append(_app(0xE1, b"Exif\x00\x00" + exif))
        if not _jpeg_kept(marker, segment):
            continue
        if marker == 0xE0:
            segment = _app(0xE0, segment[4:16] + b"\x00\x00")
        kept.append(segment)
    return b"".join(kept)


def text(data: bytes, spent: Spent) -> str:
    """Pictures have no text that could be read without guessing."""
    return ""
