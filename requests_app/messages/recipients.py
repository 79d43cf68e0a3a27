"""Whom a message reaches: looked up when it is queued and again when it is sent, never stored."""

from disclosure.agencies.models import User
from requests_app.casework.models import Applicant, DisclosureRequest
from requests_app.messages import sms
from requests_app.messages.models import Message

#: Why a message is dropped: nobody is there to read it.
ERASED, NO_ADDRESS, NOT_ACTIVE = "erased", "no_address", "not_active"


class Unreachable(Exception):
    """There is nobody to send it to; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def channel_for(request: DisclosureRequest | None, user: User | None) -> str | None:
    """E-mail where there is an address; for applicants else a text message, where they are on."""
    if user is not None:
        return Message.Channel.EMAIL if user.email and user.is_active else None
    applicant = _applicant(request)
    if applicant is None:
        return None
    if applicant.get("email"):
        return Message.Channel.EMAIL
    if sms.gateway() is not None and sms.mobile(applicant.get("phone")):
        return Message.Channel.SMS
    return None


def address_of(message: Message) -> str:
    """The e-mail address or mobile number; raises Unreachable."""
    if message.user is not None:
        if not message.user.is_active:
            raise Unreachable(NOT_ACTIVE)
        address = message.user.email
    else:
        applicant = _applicant(message.request)
        if applicant is None or applicant.erased_at or not applicant.data:
            raise Unreachable(ERASED)
        address = (
            sms.mobile(applicant.get("phone"))
            if message.channel == Message.Channel.SMS
            else applicant.get("email")
        )
    if not address:
        raise Unreachable(NO_ADDRESS)
    return address


def _applicant(request: DisclosureRequest | None) -> Applicant | None:
    return getattr(request, "applicant", None)
