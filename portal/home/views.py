"""The front page (首页): search, the fixed parts, what is new, the promise to requesters."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.core.dates import legal_day, now, start_of, today
from disclosure.core.paging import capped_count
from disclosure.models import Agency, Category, Publication
from disclosure.workdays.store import current_calendar
from requests_app.clock import Event, reckon

LATEST = 10
AGENCIES = 20
CATEGORIES = 8


@dataclass(frozen=True)
class Row:
    """One of the latest publications, ready to be shown."""

    title: str
    url: str
    agency: str
    date: str


@dataclass(frozen=True)
class Link:
    """A name with its address."""

    name: str
    url: str
    is_local: bool = True


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Five queries beside the page frame's, however much is published."""
    moment = now()
    visible = Publication.objects.visible_to_public(moment)
    rows = [
        Row(
            publication.title,
            publication.get_absolute_url(),
            publication.agency.short_name or publication.agency.name,
            legal_day(publication.published_at).isoformat() if publication.published_at else "",
        )
        for publication in visible.select_related("agency")
        .only("title", "index_number", "published_at", "agency__name", "agency__short_name")
        .order_by("-published_at", "-id")[:LATEST]
    ]
    first_day = start_of(today().replace(month=1, day=1))
    count, more = capped_count(visible.filter(published_at__gte=first_day))
    calendar = current_calendar()
    due = reckon([Event("received", today())], calendar).answer_due
    context = {
        "rows": rows,
        "agencies": _agencies(),
        "categories": _categories(),
        "year": str(today().year),
        "published_this_year": f"{count:,}+" if more else str(count),
        "latest_date": rows[0].date if rows else "",
        "answer_due": due.isoformat() if due else "",
        "answer_due_provisional": bool(due and calendar.is_provisional(due)),
        "column": {
            "name": _("Home"),
            "description": _(
                "Government information disclosure platform: guide, rules, statutory disclosure, "
                "annual reports and disclosure on request."
            ),
            "keywords": _("government information disclosure, statutory disclosure, request"),
            "type": _("Government information disclosure"),
        },
    }
    return render(request, "portal/home.html", context)


def _agencies() -> list[Link]:
    found = Agency.objects.filter(is_active=True).only("code", "name", "short_name", "name_en")
    english = _is_english()
    return [
        Link(
            agency.local_name if english else agency.short_name or agency.name,
            agency.get_absolute_url(),
            not english or bool(agency.name_en),
        )
        for agency in found.order_by("path")[:AGENCIES]
    ]


def _categories() -> list[Link]:
    found = Category.objects.filter(is_active=True, depth=1).only("code", "name", "name_en")
    english = _is_english()
    return [
        Link(
            category.local_name, category.get_absolute_url(), not english or bool(category.name_en)
        )
        for category in found.order_by("path")[:CATEGORIES]
    ]


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
