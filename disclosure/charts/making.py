"""Builds charts, with the sentence that each says to those who do not see it."""

import dataclasses
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from disclosure.charts.shapes import Chart, Kind, Series, Value


def bars(
    key: str,
    title: str,
    heading: str,
    name: str,
    rows: Iterable[tuple[str, Value]],
    *,
    note: str = "",
) -> Chart:
    """Lying bars: `rows` are labels with their figures, `name` says what is counted."""
    listed = list(rows)
    labels, values = tuple(row[0] for row in listed), tuple(row[1] for row in listed)
    series = (Series(name, values),)
    return described(Chart(Kind.BARS, key, title, heading, labels, series, note=note))


def over_time(
    kind: Kind,
    key: str,
    title: str,
    heading: str,
    labels: Sequence[str],
    series: Iterable[Series],
    *,
    unit: str = "",
    top: float | None = None,
    note: str = "",
) -> Chart:
    """Columns or lines along months, quarters or years."""
    chart = Chart(
        kind, key, title, heading, tuple(labels), tuple(series), unit=unit, top=top, note=note
    )
    return described(chart)


def share(
    key: str, title: str, heading: str, labels: Sequence[str], series: Iterable[Series]
) -> Chart:
    """Lying bars cut into their parts, one for each label."""
    return described(Chart(Kind.SHARE, key, title, heading, tuple(labels), tuple(series)))


def described(chart: Chart) -> Chart:
    """The chart with its summary."""
    if not chart.is_drawn:
        return chart
    tell = _largest if chart.kind in (Kind.BARS, Kind.SHARE) else _course
    return dataclasses.replace(chart, summary=" ".join(tell(chart)))


def _largest(chart: Chart) -> Iterable[str]:
    """Of bars the longest; of cut bars the largest part of each."""
    if chart.kind == Kind.BARS:
        pairs = list(zip(chart.labels, chart.series[0].values, strict=True))
        label, value = max(pairs, key=lambda pair: pair[1].size)
        yield _("Largest: %(label)s, %(value)s.") % {"label": label, "value": value.text}
        return
    for at, label in enumerate(chart.labels):
        one = max(chart.series, key=lambda series: series.values[at].size)
        if one.values[at].size:
            yield (
                _("%(label)s: the largest part is %(part)s, %(value)s.")
                % {"label": label, "part": one.name, "value": one.values[at].text}
            )


def _course(chart: Chart) -> Iterable[str]:
    """Of each series where it begins, ends and is highest."""
    for one in chart.series:
        told = [
            (label, value)
            for label, value in zip(chart.labels, one.values, strict=True)
            if value.number is not None or value.below is not None
        ]
        if not told:
            continue
        (first, began), (last, ended) = told[0], told[-1]
        when, highest = max(told, key=lambda pair: pair[1].size)
        yield (
            _(
                "%(name)s: %(began)s in %(first)s, %(ended)s in %(last)s; highest %(highest)s in "
                "%(when)s."
            )
            % {
                "name": one.name,
                "began": began.text,
                "first": first,
                "ended": ended.text,
                "last": last,
                "highest": highest.text,
                "when": when,
            }
        )
