"""The columns of the register, one row each: what it says of a request, masked."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.backstage.cells import Cell, as_text
from requests_app.applicants import masked
from requests_app.casework.models import DisclosureRequest
from requests_app.letters.models import Letter
from requests_app.remedies.outcomes import RESULTS

LONGEST_CONTENT = 300
#: Where `with_letters` leaves the letters of the answer.
_LETTERS = "register_letters"


def with_everything(rows: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    """What the columns read, in a fixed number of queries."""
    letters = Letter.objects.filter(kind="answer").defer("document").order_by("pk")
    return rows.select_related("agency", "handler", "office", "applicant").prefetch_related(
        Prefetch("letters", letters.prefetch_related("deliveries"), to_attr=_LETTERS),
        "remedies",
    )


def applicant(case: DisclosureRequest) -> str:
    """The name, masked."""
    if case.applicant.data is None:
        return gettext("erased")
    return masked({"name": case.applicant.get("name")})["name"]


def content(case: DisclosureRequest) -> str:
    """What is asked for, on one line."""
    parts = dict.fromkeys(
        " ".join(text.split()) for text in (case.information_name, case.description) if text
    )
    return "；".join(parts)[:LONGEST_CONTENT]


def _held_by(case: DisclosureRequest) -> str:
    return " · ".join(str(each) for each in (case.office, case.handler) if each)


def _letters(case: DisclosureRequest) -> list[Letter]:
    return list(getattr(case, _LETTERS))


def letter_numbers(case: DisclosureRequest) -> str:
    return "、".join(letter.number for letter in _letters(case))


def _delivery(case: DisclosureRequest, field: str) -> dt.date | None:
    """A day of the newest delivery of the newest answer that has it."""
    for letter in reversed(_letters(case)):
        for delivery in reversed(list(letter.deliveries.all())):
            day: dt.date | None = getattr(delivery, field)
            if day:
                return day
    return None


def remedies(case: DisclosureRequest) -> str:
    """Each reconsideration or lawsuit with where it stands."""
    return "；".join(
        f"{remedy.get_kind_display()} {_stands(remedy)}" for remedy in case.remedies.all()
    )


def _stands(remedy: Any) -> str:
    row = RESULTS.get(remedy.result)
    return gettext(row.label) if row else str(remedy.get_outcome_display())


@dataclass(frozen=True)
class Column:
    """A column: heading, width in characters, and what stands in it."""

    key: str
    label: str | Promise
    width: int
    value: Callable[[DisclosureRequest], Cell]
    #: In the language of the content, whatever the page's is.
    is_content: bool = False


COLUMNS = (
    Column("number", _("Number"), 16, lambda case: case.number),
    Column("agency", _("Agency"), 16, lambda case: case.agency.name, is_content=True),
    Column("applicant", _("Applicant"), 10, applicant, is_content=True),
    Column("kind", _("Kind"), 10, lambda case: case.get_applicant_kind_display()),
    Column("received", _("Received on"), 11, lambda case: case.received_on),
    Column("channel", _("Came in"), 10, lambda case: case.get_intake_channel_display()),
    Column("content", _("What is asked for"), 36, content, is_content=True),
    Column("held_by", _("Office and handler"), 14, _held_by, is_content=True),
    Column("due", _("Answer due"), 11, lambda case: case.answer_due),
    Column("extended", _("Extended"), 7, lambda case: gettext("Yes") if case.is_extended else ""),
    Column("answered", _("Answered on"), 11, lambda case: case.answered_on),
    Column(
        "outcome", _("Outcome"), 16, lambda case: case.get_outcome_display() if case.outcome else ""
    ),
    Column("letters", _("Letter number"), 18, letter_numbers, is_content=True),
    Column("sent", _("Sent on"), 11, lambda case: _delivery(case, "sent_on")),
    Column("served", _("Served on"), 11, lambda case: _delivery(case, "served_on")),
    Column("remedies", _("Reconsideration, lawsuit"), 18, remedies),
    Column("state", _("State"), 10, lambda case: case.get_state_display()),
)


@dataclass(frozen=True)
class Shown:
    """A value in its place."""

    text: str
    column: Column


@dataclass(frozen=True)
class RegisterLine:
    """A row of the register on the screen."""

    serial: int
    case: DisclosureRequest
    cells: list[Shown]


def lines(rows: Iterable[DisclosureRequest], *, first: int) -> list[RegisterLine]:
    """The rows of a page; `first` is the serial number (序号) of the first."""
    return [
        RegisterLine(
            serial, case, [Shown(as_text(column.value(case)), column) for column in COLUMNS]
        )
        for serial, case in enumerate(rows, start=first)
    ]


def values(rows: Iterable[DisclosureRequest]) -> Iterable[list[Cell]]:
    """The same as plain values, row by row."""
    for serial, case in enumerate(rows, start=1):
        yield [serial, *(_plain(column.value(case)) for column in COLUMNS)]


def _plain(value: Cell | Promise) -> Cell:
    return value if value is None or isinstance(value, int | float | dt.date) else str(value)


def headings() -> list[tuple[str, int]]:
    return [(gettext("No."), 6), *((str(column.label), column.width) for column in COLUMNS)]
