"""The staff pages of what an agency adapts: the look of its letters and their wordings."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ReasonedForm, ScopedModelAdmin, person
from disclosure.agencies.models import Agency
from disclosure.backstage.scoping import rows_for
from disclosure.core import articles
from disclosure.core.dates import today
from disclosure.core.errors import Refusal
from disclosure.paper import pdf as paper
from requests_app.letters import composing, pdf, samples, styling
from requests_app.letters import verbs as _verbs  # noqa: F401  (declares itself)
from requests_app.letters.document import Document
from requests_app.letters.fields import FIELDS
from requests_app.letters.models import WORDING_CHOICES, LetterStyle, LetterWording
from requests_app.letters.wordings import LONGEST, row_of
from requests_app.remedies.rules import BODY_LABELS, COURT_LABELS, Venue, venue_of

#: Of what a preview takes of a style's field; the form itself refuses sooner.
LONGEST_NAME = 200
#: The names without which no answer can be issued; the channel only where it goes online.
NEEDED = ("reconsideration_body", "court", "online_channel")


class Previewed(ScopedModelAdmin):
    """A record whose form shows, before saving, the letter that it would make."""

    def get_urls(self) -> list[URLPattern]:
        name = f"requests_app_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The letter with example values, as a page or as PDF; stores nothing."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        # What the form only shows, it does not send: that comes with the address.
        given = {**request.GET.dict(), **request.POST.dict()}
        reasons, letter = self.sample(request, given)
        if letter and "pdf" in given and can_make_pdf():
            response = HttpResponse(pdf.render(letter), content_type="application/pdf")
            response.headers["Content-Disposition"] = 'inline; filename="preview.pdf"'
            return response
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Preview"),
            "subtitle": None,
            "is_popup": True,
            "opts": self.opts,
            "reasons": reasons,
            "letter": letter,
            "given": {name: given.get(name, "") for name in self.sent_on},
            "can_make_pdf": can_make_pdf(),
        }
        request.current_app = self.admin_site.name
        template = "admin/requests_app/letter_preview.html"
        return TemplateResponse(request, template, context)

    #: What the page of the preview sends again for the PDF.
    sent_on: tuple[str, ...] = ()

    def sample(
        self, request: HttpRequest, given: dict[str, str]
    ) -> tuple[list[Refusal], Document | None]:
        """What speaks against it, or the letter."""
        raise NotImplementedError

    def chosen_agency(self, request: HttpRequest, given: dict[str, str]) -> Agency:
        """The agency that the form names, if it is one of this person's."""
        key = given.get("agency", "")
        rows = rows_for(person(request), self.choice_actions(), Agency)
        found = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
        return found or samples.nobodys_agency()

    def may_write(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if self.may_write(request, obj):
            url = reverse(f"admin:requests_app_{self.opts.model_name}_preview")
            context["preview_url"] = f"{url}?{urlencode(self.fixed(obj))}" if obj else url
        return super().render_change_form(request, context, *args, **kwargs)

    def fixed(self, obj: Any) -> dict[str, Any]:
        """What of a stored record is not changed any more."""
        return {"agency": obj.agency_id}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another agency is another record."""
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, *self.fixed(obj)] if obj is not None else fixed


@admin.register(LetterStyle)
class LetterStyleAdmin(Previewed):
    """What an agency's letters bear, one for each agency."""

    form = ReasonedForm
    list_display = ("agency", "number_prefix", "missing")
    list_select_related = ("agency",)
    search_fields = ("agency__name", "agency__code", "number_prefix")
    search_help_text = _("Agency")
    ordering = ("agency__path",)
    sent_on = ("agency", *styling.TEXTS)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ["agency", *styling.TEXTS]
        if obj is not None:
            names.insert(names.index("reconsideration_body"), "venue")
        return [*names, "reason"] if self.may_write(request, obj) else names

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "venue"] if obj is not None else fixed

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Agencies that have none yet."""
        return super().related_rows(db_field, request).filter(letter_style__isnull=True)

    @admin.display(description=_("names still missing"))
    def missing(self, style: LetterStyle) -> str:
        options: Any = LetterStyle._meta
        return "、".join(
            str(options.get_field(name).verbose_name) for name in NEEDED if not getattr(style, name)
        )

    @admin.display(description=_("before whom, by the agency's kind and level"))
    def venue(self, style: LetterStyle) -> SafeString:
        return venue_text(style.agency)

    def sample(
        self, request: HttpRequest, given: dict[str, str]
    ) -> tuple[list[Refusal], Document | None]:
        style = LetterStyle(agency=self.chosen_agency(request, given))
        for name in styling.TEXTS:
            setattr(style, name, given.get(name, "")[:LONGEST_NAME])
        reasons = styling.why_not_style(style)
        return reasons, None if reasons else samples.sample_style(style, today())

    def create_record(self, request: HttpRequest, obj: LetterStyle, form: forms.ModelForm) -> None:
        reason = form.cleaned_data.get("reason", "")
        styling.create_style(actor=person(request), style=obj, reason=reason)

    def update_record(self, request: HttpRequest, obj: LetterStyle, form: forms.ModelForm) -> None:
        reason = form.cleaned_data.get("reason", "")
        styling.update_style(actor=person(request), style=obj, reason=reason)


class LetterWordingForm(ReasonedForm):
    """The text left empty at first: the portal's own wording, to be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "body" in self.fields:
            self.fields["body"].required = False

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        row = row_of(data.get("kind") or "")
        if self.instance.pk is None and row and not data.get("body"):
            data["body"] = row.wording
        return data


