"""Whether something may happen to a request: every reason at once, as sentences."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core.errors import Refusal
from requests_app.casework.models import DisclosureRequest, IntakeChannel
from requests_app.clock import regulation_for
from requests_app.clock.wording import ClockError
from requests_app.determination import OUTCOMES
from requests_app.lifecycle import TRANSITIONS


def _wrong_state(request: DisclosureRequest, step: str) -> list[Refusal]:
    if request.state in TRANSITIONS[step].sources:
        return []
    return [
        Refusal(
            _("This is not possible while the request is '%(state)s'.")
            % {"state": request.get_state_display()},
            code="state",
        )
    ]


def why_not_ask(agency: Agency) -> list[Refusal]:
    """Why nobody can send a request to `agency` (Art. 27, 55)."""
    if agency.kind == Agency.Kind.PUBLIC_BODY:
        return [
            Refusal(
                _(
                    "This is a public enterprise or institution: it discloses by rules of its "
                    "own, not by requests under this Regulation. Please ask it directly."
                ),
                "55",
                "agency",
            )
        ]
    if agency.is_active and agency.accepts_requests:
        return []
    return [Refusal(_("This agency does not take requests."), "27", "agency")]


def why_not_receive(channel: str, received_on: dt.date, *, submitted_on: dt.date) -> list[Refusal]:
    """Why `received_on` cannot be the day of receipt (Art. 31).

    Online the automatic receipt is the confirmation, so it is the day of submission; otherwise
    the day may lie before the day on which staff enter it, never after.
    """
    if received_on > submitted_on:
        return [Refusal(_("The day of receipt cannot lie in the future."), "31", "future")]
    if channel == IntakeChannel.ONLINE and received_on != submitted_on:
        return [
            Refusal(_("An online request is received on the day it is submitted."), "31", "online")
        ]
    try:
        regulation_for(received_on)
    except ClockError:
        return [
            Refusal(_("The Regulation has been in force since 1 May 2008 only."), code="too_early")
        ]
    return []


def why_not_register(request: DisclosureRequest) -> list[Refusal]:
    """Why `request` cannot be registered."""
    return _wrong_state(request, "register")


def why_not_assign(request: DisclosureRequest, handler: User) -> list[Refusal]:
    """Why `handler` cannot be given this request."""
    reasons = []
    if not request.is_open:
        reasons.append(Refusal(_("An answered request needs no handler."), code="state"))
    if not rights.allows(handler, "requests_app.answer_disclosurerequest", request):
        reasons.append(
            Refusal(_("This person is not a request handler of this agency."), code="handler")
        )
    return reasons


def why_not_answer(
    request: DisclosureRequest,
    *,
    outcome: str,
    text: str,
    answered_on: dt.date,
    today: dt.date,
) -> list[Refusal]:
    """Why this answer cannot be given: state, outcome, text and day."""
    reasons = _wrong_state(request, "answer")
    if outcome not in OUTCOMES:
        reasons.append(Refusal(_("Please choose the outcome."), "36", "outcome"))
    if not text.strip():
        reasons.append(Refusal(_("The answer needs a text."), "36", "text"))
    if answered_on > today:
        reasons.append(Refusal(_("The day of the answer cannot lie in the future."), code="day"))
    if request.received_on and answered_on < request.received_on:
        reasons.append(Refusal(_("The answer cannot come before the day of receipt."), code="day"))
    return reasons


def why_not_close(
    request: DisclosureRequest, *, closed_on: dt.date, today: dt.date
) -> list[Refusal]:
    """Why `request` cannot be closed."""
    reasons = _wrong_state(request, "close")
    if closed_on > today or (request.answered_on and closed_on < request.answered_on):
        reasons.append(Refusal(_("A request is closed between its answer and today."), code="day"))
    return reasons
