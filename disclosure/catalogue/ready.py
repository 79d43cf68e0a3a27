"""What guides and rules hang on to publications; imported when the app is ready."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.catalogue.models import Guide, Rule
from disclosure.catalogue.standing import Page
from disclosure.core.errors import Refusal
from disclosure.publications import hooks
from disclosure.publications.models import Publication


def page_of(publication: Publication) -> Page | None:
    """The guide or the rule whose text the item, or the revision, is; two queries."""
    item = publication.revises_id or publication.pk
    for model in (Rule, Guide):
        found: Page | None = (
            model._default_manager.select_related("agency").filter(publication=item).first()
        )
        if found is not None:
            return found
    return None


@hooks.check("submit")
def stands_with_its_agency(
    publication: Publication, *, at: dt.datetime, data: Mapping[str, Any]
) -> list[Refusal]:
    """A draft that was moved elsewhere does not come out at the address of the agency it left."""
    page = page_of(publication)
    if page is None or page.agency_id == publication.agency_id:
        return []
    return [Refusal(_("This is the text of another agency's guide or rule."), code="agency")]


@hooks.panel(15)
def stands_at(request: HttpRequest, publication: Publication) -> hooks.Part | None:
    """On the item's page: the address at which it stands, and where its text is written."""
    page = page_of(publication)
    if page is None:
        return None
    return hooks.Part(
        "page",
        str(_("Guide or rule")),
        "admin/page_part.html",
        {
            "address": page.get_absolute_url(),
            "form": reverse(f"admin:disclosure_{page._meta.model_name}_change", args=[page.pk]),
        },
    )
