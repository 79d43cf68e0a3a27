"""Sends what is due: each message by one worker at a time, retried at growing distances.

A message is taken by moving its `next_try_at` ahead where nobody else has moved it meanwhile: no
row stays locked while a mail server is slow, and it works alike on both databases. A worker that
dies in the middle leaves a message that is due again after LEASE; its Message-ID is the same.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from disclosure.core.dates import now
from requests_app.messages import composing, recipients, sms
from requests_app.messages.models import Message
from requests_app.messages.sms import GatewayError

logger = logging.getLogger(__name__)

BATCH = 20
MOST_ATTEMPTS = 8
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=12)
#: Longer than any one sending takes (EMAIL_TIMEOUT is for each answer of the server).
LEASE = dt.timedelta(minutes=10)


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts: 1, 4, 16, 64, 256 minutes, then 12 hours."""
    return min(FIRST_PAUSE * 4 ** (attempts - 1), LONGEST_PAUSE)


@dataclass(frozen=True)
class Fault:
    """Why a message did not go out, without naming anybody.

    `is_final`: the next attempt would end the same. `is_everybodys`: the way itself is down, so
    the others need not be tried now.
    """

    code: str
    is_final: bool = False
    is_everybodys: bool = False


def fault_of(error: Exception) -> Fault:
    """What an error means; its text, which may hold an address, is left behind."""
    name = type(error).__name__[:60]
    if isinstance(error, recipients.Unreachable):
        return Fault(error.code, is_final=True)
    if isinstance(error, GatewayError):
        return Fault(error.code, error.is_final, is_everybodys=not error.is_final)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        code = max(codes, default=0)
        return Fault(f"SMTP {code}", is_final=bool(codes) and min(codes) >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        own = isinstance(error, smtplib.SMTPDataError)
        return Fault(f"SMTP {error.smtp_code}", is_everybodys=not own)
    # Refused connections, lost ones, certificates, time-outs.
    return Fault(name, is_everybodys=isinstance(error, OSError))


class Post:
    """The ways out, opened when first needed and shared by the messages of a batch."""

    def __init__(self) -> None:
        self._mail: Any = None
        self._ways: dict[str, Callable[[Message, str], None]] = {
            Message.Channel.EMAIL: self._send_mail,
            Message.Channel.SMS: self._send_sms,
        }

    def send(self, message: Message) -> None:
        """Send one message; raises whatever went wrong."""
        self._ways[message.channel](message, recipients.address_of(message))

    def close(self) -> None:
        """Leave the mail server."""
        mail, self._mail = self._mail, None
        if mail is not None:
            mail.close()

    def _send_mail(self, message: Message, address: str) -> None:
        text = composing.compose(message)
        if self._mail is None:
            mail = get_connection()
            mail.open()
            self._mail = mail
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        headers = {
            "Message-ID": f"<message-{message.pk}.{message.created_at:%Y%m%d%H%M%S%f}@{host}>",
            "Auto-Submitted": "auto-generated",
        }
        EmailMessage(
            text.subject, text.body, to=[address], headers=headers, connection=self._mail
        ).send()

    def _send_sms(self, message: Message, address: str) -> None:
        gateway = sms.gateway()
        if gateway is None:
            raise recipients.Unreachable("sms_off")
        gateway.send(address, composing.compose_sms(message))


def send_due(limit: int = BATCH, *, at: dt.datetime | None = None) -> int:
    """Send up to `limit` of the messages that are due; how many were dealt with, well or not.

    What goes wrong with one does not keep the others from going out.
    """
    post = Post()
    down: set[str] = set()
    done = 0
    try:
        while done < limit:
            message = _take(at or now(), down)
            if message is None:
                break
            done += 1
            try:
                _send(message, post, at)
            except _Down:
                down.add(message.channel)
                post.close()
    finally:
        post.close()
    return done


class _Down(Exception):
    """The way of this message is down for all of them."""


def _take(moment: dt.datetime, down: set[str]) -> Message | None:
    """The next message that is due, now ours for LEASE; None when there is none."""
    due = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=moment)
    while True:
        found = due.exclude(channel__in=down).order_by("next_try_at", "pk").first()
        if found is None:
            return None
        taken = Message.objects.filter(
            pk=found.pk, state=Message.State.QUEUED, next_try_at=found.next_try_at
        ).update(attempts=F("attempts") + 1, next_try_at=moment + LEASE)
        if taken:
            rows = Message.objects.select_related("request", "agency", "user")
            return rows.get(pk=found.pk)


def _send(message: Message, post: Post, at: dt.datetime | None) -> None:
    if message.attempts > MOST_ATTEMPTS:
        # Taken again and again without an end: it may be what the worker dies of.
        _end(message, state=Message.State.FAILED, last_error="attempts")
        return
    try:
        post.send(message)
    except Exception as error:
        # Whatever it was, the others must not wait for it; its text may name the addressee.
        fault = fault_of(error)
        logger.warning("message %s was not sent: %s", message.pk, fault.code)
        _note(message, fault, unreachable=isinstance(error, recipients.Unreachable), at=at)
        if fault.is_everybodys:
            raise _Down from None
    else:
        _end(message, state=Message.State.SENT, sent_at=at or now(), last_error="")


def _note(message: Message, fault: Fault, *, unreachable: bool, at: dt.datetime | None) -> None:
    """Drop it, give it up, or try it again later."""
    if unreachable:
        _end(message, state=Message.State.DROPPED, last_error=fault.code)
    elif fault.is_final or message.attempts >= MOST_ATTEMPTS:
        _end(message, state=Message.State.FAILED, last_error=fault.code)
    else:
        again = (at or now()) + pause_after(message.attempts)
        _end(message, next_try_at=again, last_error=fault.code)


def _end(message: Message, **fields: Any) -> None:
    """Write how it went, unless another worker has taken it after our lease."""
    Message.objects.filter(
        pk=message.pk, state=Message.State.QUEUED, attempts=message.attempts
    ).update(**fields)
