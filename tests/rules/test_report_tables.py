"""The statutory tables as they are declared, their identities and what is wrong with a report's.

Every number here is made up.
"""

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.reports.document import Document
from disclosure.reports.tables.cells import NA, BadCell, read_cell
from disclosure.reports.tables.checking import Problem, check, read_tables, violations
from disclosure.reports.tables.forms import FORM_2019, FORM_2021, FORMS, form_for
from disclosure.reports.tables.shapes import (
    Column,
    Form,
    Label,
    Layout,
    Number,
    Place,
    Severity,
    Text,
)
from tests.report_tables import broken, consistent


def kinds(problems: list[Problem]) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.table, one.row, one.column) for one in problems]


@pytest.fixture(params=FORMS.values(), ids=list(FORMS))
def form(request: pytest.FixtureRequest) -> Form:
    return request.param


# --- the declarations ----------------------------------------------------------------------------
def test_the_years_of_the_forms() -> None:
    assert form_for(2018) is None
    assert [form_for(year) for year in (2019, 2020, 2021, 2050)] == [
        *(FORM_2019, FORM_2019),
        *(FORM_2021, FORM_2021),
    ]


def test_rows_and_columns_are_those_of_the_notice() -> None:
    requests = FORM_2021.table("requests")
    assert len(requests.rows) == 25
    assert len(FORM_2019.table("requests").rows) == 23
    assert [column.key for column in requests.columns("new")] == [
        *("natural_person", "enterprise", "research", "social_welfare", "legal_service"),
        *("other", "total"),
    ]
    assert list(FORM_2021.table("remedies").rows) == [
        *("reconsideration", "litigation_direct", "litigation_after_reconsideration"),
    ]
    assert (
        "".join(one.number if isinstance(one, Text) else one.section for one in FORM_2021.sections)
        == "一二三四五六"
    )


def test_every_label_stands_in_both_languages(form: Form) -> None:
    labels = [table.label for table in form.tables]
    for table in form.tables:
        for block in table.blocks:
            labels += [row.label for row in block.rows]
            labels += [column.label for column in block.columns]
    labels += [identity.label for identity in form.identities]
    assert all(label.zh and label.en for label in labels)
    assert all("a" <= label.en.lower()[0] <= "z" or label.en[0] in "(123456789" for label in labels)


def test_equations_name_cells_that_there_are(form: Form) -> None:
    for equation in form.equations:
        for term in (*equation.left, *equation.right):
            assert form.has(term.place._replace(before=False))
    # 7 columns twice, each row of table three, three groups, 7 columns across years, and the rows
    # of table two across years.
    rows = len(form.table("requests").rows)
    assert len(form.equations) == 7 + 7 + rows + 3 + 7 + len(form.identities[-1].only)


# --- identities ----------------------------------------------------------------------------------
def test_a_consistent_report_has_nothing_wrong(form: Form) -> None:
    assert check(form, consistent(form)) == []


def test_each_identity_is_found_when_it_alone_is_broken(form: Form) -> None:
    for identity in form.identities:
        found = check(form, *broken(form, identity.key))
        assert found
        assert {one.equation.identity.key for one in found if one.equation} == {identity.key}
        for problem in found:
            assert problem.equation
            assert (problem.table, problem.row, problem.column) == problem.equation.at[:3]
            assert problem.found != problem.expected
            assert problem.is_error == (identity.severity == Severity.ERROR)


def test_what_was_expected_and_found() -> None:
    tables = consistent(FORM_2021)
    tables["remedies"]["reconsideration"] = [1, 2, 3, 4, 11]
    [problem] = check(FORM_2021, tables)
    assert (problem.expected, problem.found) == (10, 11)
    assert kinds([problem]) == [("identity", "remedies", "reconsideration", "total")]


def test_across_years_only_where_last_years_is_known() -> None:
    tables, before = consistent(FORM_2021), consistent(FORM_2021, carried_on=True)
    del before["requests"]["carried_out"]
    assert check(FORM_2021, tables, before) == []
    before["requests"]["carried_out"] = [99] * 7
    assert {one.equation.identity.key for one in check(FORM_2021, tables, before)} == {"carried"}


def test_from_one_form_to_the_next() -> None:
    before, _problems = read_tables(FORM_2019, consistent(FORM_2019, carried_on=True))
    cells, _problems = read_tables(FORM_2021, consistent(FORM_2021))
    assert violations(cells, before) == []  # documents in force were not asked for in 2020


# --- what a file may hold ------------------------------------------------------------------------
def test_left_out_is_named_and_not_checked() -> None:
    tables = consistent(FORM_2021)
    del tables["proactive"]
    for row in ("other_not_corrected", "other_fee_unpaid"):
        tables["requests"]["other"] = [
            a + b
            for a, b in zip(tables["requests"]["other"], tables["requests"].pop(row), strict=True)
        ]
    problems = check(FORM_2021, tables)
    assert kinds(problems) == [
        ("missing_table", "proactive", "", ""),
        ("missing_row", "requests", "other_not_corrected", ""),
        ("missing_row", "requests", "other_fee_unpaid", ""),
    ]
    assert not any(one.is_error for one in problems)


