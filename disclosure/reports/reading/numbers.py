"""The number in a printed cell: nothing is guessed, what is doubtful stays blank and is named."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from disclosure.reports.reading import notes
from disclosure.reports.reading.labels import folded
from disclosure.reports.tables.cells import MOST, NA, PLACES_OF_AMOUNT, Cell
from disclosure.reports.tables.shapes import Number

_BLANK: Final = re.compile(r"[/\\|\u2010-\u2015\u2500_-]*")
_DASHES: Final = str.maketrans(dict.fromkeys("−–—‐‑", "-"))
_NUMBER: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>[件条项个次宗起份]|万元|元)?(?P<remark>\(\D[^()]*\)|\[[^\[\]]*\]|【[^【】]*】|[*※])?"
)
_TOO_LONG: Final = 200
_A_WAN: Final = 10_000


class Read(NamedTuple):
    """What a cell says: its value, and the note's message if it needs one."""

    value: Cell
    message: str = ""

    @property
    def is_unclear(self) -> bool:
        return self.message == notes.UNCLEAR


def is_blank(text: str) -> bool:
    """Nothing, or a stroke in its place."""
    return bool(_BLANK.fullmatch(folded(text)))


def read_number(text: str, kind: Number, heading: str = "") -> Read:
    """The value of a cell for a column of this kind; `heading` may say the unit of an amount."""
    if len(text) > _TOO_LONG:
        return Read(None, notes.UNCLEAR)
    plain = folded(text)
    if is_blank(text):
        return Read(None)
    if plain.strip("()") == "不适用" or plain.upper() in {"NA", "N/A"}:
        return Read(NA)
    # Blanks between digits: two cells run together, or thousands; nobody can tell.
    if re.search(r"\d\s+\d", text):
        return Read(None, notes.UNCLEAR)
    match = _NUMBER.fullmatch(plain.translate(_DASHES))
    if not match:
        return Read(None, notes.UNCLEAR)
    value = Decimal(match["number"].replace(",", "")) * (-1 if match["sign"] == "-" else 1)
    message = notes.REMARK if match["remark"] else ""
    if kind == Number.AMOUNT:
        return _amount(value, match["unit"] or "", folded(heading), message, match["sign"])
    whole = value == value.to_integral_value() and "." not in match["number"]
    signed = bool(match["sign"]) and kind != Number.CHANGE
    of_money = match["unit"] in {"元", "万元"}
    if not whole or signed or of_money or abs(value) >= MOST:
        return Read(None, notes.UNCLEAR)
    return Read(int(value), message)


def _amount(value: Decimal, unit: str, heading: str, message: str, sign: str) -> Read:
    """An amount of money; in a column of 10,000 yuan one in yuan is divided, exactly."""
    if sign or unit not in {"", "元", "万元"}:
        return Read(None, notes.UNCLEAR)
    in_wan = "收费" in heading
    if in_wan and (unit == "元" or (not unit and re.search(r"(?<!万)元\)?$", heading))):
        value, message = (value / _A_WAN), notes.CONVERTED
    elif unit and not in_wan:
        message = notes.UNIT
    exponent = value.as_tuple().exponent
    if abs(value) >= MOST or (isinstance(exponent, int) and -exponent > PLACES_OF_AMOUNT):
        return Read(None, notes.UNCLEAR)
    return Read(value, message)
