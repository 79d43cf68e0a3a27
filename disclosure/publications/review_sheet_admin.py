"""The staff page of an item's review sheet, made to be printed and filed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from disclosure.core.dates import now
from disclosure.publications import review_sheet

SHEET = "disclosure_publication_review_sheet"


class ReviewSheetPage:
    """Adds the review sheet to the staff pages of publications."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("<path:object_id>/review-sheet/", wrap(self.review_sheet_view), name=SHEET),
            *base.get_urls(),
        ]

    def review_sheet_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For who may see the item."""
        admin: Any = self
        publication = admin.get_object(request, object_id)
        if publication is None:
            raise Http404
        if not admin.has_view_permission(request, publication):
            raise PermissionDenied
        rounds = review_sheet.rounds(publication)
        context = {
            **admin.admin_site.each_context(request),
            "title": gettext("Confidentiality review sheet"),
            "subtitle": None,
            "opts": admin.opts,
            "publication": publication,
            "author": review_sheet.author(publication),
            "attachments": publication.attachments.order_by("order", "pk"),
            "newest": rounds[0] if rounds else None,
            "earlier": rounds[1:],
            "printed_at": now(),
        }
        request.current_app = admin.admin_site.name
        answer = TemplateResponse(request, "admin/publication_review_sheet.html", context)
        answer["Cache-Control"] = "private, no-store"
        return answer
