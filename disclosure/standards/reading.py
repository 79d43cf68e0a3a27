"""The customary table as it lies in a sheet: headings over two rows, merged cells, √ marks, boxes,
notes. Gives each row's values, or what is wrong with it. Pure.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from disclosure.channels.table import read_cell
from disclosure.core.text import gettext_noop as _
from disclosure.standards.columns import BY_KEY, Heading, bare, is_heading, read_heading

#: Headings are looked for in so many rows; a table has at most so many items.
LOOKED_AT, MOST_ROWS = 20, 1000
REQUIRED = ("serial", "level1", "content")
#: Both columns of one of these say one thing.
_PAIRS = {"audience": ("public", "specific"), "way": ("proactive", "on_request")}
_YES = frozenset("√✓✔☑■●Yy1是有") | {"YES", "yes"}
_TICKS = "√✓✔☑■●"
_NO = frozenset("□☐×✗✘/\\-—–〇○0否无") | {"NO", "no", "——", "--"}
_NOTE = re.compile(r"(注|备\s*注|说明|填表|附注)")
_WORDS = {
    "public": ("全社会", "社会公众"),
    "specific": ("特定",),
    "proactive": ("主动",),
    "on_request": ("依申请",),
    "county": ("县", "区"),
    "township": ("乡", "镇", "街道"),
}
_OF_GROUP = {
    "audience words": ("public", "specific"),
    "way words": ("proactive", "on_request"),
    "tier words": ("county", "township"),
}

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken: its number in the sheet, the column's heading, the reason (a
    msgid with its facts); row 0 is the table as a whole."""

    row: int
    column: str
    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row: its number in the sheet and the values by field of the item."""

    number: int
    values: dict[str, Any]


@dataclass
class Reading:
    """What a sheet says."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def heading_at(table: Sequence[Sequence[str]]) -> int | None:
    """The row in which the headings begin; None: this sheet has no such table."""
    return next((at for at, row in enumerate(table[:LOOKED_AT]) if is_heading(row)), None)


def read(table: Sequence[Sequence[str]], merged: Merged = ()) -> Reading:
    """Every item of the sheet; `merged`: ((row, column), (row, column)), both ends included."""
    at = heading_at(table)
    if at is None:
        return Reading(
            problems=[Problem(0, "", _("There is no row of headings with 序号 and 公开事项."))]
        )
    below = table[at + 1] if at + 1 < len(table) else []
    heading = read_heading(table[at], below, at)
    reading = Reading(problems=_wrong_headings(heading))
    if reading.problems:
        return reading
    cells = _filled(table, merged, heading.ends)
    first_level = ""
    for index in range(heading.ends, len(table)):
        row = [cell.strip() for cell in cells[index]]
        own = [cell.strip() for cell in table[index]]
        if not any(own) or _is_note(own) or is_heading(own) or _is_lower_heading(own):
            continue
        if len(reading.rows) + len(reading.problems) >= MOST_ROWS:
            facts = {"most": MOST_ROWS}
            reading.problems.append(
                Problem(index + 1, "", _("A table has at most %(most)s items."), facts)
            )
            break
        by_key = {
            key: row[position] if position < len(row) else ""
            for position, key in enumerate(heading.keys)
            if key
        }
        if not by_key.get("level1") and by_key.get("level2"):
            by_key["level1"] = first_level
        first_level = by_key.get("level1") or first_level
        beyond = [
            cell
            for position, cell in enumerate(row)
            if position >= len(heading.keys) or not heading.keys[position]
        ]
        one = _Cells(index + 1, by_key)
        if any(beyond):
            one.refuse("", _("There is a cell without a heading."))
        values = one.values()
        reading.problems += one.problems
        if not one.problems:
            reading.rows.append(Row(index + 1, values))
    _refuse_repeated(reading)
    if not reading.rows and not reading.problems:
        reading.problems.append(Problem(0, "", _("There is no item below the headings.")))
    return reading


def _wrong_headings(heading: Heading) -> list[Problem]:
    found = []
    if heading.unknown:
        facts = {"names": "、".join(heading.unknown)}
        found.append(Problem(0, "", _("Unknown headings: %(names)s."), facts))
    if heading.twice:
        facts = {"names": "、".join(_name(key) for key in heading.twice)}
        found.append(Problem(0, "", _("Headings that stand there twice: %(names)s."), facts))
    there = set(heading.keys)
    missing = [key for key in REQUIRED if key not in there]
    for group, keys in _OF_GROUP.items():
        if group not in there and not there & set(keys):
            missing.append(keys[0])
    if missing:
        facts = {"names": "、".join(BY_KEY[key].above for key in missing)}
        found.append(Problem(0, "", _("Headings that are missing: %(names)s."), facts))
    return found


