"""What an applicant does to an opened request: a page with a plain form for each step."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from disclosure.core.errors import Conflict, NotPossible, TooManyAttempts
from disclosure.throttling import limits
from disclosure.throttling.visitors import visitor
from requests_app import actions, policies, uploads
from requests_app.casework.models import DisclosureRequest
from requests_app.intake.keeping import keep_files, new_token, token_of
from requests_app.intake.receiving import takes_files
from requests_app.private_pages import View, private
from requests_app.tracking import access
from requests_app.tracking.letters import letter_at, letters_to_applicant
from requests_app.tracking.step_forms import Kept, StepForm
from requests_app.tracking.steps import STEPS, ApplicantStep
from requests_app.tracking.views import frame, way_to_open
from requests_app.visitors import FILES, STEPS_TAKEN


def step_view(name: str) -> View:
    """The view of one step: its form, and taking it."""
    step = STEPS[name]

    @private
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @takes_files
    def view(request: HttpRequest, number: str) -> HttpResponse:
        opened = access.opened(request.session, number)
        if opened is None:
            return _not_open(request, number, step)
        if request.method != "POST":
            return _blank(request, opened, step)
        return _posted(request, opened, step)

    return view


@private
@require_POST
def sign_for(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """The applicant confirms that a letter has arrived."""
    opened = access.opened(request.session, number)
    if opened is None:
        return HttpResponseRedirect(way_to_open(number), status=303)
    shown = letter_at(opened, place)
    if shown is None:
        raise Http404
    try:
        limits.spend(STEPS_TAKEN, visitor(request))
        actions.take(opened, "sign_for", letter=shown.letter)
    except (NotPossible, Conflict, TooManyAttempts) as error:
        for refusal in error.refusals:
            messages.warning(request, str(refusal))
    else:
        messages.success(request, _("You have confirmed that the letter arrived."))
    return HttpResponseRedirect(f"{opened.get_absolute_url()}#letters", status=303)


def _not_open(request: HttpRequest, number: str, step: ApplicantStep) -> HttpResponse:
    """Without the code there is only the way to it; what was typed is given back to be copied."""
    typed = "\n\n".join(
        request.POST.get(name, "").strip()
        for name in ("text", "reason")
        if request.POST.get(name, "").strip()
    )
    if request.method != "POST":
        return redirect(way_to_open(number))
    context = {**frame(_(step.title)), "typed": typed, "open_url": way_to_open(number)}
    return render(request, "requests_app/step_closed.html", context, status=403)


def _blank(request: HttpRequest, case: DisclosureRequest, step: ApplicantStep) -> HttpResponse:
    refusals = policies.why_not_begin(case, step.name, None)
    if refusals:
        return _step_page(request, case, step, None, refusals=refusals, status=409)
    return _step_page(request, case, step, step.form(case=case, kept=Kept(new_token())))


def _posted(request: HttpRequest, case: DisclosureRequest, step: ApplicantStep) -> HttpResponse:
    kept = _keep(request) if step.form.takes_files else Kept()
    form = step.form(request.POST, case=case, kept=kept)
    if not form.is_valid():
        return _step_page(request, case, step, form, status=422)
    try:
        limits.spend(STEPS_TAKEN, visitor(request))
        actions.take(case, step.name, **form.given())
    except TooManyAttempts as error:
        form.refuse(error.refusals)
        response = _step_page(request, case, step, form, status=error.status)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    except (NotPossible, Conflict) as error:
        form.refuse(error.refusals)
        return _step_page(request, case, step, form, status=error.status)
    messages.success(request, _(step.done))
    return HttpResponseRedirect(case.get_absolute_url(), status=303)


def _keep(request: HttpRequest) -> Kept:
    """The files of a form, kept until it is accepted."""
    token = token_of(request.POST.get("token", ""))
    uploads.unstage(token, request.POST.getlist("remove_attachment"))
    refused = keep_files(
        request.FILES.getlist("files"),
        token,
        spend=lambda: limits.spend(FILES, visitor(request)),
    )
    return Kept(token, uploads.staged_for(token), refused)


def _step_page(
    request: HttpRequest,
    case: DisclosureRequest,
    step: ApplicantStep,
    form: StepForm | None,
    *,
    status: int = 200,
    **rest: Any,
) -> HttpResponse:
    asking = {"correct": "correction", "give_reasons": "reasons"}.get(step.name)
    letters = letters_to_applicant(case) if asking else []
    context = {
        **frame(
            _(step.title),
            (_("Follow a request"), reverse("request-track")),
            (case.number, case.get_absolute_url()),
        ),
        "case": case,
        "step": step,
        "title": _(step.title),
        "says": [_(sentence) for sentence in step.says],
        "button": _(step.button),
        "form": form,
        "letter": next((one for one in reversed(letters) if one.letter.kind == asking), None),
        "max_files": settings.UPLOAD_MAX_FILES,
        "max_megabytes": settings.UPLOAD_MAX_BYTES // 2**20,
        **rest,
    }
    return render(request, "requests_app/step.html", context, status=status)
