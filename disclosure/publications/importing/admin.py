"""Staff pages of the import: choose a file, see what it would do, confirm it or have it signed off,
see what was done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.agencies.models import User
from disclosure.core.errors import DomainError
from disclosure.files.names import content_disposition
from disclosure.publications.importing import actions, signing
from disclosure.publications.importing.columns import WORDS
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.lifecycle import ADD, PUBLISH

IMPORT = "disclosure_publication_import"
#: Seconds after which a run's page asks again.
AGAIN = 3
#: So many of the person's own runs stand below the form, and of those that others handed in.
LAST = 20
TO_SIGN = 50


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
            for value, label, wanted in (
                ("draft", _("drafts, which go their whole way"), (ADD,)),
                (
                    "published",
                    _("public already elsewhere: somebody else signs off all of it"),
                    (ADD, PUBLISH),
                ),
            )
            if any(rights.allows(user, right) for right in wanted)
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


def _confirm(user: User, run: ImportRun, data: Any) -> None:
    actions.confirm(actor=user, run=run)


def _ask(user: User, run: ImportRun, data: Any) -> None:
    signing.ask(actor=user, run=run)


def _take_back(user: User, run: ImportRun, data: Any) -> None:
    signing.take_back(actor=user, run=run)


def _discard(user: User, run: ImportRun, data: Any) -> None:
    actions.discard(actor=user, run=run)


def _sign_off(user: User, run: ImportRun, data: Any) -> None:
    signing.sign_off(actor=user, run=run)


def _return(user: User, run: ImportRun, data: Any) -> None:
    signing.send_back(actor=user, run=run, reason=data.get("reason", ""))


_SAID = {
    "discard": _("The import was discarded; nothing was stored."),
    "return": _("The import was returned to who handed it in."),
}
#: What a button of the run's page does; without a word it is the confirmation of drafts.
DEEDS: dict[str, Callable[[User, ImportRun, Any], None]] = {
    "": _confirm,
    "ask": _ask,
    "take_back": _take_back,
    "discard": _discard,
    "sign_off": _sign_off,
    "return": _return,
}


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
            path("import/<uuid:token>/file/", wrap(self.import_file_view), name=f"{IMPORT}_file"),
            *base.get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """The form, what waits for the person's sign-off, and what they have imported."""
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
            request,
            "admin/publication_import.html",
            form=form,
            runs=runs,
            to_sign=list(signing.to_sign(user)[:TO_SIGN]),
            media_of=form,
        )

    def import_run_view(self, request: HttpRequest, token: Any) -> HttpResponse:
        """What the file would do or did; by POST the next step is taken."""
        user = _importing(request)
        run = _run(user, token)
        if request.method == "POST":
            return _taken(request, user, run)
        found = run.findings
        is_own = run.created_by_id == user.pk
        awaits = run.state == ImportRun.State.AWAITING
        can_ask = is_own and run.is_public and run.state == ImportRun.State.CHECKED
        words = {key: WORDS[key] for key in WORDS}
        return self._page(
            request,
            "admin/publication_import_run.html",
            run=run,
            is_own=is_own,
            awaits=awaits,
            not_ask=signing.why_not_ask(run) if can_ask else [],
            not_sign=signing.why_not_sign(user, run) if awaits and not is_own else [],
            can_discard=is_own and run.state in actions.DISCARDABLE,
            can_fetch=bool(run.file) and not run.is_under_way,
            concerns="、".join(one.local_name for one in run.concerns.order_by("path")[:LAST]),
            days=actions.KEPT_FOR_SIGN_OFF.days,
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
        name = f"{Path(run.file_name).stem}-{gettext('bad rows')}.csv"
        return _private(run.problems_file.open(), "text/csv; charset=utf-8", name)

    def import_file_view(self, request: HttpRequest, token: Any) -> FileResponse:
        """The file itself, as it was handed in: privately."""
        run = _run(_importing(request), token)
        if not run.file:
            raise Http404
        try:
            stored = run.file.open()
        except FileNotFoundError as error:
            raise Http404 from error
        return _private(stored, "application/octet-stream", run.file_name)

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
    """A run that the person handed in or was asked to sign off; anybody else's is not there."""
    found = signing.visible(user).select_related("created_by", "decided_by")
    run = found.filter(token=token).first()
    if run is None:
        raise Http404
    return run


def _taken(request: HttpRequest, user: User, run: ImportRun) -> HttpResponse:
    """Take the step that the button names, and lead back to where something is to be seen."""
    name = request.POST.get("deed", "")
    deed = DEEDS.get(name)
    if deed is None:
        return HttpResponseBadRequest()
    try:
        deed(user, run, request.POST)
    except DomainError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(run.get_absolute_url())
    if name in {"discard", "return"}:
        messages.success(request, _SAID[name])
        return HttpResponseRedirect(reverse(f"admin:{IMPORT}"))
    return HttpResponseRedirect(run.get_absolute_url())


def _private(file: Any, content_type: str, name: str) -> FileResponse:
    response = FileResponse(file, content_type=content_type)
    response["Content-Disposition"] = content_disposition(name)
    response["Cache-Control"] = "private, no-store"
    return response
