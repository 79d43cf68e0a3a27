"""One call for a file of any kind that is read (see `read`)."""

from disclosure.files import sniff
from disclosure.reports.reading import contract, opening
from disclosure.reports.reading.decoding import decode, is_html
from disclosure.reports.reading.encyclopaedia import is_entry, read_entry
from disclosure.reports.reading.enumeration import paragraphs
from disclosure.reports.reading.errors import EmptyFile, NoContent, TooLarge
from disclosure.reports.reading.figures import figures_in
from disclosure.reports.reading.plain import is_markdown, read_markdown, read_plain
from disclosure.reports.reading.published import as_text, read_parts, without_tables
from disclosure.reports.reading.shapes import Reading, Section
from disclosure.reports.reading.titles import agency_of, year_of

#: Megabytes of a DOCX or PDF, which may hold pictures.
LIMIT_MB_OPENED = 20
RUN_ON = 200
"""A line longer than this is looked through for numbered parts that deserve their own."""


def read(data: bytes, *, titled: bool = True) -> Reading:
    """The report in a file, whose kind its content tells: JSON, HTML, DOCX, PDF with text,
    Markdown or plain text.

    Not `titled`: agency and year are known otherwise, so a text may lack its title.
    """
    kind = _kind(data)
    if kind:
        return _read_published(data, kind, titled=titled)
    text = decode(data)
    if text.lstrip().startswith("{"):
        return contract.read_json(text)
    return read_text(text, titled=titled)


def _kind(data: bytes) -> str:
    """The content type of what is opened in the child process."""
    if len(data) > LIMIT_MB_OPENED * 2**20:
        raise TooLarge(limit=LIMIT_MB_OPENED)
    found = sniff.content_type(data) if data.startswith((b"%PDF-", b"PK\x03\x04")) else None
    if found in {opening.PDF, opening.DOCX}:
        return str(found)
    return opening.HTML if is_html(data) else ""


def _read_published(data: bytes, kind: str, *, titled: bool) -> Reading:
    """With the tables of a form where they are found, else as free text."""
    if kind == opening.HTML:
        data = decode(data, page=True).encode()
    parts = opening.parts_of(data, kind)
    reading = read_parts(parts, titled=titled)
    if reading is not None:
        return reading
    text = as_text(parts)
    if not text.strip():
        raise EmptyFile
    return without_tables(read_text(text, titled=titled))


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
