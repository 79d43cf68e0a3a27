"""The staff pages of what is read: item by item, and by month and year."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.visits import presenting
from disclosure.visits.models import PublicationReads

MONTHS = "disclosure_publicationreads_months"


@admin.register(PublicationReads)
class PublicationReadsAdmin(ScopedModelAdmin):
    """How often each item was read (阅读量), written by nobody."""

    change_list_template = "admin/visits_list.html"
    list_display = ("title", "agency", "reads", "downloads", "as_of")
    list_display_links = None
    list_select_related = ("publication__agency",)
    list_filter = ("publication__category",)
    search_fields = ("publication__title", "publication__index_number")
    search_help_text = _("Title, index number")
    ordering = ("-reads", "-publication")
    fields = ("title", "agency", "reads", "downloads", "as_of")
    readonly_fields = ("title", "agency")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("months/", wrap(self.months_view), name=MONTHS), *super().get_urls()]

    @admin.display(description=_("title"))
    def title(self, row: PublicationReads) -> SafeString:
        url = reverse("admin:disclosure_publication_change", args=[row.publication_id])
        return format_html('<a href="{}" lang="zh-Hans">{}</a>', url, row.publication.title)

    @admin.display(description=_("agency"), ordering="publication__agency")
    def agency(self, row: PublicationReads) -> str:
        return row.publication.agency.local_name

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The items, which lead to the sums."""
        months_url = reverse(f"admin:{MONTHS}")
        return super().changelist_view(request, {"months_url": months_url, **(extra_context or {})})

    def months_view(self, request: HttpRequest) -> HttpResponse:
        """Sums of years and months."""
        user = person(request)
        if not rights.allows(user, presenting.VIEW):
            raise PermissionDenied
        years, months = presenting.for_staff(user)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Reading by month and year"),
            "subtitle": None,
            "opts": self.opts,
            "columns": [column.label for column in presenting.COLUMNS],
            "tables": [(gettext("Year"), years), (gettext("Month"), months)] if years else [],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/visits_months.html", context)
