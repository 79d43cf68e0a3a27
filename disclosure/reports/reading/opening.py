"""HTML, DOCX and PDF are opened in the child process, whatever is in them."""

from typing import Any, Final

from disclosure.files import isolated
from disclosure.files.inside.report import Refused
from disclosure.reports.reading import errors
from disclosure.reports.reading.grids import Grid, Part, TooMuch

HTML: Final = "text/html"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
_SECONDS: Final = 60
_MEGABYTES: Final = 1024
_ERRORS: Final = {
    "encrypted": errors.Locked,
    "pictures": errors.OnlyPictures,
    "time": errors.TooMuchInIt,
    "memory": errors.TooMuchInIt,
    "bomb": errors.TooMuchInIt,
    "members": errors.TooMuchInIt,
    "pages": errors.TooMuchInIt,
    "nested": errors.TooMuchInIt,
    "too_much": errors.TooMuchInIt,
}


def parts_of(data: bytes, content_type: str) -> list[Part]:
    """The paragraphs and tables of a file, or the reason as a ReadingError."""
    try:
        answer = isolated.run(
            "report_parts", data, content_type, seconds=_SECONDS, megabytes=_MEGABYTES
        )
    except Refused as refused:
        raise _ERRORS.get(refused.code, errors.Damaged) from refused
    return [one if isinstance(one, str) else Grid.from_json(one) for one in answer["parts"]]


def parts_here(data: bytes, content_type: str) -> list[Any]:
    """In the child: the parts as JSON."""
    found: list[Part]
    try:
        if content_type == HTML:
            from disclosure.reports.reading import html

            found = html.parts(data.decode("utf-8"))
        elif content_type == DOCX:
            from disclosure.reports.reading import docx

            found = docx.parts(data)
        else:
            from disclosure.reports.reading import pdf

            found = pdf.parts(data)
    except TooMuch as error:
        raise Refused("too_much") from error
    return [one if isinstance(one, str) else one.as_json() for one in found]
