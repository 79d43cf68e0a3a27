"""The tables of a report as the page shows them, alone or with the year before beside each cell.

A grid becomes lines of cells with their ids, spans and the headings that name them; the templates
`disclosure/reports/tables/table.html` and `compare.html` print them and decide nothing. Pure.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from disclosure.reports.document import Document
from disclosure.reports.export.grid import Grid, Kind, Piece, Spot, grid_of
from disclosure.reports.export.showing import bracketed, shown, signed
from disclosure.reports.tables.cells import NA, Cell, Cells
from disclosure.reports.tables.shapes import Form, Label, Place, Table

LEFT_BLANK: Final = Label("未填", "left blank")
#: The longest number of a table, and how wide its columns are for it.
_WIDTHS: Final = ((7, "digits-s"), (11, "digits-m"), (15, "digits-l"))
_WIDEST: Final = "digits-xl"

Change = Literal["", "up", "down", "same"]


@dataclass(frozen=True)
class Beside:
    """What stands beside a cell: the year before's value and the difference; `is_new`: that
    report had no such cell, or one that counted something else."""

    text: str = ""
    is_blank: bool = False
    difference: str = ""
    change: Change = ""
    is_new: bool = False


@dataclass(frozen=True)
class CellView:
    """A cell: a heading (`is_heading`, with `scope`) or a value (with its `place`)."""

    id: str
    is_heading: bool
    text: str
    css: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    place: Place | None = None
    #: What a blank is read out as.
    spoken: str = ""
    before: Beside | None = None


@dataclass(frozen=True)
class TableView:
    """A table: `head` are its lines of headings, `bodies` the lines below, in their groups."""

    key: str
    label: str
    section: str
    #: Of its texts: zh-Hans or en.
    lang: str
    css: str
    stubs: tuple[int, ...]
    figures: tuple[int, ...]
    head: list[list[CellView]]
    bodies: list[list[list[CellView]]]
    year: int
    before_year: int | None = None

    @property
    def cells(self) -> list[CellView]:
        """The values, in reading order."""
        lines = [line for body in self.bodies for line in body]
        return [cell for line in lines for cell in line if cell.place]


def anchor_of(place: Place) -> str:
    """The id of a cell on the page: cell-requests-new-total."""
    return f"cell-{place.table}-{place.row}-{place.column}"


def table_views(
    document: Document, before: Document | None = None, language: str = "zh"
) -> list[TableView]:
    """The tables of the form, in order; none for the free form. `before`: the report on the year
    before, in whichever form it is."""
    if document.form is None:
        return []
    cells = document.cells or Cells(document.form)
    earlier = before.cells if before and before.cells else None
    year_before = before.year if before and earlier else None
    return [
        _Setter(cells, earlier, language).view(table, document.year, year_before)
        for table in document.form.tables
    ]


@dataclass(frozen=True)
class _Setter:
    cells: Cells
    earlier: Cells | None
    language: str

    def view(self, table: Table, year: int, year_before: int | None) -> TableView:
        grid = grid_of(table)
        lines = [[self.cell(grid, piece) for piece in line] for line in grid.lines]
        ends = (*grid.bodies[1:], grid.height)
        return TableView(
            key=table.key,
            label=table.label.in_language(self.language),
            section=table.section,
            lang="en" if self.language.startswith("en") else "zh-Hans",
            css=f"report-{table.face} {self._width(table)}".replace("_", "-"),
            stubs=tuple(range(grid.stub)),
            figures=tuple(range(grid.columns - grid.stub)),
            head=lines[: grid.head],
            bodies=[lines[start:end] for start, end in zip(grid.bodies, ends, strict=True)],
            year=year,
            before_year=year_before,
        )

    def _width(self, table: Table) -> str:
        texts = [self.value(place) for place in table.places()]
        longest = max(len(text) for text in texts)
        return next((css for most, css in _WIDTHS if longest <= most), _WIDEST)

    def value(self, place: Place) -> str:
        return shown(self.cells[place], self.cells.form.column(place).number, self.language)

    def cell(self, grid: Grid, piece: Piece) -> CellView:
        span: dict[str, Any] = {"colspan": piece.width, "rowspan": piece.height}
        stub = f"stub at-{piece.column}" if piece.column + piece.width <= grid.stub else ""
        if piece.place is None:
            text = piece.label.in_language(self.language) if piece.label else ""
            if piece.kind == Kind.NOTE:
                text = bracketed(text, self.language)
                return CellView("", False, text, f"note {stub}", **span)
            name = _head_id(grid, piece.spot)
            return CellView(name, True, text, stub, str(piece.kind), **span)
        text = self.value(piece.place)
        is_blank = self.cells[piece.place] is None
        return CellView(
            id=anchor_of(piece.place),
            is_heading=False,
            text=text,
            css="value",
            headers=tuple(_head_id(grid, spot) for spot in piece.headings),
            place=piece.place,
            spoken=LEFT_BLANK.in_language(self.language) if is_blank else "",
            before=self.beside(piece.place) if self.earlier else None,
            **span,
        )

    def beside(self, place: Place) -> Beside:
        earlier = self.earlier
        if earlier is None or not comparable(self.cells.form, earlier.form, place):
            return Beside(is_new=True)
        now, then = self.cells[place], earlier[place]
        text = shown(then, earlier.form.column(place).number, self.language)
        difference = _difference(now, then)
        if difference is None:
            return Beside(text, is_blank=then is None)
        change: Change = "same" if not difference else "up" if difference > 0 else "down"
        return Beside(text, difference=signed(difference), change=change)


def comparable(form: Form, other: Form, place: Place) -> bool:
    """Whether both forms count the same in a cell: it is there in both, under the same headings
    (（六）其他处理 of one form is more than its 3.其他 in another)."""
    if not (form.has(place) and other.has(place)):
        return False
    rows = (one.table(place.table).rows[place.row] for one in (form, other))
    first, second = (row.above for row in rows)
    return first == second and form.column(place).number == other.column(place).number


def _difference(now: Cell, then: Cell) -> int | Decimal | None:
    if now is None or then is None or now == NA or then == NA:
        return None
    return now - then


def _head_id(grid: Grid, spot: Spot) -> str:
    return f"head-{grid.table.key}-{spot[0]}-{spot[1]}"
