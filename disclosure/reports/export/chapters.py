"""What a report says on paper, in order: chapters of text or with a table, and the signature.
The same for DOCX, PDF and XLSX. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from disclosure.reports.document import Document
from disclosure.reports.export.showing import figure_shown, title_of
from disclosure.reports.layout import Part, numbered, parts_of
from disclosure.reports.tables.shapes import Table, Text

FIGURES: Final = "附：主要数据"
_FIGURE_HEADS: Final = ("指标", "数值", "单位")
#: Characters of a title (二号) on a line.
_TITLE_LINE: Final = 20
_AS_WRITTEN: Final = "原文表述"


@dataclass(frozen=True)
class Chapter:
    """A numbered section: written `parts`, or a table of the form."""

    heading: str
    parts: tuple[Part, ...] = ()
    table: Table | None = None


def chapters(document: Document) -> list[Chapter]:
    """The sections in order; named figures stand at the end."""
    return [*_sections(document), *_figures(document)]


def _sections(document: Document) -> list[Chapter]:
    if document.form:
        return [_of_form(document, part) for part in document.parts()]
    return [
        Chapter(numbered(section["number"], section["heading"]), tuple(parts_of(section["text"])))
        for section in document.sections
    ]


def _of_form(document: Document, part: Text | Table) -> Chapter:
    if isinstance(part, Table):
        return Chapter(numbered(part.section, part.label.zh), table=part)
    text = document.texts.get(part.key, "")
    return Chapter(numbered(part.number, part.label.zh), tuple(parts_of(text)))


def _figures(document: Document) -> list[Chapter]:
    if not document.figures:
        return []
    rows = [
        (figure["name"], figure_shown(figure), figure["unit"], figure.get("as_written", ""))
        for figure in document.figures
    ]
    heads: tuple[str, ...] = (*_FIGURE_HEADS, _AS_WRITTEN)
    if not any(row[3] for row in rows):
        heads = _FIGURE_HEADS
    table = Part("table", head=heads, rows=tuple(row[: len(heads)] for row in rows))
    return [Chapter(FIGURES, (table,))]


def title_lines(document: Document) -> tuple[str, ...]:
    """The title; one that is longer than a line goes on with the year."""
    title = title_of(document)
    name, year, rest = title.partition(f"{document.year}年")
    if len(title) > _TITLE_LINE and name and rest:
        return name, year + rest
    return (title,)


def lead_of(document: Document) -> tuple[Part, ...]:
    """What stands before the first section."""
    return tuple(parts_of(document.lead))


def signature(document: Document, published_on: dt.date | None) -> tuple[str, ...]:
    """Agency and day under the text; nothing where there is no day, or where the text itself
    ends with one."""
    signed = [part for chapter in _sections(document)[-1:] for part in chapter.parts]
    if published_on is None or any(part.kind == "signature" for part in signed):
        return ()
    return document.agency, f"{published_on.year}年{published_on.month}月{published_on.day}日"


def made_on(document: Document, published_on: dt.date | None) -> dt.date:
    """The day that the file bears: without one, the last that the report tells of."""
    return published_on or dt.date(document.year, 12, 31)
