"""The site's own daily jobs: what has lapsed is forgotten."""

import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from disclosure.core import daily
from disclosure.core.dates import now

# Addresses in the log of sign-ins are personal data: kept as long as an inquiry needs them.
SIGN_IN_LOG_DAYS = 180


def forget_expired_sessions() -> int:
    """Delete the sessions that have ended."""
    return Session.objects.filter(expire_date__lt=now()).delete()[0]


def forget_old_sign_ins() -> int:
    """Delete what django-axes noted about sign-ins longer than SIGN_IN_LOG_DAYS ago."""
    before = now() - dt.timedelta(days=SIGN_IN_LOG_DAYS)
    return sum(
        model.objects.filter(attempt_time__lt=before).delete()[0]
        for model in (AccessAttempt, AccessFailureLog, AccessLog)
    )


def register() -> None:
    """Called when the site starts."""
    daily.register("expired sessions", forget_expired_sessions)
    daily.register("old sign-ins", forget_old_sign_ins)
