"""A new access code for who has lost it, by proof of the e-mail on file."""

import hmac

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from disclosure.core.crypto import keyed_hash
from disclosure.core.errors import NotPossible, TooManyAttempts
from disclosure.throttling import limits
from disclosure.throttling.visitors import visitor
from requests_app import access_codes, actions, code_links
from requests_app.actions import Receipt
from requests_app.casework.models import DisclosureRequest
from requests_app.intake import handover
from requests_app.messages import outbox
from requests_app.private_pages import private
from requests_app.tracking.forms import CodeForm
from requests_app.tracking.views import frame
from requests_app.visitors import CODES_FOR_PAIR, CODES_FROM_HERE

#: Where the new code lies on its way to the page that shows it.
HANDED = "renewed_codes"


@private
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """`/requests/code/`: the answer is the same whether number and e-mail fit or not."""
    if request.method != "POST":
        return _ask_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    try:
        limits.spend(CODES_FROM_HERE, visitor(request))
    except TooManyAttempts as error:
        form.add_error(None, [str(refusal) for refusal in error.refusals])
        response = _ask_page(request, form, status=error.status)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    _send_link(form.cleaned_data["number"], form.cleaned_data["email"])
    messages.success(
        request,
        _(
            "If number and e-mail address fit a request, a link is on its way to that address. It "
            "holds for one hour and for one use."
        ),
    )
    return HttpResponseRedirect(reverse("request-track"), status=303)


@sensitive_variables("email", "known")
def _send_link(number: str, email: str) -> None:
    """Queue the link where both fit; an unknown number is compared with nothing all the same."""
    try:
        limits.spend(CODES_FOR_PAIR, f"{number}|{email.casefold()}")
    except TooManyAttempts:
        return
    found = (
        DisclosureRequest.objects.select_related("agency", "applicant")
        .filter(number=number if "\x00" not in number else "")
        .first()
    )
    known = found.applicant.get("email") if found else ""
    fits = hmac.compare_digest(
        keyed_hash("email", known.strip().casefold()), keyed_hash("email", email.casefold())
    )
    if found is not None and known and fits:
        with transaction.atomic():
            outbox.queue(found, "code_link")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: only its button renews the code, for programs open links too."""
    if request.method != "POST":
        return _link_page(request, code_links.holder(token))
    code = access_codes.new_code()
    try:
        with transaction.atomic():
            # Looked at again once it is locked: of two who use it at once, one comes first.
            holder = code_links.holder(token, locked=True)
            if holder is None:
                return _link_page(request, None)
            renewed = actions.take(holder, "renew_code", how="email", code=code)
    except NotPossible as error:
        return _link_page(request, None, [str(refusal) for refusal in error.refusals])
    handover.hand_over(request.session, Receipt(renewed, code), key=HANDED)
    return HttpResponseRedirect(reverse("request-code-shown"), status=303)


@private
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    """The new code, this once."""
    handed = handover.take(request.session, key=HANDED)
    context = {**_code_frame(_("Your new access code")), "handed": handed}
    return render(request, "requests_app/code_shown.html", context)


def _code_frame(title: str) -> dict[str, object]:
    return frame(title, (_("Follow a request"), reverse("request-track")))


def _ask_page(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {**_code_frame(_("Get a new access code")), "form": form}
    return render(request, "requests_app/code.html", context, status=status)


def _link_page(
    request: HttpRequest, holder: DisclosureRequest | None, refusals: list[str] | None = None
) -> HttpResponse:
    context = {
        **_code_frame(_("Get a new access code")),
        "holder": holder,
        "refusals": refusals or [],
    }
    status = 200 if holder else 410
    return render(request, "requests_app/code_link.html", context, status=status)
