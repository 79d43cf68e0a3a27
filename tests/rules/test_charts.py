"""Charts: what is drawn, what is only said, how it is named; no text gets out of its place."""

import re
from xml.etree import ElementTree as ET

import pytest

from disclosure.charts import making, scale
from disclosure.charts.shapes import Chart, Kind, Series, Value, written

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\"><script>alert(1)</script>&'"


def chart(kind: Kind = Kind.BARS, *rows: list[float | None], labels: int = 3, **rest) -> Chart:
    series = tuple(
        Series(
            f"系列{place}",
            tuple(Value(None, "–") if one is None else Value.of(one) for one in row),
        )
        for place, row in enumerate(rows)
    )
    names = tuple(f"标签{at}" for at in range(labels))
    return making.described(Chart(kind, "a-chart", "标题", "类别", names, series, **rest))


def tree(one: Chart) -> ET.Element:
    """The drawing, which must be well formed."""
    return ET.fromstring(one.drawing)


def widths(one: Chart) -> list[float]:
    looks = [rect for rect in tree(one).iter("rect") if "chart-look" in rect.get("class", "")]
    return [float(rect.get("width", "").rstrip("%")) for rect in looks]


EVERY = [
    chart(Kind.BARS, [4, 2, 0]),
    chart(Kind.COLUMNS, [4, 2, 0], [1, 2, 3]),
    chart(Kind.STACKED, [4, 2, 0], [1, 2, 3]),
    chart(Kind.LINE, [100, None, 80], unit="%", top=100),
    chart(Kind.SHARE, [4, 2, 0], [1, 2, 3], [0, 0, 0], [5, 5, 5]),
]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.kind)
def test_a_drawing_has_a_name_and_a_description_of_its_own(one: Chart) -> None:
    root = tree(one)
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    title, desc = (by_id[name] for name in named)
    assert (title.tag, title.text) == ("title", one.title)
    assert desc.tag == "desc"
    assert desc.text == one.summary != ""
    # A drawing within the drawing is no picture of its own.
    assert all(
        inner.get("aria-hidden") == "true" for inner in root.iter("svg") if inner is not root
    )
    assert len(by_id) == sum(1 for element in root.iter() if element.get("id"))
    assert all(name.startswith(f"{one.key}-") for name in by_id)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.kind)
def test_a_drawing_keeps_to_the_content_security_policy(one: Chart) -> None:
    for element in tree(one).iter():
        assert element.tag not in {"script", "style", "a", "image", "foreignObject"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
    assert not re.search(r"url\((?!#a-chart-look-\d\))", one.drawing)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.kind)
def test_extents_are_shares_of_the_space_and_type_keeps_its_size(one: Chart) -> None:
    root = tree(one)
    assert root.get("width") == "100%"
    assert re.fullmatch(r"\d+\.\d\dem", root.get("height") or "")
    assert "viewBox" not in one.drawing
    for rect in root.iter("rect"):
        if "chart-look" in rect.get("class", ""):
            x, width = (float((rect.get(name) or "").rstrip("%")) for name in ("x", "width"))
            assert 0 <= x <= x + width <= 100.01


@pytest.mark.parametrize("kind", Kind)
def test_texts_are_escaped(kind: Kind) -> None:
    made = Chart(
        kind,
        "a-chart",
        HOSTILE,
        HOSTILE,
        (HOSTILE, "b"),
        (Series(HOSTILE, (Value(3, HOSTILE), Value(2, "2"))), Series("n", (Value(1, "1"),) * 2)),
    )
    one = making.described(made)
    assert "<script" not in one.drawing
    assert HOSTILE in {element.text for element in tree(one).iter("title")}
    assert all("<script" not in swatch for swatch, _name in one.keys)


def test_bars_are_as_long_as_their_figures() -> None:
    assert widths(chart(Kind.BARS, [40, 10, 0])) == [100, 25]


def test_parts_of_a_share_fill_the_bar() -> None:
    assert widths(chart(Kind.SHARE, [1, 0, 3], [3, 0, 1])) == [25, 75, 75, 25]


def test_columns_are_as_high_as_their_figures_on_the_axis() -> None:
    rects = [
        float((rect.get("height") or "").rstrip("%"))
        for rect in tree(chart(Kind.COLUMNS, [40, 10, 0])).iter("rect")
    ]
    assert rects == [100, 25]


