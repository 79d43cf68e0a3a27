"""A report with tables as it was published: HTML, DOCX, PDF, once opened into parts."""

import re
from dataclasses import replace

from disclosure.reports.reading import notes
from disclosure.reports.reading.errors import NoTitle
from disclosure.reports.reading.grids import Grid, Part
from disclosure.reports.reading.notes import Note
from disclosure.reports.reading.sections import title_in, written
from disclosure.reports.reading.shapes import Reading
from disclosure.reports.reading.tables import recognise
from disclosure.reports.reading.titles import agency_of, year_of

_DAY = re.compile(r"[（(]?\d{4}年\d{1,2}月\d{1,2}日[）)]?")
#: The first year with tables.
_TABLES_SINCE = 2019


def read_parts(parts: list[Part], *, titled: bool = True) -> Reading | None:
    """The report that the parts make; None where no table of a form is among them."""
    grids = [part for part in parts if isinstance(part, Grid)]
    title, _after = title_in([part for part in parts if isinstance(part, str)])
    found = recognise(grids, year_of(title))
    if found is None:
        return None
    texts = written(parts, found.grids, found.form)
    title = texts.title or title
    if titled and not title:
        raise NoTitle
    return Reading(
        title=title,
        agency=agency_of(title),
        year=year_of(title),
        lead="\n".join(texts.lead),
        sections=[],
        form=found.form.key,
        texts={
            key: "\n".join(_unsigned(texts.texts.get(key, []), agency_of(title)))
            for key in found.form.texts
        },
        tables=found.tables(),
        notes=[*found.notes, *texts.notes],
    )


def _unsigned(lines: list[str], agency: str) -> list[str]:
    """Without the signature at the end: the day, and above it who signs."""
    if not lines or not _DAY.fullmatch(lines[-1].strip()):
        return lines
    rest = lines[:-1]
    signs = rest[-1].strip() if rest else ""
    return rest[:-1] if signs and agency and signs in {agency, f"{agency}办公室"} else rest


def as_text(parts: list[Part]) -> str:
    """The parts as lines, for a report without tables."""
    lines: list[str] = []
    for part in parts:
        lines += [part] if isinstance(part, str) else part.lines()
    return "\n".join(lines)


def without_tables(reading: Reading) -> Reading:
    """Say so where the year's reports have tables."""
    if reading.year is None or reading.year < _TABLES_SINCE:
        return reading
    return replace(reading, notes=[*reading.notes, Note(notes.NO_TABLES)])
