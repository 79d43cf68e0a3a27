"""Whether a request can be sent to an agency, and on which day it counts as received."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency
from disclosure.core.errors import Refusal
from requests_app.casework.choices import IntakeChannel
from requests_app.clock import regulation_for
from requests_app.clock.wording import ClockError
from requests_app.purposes import CONFIRMED_BY


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


#: What counts as received on the day on which both sides confirm it.
TO_CONFIRM = frozenset({IntakeChannel.LETTER, IntakeChannel.FAX})


def why_not_receive(
    channel: str,
    received_on: dt.date,
    *,
    submitted_on: dt.date,
    arrived_on: dt.date | None = None,
    confirmed: str | None = None,
) -> list[Refusal]:
    """Why `received_on` cannot be the day of receipt (Art. 31).

    Online the automatic receipt is the confirmation, so it is the day of submission; otherwise
    the day may lie before the day on which staff enter it, never after. `arrived_on` is the day on
    which it came, `confirmed` how that was confirmed with the applicant (None: not asked).
    """
    if arrived_on and arrived_on > received_on:
        return [Refusal(_("It cannot be confirmed before it has arrived."), "31", "arrived_on")]
    if confirmed is not None and channel in TO_CONFIRM and confirmed not in CONFIRMED_BY:
        return [
            Refusal(
                _(
                    "An ordinary letter, a fax or an e-mail counts as received once it is "
                    "confirmed with the applicant: please say how."
                ),
                "31",
                "confirmed",
            )
        ]
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
