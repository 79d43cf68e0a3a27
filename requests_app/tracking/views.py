"""Following a request (查询): number and access code open it, nothing else does."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.agencies.models import Agency
from disclosure.core.dates import today
from disclosure.throttling import limits
from disclosure.throttling.visitors import visitor
from disclosure.workdays.store import current_calendar
from requests_app import uploads
from requests_app.casework import lines
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.downloads import file_response
from requests_app.intake import text
from requests_app.private_pages import private
from requests_app.proposing.policies import why_not_suggest
from requests_app.tracking import access
from requests_app.tracking.family import family, find
from requests_app.tracking.forms import TrackForm
from requests_app.tracking.letters import letter_at
from requests_app.tracking.presenting import applicant_page
from requests_app.visitors import WRONG_FROM_HERE


@private
@sensitive_post_parameters("access_code")
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """`/requests/track/`: an unknown number and a wrong code are answered alike in every way."""
    if request.method != "POST":
        number = text.one_line(request.GET.get("number", "")[:200])[:32].upper()
        return _track_page(request, TrackForm(initial={"number": number}))
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _track_page(request, form, status=422)
    number, code = form.cleaned_data["number"], form.cleaned_data["access_code"]
    here = visitor(request)
    if limits.is_reached(WRONG_FROM_HERE, here):
        form.add_error(
            None, _("Too many wrong attempts. Please wait a while before you try again.")
        )
        response = _track_page(request, form, status=429)
        response.headers["Retry-After"] = str(WRONG_FROM_HERE.seconds)
        return response
    found = find(number, code)
    if found is None:
        limits.count(WRONG_FROM_HERE, here)
        form.add_error(
            None,
            _("No request fits this number and access code. Please compare both with the receipt."),
        )
        return _track_page(request, form, status=422)
    asked, holder = found
    access.grant(request.session, holder)
    return HttpResponseRedirect(asked.get_absolute_url(), status=303)


@private
@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """`/requests/<number>/`: the applicant's page; who has not opened it is asked for the code."""
    opened = access.opened(request.session, number)
    if opened is None:
        return redirect(way_to_open(number))
    if number != opened.number:
        return redirect(opened)
    calendar = current_calendar()
    shown = applicant_page(opened, today(), calendar)
    context = {
        **frame(opened.number, (_("Follow a request"), reverse("request-track"))),
        "page": shown,
        "may_suggest": bool(shown.answers) and not why_not_suggest(opened),
        "superior": Agency.objects.get_parent(opened.agency) if shown.panel.is_overdue else None,
    }
    return render(request, "requests_app/request.html", context)


@private
@require_safe
def file(request: HttpRequest, number: str, uuid: uuids.UUID) -> HttpResponse:
    """A file of an opened request, decrypted, to be saved and never shown in place: what the
    applicant handed in, and what was given with an answer once it is released."""
    opened = access.opened(request.session, number)
    stored = opened.files.filter(uuid=uuid).first() if opened else None
    if stored is None or opened is None or not _may_have(opened, stored):
        raise Http404
    return file_response(stored, lambda: uploads.read(stored))


def _may_have(request: DisclosureRequest, file: RequestFile) -> bool:
    if file.purpose == RequestFile.Purpose.APPLICATION:
        return True
    return any(
        file in answer.files and answer.held_until is None
        for answer in lines.answers(request, [file], today())
    )


@private
@require_safe
def letter(request: HttpRequest, number: str, place: int, form: str) -> HttpResponse:
    """A letter of an opened request as PDF or DOCX."""
    opened = access.opened(request.session, number)
    shown = letter_at(opened, place) if opened else None
    stored = next((each for each in shown.formats if each.format == form), None) if shown else None
    if stored is None:
        raise Http404
    return file_response(stored, lambda: uploads.read(stored))


@private
@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Close the request on this device, for the next person at it."""
    opened = access.opened(request.session, number)
    if opened is not None:
        # All parts together, or the next person would come back through another of them.
        access.forget(request.session, *(each.number for each in family(opened)))
    messages.success(request, _("The request is closed on this device."))
    return HttpResponseRedirect(reverse("request-track"), status=303)


def way_to_open(number: str) -> str:
    """The address that asks for the code of this number, whether or not there is such a request."""
    query = QueryDict(mutable=True)
    query["number"] = number.upper()
    return f"{reverse('request-track')}?{query.urlencode()}"


def frame(title: str, *above: tuple[str, str]) -> dict[str, Any]:
    """What the page frame shows: crumbs and the META of a column."""
    return {
        "crumbs": [(_("Request disclosure"), reverse("request-new")), *above, (title, "")],
        "column": {
            "name": _("Follow a request"),
            "description": _("See how your request for government information stands."),
            "keywords": _("request for disclosure,progress,answer"),
            "type": _("Service"),
        },
    }


def _track_page(request: HttpRequest, form: TrackForm, *, status: int = 200) -> HttpResponse:
    context = {**frame(_("Follow a request")), "form": form}
    return render(request, "requests_app/track.html", context, status=status)
