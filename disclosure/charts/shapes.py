"""What a chart is made of."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

Number = int | float | Decimal
#: With more labels along its axis a chart wants the whole width.
_LONG: Final = 12


class Kind(StrEnum):
    """How it is drawn."""

    BARS = "bars"  # one lying bar a label: outcomes
    COLUMNS = "columns"  # standing, side by side: months, years
    STACKED = "stacked"  # standing, one upon the other
    LINE = "line"  # shares and medians over time
    SHARE = "share"  # a lying bar a label, cut into its parts


class Markup(str):
    """SVG whose texts are escaped already; templates show it as it is."""

    __slots__ = ()

    def __html__(self) -> "Markup":
        return self


def written(number: Number, unit: str = "") -> str:
    """A number as it reads in both languages: digits in threes (GB/T 15835), one decimal place at
    most."""
    rounded = round(Decimal(str(number)), 1)
    whole = rounded == rounded.to_integral_value()
    return f"{rounded:,.0f}{unit}" if whole else f"{rounded:,f}{unit}"


@dataclass(frozen=True)
class Value:
    """A figure: as it is drawn (None: not drawn) and as it reads in the table; `below` draws a
    broken outline instead, for what is only known to be less."""

    number: Number | None
    text: str
    below: Number | None = None

    @classmethod
    def of(cls, number: Number, unit: str = "") -> "Value":
        return cls(number, written(number, unit))

    @property
    def size(self) -> float:
        """How far it is drawn."""
        return float(self.number or self.below or 0)


@dataclass(frozen=True)
class Series:
    """A row of figures, one for each label."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Chart:
    """One chart; `key` is its id on the page, `heading` what its labels are, for the table.

    `short` are the labels under an axis, where they differ; `top` fixes the end of the axis;
    `summary` is what it says in a sentence, `note` what the reader must know of its figures.
    """

    kind: Kind
    key: str
    title: str
    heading: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    short: tuple[str, ...] = ()
    unit: str = ""
    top: float | None = None
    summary: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError(self.key)
        if self.short and len(self.short) != len(self.labels):
            raise ValueError(self.key)

    @property
    def values(self) -> list[Value]:
        return [value for one in self.series for value in one.values]

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to see: nothing and nothing but zeros are a sentence."""
        if self.kind == Kind.LINE and self.top is not None:
            return any(value.number is not None for value in self.values)
        return any(value.size for value in self.values)

    @property
    def is_long(self) -> bool:
        """Whether it wants the whole width where there is room for two."""
        return len(self.labels) > _LONG and self.kind not in (Kind.BARS, Kind.SHARE)

    @property
    def headings(self) -> list[str]:
        return [self.heading, *(one.name for one in self.series)]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The table: each label with what its figures read."""
        return [
            (label, [one.values[at].text for one in self.series])
            for at, label in enumerate(self.labels)
        ]

    @cached_property
    def drawing(self) -> Markup:
        from disclosure.charts.drawing import drawn

        return drawn(self)

    @cached_property
    def keys(self) -> list[tuple[Markup, str]]:
        """What each look stands for; nothing where there is one series."""
        from disclosure.charts.drawing import swatch

        if len(self.series) < 2:
            return []
        return [(swatch(self, at), one.name) for at, one in enumerate(self.series)]
