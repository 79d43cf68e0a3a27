"""What a reader sees of a file: read with other libraries than those that cleaned it, or with the
same where there is one only. LibreOffice is not asked: a machine of tests does not have it.
"""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pikepdf
import pptx
import pypdf
import pypdfium2
import pypdfium2.raw as raw
from docx.oxml.ns import qn
from openpyxl.utils import get_column_letter
from PIL import Image, ImageOps

from tests.disclosure.files.office_files import edited

WORD_TYPE = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(data: bytes) -> Any:
    """The text that is not deleted, hidden, white or tiny, in body and headers, with its tables."""
    # The library takes no document with macros.
    macro, plain_type = "vnd.ms-word.document.macroEnabled", WORD_TYPE
    if macro.encode() in unpacked(data, "docx"):
        data = edited(data, {"[Content_Types].xml": lambda text: text.replace(macro, plain_type)})
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    roots = [document.element.body, section.header._element]
    return [_lines(root) for root in roots], len(document.inline_shapes) - _hidden(document)


def _hidden(document: Any) -> int:
    return sum(1 for one in document.element.body.iter(qn("wp:docPr")) if one.get("hidden") == "1")


def _lines(root: Any) -> list[str]:
    """The shown lines; a paragraph whose mark was deleted goes on in the next, a deleted row is
    none."""
    lines, begun, codes = [], "", _in_codes(root)
    for paragraph in root.iter(qn("w:p")):
        if any(
            row.find(qn("w:trPr") + "/" + qn(f"w:{why}")) is not None
            for why in ("del", "hidden")
            for row in paragraph.iterancestors(qn("w:tr"))
        ):
            continue
        words = "".join(
            text.text or ""
            for run in paragraph.iter(qn("w:r"))
            if not _unseen(run) and run not in codes
            for text in run.iter(qn("w:t"))
            if not any(above.get("Requires") == "x" for above in text.iterancestors())
        )
        begun += words
        if paragraph.find("/".join((qn("w:pPr"), qn("w:rPr"), qn("w:del")))) is None:
            lines.append(begun)
            begun = ""
    return [line for line in lines if line]


def _in_codes(root: Any) -> list[Any]:
    """The runs in the instructions of fields."""
    found, is_code = [], False
    for run in root.iter(qn("w:r")):
        mark = run.find(qn("w:fldChar"))
        if mark is not None:
            is_code = mark.get(qn("w:fldCharType")) == "begin"
        elif is_code:
            found.append(run)
    return found


def _unseen(run: Any) -> bool:
    style = run.getparent().find(qn("w:pPr") + "/" + qn("w:pStyle"))
    if style is not None and style.get(qn("w:val")) == "Secret":
        return True
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return False
    width = properties.find(qn("w:w"))
    if width is not None and int(width.get(qn("w:val"))) < 10:
        return True
    if any(one.tag.endswith("}noFill") for one in properties.iter()):
        return True
    size, colour = properties.find(qn("w:sz")), properties.find(qn("w:color"))
    shaded = any(one.find(".//" + qn("w:shd")) is not None for one in run.iterancestors(qn("w:tc")))
    return (
        properties.find(qn("w:vanish")) is not None
        or (size is not None and int(size.get(qn("w:val"))) < 4)
        or (colour is not None and colour.get(qn("w:val")) in {"FDFDFD", "FFFFFF"} and not shaded)
    )


