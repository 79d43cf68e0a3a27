"""The standard catalogues as strings ready to show, joined to what is public."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext, ngettext

from disclosure.agencies.models import Agency
from disclosure.channels.table import names
from disclosure.publications.models import Publication, PublicationQuerySet
from disclosure.publications.presenting import day_text, for_list
from disclosure.standards.columns import COLUMNS, GROUPS
from disclosure.standards.models import StandardArea, StandardItem, StandardLink

#: Publications that an item shows; the number says how many there are.
NEWEST = 3


def _public(at: dt.datetime, **items: Any) -> PublicationQuerySet:
    """What is public of the publications of `items` (a lookup)."""
    visible: PublicationQuerySet = Publication.objects.visible_to_public(at)
    # In one call: two would ask of two links.
    return visible.filter(
        standard_links__kind__in=StandardLink.SHOWN,
        **{f"standard_links__{lookup}": value for lookup, value in items.items()},
    )


def items_of(agency: Agency) -> QuerySet[StandardItem]:
    return StandardItem.objects.filter(agency=agency, is_active=True)


def agencies() -> QuerySet[Agency]:
    """The agencies that have a standard catalogue, in the order of the tree."""
    shown = StandardItem.objects.filter(is_active=True, agency=OuterRef("pk"))
    return Agency.objects.filter(Exists(shown)).order_by("path")


# --- the areas -------------------------------------------------------------------------------
@dataclass(frozen=True)
class AreaShown:
    """An area of one agency: how many items, how many of them have something published."""

    key: str
    name: str
    lang: str
    items: int = 0
    joined: int = 0

    @property
    def missing(self) -> int:
        return self.items - self.joined


def areas_of(agency: Agency, at: dt.datetime) -> list[AreaShown]:
    """All areas in their order with the agency's counts; two queries."""
    has = Exists(_public(at, item=OuterRef("pk")))
    counted = {
        area: (items, joined)
        for area, items, joined in items_of(agency)
        .annotate(has=has)
        .order_by()
        .values_list("area")
        .annotate(items=Count("pk"), joined=Count("pk", filter=Q(has=True)))
    }
    return [
        AreaShown(area.key, area.local_name, lang_of(area), *counted.get(area.pk, (0, 0)))
        for area in StandardArea.objects.order_by("order", "pk")
    ]


def lang_of(area: StandardArea) -> str:
    return "en" if area.local_name != area.name else "zh-Hans"


# --- the table -------------------------------------------------------------------------------
@dataclass(frozen=True)
class Published:
    """One publication of an item."""

    title: str
    url: str
    date: str


@dataclass(frozen=True)
class ItemShown:
    """A row of the customary table."""

    anchor: str
    serial: str
    level1: str
    level2: str
    texts: list[tuple[str, str]]
    channels: list[str]
    channels_note: list[str]
    marks: list[tuple[str, bool, str]]
    published: list[Published]
    count: int
    count_text: str
    is_demo: bool


@dataclass(frozen=True)
class Group:
    """The rows of one first level, which stand together."""

    level1: str
    rows: list[ItemShown]


def table_of(
    agency: Agency, area: StandardArea, at: dt.datetime, *, only_missing: bool = False
) -> tuple[list[Group], int, int]:
    """The rows, how many items there are, and how many have nothing published; two queries."""
    items = list(items_of(agency).filter(area=area).order_by("serial", "pk"))
    published, counts = _publications(items, at)
    missing = sum(not counts.get(item.pk) for item in items)
    shown = [
        _shown(item, published.get(item.pk, []), counts.get(item.pk, 0))
        for item in items
        if not (only_missing and counts.get(item.pk))
    ]
    groups = [Group(name, list(rows)) for name, rows in groupby(shown, lambda one: one.level1)]
    return groups, len(items), missing


def _publications(
    items: Iterable[StandardItem], at: dt.datetime
) -> tuple[dict[int, list[Published]], dict[int, int]]:
    """The newest few of each item, and how many each has; one query."""
    by_item = F("standard_links__item")
    newest = [F("published_at").desc(), F("id").desc()]
    rows: Any = (
        for_list(_public(at, item__in=[item.pk for item in items]))
        .annotate(
            item=by_item,
            place=Window(RowNumber(), partition_by=by_item, order_by=newest),
            total=Window(Count("id"), partition_by=by_item),
        )
        .filter(place__lte=NEWEST)
        .order_by("item", "place")
    )
    found: dict[int, list[Published]] = {}
    counts: dict[int, int] = {}
    for row in rows:
        one = Published(row.title, row.get_absolute_url(), day_text(row.published_at))
        found.setdefault(row.item, []).append(one)
        counts[row.item] = row.total
    return found, counts


def _shown(item: StandardItem, published: list[Published], count: int) -> ItemShown:
    labels = {column.key: gettext(column.label) for column in COLUMNS}
    groups = {column.key: gettext(GROUPS.get(column.above, column.label)) for column in COLUMNS}
    specific = item.audience == StandardItem.Audience.SPECIFIC
    on_request = item.way == StandardItem.Way.ON_REQUEST
    marked = {
        "public": (not specific, ""),
        "specific": (specific, item.audience_who),
        "proactive": (not on_request, ""),
        "on_request": (on_request, ""),
        "county": (item.at_county, ""),
        "township": (item.at_township, ""),
    }
    return ItemShown(
        anchor=f"item-{item.pk}",
        serial=str(item.serial),
        level1=item.level1,
        level2=item.level2,
        texts=[
            (labels[key], getattr(item, key)) for key in ("content", "basis", "time_limit", "body")
        ],
        channels=[str(name) for name in names(item.channels)],
        channels_note=item.channels_note.splitlines(),
        marks=[
            (f"{groups[key]} · {labels[key]}", chosen, who) for key, (chosen, who) in marked.items()
        ],
        published=published,
        count=count,
        count_text=ngettext("%(n)d publication", "%(n)d publications", count) % {"n": count},
        is_demo=item.is_demo,
    )


@dataclass(frozen=True)
class HeadingShown:
    """A heading of the table; `below` are the choices under it."""

    label: str
    below: list[str]

    @property
    def span(self) -> int:
        return len(self.below) or 1


def headings() -> list[HeadingShown]:
    """The two rows of headings in the reader's language."""
    found = []
    for above, group in groupby(COLUMNS, key=lambda column: column.above):
        columns = list(group)
        if above in GROUPS:
            below = [gettext(column.label) for column in columns]
            found.append(HeadingShown(gettext(GROUPS[above]), below))
        else:
            found.append(HeadingShown(gettext(columns[0].label), []))
    return found
