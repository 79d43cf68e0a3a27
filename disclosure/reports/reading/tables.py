"""Which printed table is which: recognised by its rows and headings, never by its place.

The form is the one whose tables are found, whatever the year.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from disclosure.reports.reading import notes
from disclosure.reports.reading.errors import TooMuchInIt
from disclosure.reports.reading.grids import MOST_CELLS, Cell, Grid
from disclosure.reports.reading.labels import Labels
from disclosure.reports.reading.lines import Assigned, Headings, Key, assigned
from disclosure.reports.reading.notes import Note, quoted
from disclosure.reports.reading.numbers import Read, is_blank, read_number
from disclosure.reports.tables.cells import Cell as Value
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.forms import FORMS, form_for
from disclosure.reports.tables.shapes import Column, Face, Form, Number, Place, Row, Table

#: A block's own heading, which ends what the headings above it are for.
_BLOCK: Final = "第二十条"
#: Rows that make a table one of the report's although no heading was recognised.
_ENOUGH_ROWS: Final = 4


@dataclass
class Recognised:
    """The tables of one form as they were found: their cells, and which grids they were."""

    form: Form
    cells: dict[Place, Value] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    grids: set[int] = field(default_factory=set)
    #: Cells of the form that were found, whatever they hold.
    score: int = 0

    def tables(self) -> dict[str, object]:
        """The contract's "tables"."""
        return Cells(self.form, self.cells).as_json()


def recognise(grids: list[Grid], year: int | None) -> Recognised | None:
    """The tables of the form that most is found of; None where nothing is."""
    if sum(len(grid.cells) for grid in grids) > MOST_CELLS:
        raise TooMuchInIt
    usual = form_for(year) if year else None
    forms = sorted(FORMS.values(), key=lambda form: (form is usual, form.first), reverse=True)
    found = [_Attempt(form).read(grids) for form in forms]
    best = max(found, key=lambda one: one.score)
    if not best.score:
        return None
    if year and usual is not best.form:
        params: dict[str, str | int] = {"form": best.form.key, "year": year}
        best.notes.insert(0, Note(notes.OTHER_FORM, params))
    return best


@dataclass(frozen=True)
class _Line:
    """A row of a grid that is a row of a table (or all of them, beside each other)."""

    at: int
    keys: tuple[Key, ...]
    given: Assigned
    #: The text directly above each column.
    above: dict[int, str]


