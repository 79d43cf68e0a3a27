"""What several reports come to, which are counted, and what stands out among them."""

import copy
from decimal import Decimal

import pytest

from disclosure.reports import across
from disclosure.reports.across import Part, counted
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORM_2019, FORM_2021, FORMS
from disclosure.reports.tables.shapes import TOTAL, Form, Place
from tests.report_tables import Tables, consistent

NEW = Place("requests", "new", TOTAL)
LICENCES = Place("proactive", "licences", "decisions")


def cells(**values: int) -> Cells:
    """An outline with new requests and licences."""
    places = {"new": NEW, "licences": LICENCES}
    form = across.outline(FORM_2021)
    return Cells(form, {places[name]: value for name, value in values.items()})


# --- one figure a row -------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key)
def test_an_outline_reads_the_same_as_the_whole(form: Form) -> None:
    tables = consistent(form)
    whole, _problems = read_tables(form, tables)
    short = across.outlined(form, tables)
    assert {place.column for place in short.form.places if place.table == "requests"} == {TOTAL}
    assert short.values == {place: whole[place] for place in short.form.places}


@pytest.mark.parametrize(
    "tables",
    [
        None,
        [],
        {"requests": 3},
        {"requests": {"new": [1, 2]}},
        {"requests": {"new": "x"}},
        {"requests": {"new": [0, 0, 0, 0, 0, 0, "many"]}},
        {"requests": {"new": [0, 0, 0, 0, 0, 0, -1]}},
        {"proactive": {"licences": {"decision": 1}}},
    ],
)
def test_what_is_not_well_formed_is_left_out(tables: object) -> None:
    assert across.outlined(FORM_2021, tables).values == {}


# --- which are counted ------------------------------------------------------------------------
def part(path: str, *, sums: bool = False, missing: tuple[str, ...] = ()) -> Part:
    return Part(path, path, "2021", sums=sums, missing=frozenset(missing))


def paths(parts: list[Part]) -> list[str]:
    return [one.path for one in parts]


def test_a_sum_speaks_for_what_is_below_it() -> None:
    found = counted([part("2"), part("1", sums=True), part("11"), part("111")])
    assert paths(found.parts) == ["1", "2"]
    assert paths(found.within) == ["11", "111"]
    assert found.after == []


def test_without_a_sum_each_is_counted_by_itself() -> None:
    found = counted([part("1"), part("11", sums=True), part("111"), part("12"), part("121")])
    assert paths(found.parts) == ["1", "11", "12", "121"]
    assert paths(found.within) == ["111"]


def test_what_came_after_a_sum_is_named_and_not_counted() -> None:
    top = part("1", sums=True, missing=("12",))
    middle = part("11", sums=True, missing=("111",))
    found = counted([top, middle, part("111"), part("112"), part("12")])
    assert paths(found.parts) == ["1"]
    assert paths(found.after) == ["111", "12"]


def test_a_part_reads_the_workings() -> None:
    assert not Part.of("1", "A", "2021", {}, None).sums
    assert not Part.of("1", "A", "2021", {}, {}).sums
    one = Part.of("1", "A", "2021", {}, {"agencies": [["B", 1]], "missing": ["C"]})
    assert (one.sums, one.missing) == (True, frozenset("C"))


# --- what stands out --------------------------------------------------------------------------
def test_a_median_needs_reports_enough_of_one_kind_and_form() -> None:
    some = [("city", cells(new=number)) for number in (1, 2, 3, 100)]
    assert across.medians(some)["city", "2021"].values == {}
    found = across.medians([*some, ("city", cells(new=4)), ("county", cells(new=900))])
    assert found["city", "2021"].values == {NEW: Decimal(3)}
    assert found["county", "2021"].values == {}
    even = across.medians([*some, ("city", cells(new=4)), ("city", cells(new=4))])
    assert even["city", "2021"][NEW] == Decimal("3.5")


def test_blanks_are_no_part_of_a_median() -> None:
    some = [("city", cells(new=7)) for _n in range(4)] + [("city", cells(licences=1))]
    assert across.medians(some)["city", "2021"].values == {}


@pytest.mark.parametrize(
    ("now", "other", "stands_out"),
    [
        (101, 20, True),
        (100, 20, False),  # five times is not over five times
        (20, 101, True),
        (20, 100, False),
        (20, 0, True),
        (19, 0, False),  # too few to say anything
        (24, 4, True),
        (23, 4, False),
    ],
)
def test_the_rule_of_outliers(now: int, other: int, stands_out: bool) -> None:
    before = across.outliers(cells(licences=now), cells(licences=other), None)
    median = across.outliers(cells(licences=now), None, cells(licences=other))
    assert [one.against for one in before] == ["before"] * stands_out
    assert [one.against for one in median] == ["median"] * stands_out


def test_a_year_of_another_form_is_held_against_what_both_have() -> None:
    tables: Tables = copy.deepcopy(consistent(FORM_2021))
    tables["requests"]["granted"] = [0, 0, 0, 0, 0, 0, 900]
    found = across.findings(FORM_2021, tables, (FORM_2019, consistent(FORM_2019)))
    assert [one.growth.place.row for one in found.outliers] == ["granted"]


def test_gaps_and_identities_are_found() -> None:
    tables: Tables = copy.deepcopy(consistent(FORM_2021))
    assert not across.findings(FORM_2021, tables)
    del tables["requests"]["other_fee_unpaid"]
    tables["proactive"]["licences"]["decisions"] = None
    tables["proactive"]["regulations"] = {"issued": None, "repealed": None, "in_force": 3}
    before = consistent(FORM_2021, carried_on=True)
    before["proactive"]["normative_documents"]["in_force"] += 1
    found = across.findings(FORM_2021, tables, (FORM_2021, before))
    assert [(one.kind, one.row) for one in found.left_out] == [("missing_row", "other_fee_unpaid")]
    assert found.blanks == {("proactive", "licences"): 1, ("proactive", "regulations"): 2}
    assert {one.equation.identity.key for one in found.identities if one.equation} >= {"in_force"}
