"""The staff pages of messages: what was sent or not, and each agency's own texts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ReasonedForm, ScopedModelAdmin, person
from requests_app.casework.models import DisclosureRequest
from requests_app.messages import actions, templates, verbs  # noqa: F401  (verbs declares itself)
from requests_app.messages.models import LANGUAGE_CHOICES, Message, MessageText
from requests_app.messages.policies import why_not_word
from requests_app.messages.templates import CHINESE, FIELDS, Template, Text
from requests_app.messages.texts import TEMPLATES

LANGUAGES = dict(LANGUAGE_CHOICES)


@admin.register(Message)
class MessageAdmin(ScopedModelAdmin):
    """Messages as they went out, or did not; nobody writes them here."""

    list_display = ("created_at", "template", "to_whom", "request", "state", "sent_at", "attempts")
    list_select_related = ("request", "user")
    list_filter = ("state", "audience", "template", "agency")
    search_fields = ("request__number",)
    search_help_text = _("Number of the request")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    fields = (
        *("request", "agency", "template", "language", "audience", "user", "channel", "state"),
        *("created_at", "sent_at", "attempts", "next_try_at", "last_error"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """As everywhere; a restricted case's messages for those alone who may see the case."""
        seen = DisclosureRequest.objects.for_staff(person(request))
        rows = super().get_queryset(request)
        return rows.filter(Q(request__isnull=True) | Q(request__in=seen))

    @admin.display(description=_("to whom"))
    def to_whom(self, message: Message) -> str:
        return str(message.user or message.get_audience_display())


class MessageTextForm(ReasonedForm):
    """Both parts left empty at first: the portal's own text, to be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            for name in {"subject", "body"} & set(self.fields):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        template = TEMPLATES.get(data.get("template", ""))
        is_empty = not data.get("subject") and not data.get("body")
        if self.instance.pk is None and is_empty and template and data.get("language"):
            own = template.text(data["language"])
            data |= {"subject": own.subject, "body": own.body}
        return data


@admin.register(MessageText)
class MessageTextAdmin(ScopedModelAdmin):
    """An agency's own wording of the messages."""

    form = MessageTextForm
    list_display = ("template", "language", "subject", "agency")
    list_select_related = ("agency",)
    list_filter = ("agency", "template", "language")
    search_fields = ("subject", "agency__name")
    search_help_text = _("Subject, agency")
    ordering = ("agency__path", "template", "language")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ["agency", "template", "language", "subject", "body"]
        if obj is not None:
            names += ["known_fields", "portals_text"]
        return [*names, "reason"] if self.may_write(request, obj) else names

    def may_write(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another message or language is another record."""
        fixed = list(super().get_readonly_fields(request, obj))
        if obj is not None:
            fixed += ["agency", "template", "language", "known_fields", "portals_text"]
        return fixed

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "subject" and field is not None:
            field.help_text = gettext(
                "Subject and text left empty in a new one: the portal's own, to be changed."
            )
        return field

    @admin.display(description=_("fields of this message"))
    def known_fields(self, obj: MessageText) -> SafeString:
        template = TEMPLATES[obj.template]
        rows = (
            (
                f"{{{name}}}",
                gettext(FIELDS[name].label),
                gettext("(has to be shown)") if name in template.needed else "",
            )
            for name in template.fields
        )
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li><code>{}</code> {} {}</li>", rows)
        )

    @admin.display(description=_("the portal's own text"))
    def portals_text(self, obj: MessageText) -> SafeString:
        own = TEMPLATES[obj.template].text(obj.language)
        return format_html(
            '<div lang="{}"><strong>{}</strong><pre>{}</pre></div>',
            _lang(obj.language),
            own.subject,
            own.body,
        )

    # --- preview ------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "preview/",
            self.admin_site.admin_view(self.preview_view),
            name="requests_app_messagetext_preview",
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """What the typed text looks like with example values; stores nothing."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        given = {**request.GET.dict(), **request.POST.dict()}
        template = TEMPLATES.get(given.get("template", ""))
        language = given.get("language", "")
        if template is None or language not in LANGUAGES:
            raise Http404
        typed = Text(given.get("subject", "")[:200], given.get("body", "")[:4000])
        if not (typed.subject or typed.body):
            typed = template.text(language)
        reasons = why_not_word(template, subject=typed.subject, body=typed.body)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Preview"),
            "subtitle": None,
            "is_popup": True,
            "opts": self.opts,
            "reasons": reasons,
            "text": None if reasons else _example(template, typed, language),
            "text_lang": _lang(language),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/requests_app/message_preview.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if self.may_write(request, obj):
            url = reverse("admin:requests_app_messagetext_preview")
            if obj is not None:  # what the form only shows, it does not send
                url += "?" + urlencode({"template": obj.template, "language": obj.language})
            context["preview_url"] = url
        return super().render_change_form(request, context, *args, **kwargs)

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: MessageText, form: forms.ModelForm) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.create_text(actor=person(request), text=obj, reason=reason)

    def update_record(self, request: HttpRequest, obj: MessageText, form: forms.ModelForm) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.update_text(actor=person(request), text=obj, reason=reason)

    def delete_record(self, request: HttpRequest, obj: MessageText) -> None:
        actions.delete_text(actor=person(request), text=obj)


def _example(template: Template, text: Text, language: str) -> Text:
    return templates.fill(text, templates.example_values(template, language))


def _lang(language: str) -> str:
    return "zh-Hans" if language == CHINESE else language
