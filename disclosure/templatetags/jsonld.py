"""JSON-LD in a page's head, made from what the page shows anyway: no query of its own."""

import mimetypes
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from disclosure.core.dates import SHANGHAI, today
from disclosure.opendata import jsonld
from disclosure.publications.models import Publication

register = template.Library()


@register.simple_tag(takes_context=True)
def item_jsonld(context: Context) -> SafeString:
    """An item with its files, and the way to it; in the page of `publications.item`."""
    request: HttpRequest = context["request"]
    publication: Publication = context["publication"]
    absolute = request.build_absolute_uri
    article, agency = context["article"], publication.agency
    category, category_url = context["categories"][-1] if context["categories"] else ("", "")
    modified = publication.version_at if publication.version > 1 else None
    published = publication.published_at
    document = jsonld.document(
        url=article["url"],
        title=publication.title,
        numbers=(publication.index_number, publication.document_number),
        document_type=publication.document_type,
        published=published.astimezone(SHANGHAI).isoformat() if published else "",
        made=context["date_made"],
        modified=modified.astimezone(SHANGHAI).isoformat() if modified else "",
        validity=publication.validity_on(today()),
        publisher=jsonld.organisation(agency.name, absolute(context["agency_url"])),
        keywords=publication.keyword_list,
        description=article["description"],
        part_of={"@type": "CollectionPage", "name": category, "url": absolute(category_url)},
        licence=absolute(f"{reverse('open-data')}#terms"),
        files=[
            jsonld.file(
                one.name,
                absolute(one.url),
                mimetypes.guess_type(one.name)[0] or one.kind,
                one.sha256,
            )
            for one in context["files"]
        ],
    )
    home = (_("Home"), absolute(reverse("home")))
    here = (publication.title, article["url"])
    steps = [(str(name), absolute(url)) for name, url in context["crumbs"] if url]
    return jsonld.script(document, jsonld.breadcrumbs([home, *steps, here]))


@register.simple_tag(takes_context=True)
def site_jsonld(context: Context) -> SafeString:
    """The portal and its agency; in a page that has the frame's `portal`."""
    request: HttpRequest = context["request"]
    portal: Any = context["portal"]
    absolute = request.build_absolute_uri
    home = absolute(reverse("home"))
    contact = {"telephone": portal.phone, "email": portal.email, "address": portal.address}
    publisher = jsonld.organisation(portal.name, home, **contact)
    return jsonld.script(
        jsonld.website(
            portal.site_name,
            home,
            search=f"{absolute(reverse('search'))}?q={{search_term_string}}",
            publisher=publisher,
            language=portal.lang,
        )
    )
