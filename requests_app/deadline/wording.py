"""The clock's phrases in the reader's language."""

from datetime import date

from django.utils.translation import gettext

from disclosure.core.citing import cite
from requests_app.clock import WAITING_NAMES, ClockError, Phrase


def say(phrase: Phrase) -> str:
    """A phrase of the clock in the active language; dates stay as they are stored."""
    params = {
        name: say(value)
        if isinstance(value, Phrase)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in phrase.params.items()
    }
    return gettext(phrase.msgid) % params


def say_error(error: ClockError) -> str:
    """Why the clock refused, with the article where there is one."""
    reason = say(error.reason)
    if error.article is None:
        return reason
    return gettext("%(article)s: %(reason)s") % {
        "reason": reason,
        "article": cite(error.article),
    }


def say_waiting(waiting_for: str | None) -> str:
    """What the time limit waits for; empty where it runs."""
    return gettext(WAITING_NAMES[waiting_for]) if waiting_for else ""
