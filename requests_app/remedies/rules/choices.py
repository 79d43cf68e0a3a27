"""Which way is open against an answer: reconsideration first, or either way.

Decided for each point by its ground and the day of the letter, from one table with its sources.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from disclosure.grounds import GROUNDS
from requests_app.determination import OUTCOMES, Group

#: The revised Administrative Reconsideration Law (行政复议法) is in force from this day.
SINCE: Final = date(2024, 1, 1)


class Choice(StrEnum):
    """What the addressee may do. Recommended is reconsideration where it is open in any case and
    a lawsuit at once is unsettled or costs more.
    """

    RECONSIDERATION_FIRST = "reconsideration_first"
    RECOMMEND_RECONSIDERATION = "recommend_reconsideration"
    EITHER = "either"
    NOT_REVIEWABLE_ALONE = "not_reviewable_alone"


class Part(StrEnum):
    """The part of an answer that a choice is about."""

    WHOLE = "whole"
    WITHHELD = "withheld"
    REST = "rest"


@dataclass(frozen=True)
class Decided:
    """The determination of one point (申请事项): its row of table three and its grounds.

    `row` is a key of `requests_app.determination.OUTCOMES`, `grounds` keys of `disclosure.grounds`
    (of the withheld part, if only a part was withheld).
    """

    position: int
    row: str
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One row: the choice since 2024-01-01, the one before, and where that stands."""

    since: Choice
    before: Choice
    source: str

    def on(self, day: date) -> Choice:
        """The choice for a letter of that day."""
        return self.since if day >= SINCE else self.before


_FIRST = Rule(
    Choice.RECONSIDERATION_FIRST,
    Choice.EITHER,
    "行政复议法 Art. 23(1)(4); 法释〔2025〕8号 Art. 1(2): refusals on Art. 14, 15 and 16",
)
_UNSETTLED = Rule(
    Choice.RECOMMEND_RECONSIDERATION,
    Choice.EITHER,
    "行政复议法 Art. 11(14), 23(1)(4): a refusal, but not on Art. 14 to 16; no source decides",
)
_EITHER = Rule(
    Choice.EITHER,
    Choice.EITHER,
    "行政诉讼法 Art. 44; 法释〔2025〕8号 Art. 1(1), (3), (5)",
)
_THIRD_PARTY = Rule(Choice.EITHER, Choice.EITHER, "法释〔2025〕8号 Art. 1(4)")
_FEE = Rule(
    Choice.NOT_REVIEWABLE_ALONE,
    Choice.NOT_REVIEWABLE_ALONE,
    "国办函〔2020〕109号: only the later non-processing can be contested",
)
_STEP = Rule(
    Choice.NOT_REVIEWABLE_ALONE,
    Choice.NOT_REVIEWABLE_ALONE,
    "法释〔2018〕1号 Art. 1(2)(6), (10): a step of the procedure without effect on rights",
)
_SILENCE = Rule(
    Choice.RECOMMEND_RECONSIDERATION,
    Choice.EITHER,
    "法释〔2025〕8号 Art. 2(2): either way; reconsideration is free of charge",
)

_BY_REMEDY_FIRST: Final = {True: _FIRST, None: _UNSETTLED, False: _EITHER}

#: What is withheld, by its ground.
GROUND_RULES: Final[dict[str, Rule]] = {
    key: _BY_REMEDY_FIRST[ground.remedy_first] for key, ground in GROUNDS.items()
}
#: Every other answer, by its row of table three: an answer is an act, also one that grants.
ROW_RULES: Final[dict[str, Rule]] = {
    key: _EITHER for key, row in OUTCOMES.items() if row.group != Group.REFUSED
}
#: Letters that are no answer, by `requests_app.letters.kinds`; `no_answer`: silence, no letter.
LETTER_RULES: Final[dict[str, Rule]] = {
    "third_party_disclosure": _THIRD_PARTY,
    "fee": _FEE,
    "correction": _STEP,
    "reasons": _STEP,
    "extension": _STEP,
    "consulting": _STEP,
    "sending_on": _STEP,
    "delay": _STEP,
    "third_party": _STEP,
    "co_maker": _STEP,
    "agency": _STEP,
    "help": _STEP,
    "no_answer": _SILENCE,
}

#: Kinds of letters that are acts and carry remedies; every other kind is a step.
ACTS: Final = frozenset({"answer", "third_party_disclosure"})

#: The strictest first: several grounds of one point are withheld together.
_STRICTEST: Final = tuple(Choice)


def choice_of_ground(ground: str, on: date) -> Choice:
    """The way open against withholding on this ground, in a letter of that day."""
    return GROUND_RULES[ground].on(on)


def choice_of_row(row: str, on: date) -> Choice:
    """The way open against an answer of this row; of a refused one, by the row's own ground."""
    rule = ROW_RULES.get(row) or GROUND_RULES[OUTCOMES[row].ground]
    return rule.on(on)


def choice_of_letter(kind: str, on: date) -> Choice:
    """The way open against a letter that is no answer; a kind not in the table is a step."""
    return LETTER_RULES.get(kind, _STEP).on(on)


def choices_of(point: Decided, on: date) -> tuple[tuple[Part, Choice], ...]:
    """What is open against each part of a point.

    A partial grant (Art. 37) has two parts, unless the same way is open against both. Withheld
    without a ground (the rest is no government information, say): reconsideration is named,
    which is always open.
    """
    row = OUTCOMES[point.row]
    if row.group == Group.REFUSED:
        grounds = (row.ground, *point.grounds)
        return ((Part.WHOLE, _strictest(grounds, on)),)
    rest = choice_of_row(point.row, on)
    if row.group != Group.PARTLY:
        return ((Part.WHOLE, rest),)
    withheld = _strictest(point.grounds, on) if point.grounds else _UNSETTLED.on(on)
    if withheld == rest:
        return ((Part.WHOLE, rest),)
    return ((Part.WITHHELD, withheld), (Part.REST, rest))


def _strictest(grounds: tuple[str, ...], on: date) -> Choice:
    return min((choice_of_ground(ground, on) for ground in grounds), key=_STRICTEST.index)
