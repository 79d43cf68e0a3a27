"""The SVG of a chart. ElementTree writes it, which escapes every text and attribute.

Across, all is in percent of the space; upwards in `em` of the type. There is no viewBox: letters
are as large as the page's. What overlaps the left edge stands in the padding that the class gives.
"""

from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from disclosure.charts import scale
from disclosure.charts.shapes import Chart, Kind, Markup, Value, written

_LINE = 1.4  # of text
_BAR, _GAP = 1.0, 0.9
_ABOVE, _PLOT, _BELOW = 1.6, 11.0, 1.8
#: Of its place along the axis a group of columns takes so much.
_FILLED = 0.72
#: With more figures than this, they are read off the axis and the table.
_WRITTEN = 6
_LONG_TICK = 5
#: The looks of series, each with its pattern: none is told from another by its colour alone.
LOOKS = 6


def drawn(chart: Chart) -> Markup:
    """The drawing, named by the chart's title and described by its summary."""
    names = f"{chart.key}-title {chart.key}-desc" if chart.summary else f"{chart.key}-title"
    root = _el(
        None,
        "svg",
        {"role": "img", "aria-labelledby": names, "width": "100%", "focusable": "false"},
    )
    _el(root, "title", {"id": f"{chart.key}-title"}, chart.title)
    if chart.summary:
        _el(root, "desc", {"id": f"{chart.key}-desc"}, chart.summary)
    _patterns(root, chart)
    height, looks = _DRAWERS[chart.kind](root, chart)
    root.set("height", f"{height:.2f}em")
    root.set("class", f"chart-drawing {looks}")
    return Markup(ET.tostring(root, encoding="unicode"))


def swatch(chart: Chart, at: int) -> Markup:
    """A small piece of a series' look, for the key."""
    root = _el(None, "svg", {"class": "chart-swatch", "width": "1em", "height": "1em"} | _UNHEARD)
    _el(root, "rect", {"width": "100%", "height": "100%", **_look(chart, at)})
    return Markup(ET.tostring(root, encoding="unicode"))


_UNHEARD = {"aria-hidden": "true", "focusable": "false"}


# --- lying ---------------------------------------------------------------------------------------


def _bars(root: ET.Element, chart: Chart) -> tuple[float, str]:
    values = chart.series[0].values
    # Where nothing but bounds is known, none of them is to look like all there is.
    ends = [float(value.number or 2 * (value.below or 0)) for value in values]
    top = chart.top or max(ends) or 1
    y = 0.0
    for label, value in zip(chart.labels, values, strict=True):
        y = _label(root, label, value.text, y)
        _el(root, "rect", {"class": "chart-track", **_box(0, y, 100, _BAR)})
        if value.size:
            box = _box(0, y, 100 * value.size / top, _BAR)
            _el(root, "rect", {**_look(chart, 0, value), **box})
        y += _BAR + _GAP
    return y - _GAP + 0.2, "chart-lying"


def _share(root: ET.Element, chart: Chart) -> tuple[float, str]:
    y = 0.0
    for at, label in enumerate(chart.labels):
        sizes = [one.values[at].size for one in chart.series]
        whole = sum(sizes)
        y = _label(root, label, written(whole, chart.unit), y)
        if not whole:
            _el(root, "rect", {"class": "chart-track", **_box(0, y, 100, _BAR * 1.4)})
        x = 0.0
        for place, size in enumerate(sizes):
            if size:
                part = 100 * size / whole
                _el(root, "rect", {**_look(chart, place), **_box(x, y, part, _BAR * 1.4)})
                x += part
        y += _BAR * 1.4 + _GAP
    return y - _GAP + 0.2, "chart-lying"


def _label(root: ET.Element, label: str, figure: str, y: float) -> float:
    """The label above a bar with its figure at the right; where the bar begins."""
    lines = scale.broken(label)
    for line in lines:
        y += _LINE
        _el(root, "text", {"x": "0", "y": _em(y - 0.4)}, line)
    _el(
        root,
        "text",
        {"class": "chart-figure", "x": "100%", "y": _em(y - 0.4), "text-anchor": "end"},
        figure,
    )
    return y


