"""Whether a request can be sent to an agency, and on which day it counts as received."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency
from disclosure.core.errors import Refusal
from requests_app.casework.choices import IntakeChannel
from requests_app.clock import regulation_for
from requests_app.clock.wording import ClockError


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
    if agency.takes_requests:
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