class _Attempt:
    """Reading all grids as the tables of one form."""

    def __init__(self, form: Form) -> None:
        self.done = Recognised(form)
        self.twice: set[Place] = set()
        self.blanks: dict[str, int] = {}
        #: The table that the last grid belonged to and its headings: it may go on in the next.
        self.open: dict[str, tuple[int, Headings]] = {}
        self.rows = {
            table.key: Labels(
                (row.key, wording)
                for row in table.rows.values()
                for wording in (row.label.zh, *row.also)
            )
            for table in form.tables
        }
        self.columns_of = {
            table.key: Labels(
                (column.key, column.label.zh) for block in table.blocks for column in block.columns
            )
            for table in form.tables
        }
        #: Everything that heads a row or a column of any table.
        self.wordings = Labels(
            (wording, wording)
            for table in form.tables
            for row in table.rows.values()
            for wording in (
                row.label.zh,
                *row.also,
                *(column.label.zh for column in table.columns(row.key)),
            )
        )
        self.columns = {
            (table.key, row): Labels((column.key, column.label.zh) for column in table.columns(row))
            for table in form.tables
            for row in table.rows
        }

    def read(self, grids: list[Grid]) -> Recognised:
        for number, grid in enumerate(grids):
            known: set[int] = set()
            accepted: list[tuple[Table, Headings]] = []
            for table in self.done.form.tables:
                earlier = self.open.get(table.key)
                goes_on = earlier[1] if earlier and earlier[0] == number - 1 else None
                lines, headings = self._lines(table, grid, goes_on)
                if not self._is_it(table, lines, headings, goes_on):
                    continue
                accepted.append((table, headings))
                self.open[table.key] = (number, headings)
                for line in lines:
                    self._take(table, grid, line)
                    known.add(line.at)
            if accepted:
                self.done.grids.add(number)
                self._name_unknown(accepted[0][0], grid, known, [one for _t, one in accepted])
        self._close()
        return self.done

    def _is_it(
        self, table: Table, lines: list[_Line], headings: Headings, goes_on: Headings | None
    ) -> bool:
        if goes_on is not None and any(not line.given.uneven for line in lines):
            return True
        if any(line.given.by_heading for line in lines) or len(lines) >= _ENOUGH_ROWS:
            return True
        # Only the headings, before a page break.
        return not lines and table.face == Face.MATRIX and headings.is_full

    def _lines(
        self, table: Table, grid: Grid, goes_on: Headings | None
    ) -> tuple[list[_Line], Headings]:
        inherited = goes_on if goes_on and goes_on.width == grid.width else None
        headings = Headings.after(inherited, grid.width, table)
        if table.face == Face.ONE_ROW:
            lines = self._beside(table, grid, headings)
            if lines:
                return lines, headings
            headings = Headings.after(inherited, grid.width, table)
        return self._below(table, grid, headings), headings

    def _below(self, table: Table, grid: Grid, headings: Headings) -> list[_Line]:
        """Rows one below the other, each with its label before the numbers."""
        lines = []
        for at in range(grid.height):
            cells = grid.row(at)
            place, key = self._label(table, cells)
            if key is None:
                if table.face == Face.BLOCKS and _is_block(cells):
                    headings.clear()
                headings.add(at, cells)
                continue
            columns = table.columns(key)
            keys = [(key, column.key) for column in columns]
            key_of = self._under_row(table, key)
            given = assigned(grid, at, cells[place + 1 :], keys, headings, key_of)
            lines.append(_Line(at, tuple(keys), given, headings.nearest()))
            self._near_row(table, key, cells[place].text)
        return lines

    def _under_row(self, table: Table, row: str) -> Callable[[Iterable[str]], Key | None]:
        labels = self.columns[table.key, row]

        def key_of(texts: Iterable[str]) -> Key | None:
            for text in texts:
                if match := labels.find(text):
                    return (row, match.key)
            return None

        return key_of

    def _beside(self, table: Table, grid: Grid, headings: Headings) -> list[_Line]:
        """All rows beside each other under their own headings, the numbers in one line."""
        rows, labels = self.rows[table.key], self.columns_of[table.key]
        keys = tuple((row, column.key) for row in table.rows for column in table.columns(row))

        def key_of(texts: Iterable[str]) -> Key | None:
            above = list(texts)
            row = next((one.key for text in above if (one := rows.find(text))), None)
            column = next((one.key for text in above if (one := labels.find(text))), None)
            return (row, column) if row and column else None

        lines = []
        for at in range(grid.height):
            cells = grid.row(at)
            own = [cell for cell in cells if cell.row == at]
            is_data = own and not any(
                rows.find(cell.text) or labels.find(cell.text) for cell in own
            )
            heads = headings.over(cells, key_of) if is_data else []
            if not any(heads):
                headings.add(at, cells)
                continue
            given = assigned(grid, at, cells, list(keys), headings, key_of)
            lines.append(_Line(at, keys, given, headings.nearest()))
        return lines

    def _label(self, table: Table, cells: list[Cell]) -> tuple[int, str | None]:
        """Where in a row its label is, and what row it means; numbers have to follow it."""
        rows = self.rows[table.key]
        for place in range(len(cells) - 2, -1, -1):
            if self.wordings.find(cells[place + 1].text):
                return place, None
            if match := rows.find(cells[place].text):
                before = cells[:place]
                if any(self.columns_of[table.key].find(one.text) for one in before):
                    return place, None
                return place, match.key
        return 0, None

    def _near_row(self, table: Table, row: str, text: str) -> None:
        match = self.rows[table.key].find(text)
        if match and match.is_near:
            self._note(notes.TAKEN_AS_ROW, table.key, row, found=quoted(text))

    def _take(self, table: Table, grid: Grid, line: _Line) -> None:
        """The values of a line; what is doubtful is named."""
        if line.given.uneven:
            found = quoted(" ".join(cell.text for cell in grid.row(line.at)))
            where = (line.keys[0][0],) if len({row for row, _c in line.keys}) == 1 else ()
            self._note(notes.UNEVEN, table.key, *where, found=found)
            for row, column in line.keys:
                self._put(Place(table.key, row, column), None)
            return
        for one in line.keys:
            place = Place(table.key, *one)
            cell = line.given.cells.get(one)
            if cell is None:
                if one not in line.given.spread:
                    self._note(notes.NO_CELL, *place[:3])
                self._put(place, None)
                continue
            self.done.score += 1
            self._put(place, self._value(place, table.column(*one), cell, line.above))
        for cell, keys in line.given.spread_cells:
            if not is_blank(cell.text):
                self._note(notes.SPREAD, table.key, *keys[0], found=quoted(cell.text))

    def _value(self, place: Place, column: Column, cell: Cell, texts: dict[int, str]) -> Value:
        if cell.rows > 1 and not is_blank(cell.text):
            self._note(notes.SPREAD, *place[:3], found=quoted(cell.text))
            return None
        above = texts.get(cell.column, column.label.zh)
        read: Read = read_number(cell.text, column.number, above)
        if read.message:
            params: dict[str, str | int] = {"found": quoted(cell.text)}
            if not read.is_unclear:
                params["value"] = str(read.value)
            self._note(read.message, *place[:3], **params)
        elif read.value is None:
            self.blanks[place.table] = self.blanks.get(place.table, 0) + 1
        labels = self.columns[place.table, place.row]
        match = labels.find(above)
        if match and match.is_near:
            note = Note(
                notes.TAKEN_AS_HEADING,
                {"found": quoted(above), "label": column.label.zh},
                (place.table,),
            )
            if note not in self.done.notes:
                self.done.notes.append(note)
        return read.value

    def _put(self, place: Place, value: Value) -> None:
        cells = self.done.cells
        if place not in cells or cells[place] is None:
            if place not in self.twice:
                cells[place] = value
        elif value is not None and cells[place] != value:
            self._note(notes.TWICE, *place[:3])
            self.twice.add(place)
            cells[place] = None

    def _note(self, message: str, *place: str, **params: str | int) -> None:
        note = Note(message, params, place)
        if note not in self.done.notes:
            self.done.notes.append(note)

    def _name_unknown(
        self, table: Table, grid: Grid, known: set[int], headings: list[Headings]
    ) -> None:
        """Rows with numbers that are no row of the form."""
        labels = self.rows[table.key]
        for at in set(range(grid.height)) - known:
            own = [cell for cell in grid.row(at) if cell.row == at]
            numbers = [
                cell for cell in own if (read_number(cell.text, Number.COUNT)).value is not None
            ]
            names = [cell for cell in own if cell not in numbers and not is_blank(cell.text)]
            if numbers and names and not labels.find(names[-1].text):
                self._note(notes.UNKNOWN_ROW, table.key, found=quoted(names[-1].text))

    def _close(self) -> None:
        done = self.done
        for table in done.form.tables:
            rows: dict[str, Row] = table.rows
            found = {place.row for place in done.cells if place.table == table.key}
            if not found:
                self._note(notes.NO_TABLE, table.key)
                continue
            for row in rows:
                if row not in found:
                    self._note(notes.NO_ROW, table.key, row)
            if count := self.blanks.get(table.key):
                self._note(notes.BLANKS, table.key, count=count)


def _is_block(cells: list[Cell]) -> bool:
    return len([one for one in cells if one.text]) == 1 and any(_BLOCK in one.text for one in cells)
