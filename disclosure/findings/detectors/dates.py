"""Document number and dates that do not fit together."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.findings.detectors.digits import narrow
from disclosure.findings.detectors.kinds import Hit

_YEAR = re.compile(r"[〔\[［【（(](?P<year>(?:19|20)\d\d)[〕\]］】）)]")
_NUMERALS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
}
_DATE_LINE = re.compile(
    r"^[^\S\n]*(?:(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
    r"|(?P<cy>[〇○零一二三四五六七八九ＯO]{4})年(?P<cm>[一二三四五六七八九十]{1,3})月"
    r"(?P<cd>[一二三四五六七八九十]{1,3})日)[^\S\n]*$",
    re.MULTILINE,
)
#: So much of the end of a text is where its date stands.
_TAIL_LINES = 12
_TAIL = 1500


@dataclass(frozen=True)
class Record:
    """What the catalogue record says."""

    document_number: str = ""
    date_made: dt.date | None = None
    published_on: dt.date | None = None


def year_of_number(record: Record) -> Hit | None:
    """Where the year in the document number (〔2013〕) is not that of the date made."""
    found = _YEAR.search(narrow(record.document_number))
    if not found or record.date_made is None or int(found["year"]) == record.date_made.year:
        return None
    return Hit(found.start("year"), found.end("year"))


def made_after_publication(record: Record) -> bool:
    """Whether it would have been made after it goes out."""
    return bool(record.date_made and record.published_on and record.date_made > record.published_on)


def date_in_text(text: str, record: Record) -> Iterator[Hit]:
    """The last date that stands alone on a line at the text's end, where the record has another."""
    if record.date_made is None:
        return
    tail_start = max(0, len(text) - _TAIL)
    last = None
    for found in _DATE_LINE.finditer(narrow(text[tail_start:])):
        last = found
    if last is None or text.count("\n", tail_start + last.end()) > _TAIL_LINES:
        return
    if _date(last) != record.date_made:
        shown = last[0]
        start = tail_start + last.start() + len(shown) - len(shown.lstrip())
        yield Hit(start, start + len(shown.strip()))


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        if found["y"]:
            return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        year = int("".join(str(_NUMERALS[sign]) for sign in found["cy"]))
        return dt.date(year, _tens(found["cm"]), _tens(found["cd"]))
    except ValueError:
        return None


def _tens(written: str) -> int:
    """十一 → 11, 二十 → 20."""
    tens, ten, ones = written.rpartition("十")
    count = (_NUMERALS.get(tens, 1) if tens else 1) if ten else 0
    return count * 10 + (_NUMERALS.get(ones, 0) if ones else 0)
