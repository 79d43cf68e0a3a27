"""Items of the catalogue, their versions, and what the public log says of them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from disclosure.core.paging import Page
from disclosure.life import history, versions
from disclosure.life.kinds import WITH_EFFECT
from disclosure.life.models import Relation
from disclosure.life.presenting import MOST
from disclosure.publications import item
from disclosure.publications.listing import Listing
from disclosure.publications.models import Publication
from disclosure.publiclog.listing import LogListing
from portal.api import parameters
from portal.api.base import ReadView
from portal.api.parameters import Parameter
from portal.api.problems import Problem, invalid_form
from portal.api.shapes import (
    LogEntryShape,
    PublicationDetailShape,
    PublicationShape,
    VersionShape,
)

VERSION = Parameter(
    "version",
    gettext_lazy("The number of an earlier version; the present one by itself."),
    pattern=r"^[1-9]\d{0,4}$",
)
#: The neighbours of a page that has none.
WHOLE: Page[Any] = Page([], after=None, before=None)


class Publications(ReadView):
    """The catalogue, filtered and ordered as on its page."""

    summary = gettext_lazy("Items of the catalogue")
    about = gettext_lazy("Filtered and ordered as on the page of the catalogue, twenty at a time.")
    tag, name = "publications", "publications_list"
    shape, is_list = PublicationShape, True
    parameters = (*parameters.of_filters(), *parameters.PAGING, parameters.FIELDS)

    def get(self, request: Request) -> Response:
        asked = {name: value for name, value in self.given.items() if name != "fields"}
        visible = Publication.objects.visible_to_public(self.at)
        listing = Listing(parameters.as_query(asked), visible)
        if listing.form.errors:
            raise invalid_form(listing.form)
        page = listing.page
        if "after" in asked and listing.has_begun_anew:
            # What followed is gone: a harvester would go round for ever.
            return self.page([], WHOLE)
        return self.page(self._whole([row.pk for row in page.rows]), page)

    def _whole(self, keys: list[int]) -> Iterator[Publication]:
        """The rows with all that is given of them, in the order of `keys`; two queries."""
        rows = Publication.objects.visible_to_public(self.at).filter(pk__in=keys).defer("body")
        found = {row.pk: row for row in _with_files(rows, self.wants("attachments"))}
        return (found[key] for key in keys if key in found)


def _with_files(rows: QuerySet[Publication], wanted: bool) -> list[Publication]:
    rows = rows.select_related("agency", "category")
    found = list(rows.prefetch_related("attachments") if wanted else rows)
    for row in found:
        row.files = list(row.attachments.all()) if wanted else []  # type: ignore[attr-defined]
    return found


class PublicationDetail(ReadView):
    """One item with its text, files and relations, or an earlier version of it."""

    summary = gettext_lazy("One item")
    about = gettext_lazy(
        "With its text, files and relations. What was withdrawn answers 410, with the notice that "
        "stands on its page."
    )
    tag, name = "publications", "publications_read"
    shape = PublicationDetailShape
    parameters = (VERSION, parameters.FIELDS)
    answers = (404, 410)

    def get(self, request: Request, index_number: str) -> Response:
        publication = visible_or_gone(index_number, self.at)
        row = self._version(publication) if "version" in self.given else publication
        shown = _with_files(
            Publication.objects.filter(pk=row.pk), wanted=self.wants("attachments")
        )[0]
        is_live = shown.pk == publication.pk
        shown.related = (  # type: ignore[attr-defined]
            _relations(publication, self.at) if is_live and self.wants("relations") else []
        )
        if shown.version == 1:
            shown.change_note = ""
        return self.record(shown)

    def _version(self, publication: Publication) -> Publication:
        found = versions.find(publication, self.given["version"])
        if found is None:
            raise Http404
        if found.row is None:
            reason = found.closed.reason if found.closed else ""
            raise Problem("version-closed", reason)
        return found.row


def visible_or_gone(index_number: str, at: dt.datetime) -> Publication:
    """The item; 410 with the notice for what was withdrawn, 404 for what was never public."""
    if "\x00" in index_number:
        raise Http404
    rows = Publication.objects.items().select_related("agency", "category").defer("body")
    found = rows.filter(index_number=index_number).first()
    if found is None:
        raise Http404
    if found.is_visible(at):
        return found
    notice = item.withdrawal(found)
    if notice is None:
        raise Http404
    told = {name: value for name, value in asdict(notice).items() if value}
    told.pop("agency_lang", None)
    raise Problem("withdrawn", notice.reason or _("This was withdrawn"), **told)


def _relations(publication: Publication, at: dt.datetime) -> list[dict[str, Any]]:
    """The relations to what anyone may read, as the item's page has them; one query."""
    rows = (
        Relation.objects.filter(Q(source=publication) | Q(target=publication))
        .select_related("source", "target")
        .defer("source__body", "target__body")
        .order_by("pk")
    )
    found = []
    for row in rows[:MOST]:
        is_own = row.source_id == publication.pk
        other = row.target if is_own else row.source
        if other is not None and not other.is_visible(at):
            continue
        day = row.from_day if row.kind in WITH_EFFECT else None
        found.append(
            {
                "kind": row.kind,
                "direction": "to" if is_own else "from",
                "title": other.title if other else row.target_text,
                "index_number": other.index_number if other else None,
                "document_number": other.document_number if other else "",
                "from_day": day,
            }
        )
    return found


