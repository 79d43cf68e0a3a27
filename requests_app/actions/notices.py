"""Whom among staff a step concerns next, and what they are written."""

import datetime as dt
from collections.abc import Callable, Iterable

from disclosure.agencies import rights
from disclosure.agencies.models import User
from requests_app.casework.models import DisclosureRequest
from requests_app.lifecycle.transitions import DECIDE, REVIEW
from requests_app.messages import outbox

#: A review or approval is told to so many at most; the start page tells everybody.
MOST = 20
Whom = Callable[[DisclosureRequest], Iterable[User]]


def _handler(case: DisclosureRequest) -> Iterable[User]:
    return [case.handler] if case.handler is not None else []


def _holders(action: str) -> Whom:
    def whom(case: DisclosureRequest) -> Iterable[User]:
        people = rights.holders(action, case.agency).order_by("pk")[:MOST]
        return [user for user in people if not case.is_closed_to(user)]

    return whom


#: Step → (template of the message, whom it concerns).
TO_STAFF: dict[str, tuple[str, Whom]] = {
    "assign": ("assigned", _handler),
    "propose": ("review_wanted", _holders(REVIEW)),
    "pass_review": ("approval_wanted", _holders(DECIDE)),
    "return_draft": ("returned", _handler),
}


def tell_staff(case: DisclosureRequest, step: str, actor: User | None, at: dt.datetime) -> None:
    """Write to those whom the step concerns, but not to the one who took it."""
    if step not in TO_STAFF:
        return
    template, whom = TO_STAFF[step]
    for user in whom(case):
        if user != actor:
            outbox.queue(case, template, user=user, at=at)