# --- standing ------------------------------------------------------------------------------------


def _columns(root: ET.Element, chart: Chart) -> tuple[float, str]:
    top = chart.top or scale.axis_top(max(value.size for value in chart.values))
    plot, looks = _axes(root, chart, top)
    slot = 100 / len(chart.labels)
    width = slot * _FILLED / len(chart.series)
    for place, label, value in _each(chart):
        x = label * slot + slot * (1 - _FILLED) / 2 + place * width
        _column(plot, _look(chart, place, value), (x, 0), (width, 100 * value.size / top))
        if len(chart.values) <= _WRITTEN:
            _figure(plot, x + width / 2, 100 - 100 * value.size / top, value.text)
    return _ABOVE + _PLOT + _BELOW, looks


def _stacked(root: ET.Element, chart: Chart) -> tuple[float, str]:
    sums = [sum(one.values[at].size for one in chart.series) for at in range(len(chart.labels))]
    top = chart.top or scale.axis_top(max(sums))
    plot, looks = _axes(root, chart, top)
    slot = 100 / len(chart.labels)
    reached = [0.0] * len(chart.labels)
    for place, label, value in _each(chart):
        height = 100 * value.size / top
        x = label * slot + slot * (1 - _FILLED) / 2
        _column(plot, _look(chart, place), (x, reached[label]), (slot * _FILLED, height))
        reached[label] += height
    return _ABOVE + _PLOT + _BELOW, looks


def _column(
    plot: ET.Element,
    look: dict[str, str],
    corner: tuple[float, float],
    size: tuple[float, float],
) -> None:
    (x, bottom), (width, height) = corner, size
    if not height:
        return
    box = {"x": _pc(x), "y": _pc(100 - bottom - height), "width": _pc(width), "height": _pc(height)}
    _el(plot, "rect", look | box)


def _line(root: ET.Element, chart: Chart) -> tuple[float, str]:
    top = chart.top or scale.axis_top(max(value.size for value in chart.values))
    plot, looks = _axes(root, chart, top)
    slot = 100 / len(chart.labels)

    def point(label: int, value: Value) -> tuple[str, str]:
        return _pc((label + 0.5) * slot), _pc(100 - 100 * value.size / top)

    for place, one in enumerate(chart.series):
        for label in range(1, len(one.values)):
            before, here = one.values[label - 1], one.values[label]
            if before.number is None or here.number is None:
                continue
            (x1, y1), (x2, y2) = point(label - 1, before), point(label, here)
            looks_of = {"class": f"chart-line chart-line-{place}"}
            _el(plot, "line", looks_of | {"x1": x1, "y1": y1, "x2": x2, "y2": y2})
        for label, value in enumerate(one.values):
            if value.number is not None:
                x, y = point(label, value)
                _el(plot, "circle", {**_look(chart, place), "cx": x, "cy": y, "r": "0.32em"})
    if len(chart.values) <= _WRITTEN:
        for _place, label, value in _each(chart):
            if value.number is not None:
                height = 100 - 100 * value.size / top
                _figure(plot, (label + 0.5) * slot, height, value.text, lift=0.7)
    return _ABOVE + _PLOT + _BELOW, looks


