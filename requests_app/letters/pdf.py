"""A letter as PDF/A-2u, tagged, with its fonts inside; the same document gives the same bytes.

WeasyPrint needs libraries of the system and takes a second to load: it is imported when the first
letter is made, and where something is missing, `PdfUnavailable` says what to install.
"""

import functools
import logging
import re
import threading
from types import ModuleType
from typing import Any, Final

from django.template.loader import get_template, render_to_string
from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import DomainError, NotPossible, Refusal
from requests_app.letters import fonts, layout, qr
from requests_app.letters.document import Block, Document, Heading, Table

VARIANT: Final = "pdf/a-2u"
#: Debian's names, for the one line that says what is missing; `deploy/setup.sh` installs them.
PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
#: A font with nearly every character that a name can have, used where it is installed.
RARE_PACKAGE: Final = "fonts-hanazono"

_SONG: Final = ("Noto Serif CJK SC",)
_HEI: Final = ("Noto Sans CJK SC",)
_RARE: Final = ("HanaMinA", "HanaMinB", "BabelStone Han")
#: A character that only another font has is an error.
FAMILIES: Final = frozenset({*_SONG, *_HEI, *_RARE})

_CHINESE: Final = "\u3000-\u9fff\uff01-\uff5e"
_AT_QUOTES: Final = re.compile(f"(?<=[{_CHINESE}])(?=[“‘])|(?<=[”’])(?=[\u3400-\u9fff（《〔])")


class PdfUnavailable(DomainError):
    """No PDF can be made on this machine."""

    status = 503

    def __init__(self, reason: Any = None) -> None:
        super().__init__(
            Refusal(
                reason
                or _(
                    "No PDF can be made here: system libraries are missing. "
                    "Whoever looks after the server installs: %(packages)s"
                )
                % {"packages": PACKAGES},
                code="pdf",
            )
        )


class NoChineseFont(PdfUnavailable):
    """None of `FAMILIES` is installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No PDF can be made here: there is no Chinese font. "
                "Whoever looks after the server installs: %(packages)s"
            )
            % {"packages": PACKAGES}
        )


class MissingGlyph(NotPossible):
    """No font of a letter has some of its `characters`; nothing was made."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(
            Refusal(
                _(
                    "The installed fonts lack characters of this letter: %(characters)s. "
                    "Correct them, or ask whoever looks after the server to install: %(packages)s"
                )
                % {
                    "characters": " ".join(f"{c} (U+{ord(c):04X})" for c in characters),
                    "packages": RARE_PACKAGE,
                },
                code="glyph",
            )
        )


def render(document: Document) -> bytes:
    """The letter's PDF. Raises PdfUnavailable, NoChineseFont or MissingGlyph."""
    html = render_to_string("letters/letter.html", _context(document))
    return _as_pdf(html, _page_css(document.letterhead), document.content_sha256)


@functools.cache
def ready() -> None:
    """Whether PDFs can be made here; asked once. Raises PdfUnavailable or NoChineseFont."""
    _as_pdf('<html lang="zh-Hans"><p>公开', _page_css(""), "")


def _context(document: Document) -> dict[str, Any]:
    return {
        "letter": document,
        "blocks": [_printed(block) for block in document.blocks],
        "draft": layout.DRAFT,
        "made": f"{document.date.isoformat()}T00:00:00+08:00",
        "qr": "" if document.is_draft else qr.as_data_uri(document.verify_url),
    }


def _printed(block: Block) -> tuple[str, Any]:
    """The kind of element that shows `block`, and its text or rows."""
    match block:
        case Table(rows):
            return "table", rows
        case Heading(text):
            return "heading", text
    return "paragraph", _may_break_at_quotes(block.line)


def _may_break_at_quotes(text: str) -> str:
    """With an invisible place to break a line outside Chinese quotation marks.

    The marks are shared with Western texts, so Pango keeps them with the word before or after.
    """
    return _AT_QUOTES.sub("\u200b", text)


def _page_css(letterhead: str) -> str:
    """The measures, from the layout that both renderings share."""

    def families(*names: str) -> str:
        return ", ".join(f'"{name}"' for name in names)

    width, height = layout.PAGE
    return f"""
        @page {{
          size: {width}mm {height}mm;
          margin: {layout.MARGIN_TOP}mm {layout.MARGIN_RIGHT}mm
                  {layout.MARGIN_BOTTOM}mm {layout.MARGIN_LEFT}mm;
          font-family: {families(*_SONG)};
        }}
        html {{
          --song: {families(*_SONG, *_RARE)};
          --hei: {families(*_HEI, *_SONG, *_RARE)};
          --line: {layout.LINE:.2f}pt;
          --letterhead: {layout.letterhead_size(letterhead)}pt;
          --red: #{layout.RED};
          --rule: {layout.RULE_WIDTH}mm;
          --rule-left: {(width - layout.RULE_WIDTH) / 2 - layout.MARGIN_LEFT}mm;
          --qr: {layout.QR_SIZE}mm;
        }}"""


@functools.cache
def _weasyprint() -> ModuleType:
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable from error
    # What it warns of are single characters of a letter, and those are an error of ours below.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


@functools.cache
def _fetcher() -> Any:
    """Opens what the letter itself holds (the QR code) and no address whatsoever."""
    return _weasyprint().urls.URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)


@functools.cache
def _stylesheet() -> Any:
    css = get_template("letters/letter.css").template.source  # type: ignore[attr-defined]
    return _weasyprint().CSS(string=css, url_fetcher=_fetcher())


@functools.cache
def _installed_fonts() -> Any:
    """Kept, because reading them anew for each letter piles up hundreds of megabytes."""
    return _weasyprint().text.fonts.FontConfiguration()


#: Pango's fonts are for one thread, and a letter on its way takes some 100 MB.
_one_at_a_time = threading.Lock()


def _as_pdf(html: str, page_css: str, identifier: str) -> bytes:
    weasyprint = _weasyprint()
    page = weasyprint.CSS(string=page_css, url_fetcher=_fetcher())
    with _one_at_a_time:
        laid_out = weasyprint.HTML(string=html, url_fetcher=_fetcher()).render(
            stylesheets=[page, _stylesheet()], font_config=_installed_fonts()
        )
        data: bytes = laid_out.write_pdf(
            finisher=_finish,
            pdf_variant=VARIANT,
            pdf_tags=True,
            pdf_identifier=identifier[:32].encode() or True,
        )
    return data


def _finish(laid_out: Any, pdf: Any) -> None:
    used = list(laid_out.fonts.values())
    try:
        _refuse_strange_fonts(used)
        fonts.shrink(used, pdf)
    finally:
        for font in used:
            # Whole font files (20 MB each), else kept until Python next looks for circles.
            font.file_content = b""


def _refuse_strange_fonts(used: list[Any]) -> None:
    """WeasyPrint takes any font that has a character, and draws a box where none has: neither."""
    strange = [font for font in used if font.family not in FAMILIES]
    if len(strange) == len(used):
        raise NoChineseFont
    characters = {chr(code) for font in used for code in font.missing}
    for font in strange:
        characters.update(char for text in font.to_unicode.values() for char in text)
    if characters := {char for char in characters if not char.isspace()}:
        raise MissingGlyph("".join(sorted(characters)))
