"""One call for a file of any kind that is read (see `read`)."""

from disclosure.reports.reading import contract
from disclosure.reports.reading.decoding import decode
from disclosure.reports.reading.encyclopaedia import is_entry, read_entry
from disclosure.reports.reading.enumeration import paragraphs
from disclosure.reports.reading.errors import NoContent
from disclosure.reports.reading.figures import figures_in
from disclosure.reports.reading.plain import is_markdown, read_markdown, read_plain
from disclosure.reports.reading.shapes import Reading, Section
from disclosure.reports.reading.titles import agency_of, year_of

RUN_ON = 200
"""A line longer than this is looked through for numbered parts that deserve their own."""


def read(data: bytes, *, titled: bool = True) -> Reading:
    """The report in a file: JSON if it begins like an object, else Markdown or plain text.

    Not `titled`: agency and year are known otherwise, so a text may lack its title.
    """
    text = decode(data)
    if text.lstrip().startswith("{"):
        return contract.read_json(text)
    return read_text(text, titled=titled)


def read_text(text: str, *, titled: bool = True) -> Reading:
    """Title, agency, year, lead, sections and figures of a report in text or Markdown."""
    entry = read_entry(text) if is_entry(text) else None
    if entry:
        title, lead = entry.title, _lines(entry.lead.split("\n"))
        sections = [
            Section(number=number, heading=heading, text=_lines(body.split("\n"), run_on=0))
            for number, heading, body in entry.sections
        ]
    else:
        by_form = read_markdown if is_markdown(text) else read_plain
        structure = by_form(text, titled=titled)
        title, lead = structure.title, _lines(structure.lead)
        sections = [
            Section(number=number, heading=heading, text=_lines(body))
            for number, heading, body in structure.sections
        ]
    if not any(section["text"] for section in sections):
        raise NoContent
    return Reading(
        title=title,
        agency=agency_of(title),
        year=year_of(title),
        lead=lead,
        sections=sections,
        figures=figures_in([lead, *(section["text"] for section in sections)]),
    )


def _lines(lines: list[str], run_on: int = RUN_ON) -> str:
    """Paragraphs, one a line; the numbered parts of a run-on line each become one."""
    kept: list[str] = []
    for line in lines:
        kept += paragraphs(line) if len(line) > run_on else [line.strip()]
    return "\n".join(line for line in kept if line)