def _axes(root: ET.Element, chart: Chart, top: float) -> tuple[ET.Element, str]:
    """The plot with its three lines and their numbers, and the labels below; the plot's looks."""
    plot = _el(
        root,
        "svg",
        {"y": _em(_ABOVE), "width": "100%", "height": _em(_PLOT), "overflow": "visible"} | _UNHEARD,
    )
    longest = 0
    for share in (0.0, 0.5, 1.0):
        y = _pc(100 - 100 * share)
        name = "chart-base" if share == 0 else "chart-grid"
        _el(plot, "line", {"class": name, "x1": "0", "x2": "100%", "y1": y, "y2": y})
        text = written(top * share, chart.unit)
        longest = max(longest, scale.width_of(text))
        _el(
            plot,
            "text",
            {"x": "-0.5em", "y": y, "dy": "0.35em", "text-anchor": "end", "class": "chart-tick"},
            text,
        )
    labels = chart.short or chart.labels
    narrow, wide = scale.steps(labels)
    slot = 100 / len(labels)
    for at, label in enumerate(labels):
        if at % wide:
            continue
        name = "chart-tick chart-extra" if at % narrow else "chart-tick"
        y = _em(_ABOVE + _PLOT + 1.4)
        place = {"x": _pc((at + 0.5) * slot), "y": y, "text-anchor": "middle", "class": name}
        _el(root, "text", place, label)
    return plot, f"chart-standing{' chart-long' if longest > _LONG_TICK else ''}"


def _each(chart: Chart) -> Iterator[tuple[int, int, Value]]:
    """(series, label, figure)."""
    for place, one in enumerate(chart.series):
        for label, value in enumerate(one.values):
            yield place, label, value


def _figure(plot: ET.Element, x: float, y: float, text: str, lift: float = 0.35) -> None:
    place = {"x": _pc(x), "y": _pc(y), "dy": f"-{lift}em", "text-anchor": "middle"}
    _el(plot, "text", place | {"class": "chart-figure"}, text)


# --- looks ---------------------------------------------------------------------------------------


def _look(chart: Chart, at: int, value: Value | None = None) -> dict[str, str]:
    """Class of a series, and the pattern that tells it from the others."""
    if value is not None and value.number is None:
        return {"class": "chart-look chart-below"}
    at %= LOOKS
    looks = {"class": f"chart-look chart-look-{at}"}
    return looks | ({"fill": f"url(#{chart.key}-look-{at})"} if at in _PATTERNS else {})


def _stripes(pattern: ET.Element) -> None:
    pattern.set("patternTransform", "rotate(45)")
    _el(pattern, "rect", {"class": "chart-ink", "width": "3", "height": "6"})


def _dots(pattern: ET.Element) -> None:
    _el(pattern, "circle", {"class": "chart-ink", "cx": "3", "cy": "3", "r": "1.5"})


def _bands(pattern: ET.Element) -> None:
    _el(pattern, "rect", {"class": "chart-ink", "width": "6", "height": "2"})


_PATTERNS: dict[int, Callable[[ET.Element], None]] = {1: _stripes, 3: _dots, 5: _bands}


def _patterns(root: ET.Element, chart: Chart) -> None:
    used = [at for at in _PATTERNS if at < len(chart.series)]
    if not used:
        return
    defs = _el(root, "defs", {})
    for at in used:
        size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = _el(defs, "pattern", {"id": f"{chart.key}-look-{at}", **size})
        _el(pattern, "rect", {"class": "chart-ground", "width": "6", "height": "6"})
        _PATTERNS[at](pattern)


# --- elements ------------------------------------------------------------------------------------


def _el(
    parent: ET.Element | None, tag: str, attributes: dict[str, str], text: str = ""
) -> ET.Element:
    element = ET.Element(tag, attributes)
    element.text = text or None
    if parent is not None:
        parent.append(element)
    return element


def _box(x: float, y: float, width: float, height: float) -> dict[str, str]:
    """Across in percent, upwards in em."""
    return {"x": _pc(x), "y": _em(y), "width": _pc(width), "height": _em(height)}


def _pc(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") + "%"


def _em(number: float) -> str:
    return f"{number:.2f}em"


_DRAWERS: dict[Kind, Callable[[ET.Element, Chart], tuple[float, str]]] = {
    Kind.BARS: _bars,
    Kind.COLUMNS: _columns,
    Kind.STACKED: _stacked,
    Kind.LINE: _line,
    Kind.SHARE: _share,
}
