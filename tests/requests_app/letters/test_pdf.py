"""Letters as PDF: what they say, PDF/A, fonts, the same bytes each time, and what is refused."""

import functools
import io
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from disclosure.paper import measures
from disclosure.paper import pdf as paper
from disclosure.paper.pdf import MissingGlyph, NoChineseFont, PdfUnavailable
from requests_app.letters import layout, pdf
from requests_app.letters.document import Document, Paragraph
from tests.letters import REMEDY, make_letter, squeezed
from tests.settings import ROOT


@pytest.fixture(autouse=True)
def _pdf_can_be_made() -> None:
    try:
        paper.ready()
    except PdfUnavailable as reason:
        pytest.skip(str(reason))


@functools.cache
def rendered(letter: Document) -> bytes:
    return pdf.render(letter)


def read(letter: Document) -> PdfReader:
    return PdfReader(io.BytesIO(rendered(letter)))


def said(letter: Document) -> list[str]:
    """The text of each page."""
    return [squeezed(page.extract_text()) for page in read(letter).pages]


def assert_in_order(lines: list[str], text: str) -> None:
    at = 0
    for line in filter(None, map(squeezed, lines)):
        found = text.find(line, at)
        assert found >= 0, f"{line} is not after {text[max(0, at - 20) : at]}"
        at = found + len(line)


def test_everything_is_said_in_order() -> None:
    letter = make_letter()
    assert_in_order(list(letter.lines()), "".join(said(letter)))


def test_markup_is_text() -> None:
    letter = make_letter(addressee="<b>张三</b>&amp;", title='"><img src=x>')
    text = "".join(said(letter))
    assert "<b>张三</b>&amp;：" in text
    assert '"><imgsrc=x>' in text


def test_missing_parts_leave_nothing_behind() -> None:
    letter = make_letter(addressee="", enclosures=(), contact="", copies_to=())
    text = "".join(said(letter))
    assert re.findall("附件|抄送|（）|^：", text) == []
    assert_in_order(list(letter.lines()), text)


def test_a_draft_says_so_on_every_page_and_cannot_be_verified() -> None:
    pages = said(make_letter(verify_code="", blocks=[Paragraph(REMEDY)] * 30))
    assert len(pages) > 1
    assert all(layout.DRAFT in page for page in pages)
    assert "验证码" not in "".join(pages)
    assert layout.DRAFT not in "".join(said(make_letter()))


# --- pages --------------------------------------------------------------------------------------


def test_a4() -> None:
    for page in read(make_letter()).pages:
        width, height = (float(each) / measures.POINTS_PER_MM for each in page.mediabox[2:])
        assert (round(width), round(height)) == measures.PAGE


def test_a_long_letter_breaks_over_numbered_pages() -> None:
    letter = make_letter(blocks=[Paragraph(f"（第{n}项）{REMEDY}") for n in range(40)])
    pages = said(letter)
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert f"—{number}—" in page
    body = "".join(re.sub(r"—\d+—", "", page) for page in pages)
    assert_in_order([f"（第{n}项）{REMEDY}" for n in range(40)], body)


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    letter = make_letter(blocks=[Paragraph("公开" * 700)], addressee="", enclosures=())
    lines = [
        line.strip()
        for line in read(letter).pages[1].extract_text().splitlines()
        if set(line.strip()) <= {"公", "开"} and line.strip()
    ]
    assert [len(line) for line in lines] == [measures.CHARACTERS] * measures.LINES


