"""The catalogue (法定主动公开内容) as the public reads it: the list and one item."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.core.dates import now
from disclosure.publications import item, sharing
from disclosure.publications.listing import Listing
from disclosure.publications.models import Publication

item.register_answer(sharing.PARAMETER, sharing.code)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The list with its filters; the number of queries does not grow with the rows."""
    listing = Listing(request.GET, Publication.objects.visible_to_public(now()))
    column = {
        "name": _("Statutory disclosure"),
        "description": _(
            "What the law requires to be public, by category, agency, kind of document, validity "
            "and date."
        ),
        "keywords": _("statutory disclosure, catalogue, normative documents"),
        "type": _("Government information disclosure"),
    }
    return render(
        request,
        "disclosure/publications/list.html",
        {"listing": listing, "column": column, "crumbs": _way_to(listing)},
    )


def _way_to(listing: Listing) -> list[tuple[str, str]]:
    """The crumbs of a list: down to the category that it is narrowed to, the last without a
    link."""
    address = reverse("catalogue")
    crumbs = [(_("Statutory disclosure"), address)]
    tree, code = listing.filter.categories, listing.cleaned.get("category")
    if code:
        way = tree.way_to(tree.by_code[code].id)
        crumbs += [(node.label, f"{address}?category={node.code}") for node in way]
    return [*crumbs[:-1], (crumbs[-1][0], "")]


@require_safe
def publication(request: HttpRequest, index_number: str) -> HttpResponse:
    """One item. What was taken back says so (410); what was never public does not exist."""
    if "\x00" in index_number:
        raise Http404
    found = (
        Publication.objects.items()
        .select_related("agency", "category")
        .filter(index_number=index_number)
        .first()
    )
    if found is None:
        raise Http404
    moment = now()
    if not found.is_visible(moment):
        return _withdrawn(request, found)
    for parameter, answer in item.ANSWERS.items():
        if parameter in request.GET:
            return answer(request, found, moment)
    address = request.build_absolute_uri(found.get_absolute_url())
    return render(
        request,
        "disclosure/publications/item.html",
        item.context(found, at=moment, address=address),
    )


def _withdrawn(request: HttpRequest, found: Publication) -> HttpResponse:
    notice = item.withdrawal(found)
    if notice is None:
        raise Http404
    return render(request, "disclosure/publications/withdrawn.html", {"notice": notice}, status=410)