def book(data: bytes) -> Any:
    """Sheet, cell and value of what is shown, with merged cells and the widths of columns."""
    opened = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    found = []
    for sheet in opened.worksheets:
        if sheet.sheet_state != "visible":
            continue
        merged = {str(one).partition(":")[0] for one in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                hidden = (
                    sheet.row_dimensions[cell.row].hidden
                    or sheet.column_dimensions[get_column_letter(cell.column)].hidden
                    or cell.number_format in {";;;", '"";"";"";""', "[White]@"}
                    or (cell.font.sz or 9) < 2
                    or (sheet.row_dimensions[cell.row].height or 9) < 1
                    or (
                        cell.font.color is not None
                        and cell.font.color.rgb == "FFFFFFFF"
                        and cell.fill.fill_type is None
                    )
                )
                if cell.value is not None and (not hidden or cell.coordinate in merged):
                    found.append((sheet.title, cell.coordinate, cell.value))
        found.append((sheet.title, sorted(merged), sheet.dimensions[:2]))
    return found, opened.active.title


def deck(data: bytes) -> Any:
    """The text of the shapes on the slides that are shown."""
    opened = pptx.Presentation(io.BytesIO(data))
    return [
        [
            "".join(
                run.text
                for paragraph in shape.text_frame.paragraphs
                for run in paragraph.runs
                if (run.font.size or 999999) > 30000 and run.font.fill.type != 5  # background
            )
            for shape in slide.shapes
            if shape.has_text_frame
            and shape._element.nvSpPr.cNvPr.get("hidden") != "1"
            and shape.left < opened.slide_width
        ]
        for slide in opened.slides
        if slide._element.get("show") != "0"
    ]


class Pixels:
    """A picture in grey, equal to one in which nobody sees a difference."""

    def __init__(self, drawn: Image.Image) -> None:
        self.size, self.grey = drawn.size, drawn.convert("L").tobytes()

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Pixels)
            and self.size == other.size
            and all(abs(a - b) <= 24 for a, b in zip(self.grey, other.grey, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]


def pages(data: bytes) -> Any:
    """The pictures of the pages, without notes that pop up; and where their links lead."""
    opened = pypdfium2.PdfDocument(data)
    opened.init_forms()
    pictures = []
    for page in opened:
        for number in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
            note = raw.FPDFPage_GetAnnot(page.raw, number)
            pops_up = raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_TEXT
            raw.FPDFPage_CloseAnnot(note)
            if pops_up:
                raw.FPDFPage_RemoveAnnot(page.raw, number)
        pictures.append(Pixels(page.render(scale=1).to_pil()))
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    ]
    return pictures, links


def picture(data: bytes) -> Any:
    """The pixels, turned as a viewer turns them."""
    opened = Image.open(io.BytesIO(data))
    return ImageOps.exif_transpose(opened).tobytes(), opened.mode


def archive(data: bytes) -> Any:
    """Names and content of the members; of a member that is known, what it shows."""
    from disclosure.files.inside.packages import Package
    from disclosure.files.inside.report import Spent

    package = Package(data, Spent())
    return {
        name: shown(package.read(name), name.rpartition(".")[2])
        for name in package.names
        if "__MACOSX" not in name and not name.endswith(".DS_Store")
    }


def plain(data: bytes) -> Any:
    from disclosure.files.inside.plain import _UNSEEN

    try:
        return data.decode().translate(_UNSEEN)
    except UnicodeDecodeError:
        return data.decode("gb18030")


SHOWN: dict[str, Callable[[bytes], Any]] = {
    "csv": plain,
    "docx": word,
    "jpg": picture,
    "pdf": pages,
    "png": picture,
    "pptx": deck,
    "txt": plain,
    "xlsx": book,
    "zip": archive,
}


def shown(data: bytes, ending: str) -> Any:
    """What a reader sees of the file, to be compared."""
    return SHOWN[ending](data)


def reopen(data: bytes, ending: str) -> Any:
    """The file opened by the library that its readers use."""
    opened: Callable[[io.BytesIO], Any] = {
        "docx": docx.Document,
        "jpg": Image.open,
        "pdf": pikepdf.open,
        "png": Image.open,
        "pptx": pptx.Presentation,
        "xlsx": openpyxl.load_workbook,
        "zip": zipfile.ZipFile,
    }.get(ending, io.BytesIO.getvalue)
    return opened(io.BytesIO(data))


def unpacked(data: bytes, ending: str) -> bytes:
    """Every byte that is in the file, with all that is packed in it."""
    if ending in {"docx", "xlsx", "pptx", "zip"}:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            parts = [(name, opened.read(name)) for name in opened.namelist()]
        return data + b"".join(unpacked(part, name.rpartition(".")[2]) for name, part in parts)
    if ending == "pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            buffer = io.BytesIO()
            pdf.save(
                buffer,
                compress_streams=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            )
        return data + buffer.getvalue()
    return data
