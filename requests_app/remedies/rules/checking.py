"""Whether a letter tells of remedies as it must: read from its text, whoever wrote it.

Staff may word the paragraphs their own way. What is asked for is body, court and terms, that
reconsideration comes first where it must and nowhere else, and the internet channel. Blanks, full
width and Chinese figures make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from disclosure.core.text import gettext_noop as _
from requests_app.remedies.rules.choices import Choice, Decided, Part
from requests_app.remedies.rules.paragraphs import (
    RemedyNames,
    letter_paragraphs,
    must_name_channel,
    parts_by_choice,
)
from requests_app.remedies.rules.terms import AFTER_DAYS, COURT_MONTHS, RECONSIDERATION_DAYS

#: What each problem says to the one who writes the letter.
PROBLEMS: Final[dict[str, str]] = {
    "body_not_set": _("The agency's settings do not name the body for reconsideration."),
    "court_not_set": _("The agency's settings do not name the court."),
    "channel_not_set": _(
        "The agency's settings do not name the internet channel for applying for reconsideration, "
        "which a letter delivered over the internet must give."
    ),
    "remedy_missing": _("The letter does not tell of remedies."),
    "body_not_named": _("The body for reconsideration is not named, or not as in the settings."),
    "other_body_named": _("The letter names another body for reconsideration."),
    "court_not_named": _("The court is not named, or not as in the settings."),
    "other_court_named": _("The letter names another court."),
    "reconsideration_term_missing": _("The term for reconsideration is missing: 60 days."),
    "court_term_missing": _("The term for a lawsuit is missing: 6 months."),
    "court_after_term_missing": _(
        "The term for a lawsuit after reconsideration is missing: 15 days."
    ),
    "first_missing": _(
        "For what is withheld on Art. 14 to 16 the letter must say that reconsideration comes "
        "before a lawsuit."
    ),
    "first_part_not_named": _(
        "The letter must say for which point or part reconsideration comes before a lawsuit."
    ),
    "first_not_for_this": _(
        "The letter puts reconsideration before a lawsuit where either way is open."
    ),
    "court_direct_open": _(
        "The letter opens a lawsuit within 6 months, although reconsideration must come first."
    ),
    "channel_not_named": _(
        "The letter is delivered over the internet and does not give the internet channel for "
        "applying for reconsideration."
    ),
    "statement_missing": _("The notice does not say that it cannot be contested separately."),
    "remedy_not_for_this": _("A letter of this kind cannot be contested separately."),
}

_FIGURES: Final = {figure: value for value, figure in enumerate("一二三四五六七八九", start=1)}
_NUMBER = re.compile(r"([一二三四五六七八九十]{1,3})(?=日内|天内|日之内|个月|\)?项)")
#: "must first … reconsideration"; not "need not", nor the words for priority and beforehand.
_FIRST = re.compile(
    r"(?<![无不])(?:应当|应|必须|须|需)[^,。;]{0,40}?(?<![优事预])先[^。;]*?行政复议"
)
_SUIT = r"[^。;]*?(?:起诉|诉讼)"
_BODY = re.compile(r"[^,。;]*?向([^,。;]+?)(?:书面|依法)?(?:申请行政复议|提出行政复议)")
_COURT = re.compile(r"[^,。;]*?向([^,。;]+?法院)(?:依法)?(?:提起|起诉)")
_BRACKETS = re.compile(r"\([^()]*\)")
_POSITION = re.compile(r"第\(?(\d+)\)?项")
#: A body or court without a name.
_GENERIC: Final = "行政复议机关|有管辖权的人民法院|向人民法院|所在地人民法院"


def check_paragraphs(
    text: str,
    points: Sequence[Decided],
    *,
    on: date,
    names: RemedyNames,
    served_online: bool,
    third_party: bool = False,
) -> list[str]:
    """What is wrong with the remedies in the `text` of an answer: keys of `PROBLEMS`.

    The arguments are those of `remedy_paragraphs`, whose own wording passes as long as the names
    are set.
    """
    parts = {Choice.EITHER: []} if third_party else parts_by_choice(points, on)
    if not parts:
        return []
    channel = must_name_channel(on=on, served_online=served_online)
    problems = list(_unset(names, channel=channel))
    read = _read(text)
    if "行政复议" not in read:
        return [*problems, "remedy_missing"]
    problems += _names(read, names)
    problems += _terms(read, set(parts))
    problems += _order(read, parts, several=len(points) > 1)
    if channel and names.online_channel and _read(names.online_channel) not in read:
        problems.append("channel_not_named")
    return problems


def check_letter(text: str, kind: str) -> list[str]:
    """What is wrong with a letter that cannot be contested for itself (`letter_paragraphs`)."""
    read = _read(text)
    if letter_paragraphs(kind):
        stated = re.search(r"不[能得]单独[^。]*行政复议", read)
        return [] if stated else ["statement_missing"]
    term = re.compile(rf"{RECONSIDERATION_DAYS}日内[^。;]*行政复议|{COURT_MONTHS}个月内{_SUIT}")
    return ["remedy_not_for_this"] if term.search(read) else []


def _unset(names: RemedyNames, *, channel: bool) -> Iterator[str]:
    if not names.reconsideration_body:
        yield "body_not_set"
    if not names.court:
        yield "court_not_set"
    if channel and not names.online_channel:
        yield "channel_not_set"


def _names(read: str, names: RemedyNames) -> Iterator[str]:
    """Another name than the set one is found too; brackets and an office of the body may follow."""
    read = _BRACKETS.sub("", read)
    for kind, name, pattern in (
        ("body", names.reconsideration_body, _BODY),
        ("court", names.court, _COURT),
    ):
        if not name:
            continue
        name = _BRACKETS.sub("", _read(name))
        if name not in read:
            yield f"{kind}_not_named"
        # A name may itself contain 向, so the end is compared and not what the pattern caught.
        known = re.compile(rf"(?:向{re.escape(name)}\w{{0,15}}|{_GENERIC})$")
        found = [match.group()[: match.end(1) - match.start()] for match in pattern.finditer(read)]
        if not all(known.search(each) for each in found):
            yield f"other_{kind}_named"


def _terms(read: str, choices: set[Choice]) -> Iterator[str]:
    if not re.search(rf"(?<!\d){RECONSIDERATION_DAYS}日内[^。;]*?行政复议", read):
        yield "reconsideration_term_missing"
    if Choice.EITHER in choices and not _direct_suit(read):
        yield "court_term_missing"
    after = re.search(rf"(?<!\d){AFTER_DAYS}日内{_SUIT}", read)
    if choices - {Choice.EITHER} and not after:
        yield "court_after_term_missing"
    if choices == {Choice.RECONSIDERATION_FIRST} and _direct_suit(read):
        yield "court_direct_open"


def _direct_suit(read: str) -> bool:
    return bool(re.search(rf"(?<!\d){COURT_MONTHS}个月内{_SUIT}", read))


def _order(
    read: str, parts: dict[Choice, list[tuple[Decided, Part]]], *, several: bool
) -> Iterator[str]:
    sentences = [each for each in read.split("。") if _FIRST.search(each)]
    first = parts.get(Choice.RECONSIDERATION_FIRST, [])
    if not first:
        # Where it is unsettled, an agency may put reconsideration first.
        if sentences and Choice.RECOMMEND_RECONSIDERATION not in parts:
            yield "first_not_for_this"
        return
    if not sentences:
        yield "first_missing"
        return
    if len(parts) == 1:
        return
    positions = {point.position for point, _part in first}
    named = {int(number) for each in sentences for number in _POSITION.findall(each)}
    if several:
        if positions - named:
            yield "first_part_not_named"
        settled = {point.position for point, _part in parts.get(Choice.EITHER, [])}
        if named & (settled - positions):
            yield "first_not_for_this"
    elif not any("不予公开" in each for each in sentences):
        yield "first_part_not_named"


def _read(text: str) -> str:
    """The text as it is compared: no blanks, one width, figures instead of Chinese numerals."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    text = _NUMBER.sub(lambda match: str(_figure(match.group(1))), text)
    return re.sub(r"(\d)(?:天内|日之内)", r"\1日内", text)


def _figure(numeral: str) -> int:
    """A numeral below 100 as a number (六十: 60, 十五: 15)."""
    tens, ten, ones = numeral.rpartition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + _FIGURES.get(ones, 0)
