"""The staff area's site."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.passwords import OwnPasswordForm, SignInForm
from disclosure.backstage.autocomplete import ScopedAutocompleteView
from disclosure.backstage.panels import panels_for

#: The order in which the areas stand on the start page and in the side bar; others follow.
ORDER = (
    "DisclosureRequest",
    "Publication",
    "AnnualReport",
    "Guide",
    "Rule",
    "Agency",
    "Category",
    "CalendarYear",
    "User",
    "RoleAssignment",
    "AuditEntry",
)


class PortalAdminSite(AdminSite):
    """Django's admin under the portal's name, with a start page of what is to be done."""

    site_title = _("Disclosure staff area")
    site_header = _("Disclosure staff area")
    index_title = _("To do today")
    index_template = "admin/start.html"
    login_form = SignInForm
    enable_nav_sidebar = True
    empty_value_display = "–"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Without the log entries: the staff area shows the audit trail instead."""
        context = super().each_context(request)
        context.pop("log_entries", None)
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What must I do today: the panels that concern this person."""
        user: Any = request.user
        return super().index(request, {"panels": panels_for(user), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        rank = {name: place for place, name in enumerate(ORDER)}
        for app in apps:
            app["models"].sort(key=lambda one: rank.get(one["object_name"], len(rank)))
        apps.sort(key=lambda app: min(rank.get(m["object_name"], len(rank)) for m in app["models"]))
        return apps

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """As Django's, through the action that notes it."""
        request.current_app = self.name
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ScopedAutocompleteView.as_view(admin_site=self)(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """As Django's, but 'view on site' finds only what the person may see."""
        urls: list[URLPattern | URLResolver] = super().get_urls()
        for url in urls:
            if isinstance(url, URLPattern) and url.name == "view_on_site":
                url.callback = self.admin_view(self.view_on_site)
        return urls

    def view_on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponse:
        """To the public page of a record; 404 unless the person may see the record."""
        from django.contrib.contenttypes.models import ContentType

        if not (content_type_id.isascii() and content_type_id.isdigit()):
            raise Http404
        content_type = ContentType.objects.filter(pk=content_type_id).first()
        model = content_type.model_class() if content_type else None
        if model is None or not self.is_registered(model) or not hasattr(model, "get_absolute_url"):
            raise Http404
        obj = self.get_model_admin(model).get_object(request, object_id)
        if obj is None:
            raise Http404
        return HttpResponseRedirect(obj.get_absolute_url())
