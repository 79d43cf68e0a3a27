"""The move: every open request in a transaction of its own, so that it may be stopped, go on and
be done twice without harm."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.errors import Conflict, NotPossible
from disclosure.workdays.store import current_calendar
from requests_app.actions.engine import locked, reproject, take
from requests_app.casework.models import DisclosureRequest
from requests_app.moving import finding
from requests_app.moving.permissions import MOVE

logger = logging.getLogger(__name__)

#: Open requests that a task looks at before it makes room for others.
PART = 1000


@dataclass
class Moved:
    """What became of a run: moved, of them to a later day, rewritten without another day."""

    moved: int = 0
    later: int = 0
    rewritten: int = 0


def rows_of(user: User | None) -> finding.Rows:
    """The open requests that `user` may move: those of their agencies; None: all."""
    rows = finding.open_rows()
    return rows if user is None else rows.filter(rights.scope(user, MOVE))


def move_all(*, actor: User | None = None, at: dt.datetime | None = None) -> Moved:
    """Move every open request of the actor's agencies to the days that the calendar gives now.

    Raises NotPermitted. What somebody else changes meanwhile already has the new days.
    """
    rights.require(actor, MOVE)
    done = Moved()
    _move(actor, done, at=at)
    _note(actor, done)
    return done


def _move(
    actor: User | None,
    done: Moved,
    *,
    after: int = 0,
    most: int | None = None,
    at: dt.datetime | None = None,
) -> int | None:
    """Move at most `most`, by key beyond `after`, and count it in `done`; the key from which to go
    on, None at the end."""
    looked_at = 0
    for case, now in finding.scan(rows_of(actor), current_calendar(), after=after, most=most):
        looked_at, after = looked_at + 1, case.pk
        move = finding.move_of(case, now)
        if move is not None:
            if _taken(case, actor, at):
                done.moved += 1
                done.later += move.is_later
        elif finding.needs_rewriting(case, now):
            _rewrite(case)
            done.rewritten += 1
    return after if looked_at == most else None


def _taken(case: DisclosureRequest, actor: User | None, at: dt.datetime | None) -> bool:
    try:
        take(case, "move_calendar", actor=actor, at=at)
    except (NotPossible, Conflict):
        return False
    return True


@transaction.atomic
def _rewrite(case: DisclosureRequest) -> None:
    """Lights and the mark `provisional` follow without a word: nobody was told of them."""
    reproject(locked(case))


def _note(actor: User | None, done: Moved) -> None:
    """The run on the audit trail; it says at which agencies."""
    own = Q() if actor is None else rights.scope(actor, MOVE, prefix="")
    first = Agency.objects.filter(own).order_by("path").first()
    if first is None:
        return
    everywhere = actor is None or not Agency.objects.exclude(own).exists()
    record(
        actor,
        "calendarmove.done",
        first,
        moved=done.moved,
        later=done.later,
        everywhere=everywhere,
    )


@task()
def move_in_background(
    user: int, after: int = 0, moved: int = 0, later: int = 0, rewritten: int = 0
) -> int:
    """The run that somebody has asked for on the page, a part at a time so that the worker can be
    stopped and messages go out in between; how many were moved so far."""
    actor = User.objects.get(pk=user)
    rights.require(actor, MOVE)
    done = Moved(moved, later, rewritten)
    next_after = _move(actor, done, after=after, most=PART)
    if next_after is None:
        _note(actor, done)
    else:
        move_in_background.enqueue(user, next_after, done.moved, done.later, done.rewritten)
    return done.moved


def report() -> int:
    """How many open requests the calendar would move; nothing is changed. A daily job, so that a
    change that nobody has followed is seen."""
    count = sum(1 for _move in finding.moves(finding.open_rows(), current_calendar()))
    if count:
        logger.warning("%d open requests are to be moved with the calendar", count)
    return count