def test_a_line_has_a_gap_where_there_is_no_figure() -> None:
    root = tree(chart(Kind.LINE, [1, 2, None, 4, 5], labels=5))
    lines = [one for one in root.iter("line") if "chart-line" in (one.get("class") or "")]
    assert len(lines) == 2
    assert len(list(root.iter("circle"))) == 4


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("row", [[], [0, 0, 0], [None, None, None]])
def test_nothing_and_nothing_but_zeros_are_not_drawn(kind: Kind, row: list) -> None:
    assert not chart(kind, row, labels=len(row)).is_drawn
    assert not Chart(kind, "k", "t", "h", (), ()).is_drawn


def test_a_share_of_zero_over_time_is_a_figure() -> None:
    assert chart(Kind.LINE, [0, 0, None], unit="%", top=100).is_drawn
    assert not chart(Kind.LINE, [None, None, None], unit="%", top=100).is_drawn


def test_what_is_only_known_to_be_less_is_an_outline_and_not_all_there_is() -> None:
    hidden = Value(None, "<5", below=5)
    one = making.bars("k", "t", "h", "n", [("a", hidden), ("b", Value.of(0))])
    assert one.is_drawn
    assert widths(one) == [50]
    assert 'class="chart-look chart-below"' in one.drawing
    assert "&lt;5" in one.drawing


def test_the_table_says_all_that_is_drawn() -> None:
    one = chart(Kind.COLUMNS, [4, None, 12000], [1, 2, 3])
    assert one.headings == ["类别", "系列0", "系列1"]
    assert one.rows == [
        ("标签0", ["4", "1"]),
        ("标签1", ["–", "2"]),
        ("标签2", ["12,000", "3"]),
    ]


def test_series_are_told_apart_by_their_pattern_and_named_in_the_key() -> None:
    one = chart(Kind.COLUMNS, [4, 2, 0], [1, 2, 3])
    assert [name for _swatch, name in one.keys] == ["系列0", "系列1"]
    assert "url(#a-chart-look-1)" in one.keys[1][0]
    assert {element.get("id") for element in tree(one).iter("pattern")} == {"a-chart-look-1"}
    assert chart(Kind.BARS, [4, 2, 0]).keys == []


def test_series_have_a_figure_for_each_label() -> None:
    with pytest.raises(ValueError, match="a-chart"):
        chart(Kind.BARS, [1, 2])


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(0, "", "0"), (1234567, "", "1,234,567"), (87.5, "%", "87.5%"), (100.0, "%", "100%")],
)
def test_numbers_as_they_read(number: float, unit: str, text: str) -> None:
    assert written(number, unit) == text


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 2), (1, 2), (3, 4), (7, 8), (10, 10), (11, 20), (81, 100), (250, 400)]
)
def test_an_axis_ends_at_a_round_number_with_a_whole_half(highest: int, top: int) -> None:
    assert scale.axis_top(highest) == top
    assert top % 2 == 0


def test_labels_under_the_axis_fit_at_320_pixels() -> None:
    months = [f"2025-{month:02}" for month in range(24)]
    narrow, wide = scale.steps(months)
    assert (narrow, wide) == (9, 3)
    assert narrow % wide == 0
    root = tree(chart(Kind.COLUMNS, [1] * 24, labels=24))
    below = [
        one.text or ""
        for one in root.iter("text")
        if one.get("class") == "chart-tick" and one.get("text-anchor") == "middle"
    ]
    assert sum(scale.width_of(text) + 1 for text in below) <= scale.NARROW


def test_long_labels_break_at_spaces_and_between_signs() -> None:
    assert scale.broken("Social welfare organisations") == ["Social welfare", "organisations"]
    assert scale.broken("行政许可和其他对外管理服务事项") == ["行政许可和其他对", "外管理服务事项"]
    assert scale.broken("") == [""]
    assert "".join(scale.broken("x" * 80)) == "x" * 80


@pytest.mark.parametrize(
    "label", ["Administrative reconsideration", "行政复议", "a", "", "Ω " * 40]
)
def test_breaking_a_label_comes_to_an_end(label: str) -> None:
    lines = scale.broken(label, 12)
    assert "".join(lines).replace(" ", "") == label.replace(" ", "")