@admin.register(LetterWording)
class LetterWordingAdmin(Previewed):
    """An agency's own wordings of letters and of what they say on a determination."""

    form = LetterWordingForm
    change_form_template = "admin/requests_app/letter_wording_form.html"
    list_display = ("kind", "agency")
    list_select_related = ("agency",)
    list_filter = ("agency", "kind")
    search_fields = ("body", "agency__name")
    search_help_text = _("Wording, agency")
    ordering = ("agency__path", "kind")
    sent_on = ("agency", "kind", "body")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ["agency", "kind", "body"]
        return [*names, "reason"] if self.may_write(request, obj) else names

    def fixed(self, obj: Any) -> dict[str, Any]:
        return {"agency": obj.agency_id, "kind": obj.kind}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A kind in the address brings the portal's own wording with it."""
        given = super().get_changeform_initial_data(request)
        row = row_of(str(given.get("kind", "")))
        return {"body": row.wording, **given} if row else given

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body" and field is not None:
            field.help_text = gettext(
                "Each line becomes a paragraph; a line whose optional field is empty is left out. "
                "Left empty in a new one: the portal's own wording, to be changed."
            )
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        kind = obj.kind if obj else request.POST.get("kind") or request.GET.get("kind", "")
        row = row_of(kind)
        if row:
            context["known_fields"] = [
                (f"{{{name}}}", gettext(FIELDS[name].label), name in row.must)
                for name in sorted(row.fields, key=lambda name: (name not in row.must, name))
            ]
            context["portals_wording"] = row.wording
        elif obj is None:
            context["kinds"] = WORDING_CHOICES
        return super().render_change_form(request, context, *args, **kwargs)

    def sample(
        self, request: HttpRequest, given: dict[str, str]
    ) -> tuple[list[Refusal], Document | None]:
        kind, agency = given.get("kind", ""), self.chosen_agency(request, given)
        row = row_of(kind)
        if row is None:
            raise Http404
        body = given.get("body", "")[: LONGEST + 1]
        wording = LetterWording(kind=kind, body=body if body.strip() else row.wording)
        reasons = styling.why_not_wording(wording)
        stored = LetterStyle.objects.filter(agency=agency).first() if agency.pk else None
        style = stored or LetterStyle(agency=agency)
        if reasons:
            return reasons, None
        return [], samples.sample_wording(style, kind, wording.body, today())

    def create_record(
        self, request: HttpRequest, obj: LetterWording, form: forms.ModelForm
    ) -> None:
        reason = form.cleaned_data.get("reason", "")
        styling.create_wording(actor=person(request), wording=obj, reason=reason)

    def update_record(
        self, request: HttpRequest, obj: LetterWording, form: forms.ModelForm
    ) -> None:
        reason = form.cleaned_data.get("reason", "")
        styling.update_wording(actor=person(request), wording=obj, reason=reason)

    def delete_record(self, request: HttpRequest, obj: LetterWording) -> None:
        styling.delete_wording(actor=person(request), wording=obj)


def can_make_pdf() -> bool:
    """Whether this machine has what PDFs need."""
    try:
        paper.ready()
    except paper.PdfUnavailable:
        return False
    return True


def venue_text(agency: Agency) -> SafeString:
    """Which kind of body and court hears what is filed against this agency, and why."""
    venue: Venue = venue_of(agency.kind, agency.level)
    lines = []
    if venue.body:
        body = gettext(BODY_LABELS[venue.body])
        article = venue.article
        if get_language() == composing.CHINESE:
            article = articles.in_chinese(article)
        lines.append(
            gettext("Reconsideration: %(body)s (Administrative Reconsideration Law, %(article)s)")
            % {"body": body, "article": article}
        )
    if venue.court:
        lines.append(gettext("Lawsuit: %(court)s") % {"court": gettext(COURT_LABELS[venue.court])})
    if venue.note:
        lines.append(gettext(venue.note))
    return format_html_join("", "<div>{}</div>", ((line,) for line in lines))
