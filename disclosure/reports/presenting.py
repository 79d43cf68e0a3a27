"""Reports as pages show them: sections with anchors, figures in words, META of the page."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from disclosure.reports.document import Document
from disclosure.reports.export.page import TableView, table_views
from disclosure.reports.layout import Part, numbered, parts_of
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import Figure
from disclosure.reports.tables.shapes import Text

_DESCRIPTION = 120


@dataclass(frozen=True)
class ShownSection:
    """A section on the page: its anchor, its heading with the number, its parts or its table;
    `compared` is the table with the year before beside each cell."""

    anchor: str
    heading: str
    parts: list[Part]
    table: TableView | None = None
    compared: TableView | None = None


@dataclass(frozen=True)
class ShownFigure:
    """A named figure on the page; `written` is the report's wording where it says it otherwise."""

    name: str
    value: str
    unit: str
    written: str


def shown_sections(report: AnnualReport | Document) -> list[ShownSection]:
    """The sections in order."""
    return [
        ShownSection(
            anchor=f"section-{place}",
            heading=numbered(section["number"], section["heading"]),
            parts=parts_of(section["text"]),
        )
        for place, section in enumerate(report.sections, 1)
    ]


def shown_parts(document: Document, before: Document | None, language: str) -> list[ShownSection]:
    """The sections of any form in order, tables where the form has them."""
    views = {view.key: view for view in table_views(document, language=language)}
    compared = (
        {view.key: view for view in table_views(document, before, language)}
        if before and before.cells
        else {}
    )
    shown = []
    for place, part in enumerate(document.parts(), 1):
        anchor = f"section-{place}"
        if isinstance(part, Text):
            heading = numbered(part.number, part.label.in_language(language))
            parts = parts_of(document.texts.get(part.key, ""))
            shown.append(ShownSection(anchor, heading, parts))
        else:
            heading = numbered(part.section, part.label.in_language(language))
            shown.append(ShownSection(anchor, heading, [], views[part.key], compared.get(part.key)))
    return shown or shown_sections(document)


def shown_figures(report: AnnualReport | Document) -> list[ShownFigure]:
    """The named figures in order."""
    return [
        ShownFigure(
            name=figure["name"],
            value=shown_value(figure),
            unit=figure["unit"],
            written=figure.get("as_written", ""),
        )
        for figure in report.figures
    ]


def shown_value(figure: Figure) -> str:
    """The number in groups of three; a bound says so: 200,000+."""
    number = f"{figure['value']:,}"
    qualifier = figure.get("qualifier")
    if qualifier == "over":
        return f"{number}+"
    if qualifier == "about":
        return gettext("about %(number)s") % {"number": number}
    if qualifier == "nearly":
        return gettext("nearly %(number)s") % {"number": number}
    return number


def meta_of(report: AnnualReport, document: Document, url: str) -> dict[str, str]:
    """META of a content page (国办发〔2017〕47号)."""
    written = [item["text"] for item in document.sections] or list(document.texts.values())
    text = document.lead or next((one for one in written if one), "")
    published = localtime(report.published_at) if report.published_at else None
    return {
        "title": report.title,
        "pub_date": date_format(published, "Y-m-d H:i") if published else "",
        "source": report.agency.name,
        "keywords": f"政府信息公开;年度报告;{report.year}",
        "author": report.agency.name,
        "description": text.replace("\n", " ")[:_DESCRIPTION],
        "image": "",
        "url": url,
    }