def test_blank_and_not_applicable_count_as_nothing_and_are_named() -> None:
    tables = consistent(FORM_2021)
    tables["remedies"]["litigation_direct"] = [None, "NA", 0, 3, 3]
    tables["proactive"]["fees"] = {"amount": "NA"}
    del tables["proactive"]["licences"]["decisions"]
    assert kinds(check(FORM_2021, tables)) == [
        ("blank", "proactive", "licences", "decisions"),
        ("not_applicable", "proactive", "fees", "amount"),
        ("blank", "remedies", "litigation_direct", "upheld"),
        ("not_applicable", "remedies", "litigation_direct", "corrected"),
    ]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (-1, "negative"),
        (1.5, "fraction"),
        ("3", "not_a_number"),
        ("三", "not_a_number"),
        (True, "not_a_number"),
        ([1], "not_a_number"),
        ({}, "not_a_number"),
        ("na", "not_a_number"),
        (float("nan"), "not_a_number"),
        (10**15, "too_large"),
        (10**400, "too_large"),
    ],
)
def test_what_a_count_may_not_be(cell: Any, kind: str) -> None:
    tables = consistent(FORM_2021)
    tables["requests"]["granted"][0] = cell
    found = check(FORM_2021, tables)
    assert (kind, "requests", "granted", "natural_person") in kinds(found)
    assert found[0].is_error


@pytest.mark.parametrize("cell", ["12.50", "0.00", 3, 2.5, "72701.2578", None, "NA"])
def test_what_an_amount_may_be(cell: Any) -> None:
    column = Column("amount", Label("", ""), Number.AMOUNT)
    read = read_cell(cell, column)
    assert read == (cell if cell in (None, NA) else Decimal(str(cell)))


@pytest.mark.parametrize("cell", ["-1", "1,000", "1e3", "１２", "", " 1", "0.1234567", "NaN"])
def test_what_an_amount_may_not_be(cell: str) -> None:
    with pytest.raises(BadCell):
        read_cell(cell, Column("amount", Label("", ""), Number.AMOUNT))


@pytest.mark.parametrize(("cell", "value"), [("+4", 4), ("-4", -4), (-4, -4), (0, 0), ("7", 7)])
def test_a_change_has_a_sign(cell: Any, value: int) -> None:
    assert read_cell(cell, Column("change", Label("", ""), Number.CHANGE)) == value


def test_strange_shapes_are_each_named() -> None:
    tables = consistent(FORM_2021)
    tables["requests"]["new"] = {"total": 3}
    tables["requests"]["granted"] = [1, 2]
    tables["requests"]["unheard_of"] = [0] * 7
    tables["proactive"]["licences"] = [5]
    tables["proactive"]["penalties"] = {"decisions": 1, "more": 2}
    tables["remedies"] = []
    tables["spare"] = {}
    errors = [one for one in check(FORM_2021, tables) if one.is_error and one.kind != "identity"]
    assert kinds(errors) == [
        ("unknown_table", "spare", "", ""),
        ("wrong_shape", "proactive", "licences", ""),
        ("unknown_column", "proactive", "penalties", "more"),
        ("unknown_row", "requests", "unheard_of", ""),
        ("wrong_shape", "requests", "new", ""),
        ("wrong_length", "requests", "granted", ""),
        ("wrong_shape", "remedies", "", ""),
    ]
    assert kinds(check(FORM_2021, [1])) == [("wrong_shape", "", "", "")]


# --- there and back ------------------------------------------------------------------------------
@given(st.data())
def test_json_to_cells_to_json_is_the_same(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(list(FORMS.values())))
    count = st.none() | st.just(NA) | st.integers(0, 10**9)
    tables: dict[str, Any] = {}
    for table in form.tables:
        rows = data.draw(st.lists(st.sampled_from(list(table.rows)), unique=True, min_size=1))
        tables[table.key] = {}
        for row in (key for key in table.rows if key in rows):
            cells = {
                column.key: data.draw(
                    st.decimals(0, 10**6, places=2).map(str)
                    if column.number == Number.AMOUNT
                    else count
                )
                for column in table.columns(row)
            }
            tables[table.key][row] = (
                list(cells.values()) if table.layout == Layout.LISTED else cells
            )
    kept = copy.deepcopy(tables)
    cells, _problems = read_tables(form, tables)
    assert cells.as_json() == kept
    document = Document("甲市", "A", 2024, "报告", form, dict.fromkeys(form.texts, "文"), cells)
    again = Document.from_json(document.as_json())
    assert again.as_json() == document.as_json()
    assert again.cells == cells


def test_values_can_be_changed_at_a_place() -> None:
    cells, _problems = read_tables(FORM_2021, consistent(FORM_2021))
    place = Place("remedies", "reconsideration", "total")
    assert cells.changed({place: 99})[place] == 99
    assert len(violations(cells.changed({place: 99}))) == 1
