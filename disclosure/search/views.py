"""Search (检索, Art. 24) over everything public: items, guides and rules, reports, agencies."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Guide, Rule
from disclosure.core.dates import now
from disclosure.publications.listing import Listing
from disclosure.publications.models import Publication
from disclosure.publications.presenting import highlight
from disclosure.reports.models import AnnualReport

FEW = 5


@dataclass(frozen=True)
class Hit:
    """Something found that is not an item of the catalogue."""

    kind: str
    title: SafeString
    url: str
    agency: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Items page by page; a few of each other kind beside them on the first page."""
    listing = Listing(request.GET, Publication.objects.visible_to_public(now()))
    words = listing.words
    is_first = not (listing.data.get("after") or listing.data.get("before"))
    context = {
        "listing": listing,
        "has_query": bool(words),
        "query": listing.data.get("q", ""),
        "hits": _others(words) if words and is_first else [],
        "catalogue_url": reverse("catalogue") + listing.url(),
        "column": {
            "name": _("Search"),
            "description": _("Search in everything public: documents, guides, rules and reports."),
            "keywords": _("search"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [(_("Search"), "")],
    }
    return render(request, "disclosure/search/results.html", context)


def _each(words: list[str], *fields: str) -> Q:
    """Every word is contained in one of `fields`."""
    condition = Q()
    for word in words:
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        condition &= one
    return condition


def _others(words: list[str]) -> list[Hit]:
    """At most a few agencies, guides, rules and reports; four queries."""
    hits: list[Hit] = []
    agencies = Agency.objects.filter(
        _each(words, "name", "name_en", "short_name", "aliases", "functions")
    ).order_by("path")
    hits += [
        Hit(_("Agency"), highlight(one.local_name, words), one.get_absolute_url(), "")
        for one in agencies[:FEW]
    ]
    guides: QuerySet[Guide] = Guide.objects.filter(
        _each(words, "agency__name", *Guide.PARTS)
    ).select_related("agency")
    hits += [
        Hit(
            _("Disclosure guide"),
            highlight(one.agency.local_name, words),
            one.get_absolute_url(),
            one.agency.local_name,
        )
        for one in guides.order_by("agency__path")[:FEW]
    ]
    rules = (
        Rule.objects.filter(_each(words, "title", "body"), is_published=True)
        .select_related("agency")
        .order_by("agency__path", "order", "pk")
    )
    hits += [
        Hit(
            _("Rule"),
            highlight(one.title, words),
            one.get_absolute_url(),
            one.agency.local_name,
        )
        for one in rules.defer("body")[:FEW]
    ]
    reports = (
        AnnualReport.objects.visible_to_public(now())
        .filter(_each(words, "title", "agency__name", "lead"))
        .select_related("agency")
        .order_by("-year", "pk")
    )
    hits += [
        Hit(
            _("Annual report"),
            highlight(one.title, words),
            one.get_absolute_url(),
            one.agency.local_name,
        )
        for one in reports.defer("sections", "lead", "figures")[:FEW]
    ]
    return hits