def _filled(table: Sequence[Sequence[str]], merged: Merged, start: int) -> list[list[str]]:
    """The cells; what is merged over several rows below the headings stands in each of them."""
    cells = [list(row) for row in table]
    for (top, left), (bottom, _right) in merged:
        if top < start or bottom >= len(cells) or left >= len(cells[top]):
            continue
        for index in range(top + 1, bottom + 1):
            if left < len(cells[index]) and not cells[index][left].strip():
                cells[index][left] = cells[top][left]
    return cells


def _is_note(own: Sequence[str]) -> bool:
    """A row of one text that begins as notes do, and the number of no item."""
    texts = [cell for cell in own if cell]
    return len(texts) == 1 and bool(_NOTE.match(texts[0]))


def _is_lower_heading(own: Sequence[str]) -> bool:
    """The lower heading again, where a table has its headings on each page."""
    words = {bare(cell) for cell in own if cell}
    return "一级事项" in words and not own[0]


def _refuse_repeated(reading: Reading) -> None:
    """A matter stands once in a table; the later rows of it are refused."""
    first: dict[tuple[str, str], int] = {}
    kept = []
    for row in reading.rows:
        key = (row.values["level1"], row.values["level2"])
        if key in first:
            reason, facts = _("Row %(row)s has the same matter."), {"row": first[key]}
            reading.problems.append(Problem(row.number, _name("level2"), reason, facts))
        else:
            first[key] = row.number
            kept.append(row)
    reading.rows = kept


def _name(key: str) -> str:
    column = BY_KEY.get(key)
    if column is None:
        return ""
    return f"{column.above}·{column.below}" if column.below else column.above


class _Cells:
    """One row's cells by column, read one kind after the other."""

    def __init__(self, number: int, cells: dict[str, str]) -> None:
        self.number, self.cells = number, cells
        self.problems: list[Problem] = []

    def refuse(self, key: str, reason: str, **facts: Any) -> None:
        self.problems.append(Problem(self.number, _name(key), reason, facts))

    def values(self) -> dict[str, Any]:
        keys, beside = read_cell(self.cells.get("channels", ""))
        level1, level2 = (" ".join(self.cells.get(key, "").split()) for key in ("level1", "level2"))
        if not level1:
            self.refuse("level1", _("This must not be empty."))
        content = self.cells.get("content", "")
        if not content:
            self.refuse("content", _("This must not be empty."))
        self._choose_words()
        audience, who = self._audience()
        return {
            "serial": self._serial(),
            "level1": level1,
            "level2": level2,
            "content": content,
            "basis": self.cells.get("basis", ""),
            "time_limit": self.cells.get("time_limit", ""),
            "body": " ".join(self.cells.get("body", "").split()),
            "channels": keys,
            "channels_note": beside,
            "audience": audience,
            "audience_who": who,
            "way": self._one_of("way"),
            **self._tier(),
        }

    def _serial(self) -> int:
        text = unicodedata.normalize("NFKC", self.cells.get("serial", "")).strip("().、 ")
        if text.endswith(".0"):
            text = text[:-2]
        if text.isascii() and text.isdigit() and len(text) < 7:
            return int(text)
        if text:
            self.refuse("serial", _("This is not a whole number."))
        else:
            self.refuse("serial", _("This must not be empty."))
        return 0

    def _choose_words(self) -> None:
        """A group in one column: its words as marks."""
        for group, keys in _OF_GROUP.items():
            if group not in self.cells:
                continue
            text = bare(self.cells[group])
            for key in keys:
                said = any(word in text for word in _WORDS[key])
                self.cells[key] = "√" if said else ""

    def _marked(self, key: str) -> bool:
        text = self.cells.get(key, "").strip()
        if text in _YES:
            return True
        if text and text not in _NO:
            self.refuse(key, _("Only √ or nothing can stand here."))
        return False

    def _audience(self) -> tuple[str, str]:
        """Everyone, or certain people: a mark, or who they are."""
        text = " ".join(self.cells.get("specific", "").split())
        who = "" if text in _YES | _NO else text.lstrip(_TICKS).strip("：: ")
        if who.startswith("（") and who.endswith("）"):
            who = who[1:-1]
        self.cells["specific"] = "√" if who else text
        return self._one_of("audience"), who

    def _one_of(self, pair: str) -> str:
        keys = _PAIRS[pair]
        before = len(self.problems)
        chosen = [key for key in keys if self._marked(key)]
        if len(chosen) != 1 and len(self.problems) == before:
            names = "、".join(BY_KEY[key].below for key in keys)
            self.problems.append(
                Problem(
                    self.number,
                    BY_KEY[keys[0]].above,
                    _("Mark exactly one of %(names)s."),
                    {"names": names},
                )
            )
        return chosen[0] if chosen else keys[0]

    def _tier(self) -> dict[str, bool]:
        before = len(self.problems)
        found = {f"at_{key}": self._marked(key) for key in ("county", "township")}
        if not any(found.values()) and len(self.problems) == before:
            self.refuse("county", _("Mark 县级, 乡级 or both."))
        return found
