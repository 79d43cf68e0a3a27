"""What is kept of a scope as charts, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from disclosure.catalogue.models import Category
from disclosure.charts import making
from disclosure.charts.shapes import Chart, Kind, Series, Value, written
from disclosure.figures import sources
from disclosure.figures.hiding import LEAST, SMALL, Told
from disclosure.figures.sources import Topic
from disclosure.publications.models import Publication

WITHHELD = "–"


@dataclass(frozen=True)
class Subject:
    """What was asked for often and is public now."""

    title: str
    url: str
    people: str


def requests_charts(content: dict[str, Any]) -> list[Chart]:
    """Requests by month, outcomes, kinds of applicant."""
    number = _("Requests")
    months = making.over_time(
        Kind.COLUMNS,
        "requests-by-month",
        _("Requests received by month"),
        _("Month"),
        content["months"],
        [Series(_("Received"), tuple(map(_value, content["received"])))],
        note=_outlined(content["received"]),
    )
    return [
        months,
        making.bars(
            "requests-by-outcome",
            _("Requests by outcome"),
            _("Outcome"),
            number,
            _rows(content["outcomes"], Topic.OUTCOMES),
            note=_outlined(content["outcomes"].values()),
        ),
        making.bars(
            "requests-by-applicant",
            _("Who asked: requests by kind of applicant"),
            _("Applicant"),
            number,
            _rows(content["applicants"], Topic.APPLICANTS),
            note=_outlined(content["applicants"].values()),
        ),
    ]


def time_charts(content: dict[str, Any]) -> list[Chart]:
    """Median and share in time, by quarter."""
    median = Series(_("Working days"), tuple(map(_days, content["median"])))
    return [
        making.over_time(
            Kind.LINE,
            "time-to-answer",
            _("Time to the answer: median in working days"),
            _("Quarter"),
            content["quarters"],
            [median],
            note=_few(content["median"]),
        ),
        in_time_chart(content),
    ]


def in_time_chart(content: dict[str, Any]) -> Chart:
    """The share of answers by the last day, by quarter."""
    bounds = any(figure and figure[1] for figure in content["in_time"])
    notes = [
        _few(content["in_time"]),
        _("Where 1 to 4 answers were late, a bound stands there (≥).") if bounds else "",
    ]
    return making.over_time(
        Kind.LINE,
        "answered-in-time",
        _("Answered by the last day (percent)"),
        _("Quarter"),
        content["quarters"],
        [Series(_("Answered in time"), tuple(map(_share, content["in_time"])))],
        unit="%",
        top=100,
        note=" ".join(filter(None, notes)),
    )


def published_charts(content: dict[str, Any]) -> list[Chart]:
    """Items by month and by category; one query for the names."""
    names = {
        one.code: one.local_name
        for one in Category.objects.filter(depth=1).only("code", "name", "name_en")
    }
    return [
        making.over_time(
            Kind.COLUMNS,
            "published-by-month",
            _("Items published by month"),
            _("Month"),
            content["months"],
            [Series(_("Published"), tuple(map(Value.of, content["published"])))],
        ),
        making.bars(
            "published-by-category",
            _("Items published by category"),
            _("Category"),
            _("Published"),
            [
                (names.get(code) or _("Other"), Value.of(number))
                for code, number in content["categories"].items()
            ],
        ),
    ]


def reading_charts(content: dict[str, Any]) -> list[Chart]:
    """Items read and files downloaded by month, as far as any were."""
    parts = [
        ("read", "read-by-month", _("Items read by month"), _("Read")),
        ("downloaded", "downloaded-by-month", _("Files downloaded by month"), _("Downloaded")),
    ]
    return [
        making.over_time(
            Kind.COLUMNS,
            key,
            title,
            _("Month"),
            content["months"],
            [Series(label, tuple(map(Value.of, content[name])))],
        )
        for name, key, title, label in parts
        # What an earlier release left has none.
        if any(content.get(name, ()))
    ]


def subjects(content: dict[str, Any], public: Any) -> list[Subject]:
    """What was asked for most, as far as it is still public; one query."""
    people = dict(content["asked"])
    found: dict[int, Publication] = public.only("pk", "index_number", "title").in_bulk(people)
    return [
        Subject(found[key].title, found[key].get_absolute_url(), written(number))
        for key, number in people.items()
        if key in found
    ]


def _few(figures: Iterable[object]) -> str:
    """What gaps stand for, where there are any."""
    gap = _("A dash in the table, and a gap in the line: too few answers.")
    return gap if None in list(figures) else ""


def _outlined(figures: Iterable[Told]) -> str:
    """What the broken outlines stand for, where there are any."""
    return _("Broken outline: fewer than 5.") if SMALL in figures else ""


def _rows(figures: dict[str, Told], topic: str) -> list[tuple[str, Value]]:
    labels = sources.labels(topic)
    return [(labels.get(key, key), _value(figure)) for key, figure in figures.items()]


def _value(figure: Told) -> Value:
    if figure is None:
        return Value(None, WITHHELD)
    return Value(None, figure, below=LEAST) if isinstance(figure, str) else Value.of(figure)


def _days(number: int | None) -> Value:
    return Value(None, WITHHELD) if number is None else Value.of(number)


def _share(figure: tuple[int, str] | None) -> Value:
    if figure is None:
        return Value(None, WITHHELD)
    percent, bound = figure
    sign = {"least": "≥ ", "most": "≤ "}.get(bound, "")
    return Value(percent, f"{sign}{written(percent, '%')}")
