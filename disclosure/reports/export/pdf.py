"""A report as PDF (`disclosure/paper/pdf.py`): the same chapters, tables and measures as the DOCX.
The same document gives the same bytes."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from disclosure.paper import pdf
from disclosure.reports.document import Document
from disclosure.reports.export import page
from disclosure.reports.export.chapters import (
    Chapter,
    chapters,
    lead_of,
    made_on,
    signature,
    title_lines,
)
from disclosure.reports.export.fitting import Fit, fit
from disclosure.reports.export.grid import grid_of
from disclosure.reports.export.page import TableView
from disclosure.reports.export.showing import DEMONSTRATION, title_of, values_of
from disclosure.reports.layout import Part


@dataclass(frozen=True)
class Printed:
    """A chapter as the template prints it; `page` names the page that it lies on."""

    heading: str
    parts: tuple[Part, ...]
    table: TableView | None = None
    name: str = ""
    page: str = "upright"


def as_pdf(document: Document, *, published_on: dt.date | None = None) -> bytes:
    """The report; `published_on` is the day under its signature, which stands only with one.

    Raises PdfUnavailable, NoChineseFont or MissingGlyph.
    """
    views = {view.key: view for view in page.table_views(document)}
    printed = []
    css = [pdf.page_css()]
    for number, chapter in enumerate(chapters(document)):
        fitted = _fit(document, chapter)
        printed.append(_printed(chapter, views, f"fit-{number}", fitted))
        if fitted:
            css.append(_table_css(f"fit-{number}", fitted))
    made = made_on(document, published_on)
    html = render_to_string(
        "disclosure/reports/paper/report.html",
        {
            "title": title_of(document),
            "title_lines": title_lines(document),
            "agency": document.agency,
            "made": f"{made.isoformat()}T00:00:00+08:00",
            "demonstration": DEMONSTRATION if document.is_demo else "",
            "lead": _may_break(lead_of(document)),
            "chapters": printed,
            "signature": signature(document, published_on),
        },
    )
    return pdf.as_pdf(
        html,
        css="".join(css),
        stylesheet="disclosure/reports/paper/report.css",
        identifier=_identifier(document, made),
    )


def _printed(
    chapter: Chapter, views: dict[str, TableView], name: str, fitted: Fit | None
) -> Printed:
    if chapter.table is None or fitted is None:
        return Printed(chapter.heading, _may_break(chapter.parts))
    side = "wide" if fitted.is_wide else "upright"
    return Printed(chapter.heading, (), views[chapter.table.key], name, side)


def _fit(document: Document, chapter: Chapter) -> Fit | None:
    if chapter.table is None:
        return None
    return fit(grid_of(chapter.table), values_of(document, chapter.table).values())


def _table_css(name: str, fitted: Fit) -> str:
    widths = "".join(
        f".{name} col:nth-child({number}) {{ width: {width:.2f}mm; }}"
        for number, width in enumerate(fitted.widths, 1)
    )
    cells = f".{name} :is(th, td) {{ padding-block: {fitted.above}mm; }}"
    return f".{name} {{ font-size: {fitted.size}pt; }} {cells} {widths}"


def _may_break(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(
        replace(
            part,
            text=pdf.may_break_at_quotes(part.text),
            opening=pdf.may_break_at_quotes(part.opening),
        )
        for part in parts
    )


def _identifier(document: Document, made: dt.date) -> str:
    content = json.dumps(document.as_json(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{made}\n{content}".encode()).hexdigest()
