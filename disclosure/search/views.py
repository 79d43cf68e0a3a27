"""Search (检索, Art. 24) over everything public: items, guides and rules, reports, agencies."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.catalogue import standing
from disclosure.catalogue.models import Rule
from disclosure.core.dates import now
from disclosure.publications.listing import Listing
from disclosure.publications.models import Publication
from disclosure.publications.presenting import highlight, name_lang
from disclosure.reports.models import AnnualReport

FEW = 5


@dataclass(frozen=True)
class Hit:
    """Something found that is not an item of the catalogue."""

    kind: str
    title: SafeString
    lang: str
    url: str
    agency: str = ""
    agency_lang: str = ""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Items page by page; a few of each other kind beside them on the first page."""
    listing = Listing(request.GET, Publication.objects.visible_to_public(now()))
    words = listing.words
    is_first = not (listing.data.get("after") or listing.data.get("before"))
    context = {
        "listing": listing,
        "is_search": True,
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
    for agency in agencies[:FEW]:
        name = highlight(agency.local_name, words)
        hits.append(Hit(_("Agency"), name, name_lang(agency), agency.get_absolute_url()))
    moment = now()
    guides = standing.public_guides(moment).filter(
        _each(words, "agency__name", "publication__body")
    )
    for guide in guides.select_related("agency").order_by("agency__path")[:FEW]:
        name = highlight(guide.agency.local_name, words)
        hits.append(
            Hit(_("Disclosure guide"), name, name_lang(guide.agency), guide.get_absolute_url())
        )
    rules = standing.public_rules(moment).filter(
        _each(words, "publication__title", "publication__body")
    )
    for rule in rules.select_related("agency").order_by("agency__path", "order", "pk")[:FEW]:
        hits.append(_titled(_("Rule"), rule, words))
    reports = AnnualReport.objects.visible_to_public(moment).filter(
        _each(words, "title", "agency__name", "lead")
    )
    for report in reports.select_related("agency").order_by("-year", "pk")[:FEW]:
        hits.append(_titled(_("Annual report"), report, words))
    return hits


def _titled(kind: str, found: Rule | AnnualReport, words: list[str]) -> Hit:
    return Hit(
        kind,
        highlight(str(found), words),
        "zh-Hans",
        found.get_absolute_url(),
        found.agency.local_name,
        name_lang(found.agency),
    )
