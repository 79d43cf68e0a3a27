"""Cells with figures that are easily told apart, for the tests of the written sections."""

from decimal import Decimal
from typing import Any

from disclosure.reports.tables.cells import Cell, Cells
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORM_2019, FORM_2021
from disclosure.reports.tables.shapes import Place

YEAR = 2024

_REQUESTS: dict[str, list[int | None]] = {
    "new": [3000, 400, 25, 10, 60, 30, 3525],
    "carried_in": [100, 15, 1, 0, 3, 2, 121],
    "granted": [1200, 150, 20, 5, 40, 16, 1431],
    "partially_granted": [200, 50, 2, 1, 8, 4, 265],
    "refused_state_secret": [3, 0, 0, 0, 0, 0, 3],
    "refused_internal_affairs": [40, 2, 0, 0, 0, 0, 42],
    "refused_process": [50, 3, 0, 0, 0, 0, 53],
    "unable_not_held": [1000, 160, 2, 3, 7, 6, 1178],
    "unable_needs_creation": [60, 5, 0, 0, 0, 0, 65],
    "unprocessed_petition": [300, 12, 0, 0, 2, 0, 314],
    "unprocessed_repeated": [80, 7, 0, 0, 0, 0, 87],
    "other_not_corrected": [17, 2, 0, 0, 0, 0, 19],
    "other_fee_unpaid": [0, 0, 0, 0, 0, 0, None],
    "other": [50, 11, 0, 1, 2, 2, 66],
    "processed_total": [3000, 402, 24, 10, 59, 28, 3523],
    "carried_out": [100, 13, 2, 0, 4, 4, 123],
}


def cells_2021(**changed: dict[str, Any]) -> Cells:
    """Tables of 2024; a keyword replaces a row of table two."""
    requests = {key: _REQUESTS.get(key, [0] * 7) for key in FORM_2021.table("requests").rows}
    proactive: dict[str, Any] = {
        "regulations": {"issued": 2, "repealed": 1, "in_force": 14},
        "normative_documents": {"issued": 23, "repealed": 5, "in_force": 208},
        "licences": {"decisions": 12034},
        "penalties": {"decisions": 876},
        "coercive_measures": {"decisions": 9},
        "fees": {"amount": "12.5"},
    } | changed
    remedies = {
        "reconsideration": [100, 20, 30, 20, 170],
        "litigation_direct": [10, 1, 2, 3, 16],
        "litigation_after_reconsideration": [5, 0, 1, 8, 14],
    }
    data = {"proactive": proactive, "requests": requests, "remedies": remedies}
    cells, problems = read_tables(FORM_2021, data)
    assert not [one for one in problems if one.is_error]
    return cells


def cells_2019() -> Cells:
    """Some cells in the form of 2019."""
    values: dict[Place, Cell] = {
        Place("proactive", "normative_documents", "made"): 23,
        Place("proactive", "normative_documents", "newly_public"): 21,
        Place("proactive", "normative_documents", "total_public"): 208,
        Place("proactive", "procurement", "projects"): 31,
        Place("proactive", "procurement", "amount"): Decimal("412.7"),
        Place("requests", "other", "total"): 66,
    }
    return Cells(FORM_2019, values)
