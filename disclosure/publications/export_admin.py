"""The staff page on which what is public is taken away as a file, in the columns of the import.

A short one comes at once; a long one is made by the worker and kept a day for who asked.
"""

import tempfile
from collections.abc import Mapping
from typing import Any, BinaryIO

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.agencies.models import Agency, User
from disclosure.catalogue.models import Category
from disclosure.core.dates import day_after, start_of, today
from disclosure.files.names import content_disposition
from disclosure.publications import exporting, prepared
from disclosure.publications.models import Publication

VIEW = "disclosure.view_publication"
MAKER = "publications"
#: Up to this many rows the person waits for the file.
ROWS_AT_ONCE = 2000
#: Seconds after which the page of a file asks again.
AGAIN = 3


class ExportForm(forms.Form):
    """What of the public items, and as which kind of file."""

    kind = forms.ChoiceField(
        label=_("kind of file"),
        choices=[(kind, kind.upper()) for kind in exporting.FORMATS],
        widget=forms.RadioSelect,
        initial="csv",
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("agency"), required=False, empty_label=_("All")
    )
    category = forms.ModelChoiceField(
        Category.objects.order_by("path"), label=_("category"), required=False, empty_label=_("All")
    )
    since = forms.DateField(
        label=_("Published from"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=_("Published up to"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, label_suffix="")
        self.user = user
        agency: Any = self.fields["agency"]
        agency.queryset = rights.agencies(user, VIEW).order_by("path")
        for name in ("agency", "category"):
            field: Any = self.fields[name]
            field.label_from_instance = lambda one: "\u3000" * (one.depth - 1) + one.local_name

    def rows(self) -> QuerySet[Publication]:
        """The public items that were chosen, of agencies whose items the person sees."""
        chosen = self.cleaned_data
        found = exporting.public().filter(rights.scope(self.user, VIEW))
        for name in ("agency", "category"):
            if chosen[name] is not None:
                found = found.filter(**{f"{name}__path__startswith": chosen[name].path})
        if chosen["since"]:
            found = found.filter(published_at__gte=start_of(chosen["since"]))
        if chosen["until"]:
            found = found.filter(published_at__lt=start_of(day_after(chosen["until"])))
        return found


@prepared.maker(MAKER)
def make(user: User, chosen: Mapping[str, str], file: BinaryIO) -> int:
    """The file as it is asked for, with the person's rights of this moment."""
    form = ExportForm(chosen, user=user)
    if not rights.allows(user, VIEW) or not form.is_valid():
        raise prepared.CannotMake(gettext("Your roles do not allow this here."))
    try:
        return exporting.write(file, form.cleaned_data["kind"], form.rows())
    except exporting.CannotExport as problem:
        raise prepared.CannotMake(str(problem)) from problem


class ExportPages:
    """Adds the export to the staff pages of publications."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        name = "disclosure_publication"
        return [
            path("export/", wrap(self.export_view), name=f"{name}_export"),
            path("export/<uuid:token>/", wrap(self.file_view), name=f"{name}_file"),
            path("export/<uuid:token>/get/", wrap(self.get_view), name=f"{name}_file_get"),
            *base.get_urls(),
        ]

    def export_view(self, request: HttpRequest) -> HttpResponse | FileResponse:
        """The form; by POST the file, or the page that waits for it."""
        user = _reader(request)
        form = ExportForm(request.POST if request.method == "POST" else None, user=user)
        if form.is_bound and form.is_valid():
            kind = form.cleaned_data["kind"]
            name = f"{gettext('public items')}-{today():%Y%m%d}.{kind}"
            if form.rows()[: ROWS_AT_ONCE + 1].count() > ROWS_AT_ONCE:
                asked = prepared.ask(
                    user=user,
                    maker=MAKER,
                    chosen={field: request.POST.get(field, "") for field in form.fields},
                    name=name,
                    content_type=exporting.FORMATS[kind].content_type,
                )
                return HttpResponseRedirect(asked.get_absolute_url())
            try:
                return _at_once(form, name)
            except exporting.CannotExport as problem:
                messages.error(request, str(problem))
        return self._export_page(
            request, "admin/publication_export.html", form=form, form_media=form.media
        )

    def file_view(self, request: HttpRequest, token: Any) -> HttpResponse:
        """How far a file is; the person's own alone."""
        asked = _own(_reader(request), token)
        again = AGAIN if asked.is_under_way else None
        return self._export_page(
            request, "admin/publication_export_file.html", asked=asked, again=again
        )

    def get_view(self, request: HttpRequest, token: Any) -> FileResponse:
        asked = _own(_reader(request), token)
        if not asked.file:
            raise Http404
        return _sent(asked.file.open(), asked.name, asked.content_type)

    def _export_page(self, request: HttpRequest, template: str, **about: Any) -> HttpResponse:
        admin: Any = self
        context = {
            **admin.admin_site.each_context(request),
            "title": gettext("Export what is public"),
            "subtitle": None,
            "opts": admin.opts,
            "media": admin.media,
            **about,
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, template, context)


def _at_once(form: ExportForm, name: str) -> FileResponse:
    kind = form.cleaned_data["kind"]
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    try:
        exporting.write(file, kind, form.rows())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _sent(file, name, exporting.FORMATS[kind].content_type)


def _sent(file: Any, name: str, content_type: str) -> FileResponse:
    response = FileResponse(file, content_type=content_type)
    response["Content-Disposition"] = content_disposition(name)
    response["Cache-Control"] = "private, no-store"
    return response


def _reader(request: HttpRequest) -> User:
    """Who may see publications; else 403."""
    user = person(request)
    if not rights.allows(user, VIEW):
        raise PermissionDenied
    return user


def _own(user: User, token: Any) -> prepared.PreparedFile:
    found = prepared.PreparedFile.objects.filter(token=token, created_by=user).first()
    if found is None:
        raise Http404
    return found
