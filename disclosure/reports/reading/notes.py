"""What could not be read, and what was taken for something else: values, put into words later.

`message` is a msgid; `place` are keys of table, row and column as far as it is about one.
"""

from dataclasses import dataclass, field
from typing import Final

from disclosure.core.text import gettext_noop as _

#: Longer quotations are cut.
_LONGEST: Final = 60


@dataclass(frozen=True)
class Note:
    """One thing that whoever brings a report in has to know."""

    message: str
    params: dict[str, str | int] = field(default_factory=dict)
    place: tuple[str, ...] = ()


def quoted(text: str) -> str:
    """A quotation on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


OTHER_FORM: Final = _("The tables follow the form of %(form)s, though the report is on %(year)d.")
NO_TABLES: Final = _("None of the tables was recognised; the report was read as text.")
NO_TABLE: Final = _("The table was not found.")
NO_ROW: Final = _("The row was not found.")
NO_CELL: Final = _("No cell surely belongs here; it stays blank.")
UNCLEAR: Final = _("“%(found)s” is not surely one number; the cell stays blank.")
SPREAD: Final = _("“%(found)s” stands in a cell over several rows or columns; it was not divided.")
UNEVEN: Final = _("The cells of the row do not fit the headings (“%(found)s”); all stay blank.")
REMARK: Final = _("“%(found)s” was read as %(value)s; the remark is not taken over.")
CONVERTED: Final = _("“%(found)s” is in yuan and was read as %(value)s (10,000 yuan).")
UNIT: Final = _("“%(found)s” was read as %(value)s; the form says no unit.")
TAKEN_AS_ROW: Final = _("“%(found)s” was taken for this row.")
TAKEN_AS_HEADING: Final = _("“%(found)s” was taken for the heading “%(label)s”.")
UNKNOWN_ROW: Final = _("“%(found)s” is no row of the form; it is left out.")
TWICE: Final = _("The figure is found twice, and differs; the cell stays blank.")
BLANKS: Final = _("Cells without a number (empty or “/”) stay blank: %(count)d.")
NO_SECTION: Final = _("The section “%(heading)s” was not found.")
LEFT_OUT: Final = _("Text beside the table in “%(heading)s” is left out: “%(found)s”")
