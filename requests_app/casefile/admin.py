"""The case file beside a request: cover, forms and receipts to print, everything as one ZIP."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.audit.trail import record
from disclosure.files.names import content_disposition
from requests_app.casefile import (  # noqa: F401  (verbs declare)
    contents,
    papers,
    sheets,
    verbs,
    zipping,
)
from requests_app.casework.models import DisclosureRequest
from requests_app.letters.models import Delivery, Letter
from requests_app.policies.reading import may_read
from requests_app.register.page import staff_page

OPEN = "requests_app.view_requestfile"
#: The file is archived in Chinese, whoever takes it.
CHINESE = "zh-hans"


class CaseFilePages:
    """Adds the case file to the staff pages of requests."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        name = "requests_app_disclosurerequest"
        return [
            path("<int:object_id>/cover/", wrap(self.cover_view), name=f"{name}_cover"),
            path(
                "<int:object_id>/registration/",
                wrap(self.registration_view),
                name=f"{name}_registration",
            ),
            path(
                "<int:object_id>/review-sheet/",
                wrap(self.review_sheet_view),
                name=f"{name}_review_sheet",
            ),
            path(
                "<int:object_id>/parties/<int:party>/opinion-form/",
                wrap(self.opinion_form_view),
                name=f"{name}_opinion_form",
            ),
            path(
                "<int:object_id>/letters/<int:letter>/to-sign/",
                wrap(self.to_sign_view),
                name=f"{name}_to_sign",
            ),
            path("<int:object_id>/casefile/", wrap(self.zip_view), name=f"{name}_casefile"),
            *base.get_urls(),
        ]

    def _case(self, request: HttpRequest, object_id: int) -> DisclosureRequest:
        """The case, or 404 for who may not see it."""
        rows = DisclosureRequest.objects.for_staff(person(request)).select_related(
            "agency", "handler", "office", "applicant", "entered_by"
        )
        found = rows.filter(pk=object_id).first() if object_id < 2**63 else None
        if found is None:
            raise Http404
        return found

    def _may_open(self, request: HttpRequest, case: DisclosureRequest) -> None:
        if not rights.allows(person(request), OPEN, case):
            raise PermissionDenied

    def cover_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The cover to print (卷宗封面), in Chinese like the letters in the file."""
        case = self._case(request, object_id)
        with translation.override(CHINESE):
            rows = sheets.cover(case)
        return staff_page(
            self,
            request,
            "admin/requests_app/casefile/cover.html",
            title=gettext("Cover of the case file"),
            object=case,
            rows=rows,
        )

    def registration_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The registration form to print (登记表), the applicant masked."""
        case = self._case(request, object_id)
        with translation.override(CHINESE):
            sheet = papers.registration(case, case.events.select_related("actor"))
        return self._paper(request, case, gettext("Registration form"), sheet)

    def review_sheet_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The sheet of examination and approval to print (公开审查呈批单). Remarks and reasons may
        name people, so it is for who may open the file."""
        case = self._case(request, object_id)
        if not may_read(person(request), case):
            raise PermissionDenied
        with translation.override(CHINESE):
            sheet = papers.review(case, case.events.select_related("actor"), case.notes.all())
        return self._paper(request, case, gettext("Examination and approval of the answer"), sheet)

    def opinion_form_view(self, request: HttpRequest, object_id: int, party: int) -> HttpResponse:
        """The form that somebody asked sends back, to print (意见确认函)."""
        case = self._case(request, object_id)
        self._may_open(request, case)
        with translation.override(CHINESE):
            found = [sheet for one, sheet in papers.opinions(case) if one.pk == party]
        if not found:
            raise Http404
        return self._paper(request, case, gettext("Form for an opinion"), found[0])

    def _paper(
        self, request: HttpRequest, case: DisclosureRequest, title: str, sheet: sheets.Sheet
    ) -> HttpResponse:
        return staff_page(
            self,
            request,
            "admin/requests_app/casefile/paper.html",
            title=title,
            object=case,
            sheet=sheet,
        )

    def to_sign_view(self, request: HttpRequest, object_id: int, letter: int) -> HttpResponse:
        """The receipt of a letter for the addressee to sign (送达回证). It names the addressee, so
        that it was shown is recorded; by POST only, for a GET never writes."""
        case = self._case(request, object_id)
        self._may_open(request, case)
        found = self._letter(case, letter)
        document = None
        if request.method == "POST":
            document = found.read()
            record(person(request), "casefile.slip_shown", case, letter=found.pk)
        return staff_page(
            self,
            request,
            "admin/requests_app/casefile/to_sign.html",
            title=gettext("Receipt to sign"),
            object=case,
            letter=found,
            shown=request.method == "POST",
            addressee=document.addressee if document else "",
            delivery=found.deliveries.order_by("-pk").first(),
            channels=Delivery.Channel.choices,
        )

    def _letter(self, case: DisclosureRequest, key: int) -> Letter:
        found = case.letters.filter(pk=key).first() if key < 2**63 else None
        if found is None:
            raise Http404
        return found

    def zip_view(
        self, request: HttpRequest, object_id: int
    ) -> HttpResponse | StreamingHttpResponse:
        """Everything as one ZIP (卷宗); by POST only, for that it was taken is recorded."""
        case = self._case(request, object_id)
        self._may_open(request, case)
        if request.method != "POST":
            return staff_page(
                self,
                request,
                "admin/requests_app/casefile/download.html",
                title=gettext("Case file as a ZIP"),
                object=case,
            )
        with translation.override(CHINESE):
            listed = contents.entries(case)
            name = gettext("Case file %(number)s") % {"number": case.number}
            parts = zipping.stream(name, listed)
        record(person(request), "casefile.downloaded", case, files=len(listed))
        response = StreamingHttpResponse(parts, content_type="application/zip")
        response.headers["Content-Disposition"] = content_disposition(f"{name}.zip")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        return response
