"""Staff pages of the import: choose a file, see what it would do, confirm, see what was done."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.agencies.models import User
from disclosure.core.errors import DomainError
from disclosure.files.names import content_disposition
from disclosure.publications.importing import actions
from disclosure.publications.importing.columns import WORDS
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.lifecycle import ADD, PUBLISH

IMPORT = "disclosure_publication_import"
#: Seconds after which a run's page asks again.
AGAIN = 3
#: So many of the person's own runs stand below the form.
LAST = 20


class ImportForm(forms.Form):
    """Which file, and on which terms."""

    file = forms.FileField(
        label=_("file"),
        help_text=_("CSV, XLSX or JSON, at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(actions.ENDINGS)}),
    )
    status = forms.ChoiceField(label=_("taken over as"), widget=forms.RadioSelect)
    update = forms.BooleanField(
        label=_("replace other values of an index number that is there"), required=False
    )
    create_missing = forms.BooleanField(
        label=_("make agencies and categories that are not known"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        status: Any = self.fields["status"]
        status.choices = [
            (value, label)
            for value, label, right in (
                ("draft", _("drafts, which go their whole way"), ADD),
                (
                    "published",
                    _("public already elsewhere: I answer for all of it (blanket sign-off)"),
                    PUBLISH,
                ),
            )
            if rights.allows(user, right)
        ]
        if len(status.choices) == 1:
            status.initial = status.choices[0][0]
        if not actions.may_create_missing(user):
            del self.fields["create_missing"]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if Path(upload.name).suffix.lower() not in actions.ENDINGS:
            raise forms.ValidationError(_("The file must end in .csv, .xlsx or .json."))
        if upload.size > actions.MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 50 MB; please split it."))
        return upload


class ImportPages:
    """Adds the import to the staff pages of publications."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("import/", wrap(self.import_view), name=IMPORT),
            path("import/<uuid:token>/", wrap(self.import_run_view), name=f"{IMPORT}_run"),
            path(
                "import/<uuid:token>/problems.csv",
                wrap(self.import_problems_view),
                name=f"{IMPORT}_problems",
            ),
            *base.get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """The form, and what the person has imported."""
        user = _importing(request)
        sent = request.method == "POST"
        form = ImportForm(request.POST, request.FILES, user=user) if sent else ImportForm(user=user)
        if sent and form.is_valid():
            chosen = form.cleaned_data
            try:
                run = actions.hand_in(
                    actor=user,
                    upload=chosen["file"],
                    publish=chosen["status"] == "published",
                    update=chosen["update"],
                    create_missing=chosen.get("create_missing", False),
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                return HttpResponseRedirect(run.get_absolute_url())
        runs = ImportRun.objects.filter(created_by=user).order_by("-pk")[:LAST]
        return self._page(
            request, "admin/publication_import.html", form=form, runs=runs, media_of=form
        )

    def import_run_view(self, request: HttpRequest, token: Any) -> HttpResponse:
        """What the file would do or did; by POST it is confirmed."""
        user = _importing(request)
        run = _run(user, token)
        if request.method == "POST":
            try:
                actions.confirm(actor=user, run=run)
            except DomainError as error:
                messages.error(request, str(error))
            return HttpResponseRedirect(run.get_absolute_url())
        found = run.findings
        words = {key: WORDS[key] for key in WORDS}
        return self._page(
            request,
            "admin/publication_import_run.html",
            run=run,
            again=AGAIN if run.is_under_way else None,
            headings=list(actions.HEADINGS.values()),
            first=[
                [words.get(row[key], row[key]) for key in actions.HEADINGS]
                for row in found.get("first", [])
            ],
            problems=found.get("problems", []),
            problem_count=found.get("problem_count", 0),
            shown=actions.PROBLEMS_SHOWN,
            error=found.get("error", ""),
            agencies="、".join(found.get("agencies", [])),
            categories="、".join(found.get("categories", [])),
        )

    def import_problems_view(self, request: HttpRequest, token: Any) -> FileResponse:
        """Every bad row as CSV."""
        run = _run(_importing(request), token)
        if not run.problems_file:
            raise Http404
        response = FileResponse(run.problems_file.open(), content_type="text/csv; charset=utf-8")
        name = f"{Path(run.file_name).stem}-{gettext('bad rows')}.csv"
        response["Content-Disposition"] = content_disposition(name)
        response["Cache-Control"] = "private, no-store"
        return response

    def _page(
        self, request: HttpRequest, template: str, media_of: Any = None, **about: Any
    ) -> HttpResponse:
        admin: Any = self
        context = {
            **admin.admin_site.each_context(request),
            "title": gettext("Import publications"),
            "subtitle": None,
            "opts": admin.opts,
            "media": admin.media + media_of.media if media_of else admin.media,
            **about,
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, template, context)


def _importing(request: HttpRequest) -> User:
    """The person, who may add drafts or publish somewhere; else 403."""
    user = person(request)
    if not any(rights.allows(user, right) for right in (ADD, PUBLISH)):
        raise PermissionDenied
    return user


def _run(user: User, token: Any) -> ImportRun:
    """One of the person's own runs; anybody else's is not there."""
    run = ImportRun.objects.filter(token=token, created_by=user).first()
    if run is None:
        raise Http404
    return run
