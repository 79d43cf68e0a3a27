"""Archives, older formats, text, and traps of every sort."""

import functools
import io
import struct
import zipfile

from tests.disclosure.files import office_files, pdf_files, picture_files

SECRET = "不该公开的内容"


def zipped(members: dict[str, bytes], *, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.comment = comment
    return buffer.getvalue()


def text() -> bytes:
    return "姓名，办法\n公开的正文\n".encode()


def text_gbk() -> bytes:
    return "公开的正文\n".encode("gb18030")


def text_turned() -> bytes:
    return "公开\u202e的正文\u202c\n".encode()


def zip_clean() -> bytes:
    return zipped({"目录/说明.txt": text(), "图.png": picture_files.png_clean()})


def zip_with_hidden() -> bytes:
    return zipped(
        {"附件一.docx": office_files.word_tracked(), "附件二.jpg": picture_files.jpeg_place()}
    )


def zip_with_system_files() -> bytes:
    return zipped({"说明.txt": text(), "__MACOSX/._说明.txt": b"x", ".DS_Store": b"x"})


def zip_comment() -> bytes:
    return zipped({"说明.txt": text()}, comment=SECRET.encode())


def zip_opaque_member() -> bytes:
    return zipped({"说明.txt": text(), "程序.exe": b"MZ\x00\x01\x02"})


def zip_gbk_names() -> bytes:
    """As a Chinese program packs it: names in GBK, without the mark of UTF-8."""
    name = "关于公开的说明.txt"
    raw = name.encode("gb18030")
    stand_in = "x" * len(raw)
    return zipped({stand_in: text()}).replace(stand_in.encode(), raw)


def zip_in_zip() -> bytes:
    return zipped({"内.zip": zip_with_hidden()})


def zip_too_deep() -> bytes:
    return zipped({"一.zip": zipped({"二.zip": zipped({"三.txt": text()})})})


def zip_encrypted() -> bytes:
    """The mark of encryption set in both places where it stands."""
    data = bytearray(zipped({"说明.txt": text()}))
    data[6] |= 1
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@functools.cache
def zip_bomb() -> bytes:
    return zipped({f"{number}.txt": b"0" * 50_000_000 for number in range(3)})


def zip_nested_bomb() -> bytes:
    return zipped({f"{number}.zip": zip_bomb() for number in range(4)})


def zip_lying_bomb() -> bytes:
    """Its table says ten bytes; there are forty million."""
    data = zipped({"说.txt": b"0" * 40_000_000})
    return data.replace((40_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def zip_overlapping() -> bytes:
    """A hundred names for one and the same packed bytes."""
    data = zipped({"a.txt": b"0" * 2_000_000})
    at = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    row = data[at:end]
    rows = b"".join(row.replace(b"a.txt", b"%c.txt" % (65 + number)) for number in range(26))
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, 26, 26, len(rows), at)
    return data[:at] + rows + bytes(tail)


def zip_too_many() -> bytes:
    return zipped({f"{number}.txt": b"x" for number in range(6000)})


@functools.cache
def word_with_entities() -> bytes:
    """Billion laughs in a document's text."""
    lines = ['<!DOCTYPE d [<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = "".join(lines) + "]>"
    data = office_files.stored(office_files.new_word())
    return office_files.edited(
        data,
        {
            "word/document.xml": lambda text: text.replace("?>", f"?>{bomb}", 1).replace(
                office_files.SEEN, "&a9;"
            )
        },
    )


def word_xml_bomb() -> bytes:
    data = office_files.stored(office_files.new_word())
    return office_files.edited(
        data,
        {
            "word/document.xml": lambda text: text.replace(
                "<w:body>", "<w:body>" + "<w:p/>" * 20_000_000
            )
        },
    )


def word_broken() -> bytes:
    data = office_files.stored(office_files.new_word())
    return office_files.edited(
        data, {"word/document.xml": lambda text: text.replace("</w:body>", "")}
    )


def ofd() -> bytes:
    space = "http://www.ofdspec.org/2016"
    return zipped(
        {
            "OFD.xml": (
                f'<ofd:OFD xmlns:ofd="{space}"><ofd:DocBody><ofd:DocInfo><ofd:Author>张三'
                "</ofd:Author></ofd:DocInfo></ofd:DocBody></ofd:OFD>"
            ).encode(),
            "Doc_0/Pages/Page_0/Content.xml": (
                f'<ofd:Page xmlns:ofd="{space}"><ofd:TextObject><ofd:TextCode>公开的正文'
                "</ofd:TextCode></ofd:TextObject></ofd:Page>"
            ).encode(),
        }
    )


def ole(streams: dict[str, bytes] | None = None) -> bytes:
    """A compound file of one sector of a table, one of a directory, and small streams."""
    streams = streams or {"WordDocument": b"\xec\xa5\xc1\x00".ljust(4096, b"\x00")}
    sector, body, chain, entries = 512, b"", [], []

    def entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
        raw = name.encode("utf-16-le")
        return (
            raw.ljust(64, b"\x00")
            + struct.pack("<HBB", len(raw) + 2, kind, 1)
            + struct.pack("<III", 0xFFFFFFFF, right, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    names = list(streams)
    for number, name in enumerate(names):
        data = streams[name].ljust(4096, b"\x00")
        start = len(chain)
        count = -(-len(data) // sector)
        chain += [start + at + 1 for at in range(count - 1)] + [0xFFFFFFFE]
        body += data.ljust(count * sector, b"\x00")
        right = number + 2 if number + 1 < len(names) else 0xFFFFFFFF
        entries.append(entry(name, 2, start, len(data), 0xFFFFFFFF, right))
    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1, 0xFFFFFFFF) + b"".join(entries)
    directory = directory.ljust(sector, b"\x00")
    at_directory, at_table = len(chain), len(chain) + 1
    table = [*chain, 0xFFFFFFFE, 0xFFFFFFFD]
    packed = struct.pack(f"<{len(table)}I", *table).ljust(sector, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIII", 0, 1, at_directory, 0, 4096)
    head += struct.pack("<IIIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, at_table)
    return head.ljust(512, b"\xff") + body + directory + packed


def ole_encrypted() -> bytes:
    """What Office makes of a DOCX with a password."""
    return ole({"EncryptionInfo": b"\x04\x00", "EncryptedPackage": b"x"})


def ole_broken() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"nothing" * 100


def pdf_in_zip() -> bytes:
    return zipped({"涂黑.pdf": pdf_files.under_a_box()})
