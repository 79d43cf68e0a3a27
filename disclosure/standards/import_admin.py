"""The staff page on which a standard catalogue is taken over: choose a file, look at what would
happen, store it. The rows travel in the preview, signed; nothing is kept in between.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.agencies.models import Agency, User
from disclosure.publications.importing.sources import FileProblem
from disclosure.standards import workbook
from disclosure.standards.importing import Result, import_catalogue, packed, unpacked
from disclosure.standards.models import StandardArea

ADD, CHANGE = "disclosure.add_standarditem", "disclosure.change_standarditem"
IMPORT = "admin:disclosure_standarditem_import"
SALT = "disclosure.standards.import"
#: A preview older than this (in seconds) is looked at again.
LASTS = 3600


class ImportForm(forms.Form):
    """Whose catalogue, of which area, from which file."""

    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label=_("agency"))
    area = forms.ModelChoiceField(queryset=StandardArea.objects.all(), label=_("area"))
    file = forms.FileField(
        label=_("file"),
        help_text=_("The customary table as XLSX."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    update = forms.BooleanField(
        label=_("replace other values of a matter that is there"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field: Any = self.fields["agency"]
        field.queryset = rights.agencies(user, ADD).order_by("path")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        data = upload.read(workbook.MOST_BYTES + 1)
        try:
            self.reading = workbook.read_bytes(data)
        except FileProblem as problem:
            raise forms.ValidationError(str(problem)) from problem
        return upload


class ImportMixin:
    """Adds the import to the admin of the items."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        site: Any = self.admin_site  # type: ignore[attr-defined]
        view = site.admin_view(self.import_view)
        return [path("import/", view, name="disclosure_standarditem_import"), *base.get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the way to the import for who may add items."""
        may = rights.allows(person(request), ADD)
        about = {"import_url": reverse(IMPORT) if may else "", **(extra_context or {})}
        base: Any = super()
        answer: HttpResponse = base.changelist_view(request, about)
        return answer

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """The form; by POST the preview, and from there the import itself."""
        admin: Any = self
        user = person(request)
        if not rights.allows(user, ADD):
            raise PermissionDenied
        if request.method == "POST" and "signed" in request.POST:
            return self._store(request, user)
        sent = request.method == "POST"
        form = ImportForm(request.POST, request.FILES, user=user) if sent else ImportForm(user=user)
        result, signed = None, ""
        if sent and form.is_valid():
            chosen = form.cleaned_data
            result = import_catalogue(
                actor=user,
                agency=chosen["agency"],
                area=chosen["area"],
                reading=form.reading,
                update=chosen["update"],
                dry_run=True,
            )
            if not result.problems:
                signed = signing.dumps(
                    {
                        "user": user.pk,
                        "agency": chosen["agency"].pk,
                        "area": chosen["area"].pk,
                        "update": chosen["update"],
                        "rows": packed(form.reading.rows),
                    },
                    salt=SALT,
                    compress=True,
                )
        return self._page(request, admin, form, result, signed)

    def _store(self, request: HttpRequest, user: User) -> HttpResponse:
        """What the preview showed, checked anew."""
        try:
            data = signing.loads(request.POST["signed"], salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            messages.error(
                request, gettext("The preview is too old. Please choose the file again.")
            )
            return HttpResponseRedirect(reverse(IMPORT))
        agency = rights.agencies(user, ADD).filter(pk=data["agency"]).first()
        area = StandardArea.objects.filter(pk=data["area"]).first()
        if agency is None or area is None or data["user"] != user.pk:
            raise PermissionDenied
        result = import_catalogue(
            actor=user,
            agency=agency,
            area=area,
            reading=unpacked(data["rows"]),
            update=data["update"],
        )
        if result.problems:
            return self._page(request, self, ImportForm(user=user), result, "")
        messages.success(request, result.summary)
        url = reverse("admin:disclosure_standarditem_changelist")
        return HttpResponseRedirect(
            f"{url}?agency__id__exact={agency.pk}&area__id__exact={area.pk}"
        )

    def _page(
        self, request: HttpRequest, admin: Any, form: Any, result: Result | None, signed: str
    ) -> HttpResponse:
        context = {
            **admin.admin_site.each_context(request),
            "title": gettext("Import a standard catalogue"),
            "subtitle": None,
            "opts": admin.opts,
            "form": form,
            "result": result,
            "signed": signed,
            "media": admin.media + form.media,
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, "admin/standards_import.html", context)
