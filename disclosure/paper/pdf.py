"""PDF/A-2u, tagged, with its fonts inside; the same HTML gives the same bytes.

WeasyPrint needs libraries of the system and takes a second to load: it is imported when the first
PDF is made, and where something is missing, `PdfUnavailable` says what to install.
"""

import functools
import logging
import re
import threading
from types import ModuleType
from typing import Any, Final

from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import DomainError, NotPossible, Refusal
from disclosure.paper import fonts, measures

VARIANT: Final = "pdf/a-2u"
#: Debian's names, for the one line that says what is missing; `deploy/setup.sh` installs them.
PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
#: A font with nearly every character that a name can have, used where it is installed.
RARE_PACKAGE: Final = "fonts-hanazono"

SONG: Final = ("Noto Serif CJK SC",)
HEI: Final = ("Noto Sans CJK SC",)
RARE: Final = ("HanaMinA", "HanaMinB", "BabelStone Han")
#: A character that only another font has is an error.
FAMILIES: Final = frozenset({*SONG, *HEI, *RARE})

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
    """No font has some of the text's `characters`; nothing was made."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(
            Refusal(
                _(
                    "The installed fonts lack these characters: %(characters)s. "
                    "Correct them, or ask whoever looks after the server to install: %(packages)s"
                )
                % {
                    "characters": " ".join(f"{c} (U+{ord(c):04X})" for c in characters),
                    "packages": RARE_PACKAGE,
                },
                code="glyph",
            )
        )


@functools.cache
def ready() -> None:
    """Whether PDFs can be made here; asked once. Raises PdfUnavailable or NoChineseFont."""
    as_pdf('<html lang="zh-Hans"><p>公开', css=page_css())


def may_break_at_quotes(text: str) -> str:
    """With an invisible place to break a line outside Chinese quotation marks.

    The marks are shared with Western texts, so Pango keeps them with the word before or after.
    """
    return _AT_QUOTES.sub("\u200b", text)


def families(*names: str) -> str:
    """A value of `font-family`."""
    return ", ".join(f'"{name}"' for name in names)


def page_css() -> str:
    """The page, its faces and its line, as `disclosure/paper/measures.py` has them."""
    width, height = measures.PAGE
    return f"""
        @page {{
          size: {width}mm {height}mm;
          margin: {measures.MARGIN_TOP}mm {measures.MARGIN_RIGHT}mm
                  {measures.MARGIN_BOTTOM}mm {measures.MARGIN_LEFT}mm;
          font-family: {families(*SONG)};
        }}
        html {{
          --song: {families(*SONG, *RARE)};
          --hei: {families(*HEI, *SONG, *RARE)};
          --line: {measures.LINE:.2f}pt;
          font-family: var(--song);
        }}"""


@functools.cache
def _weasyprint() -> ModuleType:
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable from error
    # What it warns of are single characters of a text, and those are an error of ours below.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


@functools.cache
def _fetcher() -> Any:
    """Opens what the page itself holds (a QR code) and no address whatsoever."""
    return _weasyprint().urls.URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)


@functools.cache
def _stylesheet(name: str) -> Any:
    css = get_template(name).template.source  # type: ignore[attr-defined]
    return _weasyprint().CSS(string=css, url_fetcher=_fetcher())


@functools.cache
def _installed_fonts() -> Any:
    """Kept, because reading them anew for each PDF piles up hundreds of megabytes."""
    return _weasyprint().text.fonts.FontConfiguration()


#: Pango's fonts are for one thread, and a PDF on its way takes some 100 MB.
_one_at_a_time = threading.Lock()


def as_pdf(html: str, *, css: str, stylesheet: str = "", identifier: str = "") -> bytes:
    """The PDF of `html`, which `css` and the template `stylesheet` dress.

    Raises PdfUnavailable, NoChineseFont or MissingGlyph.
    """
    weasyprint = _weasyprint()
    sheets = [weasyprint.CSS(string=css, url_fetcher=_fetcher())]
    if stylesheet:
        sheets.append(_stylesheet(stylesheet))
    with _one_at_a_time:
        laid_out = weasyprint.HTML(string=html, url_fetcher=_fetcher()).render(
            stylesheets=sheets, font_config=_installed_fonts()
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
