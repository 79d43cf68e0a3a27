"""Search (检索, Art. 24) over everything public: items, guides and rules, reports, agencies."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
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
from disclosure.publications.searching import MAX_LENGTH, Search
from disclosure.reports.models import AnnualReport
from disclosure.search import misses, suggesting

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
    visible = Publication.objects.visible_to_public(now())
    listing = Listing(request.GET, visible)
    words = listing.words
    is_first = not (listing.data.get("after") or listing.data.get("before"))
    hits = _others(listing.search) if words and is_first else []
    closest = ""
    if words and is_first and not listing.rows and not listing.filter_chips:
        query = listing.cleaned["q"]
        closest = suggesting.did_you_mean(query, visible)
        if not hits:
            misses.note(listing.data.get("q", ""))
    context = {
        "listing": listing,
        "is_search": True,
        "has_query": bool(words),
        "query": listing.data.get("q", ""),
        "hits": hits,
        "closest": closest,
        "closest_url": listing.url(q=closest) if closest else "",
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


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles and short forms for what is being typed; the page works without."""
    typed = request.GET.get("q", "")[:MAX_LENGTH]
    found = suggesting.suggestions(typed, Publication.objects.visible_to_public(now()))
    return JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})


def _each(words: list[str], *fields: str) -> Q:
    """Every word is contained in one of `fields`."""
    condition = Q()
    for word in words:
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        condition &= one
    return condition


def _others(search: Search) -> list[Hit]:
    """At most a few agencies, guides, rules and reports; four queries."""
    words = search.plain_words
    if not words:
        return []
    hits: list[Hit] = []
    agencies = Agency.objects.filter(
        _each(words, "name", "name_en", "short_name", "aliases", "functions")
    ).order_by("path")
    for agency in agencies[:FEW]:
        name = _marked(agency.local_name, search)
        hits.append(Hit(_("Agency"), name, name_lang(agency), agency.get_absolute_url()))
    moment = now()
    guides = standing.public_guides(moment).filter(
        _each(words, "agency__name", "publication__body")
    )
    for guide in guides.select_related("agency").order_by("agency__path")[:FEW]:
        name = _marked(guide.agency.local_name, search)
        hits.append(
            Hit(_("Disclosure guide"), name, name_lang(guide.agency), guide.get_absolute_url())
        )
    rules = standing.public_rules(moment).filter(
        _each(words, "publication__title", "publication__body")
    )
    for rule in rules.select_related("agency").order_by("agency__path", "order", "pk")[:FEW]:
        hits.append(_titled(_("Rule"), rule, search))
    reports = AnnualReport.objects.visible_to_public(moment).filter(
        _each(words, "title", "agency__name", "lead")
    )
    for report in reports.select_related("agency").order_by("-year", "pk")[:FEW]:
        hits.append(_titled(_("Annual report"), report, search))
    return hits


def _titled(kind: str, found: Rule | AnnualReport, search: Search) -> Hit:
    return Hit(
        kind,
        _marked(str(found), search),
        "zh-Hans",
        found.get_absolute_url(),
        found.agency.local_name,
        name_lang(found.agency),
    )


def _marked(text: str, search: Search) -> SafeString:
    return highlight(text, search.spans(text))
