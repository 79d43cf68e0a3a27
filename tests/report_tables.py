"""Tables of annual reports for tests: consistent ones, and ones with just one identity broken."""

from typing import Any

from disclosure.reports.tables.shapes import TOTAL, Form, Layout, Number, Place

Tables = dict[str, Any]


def consistent(form: Form, *, carried_on: bool = False, steady: bool = False) -> Tables:
    """Made-up tables of which every identity holds; `carried_on`: as the year before that leads
    on to them (what is carried out of it is what they carry in); `steady`: as of any year in a
    row of the same."""
    kinds = 6
    outcomes = next(one.right for one in form.identities if one.key == "processed")
    rows = {
        key: [(place + 2 * kind) % 5 for kind in range(kinds)] for place, key in enumerate(outcomes)
    }
    carried_in, carried_out = [3, 1, 0, 2, 0, 1], [2, 4, 1, 0, 1, 0]
    if carried_on:
        carried_in, carried_out = [0] * kinds, carried_in
    if steady:
        carried_in = carried_out
    processed = [sum(row[kind] for row in rows.values()) for kind in range(kinds)]
    rows |= {
        "processed_total": processed,
        "carried_in": carried_in,
        "carried_out": carried_out,
        "new": [
            done + out - before
            for done, out, before in zip(processed, carried_out, carried_in, strict=True)
        ],
    }
    requests = {key: [*rows[key], sum(rows[key])] for key in form.table("requests").rows}
    remedies = {
        "reconsideration": [5, 2, 1, 3, 11],
        "litigation_direct": [1, 0, 0, 2, 3],
        "litigation_after_reconsideration": [0, 0, 1, 0, 1],
    }
    return {
        "proactive": {
            key: {
                column.key: _proactive(column.key, column.number, carried_on=carried_on)
                for column in form.table("proactive").columns(key)
            }
            for key in form.table("proactive").rows
        },
        "requests": requests,
        "remedies": remedies,
    }


def _proactive(key: str, number: Number, *, carried_on: bool) -> Any:
    if number == Number.AMOUNT:
        return "12.50"
    if number == Number.CHANGE:
        return -1
    known = {"in_force": 10, "issued": 4, "repealed": 2, "items_before": 8}
    if carried_on:
        known |= {"in_force": 8, "items_before": 9}
    return known.get(key, 7)


#: By identity: cells (year before?, table, row, column) that grow by one, so that it alone breaks.
#: A total is a column like the others, so one identity often breaks in two places.
_BREAKING: dict[str, tuple[tuple[bool, str, str, str], ...]] = {
    "processed": (
        (False, "requests", "granted", "natural_person"),
        (False, "requests", "granted", TOTAL),
    ),
    "turnover": (
        (False, "requests", "new", "enterprise"),
        (False, "requests", "new", TOTAL),
    ),
    "applicants": (
        (False, "requests", "new", TOTAL),
        (False, "requests", "carried_out", TOTAL),
    ),
    "remedies": ((False, "remedies", "litigation_direct", TOTAL),),
    "carried": tuple(
        (True, "requests", row, column)
        for row in ("new", "carried_out")
        for column in ("research", TOTAL)
    ),
    "in_force": ((True, "proactive", "normative_documents", "in_force"),),
    "items": ((True, "proactive", "licences", "items_before"),),
}


def broken(form: Form, identity: str) -> tuple[Tables, Tables]:
    """The tables of a year and of the one before, with just this identity broken."""
    tables, before = consistent(form), consistent(form, carried_on=True)
    for is_before, *place in _BREAKING[identity]:
        _add(form, before if is_before else tables, Place(*place), 1)
    return tables, before


def _add(form: Form, tables: Tables, place: Place, by: int) -> None:
    table = form.table(place.table)
    row = tables[place.table][place.row]
    if table.layout == Layout.LISTED:
        index = [column.key for column in table.columns(place.row)].index(place.column)
        row[index] += by
    else:
        row[place.column] += by
