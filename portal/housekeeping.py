"""The site's own daily jobs: what has lapsed is forgotten."""

import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from disclosure.core import daily
from disclosure.core.dates import now

# Addresses in the log of sign-ins are personal data: kept as long as an inquiry needs them.
SIGN_IN_LOG_DAYS = 180
# How long it can be seen that a task was done, or why not.
TASK_DAYS = 7


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


def forget_old_tasks() -> int:
    """Delete the tasks begun longer than TASK_DAYS ago, those that a crash cut off included: what
    still has to be done has a mark of its own."""
    before = now() - dt.timedelta(days=TASK_DAYS)
    return DBTaskResult.objects.filter(started_at__lt=before).delete()[0]


def register() -> None:
    """Called when the site starts."""
    daily.register("old tasks", forget_old_tasks)
    daily.register("expired sessions", forget_expired_sessions)
    daily.register("old sign-ins", forget_old_sign_ins)
