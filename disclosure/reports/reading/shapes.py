"""What reading a report gives."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal, NotRequired, TypedDict

from disclosure.reports.reading.notes import Note

# The Regulation has been in force since 2008-05-01, so no report is on an earlier year.
FIRST_YEAR: Final = 2008
LAST_YEAR: Final = 2100

Qualifier = Literal["over", "about", "nearly"]


class Section(TypedDict):
    """A numbered part of the report; a line break in `text` ends a paragraph."""

    number: str
    heading: str
    text: str


class Figure(TypedDict):
    """A named figure: `value` is always a number, also where the report gives only a bound.

    `qualifier` (left out where the number is exact): over 多/余/以上, about 约/左右, nearly 近.
    `as_written` keeps the report's own wording where the number was worked out from it (20万多份).
    """

    name: str
    value: int | float
    unit: str
    qualifier: NotRequired[Qualifier]
    as_written: NotRequired[str]


@dataclass(frozen=True)
class Reading:
    """A report as read: nothing of its text is left out, only what surrounds it.

    `form` is the key of a form with tables, or "free". With tables, `texts` are the written
    sections by their keys, `tables` the contract's object, not yet checked.
    """

    title: str
    agency: str
    year: int | None
    lead: str
    sections: list[Section]
    figures: list[Figure] = field(default_factory=list)
    agency_code: str = ""
    form: str = "free"
    texts: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    previous: dict[str, Any] = field(default_factory=dict)
    #: What could not be read, and where nothing was guessed.
    notes: list[Note] = field(default_factory=list)