@pytest.mark.parametrize("length", range(1, 60, 8))
def test_what_closes_a_letter_never_stands_alone(length: int) -> None:
    letter = make_letter(
        blocks=[Paragraph(REMEDY)] * (length // 4) + [Paragraph("答" * length * 5)]
    )
    last = said(letter)[-1]
    for part in (letter.date_line, *letter.verify_lines, letter.copies_line, "政府信息移送明细表"):
        assert squeezed(part) in last


@pytest.mark.parametrize("name", ["县", "示例省人力资源和社会保障厅", "示例自治区" * 4, "局" * 40])
def test_long_and_short_names(name: str) -> None:
    letter = make_letter(letterhead=name, signature=name)
    assert_in_order(list(letter.lines()), "".join(said(letter)))


# --- PDF/A --------------------------------------------------------------------------------------


def test_it_is_pdf_a_2u() -> None:
    catalogue = read(make_letter()).trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert 'pdfaid:part="2"' in metadata
    assert 'pdfaid:conformance="U"' in metadata
    intent = catalogue["/OutputIntents"][0]
    assert intent["/S"] == "/GTS_PDFA1"
    assert len(intent["/DestOutputProfile"].get_data()) > 1000
    assert catalogue["/Lang"] == "zh-Hans"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/ID" in read(make_letter()).trailer


def test_information_about_the_file() -> None:
    information = read(make_letter()).metadata
    assert information is not None
    assert information.title == "政府信息公开申请答复书"
    assert information.author == "示例市自然资源和规划局"
    assert information["/CreationDate"] == "D:20260316000000+08'00"
    assert information["/ModDate"] == information["/CreationDate"]


def fonts_of(reader: PdfReader) -> dict[str, Any]:
    """The fonts of all pages by name, as their descriptors."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[str(inner["/BaseFont"])] = inner["/FontDescriptor"].get_object()
            assert "/ToUnicode" in font.get_object()
    return found


def test_every_font_is_chinese_and_inside() -> None:
    fonts = fonts_of(read(make_letter()))
    assert len(fonts) == 3  # text, title, headings
    for name, descriptor in fonts.items():
        assert re.fullmatch(r"/[A-Z]{6}\+Noto-(Serif|Sans)-CJK-SC(-Bold)?", name)
        embedded = {"/FontFile2", "/FontFile3"} & descriptor.keys()
        assert len(embedded) == 1
        # Only what the letter uses: the whole font has 10 MB, its empty places 100 KB.
        assert 500 < len(descriptor[embedded.pop()].get_data()) < 100_000


def test_a_letter_is_small() -> None:
    assert len(rendered(make_letter())) < 120_000


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address in a text is only a text; the renderer opens nothing but data: addresses."""
    fetcher = paper._fetcher()
    for address in ("http://127.0.0.1/x.png", "file:///etc/hostname", "ftp://127.0.0.1/"):
        with pytest.raises(ValueError, match="disallowed"):
            fetcher.fetch(address)


# --- the same bytes -----------------------------------------------------------------------------


def test_the_same_letter_gives_the_same_bytes() -> None:
    first = pdf.render(make_letter())
    assert pdf.render(Document.from_dict(make_letter().as_dict())) == first
    assert pdf.render(make_letter(number="示自然资公开〔2026〕答4号")) != first


def test_letters_made_at_once_are_the_same() -> None:
    letters = [make_letter(number=f"示自然资公开〔2026〕答{n}号") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(pdf.render, letters)) == [pdf.render(each) for each in letters]


def in_another_process(code: str, **environment: str) -> str:
    """What `code` prints in a new process with the tests' settings."""
    program = f"import django; django.setup()\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib\n"
        "from requests_app.letters import docx, pdf\n"
        "from tests.letters import make_letter\n"
        "for kind in (docx, pdf):\n"
        "    print(hashlib.sha256(kind.render(make_letter())).hexdigest())"
    )
    seen = {
        in_another_process(code, PYTHONHASHSEED=seed, TZ=zone)
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "UTC"))
    }
    assert len(seen) == 1


# --- what is refused ----------------------------------------------------------------------------


def test_a_missing_glyph_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingGlyph) as refused:
        pdf.render(make_letter(addressee="张\ue000三", contact="བ"))
    assert refused.value.characters == "བ\ue000"
    assert "U+E000" in str(refused.value)


def test_rare_names_are_printed() -> None:
    assert "䶮𠮷㐂龘﨑𬭎" in "".join(said(make_letter(addressee="䶮𠮷㐂龘﨑𬭎")))


def test_without_a_chinese_font_nothing_is_made(tmp_path: Path) -> None:
    """Not the boxes that a Western font would print instead."""
    western = Path("/usr/share/fonts/truetype/dejavu")
    if not western.exists():
        pytest.skip("there is no other font here")
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(
        f"<fontconfig><dir>{western}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    code = (
        "from disclosure.paper import pdf\n"
        "try: pdf.ready()\n"
        "except pdf.NoChineseFont as reason: print(type(reason).__name__, reason)"
    )
    printed = in_another_process(code, FONTCONFIG_FILE=str(configuration))
    assert printed.startswith(NoChineseFont.__name__)
    assert "fonts-noto-cjk" in printed


def test_without_pango_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoPango:
        def find_spec(self, name: str, *_rest: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    paper._weasyprint.cache_clear()
    try:
        with pytest.raises(PdfUnavailable, match="libpango") as refused:
            pdf.render(make_letter())
    finally:
        monkeypatch.undo()
        paper._weasyprint.cache_clear()
    assert "\n" not in str(refused.value)
    assert refused.value.status == 503
