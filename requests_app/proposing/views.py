"""The applicant suggests that everyone be given what they were given: one button, once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from disclosure.core.errors import Conflict, NotPossible, TooManyAttempts
from disclosure.throttling import limits
from disclosure.throttling.visitors import visitor
from requests_app.private_pages import private
from requests_app.proposing import actions
from requests_app.tracking import access
from requests_app.tracking.views import way_to_open
from requests_app.visitors import STEPS_TAKEN


@private
@require_POST
def suggest(request: HttpRequest, number: str) -> HttpResponse:
    """`/requests/<number>/suggest/`: of an opened request; nothing is typed."""
    opened = access.opened(request.session, number)
    if opened is None:
        return HttpResponseRedirect(way_to_open(number), status=303)
    try:
        limits.spend(STEPS_TAKEN, visitor(request))
        actions.suggest(opened)
    except (NotPossible, Conflict, TooManyAttempts) as error:
        for refusal in error.refusals:
            messages.warning(request, str(refusal))
    else:
        messages.success(
            request, _("Thank you. The agency looks whether it can publish this for everyone.")
        )
    return HttpResponseRedirect(opened.get_absolute_url(), status=303)
