"""Small real files for the attachments of demonstration content, made without any library."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MIME = "application/vnd.openxmlformats-officedocument"
# The same bytes at every run: the files' time stamps are fixed.
_STAMP = (2020, 1, 1, 0, 0, 0)
# Objects 3 to 5 of a PDF: the Song typeface that readers bring along.
_SONG = (
    """<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H
/DescendantFonts [4 0 R] >>""",
    """<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>""",
    """<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]
/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>""",
)


def text(paragraphs: Iterable[str]) -> bytes:
    """A text file (UTF-8 with a mark, so that every Windows opens it right)."""
    return "\r\n".join([*paragraphs, ""]).encode("utf-8-sig")


def document(title: str, paragraphs: Iterable[str]) -> bytes:
    """A DOCX of a centred title and paragraphs."""
    font = '<w:rFonts w:ascii="SimSun" w:hAnsi="SimSun" w:eastAsia="SimSun"/>'

    def paragraph(content: str, layout: str, size: int) -> str:
        run = f'<w:rPr>{font}<w:sz w:val="{size}"/></w:rPr>'
        return (
            f"<w:p><w:pPr>{layout}</w:pPr><w:r>{run}"
            f'<w:t xml:space="preserve">{escape(content)}</w:t></w:r></w:p>'
        )

    body = paragraph(title, '<w:jc w:val="center"/>', 36) + "".join(
        paragraph(one, '<w:ind w:firstLineChars="200" w:firstLine="480"/>', 24)
        for one in paragraphs
    )
    main = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return _package("word/document.xml", f"{_MIME}.wordprocessingml.document.main+xml", main, {})


def spreadsheet(rows: Sequence[Sequence[str | int | float]], *, name: str = "Sheet1") -> bytes:
    """An XLSX of one sheet; numbers stay numbers."""

    def cell(place: str, value: str | float) -> str:
        if isinstance(value, str):
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    data = "".join(
        f'<row r="{line}">'
        + "".join(cell(f"{chr(65 + column)}{line}", value) for column, value in enumerate(row))
        + "</row>"
        for line, row in enumerate(rows, 1)
    )
    book = (
        f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    relations = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    sheet = f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{data}</sheetData></worksheet>'
    return _package(
        "xl/workbook.xml",
        f"{_MIME}.spreadsheetml.sheet.main+xml",
        book,
        {
            "xl/_rels/workbook.xml.rels": ("", relations),
            "xl/worksheets/sheet1.xml": (f"{_MIME}.spreadsheetml.worksheet+xml", sheet),
        },
    )


def _package(main: str, kind: str, content: str, others: dict[str, tuple[str, str]]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        for name, content_type in {main: kind, **{k: v[0] for k, v in others.items()}}.items()
        if content_type
    )
    types = (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    relations = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="{main}"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, main: content}
    parts |= {name: part for name, (_kind, part) in others.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), part)
    return buffer.getvalue()


def pdf(title: str, paragraphs: Iterable[str]) -> bytes:
    """A PDF of A4 pages in the reader's own Song typeface (nothing is embedded)."""
    width = 34  # characters a line at 14 points
    lines: list[tuple[int, str]] = [(18, part) for part in _wrapped(title, 26)]
    for paragraph in paragraphs:
        lines.append((6, ""))
        lines += [(14, part) for part in _wrapped("　　" + paragraph, width)]
    pages = [lines[start : start + 30] for start in range(0, len(lines), 30)]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids ["
        + " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
        + "] >>",
        *_SONG,
    ]
    for number, page in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        drawn = "".join(
            f"/F1 {size} Tf 0 -{size + 9} Td <{part.encode('utf-16-be').hex()}> Tj\n"
            for size, part in page
        )
        stream = f"BT 60 790 Td\n{drawn}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    data = b"%PDF-1.4\n%\xe4\xb8\xad\xe6\x96\x87\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return data + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode("ascii")


def _wrapped(line: str, width: int) -> list[str]:
    return [line[start : start + width] for start in range(0, len(line), width)] or [""]
