"""The figures of the written sections, held against the tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from disclosure.reports.prose.meaning import Around, Meaning, meaning_of, starts_anew
from disclosure.reports.prose.numbers import Written, blanked, holds, numbers_in
from disclosure.reports.tables.cells import NA, Cell, Cells, as_number
from disclosure.reports.tables.shapes import Place

Verdict = Literal["agrees", "differs", "sum", "unknown"]

#: Cells of money are in 万元, texts are read in yuan.
_YUAN: Final = 10_000


@dataclass(frozen=True)
class Found:
    """A figure at its place in a section (as Python counts characters), and what the tables say.

    `places` are the cells that it seems to mean, summed; `expected` is what they come to (None:
    left blank), `value` what the text says, money in 万元 where a cell is meant, else in yuan.
    Verdict "sum": it agrees with several cells together (newly received and carried in are often
    counted as one); "unknown": no cell, or no telling which.
    """

    section: str
    start: int
    end: int
    text: str
    value: Decimal
    places: tuple[Place, ...] = ()
    expected: Cell = None
    verdict: Verdict = "unknown"

    @property
    def place(self) -> Place | None:
        return self.places[0] if self.places else None


def figures_of(texts: Mapping[str, str], cells: Cells, year: int, agency: str = "") -> list[Found]:
    """Every figure of the sections in order; `agency` is the name of the report's own."""
    return [
        found
        for section, text in texts.items()
        for found in figures_in(section, text, cells, year, agency)
    ]


def figures_in(
    section: str, text: str, cells: Cells, year: int, agency: str = ""
) -> Iterator[Found]:
    """The figures of one section; years, articles, document numbers and shares are none."""
    plain = blanked(text)
    numbers = list(numbers_in(plain))
    before: Meaning | None = None
    last_end = 0
    for at, number in enumerate(numbers):
        next_start = numbers[at + 1].start if at + 1 < len(numbers) else len(plain) + 1
        if starts_anew(plain, last_end, number.start):
            before = None
        around = Around.of(plain, number, last_end, next_start)
        meaning = meaning_of(around, number, before, cells.form, year, agency)
        last_end = number.end
        before = meaning or before
        if meaning is None and not number.unit:
            continue
        written = text[number.start : number.end]
        found = Found(section, number.start, number.end, written, number.value)
        yield _compared(found, number, meaning, cells) if meaning else found


def _compared(found: Found, number: Written, meaning: Meaning, cells: Cells) -> Found:
    readings = [
        places
        for places in meaning.readings(cells.form)
        if any(place in cells.values for place in places)
    ]
    if not readings:
        return found
    scale = _YUAN if number.is_money else 1
    found = replace(found, value=found.value / scale)
    for places in readings:
        expected = _sum(cells, places)
        if holds(number, Decimal(as_number(expected)) * scale):
            verdict: Verdict = "agrees" if len(places) == 1 else "sum"
            return replace(found, places=places, expected=expected, verdict=verdict)
    first = readings[0]
    verdict = "differs" if meaning.certain else "unknown"
    return replace(found, places=first, expected=_sum(cells, first), verdict=verdict)


def _sum(cells: Cells, places: tuple[Place, ...]) -> Cell:
    """What the cells come to; blank or 不适用 only where all of them are."""
    values = [cells[place] for place in places]
    for empty in (None, NA):
        if all(value == empty for value in values):
            return values[0]
    numbers = [as_number(value) for value in values]
    return sum(numbers[1:], numbers[0])
