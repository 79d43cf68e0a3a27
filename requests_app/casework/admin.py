"""The staff pages of disclosure requests: worklist, case, steps, entry for somebody."""

import datetime as dt
import secrets
import uuid as uuids
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.filters import is_key
from disclosure.backstage.steps import Button, StepsMixin
from disclosure.core.dates import today
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.files import sniff
from disclosure.workdays.store import current_calendar
from requests_app import access_codes, actions, policies, uploads
from requests_app.casefile.admin import CaseFilePages
from requests_app.casework import worklist
from requests_app.casework.case_page import applicant_lines, case_page
from requests_app.casework.drafting_admin import DraftingMixin
from requests_app.casework.entry_form import ENTER, EntryForm
from requests_app.casework.models import DisclosureRequest, RequestEvent, RequestFile
from requests_app.casework.step_fields import STEP_FIELDS
from requests_app.casework.step_forms import (
    BulkAssignForm,
    Kept,
    RevealForm,
    StepForm,
    as_taken,
    proposal,
)
from requests_app.casework.step_notes import step_note
from requests_app.downloads import file_response
from requests_app.filters.admin import FilterPages
from requests_app.intake import handover
from requests_app.intake.keeping import keep_files
from requests_app.letters.models import LetterFile
from requests_app.lifecycle import CASE_STEPS, PART_LABELS, Place
from requests_app.moving.admin import MovingPages
from requests_app.oversight.admin import OversightPages
from requests_app.policies.reading import OPEN, may_open
from requests_app.proposing.admin import ProposingPages, may_propose
from requests_app.register.admin import RegisterPages
from requests_app.tracking.timeline import due_panel

LONGEST_TOKEN = 100
#: The Regulation has been in force since 2008.
FIRST_YEAR = 2008
#: The parts of a case that the address of a step may name.
ROWS = ("party", "task", "letter", "remedy", "event")


class StandingFilter(admin.SimpleListFilter):
    """Requests by what they ask of staff: the start page's panels lead here."""

    title = _("what is to be done")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, (label, _rows) in worklist.STANDINGS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        standing = worklist.STANDINGS.get(self.value() or "")
        if standing is None:
            return queryset
        rows = standing[1](person(request), today())
        return queryset & rows


class YearFilter(admin.SimpleListFilter):
    """Requests by the year of receipt, as the annual report counts them. The years are not asked
    of the table, which may be long."""

    title = _("year of receipt")
    parameter_name = "received"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(year), str(year)) for year in range(today().year, FIRST_YEAR - 1, -1)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        year = self.value()
        if year not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(
            received_on__range=(dt.date(int(year), 1, 1), dt.date(int(year), 12, 31))
        )


