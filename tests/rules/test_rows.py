"""Rows of a form: order, removal, empty ones, what is wrong; no database."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from disclosure.backstage.rows import RowForm, RowsField, arranged
from disclosure.reports.rows import FigureRow, SectionRow


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        ([1, 2, 3, 4, 5], "abcde"),
        ([None] * 5, "abcde"),
        ([1, 4, 3, 4, 5], "acdbe"),  # down
        ([1, 2, 3, 2, 5], "adbce"),  # up
        ([1, 3, 2, 4, 5], "acbde"),  # two change places
        ([5, 4, 3, 2, 1], "edcba"),
        ([1, 2, 3, 1, 1], "deabc"),  # two want the same
        ([1, 2, 99, 4, 5], "abdec"),
        ([1, 2, 3, 4, 1], "eabcd"),
    ],
)
def test_arranged(wanted: list[int | None], order: str) -> None:
    rows = [(place, want, "abcde"[place - 1]) for place, want in enumerate(wanted, 1)]
    assert "".join(arranged(rows)) == order


class Pair(RowForm):
    key = forms.CharField(max_length=5)
    note = forms.CharField(required=False)


class PairsForm(forms.Form):
    pairs = RowsField(Pair, required=False, most=3)


def sent(*rows: dict[str, Any], name: str = "pairs") -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({f"{name}-TOTAL_FORMS": str(len(rows)), f"{name}-INITIAL_FORMS": "0"})
    for place, row in enumerate(rows):
        data.update({f"{name}-{place}-{column}": value for column, value in row.items()})
    return data


def pairs(*rows: dict[str, Any]) -> PairsForm:
    return PairsForm(sent(*rows), initial={"pairs": [{"key": "a", "note": ""}]})


def test_what_is_typed_becomes_records() -> None:
    form = pairs({"key": " a ", "place": "1"}, {"key": "b", "note": "x"})
    assert form.is_valid()
    assert form.cleaned_data["pairs"] == [{"key": "a", "note": ""}, {"key": "b", "note": "x"}]


def test_empty_rows_are_dropped_stored_ones_too() -> None:
    form = pairs({"key": "", "note": " ", "place": "1"}, {"key": "b"}, {"place": "3"})
    assert form.is_valid()
    assert form.cleaned_data["pairs"] == [{"key": "b", "note": ""}]


def test_a_ticked_row_is_removed_even_if_it_is_wrong() -> None:
    form = pairs({"key": "a", "place": "1"}, {"note": "no key", "DELETE": "on"})
    assert form.is_valid()
    assert form.cleaned_data["pairs"] == [{"key": "a", "note": ""}]
    assert not form.has_changed()


def test_what_is_wrong_is_said_in_its_row_and_what_was_typed_stays() -> None:
    form = pairs({"key": "toolong"}, {"note": "kept <b>"}, {"key": "坏\x08字"}, {"key": "c"})
    assert not form.is_valid()
    rows = form["pairs"].value()
    assert [sorted(row.errors) for row in rows] == [["key"], ["key"], ["key"], []]
    page = str(form["pairs"])
    assert "kept &lt;b&gt;" in page
    assert page.count('class="errorlist"') == 3


@pytest.mark.parametrize("place", ["0", "x", "1.5", "10000"])
def test_an_absurd_place_is_told(place: str) -> None:
    assert not pairs({"key": "a", "place": place}).is_valid()


def test_too_many_rows_are_told() -> None:
    assert pairs(*({"key": one} for one in "abc"), {}, {}).is_valid()
    assert not pairs(*({"key": one} for one in "abcd")).is_valid()
    data = sent({"key": "a"})
    data["pairs-TOTAL_FORMS"] = "999999999"
    assert not PairsForm(data).is_valid()


def test_a_form_without_the_rows_empties_nothing() -> None:
    form = PairsForm(QueryDict("other=1"), initial={"pairs": [{"key": "a", "note": ""}]})
    assert not form.is_valid()


def test_the_same_again_is_no_change() -> None:
    stored = [{"name": "甲", "value": 12.5, "unit": "件"}]

    class Figures(forms.Form):
        figures = RowsField(FigureRow)

    row = {"name": "甲", "value": "12.5", "unit": "件", "qualifier": "", "as_written": ""}
    form = Figures(sent(row, name="figures"), initial={"figures": stored})
    assert form.is_valid()
    assert not form.has_changed()


# --- a report's rows -----------------------------------------------------------------------------
def made(kind: type[RowForm], **typed: str) -> dict[str, Any]:
    row = kind(typed)
    assert row.is_valid(), row.errors
    return row.record


def test_a_section_keeps_its_lines_and_tabs() -> None:
    record = made(SectionRow, number="一", heading="概述", text=" 甲\r\n乙\t1\r\n丙\t2 ")
    assert record == {"number": "一", "heading": "概述", "text": "甲\n乙\t1\n丙\t2"}


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("86", 86, None),
        ("115,713", 115713, None),
        ("0.50", 0.5, None),
        ("１２", 12, None),
        ("20000+", 20000, "over"),
    ],
)
def test_a_figure_is_a_number(typed: str, value: float, qualifier: str | None) -> None:
    record = made(FigureRow, name="甲", value=typed)
    assert (record["value"], record.get("qualifier")) == (value, qualifier)


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1e5", "1,23", "九", "nan", "1" * 21])
def test_a_figure_that_is_none_is_told(typed: str) -> None:
    row = FigureRow({"name": "甲", "value": typed})
    assert list(row.errors) == ["value"]


def test_a_figure_is_shown_as_it_is_typed() -> None:
    for value, text in ((86, "86"), (0.5, "0.5"), (1e16, "10000000000000000"), (1e-7, "0.0000001")):
        assert FigureRow.shown({"name": "", "value": value})["value"] == text