# --- versions ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class VersionRow:
    """A version as it is listed."""

    version: int
    since: dt.datetime | None
    replaced_at: dt.datetime | None
    change_note: str
    is_current: bool
    closed_reason: str | None
    page: str
    address: str


class Versions(ReadView):
    """The versions of one item."""

    summary = gettext_lazy("Versions of an item")
    about = gettext_lazy("The present one first.")
    tag, name = "publications", "versions_list"
    shape, is_list = VersionShape, True
    answers = (404, 410)
    parameters = (
        Parameter(
            "index_number", parameters.INDEX_NUMBER.description, required=True, example="SL/2026-1"
        ),
        parameters.FIELDS,
    )

    def get(self, request: Request) -> Response:
        publication = visible_or_gone(self.given["index_number"], self.at)
        return self.page(_versions(publication), WHOLE)


def _versions(publication: Publication) -> Iterator[VersionRow]:
    """Two queries at most; a closed one tells its number, its days and the reason."""
    page = publication.get_absolute_url()
    address = reverse("api-publication", args=[publication.index_number])
    after: Publication | None = None
    for row in [publication, *versions.earlier(publication).defer("body")[: history.MOST]]:
        is_current = after is None
        closed = None if is_current else getattr(row, "closed", None)
        if row.disclosure == Publication.Disclosure.PROACTIVE:
            query = "" if is_current else f"?version={row.version}"
            yield VersionRow(
                version=row.version,
                since=row.version_at,
                replaced_at=after.version_at if after else None,
                change_note="" if closed or row.version == 1 else row.change_note,
                is_current=is_current,
                closed_reason=closed.reason if closed else None,
                page=page + query,
                address=address + query,
            )
        after = row


# --- the public log ------------------------------------------------------------------------------
class Log(ReadView):
    """The public log."""

    summary = gettext_lazy("Entries of the public log")
    about = gettext_lazy(
        "Newest first, twenty at a time; the whole log is one download, /log/publications.jsonl."
    )
    tag, name = "publications", "log_list"
    shape, is_list = LogEntryShape, True
    parameters = (
        parameters.AGENCY,
        parameters.INDEX_NUMBER,
        *parameters.PAGING,
        parameters.FIELDS,
    )

    def get(self, request: Request) -> Response:
        listing = LogListing(parameters.as_query(self.given), self.at)
        if listing.form.errors:
            raise invalid_form(listing.form)
        pairs = zip(listing.page.rows, listing.entries, strict=True)
        things = [{**asdict(entry), "kind": row.kind} for row, entry in pairs]
        return self.page(things, listing.page)