@admin.register(DisclosureRequest)
class DisclosureRequestAdmin(
    RegisterPages,
    FilterPages,
    CaseFilePages,
    OversightPages,
    MovingPages,
    ProposingPages,
    DraftingMixin,
    StepsMixin,
    ScopedModelAdmin,
):
    """Requests (依申请公开): nothing is edited here, every change is a step."""

    list_display = ("number", "subject_shown", "agency_shown", "state", "handler", "received_on")
    list_display_links = ("number", "subject_shown")
    list_select_related = ("agency", "handler")
    list_filter = (
        StandingFilter,
        "state",
        YearFilter,
        "agency",
        "intake_channel",
        "applicant_kind",
    )
    search_fields = ("number", "information_name", "document_number")
    search_help_text = _("Number, name of the information, document number")
    ordering = ("-submitted_at", "-id")
    steps = CASE_STEPS
    bulk_steps = ("register", "assign", "close")
    step_template = "admin/requests_app/step.html"

    # --- the list -----------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.open_to(person(request))

    def seen_marks(self, keys: Iterable[Any]) -> dict[str, str]:
        """Which version of a case a page shows: its newest event."""
        newest = (
            RequestEvent.objects.filter(request__in=list(keys))
            .order_by()
            .values_list("request")
            .annotate(Max("pk"))
        )
        return {str(key): str(mark) for key, mark in newest}

    def seen_mark(self, object_id: str) -> str:
        return self.seen_marks([object_id]).get(object_id, "") if is_key(object_id) else ""

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What is to be done comes by urgency, everything else newest first."""
        by_due = request.GET.get("standing") in worklist.STANDINGS
        return worklist.BY_DUE if by_due else self.ordering

    @admin.display(description=_("information asked for"), ordering="information_name")
    def subject_shown(self, case: DisclosureRequest) -> str:
        return format_html('<span lang="zh-Hans">{}</span>', case.subject)

    @admin.display(description=_("agency"), ordering="agency__path")
    def agency_shown(self, case: DisclosureRequest) -> str:
        return case.agency.short_name or case.agency.local_name

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """With the days left: the calendar is read once for the whole list."""
        calendar, on = current_calendar(), today()

        @admin.display(description=_("answer due"), ordering="answer_due")
        def due(case: DisclosureRequest) -> str:
            panel = due_panel(case, on, calendar)
            day = panel.last_day or (panel.date if case.is_open else None)
            return format_html(
                '<span class="days">{} <span class="pill {}">{}</span></span>',
                f"{day:%Y-%m-%d}" if day else "",
                panel.pill,
                panel.text,
            )

        columns = list(super().get_list_display(request))
        columns.insert(1, due)
        return columns

    # --- the case -----------------------------------------------------------------------------
    def case(self, request: HttpRequest, object_id: str) -> DisclosureRequest:
        """The case with what its page shows, or 404."""
        found = self.get_object(request, object_id)
        rows = DisclosureRequest.objects.for_staff(person(request)).select_related(
            "agency",
            "handler",
            "office",
            "entered_by",
            "applicant",
            "origin",
            "merged_into",
        )
        return get_object_or_404(rows, pk=found.pk)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of a case; a POST adds a note to the file."""
        case = self.case(request, object_id)
        if request.method == "POST" and "note" in request.POST:
            try:
                actions.add_note(case, actor=person(request), text=request.POST["note"])
            except NotPossible as error:
                messages.error(request, " ".join(str(refusal) for refusal in error.refusals))
            return HttpResponseRedirect(request.path)
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        shown = case_page(case, person(request), today(), current_calendar())
        return self.page(
            request,
            "admin/requests_app/case.html",
            title=gettext("Request %(number)s") % {"number": case.number},
            object=case,
            page=shown,
            may_propose=may_propose(person(request), case),
            next_steps=self.buttons(request, case),
            state=case.state,
            state_label=case.get_state_display(),
        )

    def page(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        status = context.pop("status", 200)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "subtitle": None,
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context, status=status)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "requests_app_disclosurerequest"
        return [
            path("<path:object_id>/reveal/", wrap(self.reveal_view), name=f"{name}_reveal"),
            path("<path:object_id>/slip/", wrap(self.slip_view), name=f"{name}_slip"),
            path("<path:object_id>/files/<uuid:uuid>/", wrap(self.file_view), name=f"{name}_file"),
            path(
                "<path:object_id>/letters/<uuid:uuid>/",
                wrap(self.letter_view),
                name=f"{name}_letter",
            ),
            *self.drafting_urls(),
            *super().get_urls(),
        ]

    # --- steps --------------------------------------------------------------------------------
    def buttons(self, request: HttpRequest, obj: DisclosureRequest) -> list[Button]:
        """The steps of the case itself; those of its parts stand beside the parts."""
        like = policies.looking(obj, person(request))
        return [
            Button(
                name,
                self.step_label(name),
                self.step_url(obj, name),
                policies.why_not_begin(obj, name, person(request), like=like),
                gettext(PART_LABELS[row.part]),
            )
            for name, row in self.steps.items()
            if row.place is Place.CASE and self.may_step(request, obj, name)
        ]

    def why_not_step(
        self, request: HttpRequest, obj: DisclosureRequest, step: str
    ) -> Sequence[Refusal]:
        return policies.why_not_begin(obj, step, person(request))

    def step_form(
        self, request: HttpRequest, obj: DisclosureRequest | None, step: str
    ) -> Callable[..., forms.Form]:
        if obj is None:
            if step == "assign":
                return partial(BulkAssignForm, user=person(request))
            return super().step_form(request, obj, step)
        wants_files = "files" in STEP_FIELDS.get(step, ())
        given = {name: request.GET[name] for name in ROWS if name in request.GET}
        if step == "extend":
            given |= proposal(obj)
        return partial(
            StepForm,
            case=obj,
            step=step,
            kept=self.kept(request, "files") if wants_files else None,
            given=given,
        )

    def step_note(self, obj: DisclosureRequest, step: str) -> str:
        return step_note(obj, step)

    def do_step(
        self, request: HttpRequest, obj: DisclosureRequest, step: str, data: Mapping[str, Any]
    ) -> None:
        user = person(request)
        taken = as_taken(dict(data))
        if step == "renew_code":
            taken["code"] = access_codes.new_code()
        done = actions.take(obj, step, actor=user, **taken)
        if "token" in data:
            staged = uploads.staged_for(data["token"])
            uploads.unstage(data["token"], [str(each.uuid) for each in staged])
        if step == "renew_code":
            handover.hand_over(request.session, actions.Receipt(done, taken["code"]))

    def after_step(self, request: HttpRequest, obj: DisclosureRequest, step: str) -> HttpResponse:
        """A new access code is shown at once, this once."""
        if step == "renew_code":
            slip = reverse("admin:requests_app_disclosurerequest_slip", args=[obj.pk])
            return HttpResponseRedirect(slip)
        return super().after_step(request, obj, step)

    def kept(self, request: HttpRequest, field: str) -> Kept:
        """The files of this form so far; those that came just now are kept with them."""
        token = request.POST.get("token", "")[:LONGEST_TOKEN] or secrets.token_urlsafe(24)
        if request.method != "POST":
            return Kept(token)
        uploads.unstage(token, request.POST.getlist("remove_attachment"))
        refused = keep_files(request.FILES.getlist(field), token, allowed=sniff.FROM_STAFF)
        return Kept(token, uploads.staged_for(token), refused)

    # --- the applicant, files -----------------------------------------------------------------
    def reveal_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The applicant's details in full, for a purpose that is recorded; shown by POST only."""
        case = self.case(request, object_id)
        if not rights.allows(person(request), "requests_app.reveal_applicant", case):
            raise PermissionDenied
        form = RevealForm(request.POST or None)
        data = None
        if request.method == "POST" and form.is_valid():
            try:
                purpose = form.cleaned_data["purpose"]
                data = actions.reveal(case, actor=person(request), purpose=purpose)
            except NotPossible as error:
                form.add_error("purpose", [str(refusal) for refusal in error.refusals])
        return self.page(
            request,
            "admin/requests_app/reveal.html",
            title=gettext("Who asks"),
            object=case,
            form=form,
            label=gettext("Show the details in full"),
            erased=not case.applicant.data,
            applicant=applicant_lines(case, data) if data is not None else None,
        )

    def file_view(self, request: HttpRequest, object_id: str, uuid: uuids.UUID) -> HttpResponse:
        """A file of the case, decrypted; who opened it is recorded."""
        case = self.get_object(request, object_id)
        user = person(request)
        rows = RequestFile.objects.select_related("request__agency")
        file = rows.filter(request__pk=case.pk, uuid=uuid).first()
        if file is None:
            raise Http404
        if not may_open(user, file):
            raise PermissionDenied
        return file_response(file, lambda: actions.open_file(file, actor=user))

    def letter_view(self, request: HttpRequest, object_id: str, uuid: uuids.UUID) -> HttpResponse:
        """A letter's file, decrypted; who opened it is recorded."""
        case = self.get_object(request, object_id)
        user = person(request)
        if not rights.allows(user, OPEN, case):
            raise PermissionDenied
        rows = LetterFile.objects.select_related("letter__request__agency")
        file = get_object_or_404(rows, letter__request=case.pk, uuid=uuid)
        return file_response(file, lambda: actions.open_letter(file, actor=user))

    # --- entering one for somebody ------------------------------------------------------------
    @method_decorator(sensitive_post_parameters())
    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form for a request that came by post, in person, by fax or orally."""
        user = person(request)
        if not rights.allows(user, ENTER):
            raise PermissionDenied
        kept = self.kept(request, "attachments")
        sent = request.method == "POST"
        form = EntryForm(request.POST if sent else None, user=user, kept=kept)
        if sent and form.is_valid():
            try:
                made = actions.enter(
                    form.submission(),
                    actor=user,
                    intake_channel=form.cleaned_data["intake_channel"],
                    received_on=form.cleaned_data["received_on"],
                    arrived_on=form.cleaned_data["arrived_on"],
                    confirmed=form.cleaned_data["confirmed"],
                    token=kept.token,
                    staged=kept.staged,
                )
            except (NotPossible, Conflict) as error:
                form.add_error(None, [str(refusal) for refusal in error.refusals])
            else:
                handover.hand_over(request.session, made)
                messages.success(
                    request,
                    gettext("Registered as %(number)s.") % {"number": made.request.number},
                )
                slip = reverse("admin:requests_app_disclosurerequest_slip", args=[made.request.pk])
                return HttpResponseRedirect(slip)
        return self.page(
            request,
            "admin/requests_app/enter.html",
            title=gettext("Enter a request"),
            form=form,
            status=422 if form.errors else 200,
        )

    def slip_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The slip for the applicant: number and, this once, the access code."""
        case = self.case(request, object_id)
        handed = handover.take(request.session, case.number)
        return self.page(
            request,
            "admin/requests_app/slip.html",
            title=gettext("Receipt for the applicant"),
            object=case,
            code=handed.code if handed else "",
            panel=due_panel(case, today(), current_calendar()),
        )
