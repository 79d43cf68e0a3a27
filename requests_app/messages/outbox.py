"""The outbox: an action queues a message within its transaction, the worker sends it afterwards.

The row is the durable mark. After the commit a task wakes the worker; should that be lost, the
worker's sweep (`sending.send_due` every minute) finds the row all the same.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task

from disclosure.agencies.models import Agency, User
from disclosure.core import background
from disclosure.core.dates import now
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app.casework.models import DisclosureRequest
from requests_app.messages import quiet, recipients, sending
from requests_app.messages.models import Message
from requests_app.messages.templates import CHINESE, Audience, language_of, wrong_params
from requests_app.messages.texts import TEMPLATES

#: Longer than any reminder's key must be known.
STAFF_DAYS = 365


def queue(
    request: DisclosureRequest | None,
    template: str,
    *,
    user: User | None = None,
    params: Mapping[str, Any] | None = None,
    key: str | None = None,
    agency: Agency | None = None,
    calendar: WorkdayCalendar | None = None,
    at: dt.datetime | None = None,
) -> Message | None:
    """Queue a message; nothing is sent before the caller's transaction commits.

    To the applicant, or for a message to staff to `user`. `params` are exactly the template's
    `given` fields: dates as ISO 8601, counts, numbers of requests, keys; anything else is a
    ValueError. The same `key` again gives the message that is there. `agency` only where there
    is no request. `at` (default: now) is the moment of the step.

    None where there is nobody to tell: no e-mail (and no mobile number while text messages are
    on), erased, or demonstration content.
    """
    row = TEMPLATES[template]
    given = dict(params or {})
    if wrong := wrong_params(row, given):
        raise ValueError(f"message {template}: wrong params {', '.join(wrong)}")
    if (row.audience is Audience.STAFF) != (user is not None):
        raise ValueError(f"message {template} is for {row.audience.value}")
    if request is not None and request.is_demo:
        return None
    place = request.agency if request is not None else agency
    if place is None or (request is None and user is None):
        raise ValueError(f"message {template}: about nothing")
    channel = recipients.channel_for(request, user)
    if channel is None:
        return None
    moment = at or now()
    fields: dict[str, Any] = {
        "request": request,
        "agency": place,
        "audience": row.audience.value,
        "user": user,
        "template": template,
        "language": CHINESE if user or request is None else language_of(request.language),
        "channel": channel,
        "params": given,
        "next_try_at": allowed_from(moment, calendar) if user else moment,
        "created_at": moment,
    }
    if key is None:
        message, is_new = Message.objects.create(**fields), True
    else:
        message, is_new = Message.objects.get_or_create(key=key, defaults=fields)
    if is_new:
        # Robust: a worker that cannot be woken must not turn a finished step into an error.
        transaction.on_commit(wake, robust=True)
    return message


def allowed_from(moment: dt.datetime, calendar: WorkdayCalendar | None = None) -> dt.datetime:
    """When a message to staff may go out: after quiet hours, on a working day."""
    hours = quiet.read(settings.QUIET_HOURS)
    if hours is None:
        return moment
    return quiet.next_allowed(moment, hours, calendar or current_calendar())


@task()
def send_messages() -> int:
    """Send what is due, a few at a time so that the worker can be stopped in between."""
    done = sending.send_due()
    if done >= sending.BATCH:
        wake()
    return done


def wake() -> None:
    """Have the worker send."""
    background.wake(send_messages)


def forget_old() -> int:
    """Delete what was sent to staff, or given up, longer than STAFF_DAYS ago. What applicants
    were sent stays with the case."""
    before = now() - dt.timedelta(days=STAFF_DAYS)
    ended = Message.objects.exclude(state=Message.State.QUEUED)
    return ended.filter(audience=Message.Audience.STAFF, created_at__lt=before).delete()[0]


def sweep() -> int:
    """For whoever runs no worker, and for what a crash left: send all that is due."""
    done = 0
    while step := sending.send_due():
        done += step
        if step < sending.BATCH:
            break
    return done
