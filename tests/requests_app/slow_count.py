"""Tables three and four counted slowly: plain records, taken one by one through the days.

Written from the form itself and shares nothing with `requests_app.statistics`: no query, no
projection, no table of the program. Every cell is the list of what it counts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

KINDS = ("natural_person", "enterprise", "research", "social_welfare", "legal_service", "other")
#: The rows of (一) to (六), as the form of 2021 has them.
OUTCOMES = (
    "granted",
    "partially_granted",
    "refused_state_secret",
    "refused_forbidden_by_law",
    "refused_security_stability",
    "refused_third_party",
    "refused_internal_affairs",
    "refused_process",
    "refused_enforcement_file",
    "refused_administrative_inquiry",
    "unable_not_held",
    "unable_needs_creation",
    "unable_still_unclear",
    "unprocessed_petition",
    "unprocessed_repeated",
    "unprocessed_publication",
    "unprocessed_excessive",
    "unprocessed_reissue",
    "other_not_corrected",
    "other_fee_unpaid",
    "other",
)
#: In the form of 2019 (六)其他处理 is one row.
ONE_ROW_IN_2019 = {"other_not_corrected": "other", "other_fee_unpaid": "other"}
GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending", "total")

#: Table, row, column.
Cell = tuple[str, str, str]


@dataclass
class Case:
    """A request: on which day it was received (empty: not yet), and its ends in the order in which
    they were entered; there are several where it was reopened."""

    name: str
    kind: str
    received: dt.date | None
    ends: list[tuple[dt.date, str]] = field(default_factory=list)
    is_open_again: bool = False


@dataclass
class Suit:
    """A reconsideration or a lawsuit over a request."""

    case: Case
    group: str
    begun: dt.date
    decided: dt.date | None = None
    result: str = ""


def count(
    form: str, cases: Iterable[Case], suits: Iterable[Suit], first: dt.date, last: dt.date
) -> dict[Cell, list[str]]:
    """What stands in every cell of tables three and four from one day to another."""
    cells: dict[Cell, list[str]] = {}
    rows = [ONE_ROW_IN_2019.get(row, row) if form == "2019" else row for row in OUTCOMES]
    for row in ("new", "carried_in", *rows, "processed_total", "carried_out"):
        for kind in (*KINDS, "total"):
            cells["requests", row, kind] = []
    for group in GROUPS:
        for result in RESULTS:
            cells["remedies", group, result] = []

    def put_request(row: str, case: Case) -> None:
        for kind in (case.kind, "total"):
            cells["requests", row, kind].append(case.name)

    def put_suit(suit: Suit, result: str) -> None:
        for column in (result, "total"):
            cells["remedies", suit.group, column].append(suit.case.name)

    comes, ends = defaultdict(list), defaultdict(list)
    begun, decided = defaultdict(list), defaultdict(list)
    for case in cases:
        if case.received is not None:
            comes[case.received].append(case)
            for day, outcome in case.ends[:1]:  # what is answered again is not counted again
                ends[day].append((case, outcome))
    for suit in suits:
        begun[suit.begun].append(suit)
        if suit.decided is not None:
            decided[suit.decided].append(suit)

    at_hand: list[Case] = []
    pending: list[Suit] = []
    days = sorted({*comes, *ends, *begun, *decided, first})
    for day in days:
        if day > last:
            break
        if day == first:
            for case in at_hand:
                put_request("carried_in", case)
        for case in comes[day]:
            at_hand.append(case)
            if day >= first:
                put_request("new", case)
        for case, outcome in ends[day]:
            at_hand.remove(case)
            if day >= first:
                row = ONE_ROW_IN_2019.get(outcome, outcome) if form == "2019" else outcome
                put_request(row, case)
                put_request("processed_total", case)
        pending += begun[day]
        for suit in decided[day]:
            pending.remove(suit)
            if day >= first:
                put_suit(suit, suit.result)
    for case in at_hand:
        put_request("carried_out", case)
    for suit in pending:
        put_suit(suit, "pending")
    return cells
