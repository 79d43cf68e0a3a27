"""The request form: fill in, review, receipt. Nothing typed is lost on the way."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from disclosure.agencies.models import Agency
from disclosure.core.dates import today
from disclosure.core.errors import Conflict, NotPossible, Refusal, TooManyAttempts
from disclosure.throttling import limits
from disclosure.throttling.visitors import visitor
from disclosure.workdays.store import current_calendar
from requests_app import actions, policies, projection, uploads
from requests_app.casework.models import DisclosureRequest, StagedUpload
from requests_app.intake import handover, text
from requests_app.intake.already_public import already_public
from requests_app.intake.fields import askable_agencies
from requests_app.intake.forms import RequestForm
from requests_app.intake.keeping import keep_files, new_token, token_of
from requests_app.intake.presenting import Line, review_lines
from requests_app.intake.receiving import takes_files
from requests_app.private_pages import private
from requests_app.tracking.timeline import due_panel, reasons
from requests_app.visitors import FILES, SUBMISSIONS

#: What an address may fill in, and how much of it.
FROM_ADDRESS = {"agency": 300, "information_name": 300, "document_number": 100}


@private
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
def new(request: HttpRequest) -> HttpResponse:
    """`/requests/new/`: the form, its review, and the way to the receipt."""
    return _posted(request) if request.method == "POST" else _blank(request)


@private
@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """`/requests/receipt/`: number and access code, shown this once."""
    handed = handover.take(request.session)
    stored = None
    if handed:
        found = DisclosureRequest.objects.select_related("agency").filter(number=handed.number)
        stored = found.first()
    if handed is None or stored is None:
        return render(request, "requests_app/receipt_gone.html", _frame(_("Your receipt")))
    calendar = current_calendar()
    reckoned = projection.reckoning(stored.events.all(), calendar)
    context = {
        **_frame(_("Your receipt")),
        "request_": stored,
        "code": handed.code,
        "is_new": handed.is_new,
        "panel": due_panel(stored, today(), calendar),
        "reasons": reasons(reckoned, calendar),
    }
    return render(request, "requests_app/receipt.html", context)


def _blank(request: HttpRequest) -> HttpResponse:
    """The empty form; agency, information and document number may come with the address."""
    initial = {
        name: text.one_line(request.GET[name][:1000])[:most]
        for name, most in FROM_ADDRESS.items()
        if name in request.GET
    }
    asked = Agency.objects.filter(code=initial.get("agency", "").replace("\x00", "")).first()
    notes = policies.why_not_ask(asked) if asked else []
    return _form_page(request, RequestForm(initial=initial), new_token(), notes=notes)


def _posted(request: HttpRequest) -> HttpResponse:
    token = token_of(request.POST.get("submission_token", ""))
    if "edit" in request.POST:
        typed = {name: request.POST.get(name, "") for name in RequestForm.base_fields}
        return _form_page(request, RequestForm(initial=typed), token)
    uploads.unstage(token, request.POST.getlist("remove_attachment"))
    form = RequestForm(request.POST)
    for refusal in _keep_files(request, token):
        form.add_error("attachments", str(refusal))
    if not form.is_valid():
        return _form_page(request, form, token, status=422)
    if request.POST.get("confirm") != "1":
        return _review_page(request, form, token)
    try:
        limits.spend(SUBMISSIONS, visitor(request))
        made = actions.submit(form.submission(), token=token, staged=uploads.staged_for(token))
    except TooManyAttempts as error:
        return _review_page(request, form, token, error.refusals, status=error.status)
    except NotPossible as error:
        form.add_error("agency", [str(refusal) for refusal in error.refusals])
        return _form_page(request, form, token, status=422)
    except Conflict as error:
        form.add_error("attachments", [str(refusal) for refusal in error.refusals])
        return _form_page(request, form, token, status=422)
    handover.hand_over(request.session, made)
    return HttpResponseRedirect(reverse("request-receipt"), status=303)


def _keep_files(request: HttpRequest, token: str) -> list[Refusal]:
    return keep_files(
        request.FILES.getlist("attachments"),
        token,
        spend=lambda: limits.spend(FILES, visitor(request)),
    )


def _frame(title: str) -> dict[str, Any]:
    """What the page frame shows: crumbs and the META of a column."""
    name = _("Request disclosure")
    crumbs = [(name, "")] if title == name else [(name, reverse("request-new")), (title, "")]
    return {
        "crumbs": crumbs,
        "column": {
            "name": title,
            "description": _(
                "Ask an agency for government information; the answer comes within 20 working days."
            ),
            "keywords": _("request for disclosure,government information"),
            "type": _("Service"),
        },
    }


def _form_page(
    request: HttpRequest,
    form: RequestForm,
    token: str,
    *,
    notes: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame(_("Request disclosure")),
        "form": form,
        "token": token,
        "notes": notes,
        "staged": uploads.staged_for(token) if request.method == "POST" else [],
        "has_agencies": askable_agencies().exists(),
        "max_files": settings.UPLOAD_MAX_FILES,
        "max_megabytes": settings.UPLOAD_MAX_BYTES // 2**20,
    }
    return render(request, "requests_app/new.html", context, status=status)


def _review_page(
    request: HttpRequest,
    form: RequestForm,
    token: str,
    refusals: Sequence[Refusal] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    staged: list[StagedUpload] = uploads.staged_for(token)
    lines: list[Line] = review_lines(form, staged)
    data = form.cleaned_data
    context = {
        "public": already_public(
            data["information_name"], data["document_number"], data["description"]
        ),
        "lacks_proof": bool(data["agent_name"]) and not staged,
        **_frame(_("Check your request")),
        "lines": lines,
        "answers": form.answers(),
        "token": token,
        "refusals": refusals,
        "is_sent": DisclosureRequest.objects.filter(
            submission_token_hash=uploads.token_hash(token)
        ).exists(),
    }
    return render(request, "requests_app/review.html", context, status=status)
