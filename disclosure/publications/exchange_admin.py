"""Import and export on the staff pages of publications, as one mixin."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.publications.export_admin import ExportPages
from disclosure.publications.importing.admin import ImportPages
from disclosure.publications.lifecycle import ADD, PUBLISH


class ImportExportMixin(ImportPages, ExportPages):
    """Adds both, and says to the list who gets the way to the import."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        user = person(request)
        may = any(rights.allows(user, right) for right in (ADD, PUBLISH))
        base: Any = super()
        answer: HttpResponse = base.changelist_view(
            request, {"may_import": may, **(extra_context or {})}
        )
        return answer
