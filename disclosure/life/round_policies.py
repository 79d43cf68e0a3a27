"""Whether a clean-up round may be begun, decided, checked, closed: every reason as a sentence.

Three people: whoever began the round or decided on a document neither checks nor closes it, and
who checked it does not close it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.dates import legal_day
from disclosure.core.errors import Refusal
from disclosure.life.models import CleanUpEntry, CleanUpRound
from disclosure.life.round_steps import ENDING, Decision, RoundState
from disclosure.publications import review
from disclosure.publications.lifecycle import ADD, REVIEW
from disclosure.publications.models import Publication
from disclosure.publications.validity import ENDED

#: Documents of a round: more are drawn by category or year.
MOST = 2000
FAR = dt.timedelta(days=366 * 2)

NOTHING = _("No document in force fits; there is nothing to clean up.")
NOT_OPEN = _("The round is no longer open; nothing is decided in it any more.")


def why_not_begin(cleanup: CleanUpRound, *, on: dt.date, found: int) -> list[Refusal]:
    """Why a round over `found` documents cannot be begun on the day `on`."""
    reasons = []
    if found == 0:
        reasons.append(Refusal(NOTHING, code="document_type"))
    if found > MOST:
        reasons.append(
            Refusal(
                _("More than %(most)d documents fit; draw them by category or year.")
                % {"most": MOST},
                code="category",
            )
        )
    if cleanup.as_of > on:
        reasons.append(Refusal(_("This day is still to come."), code="as_of"))
    if cleanup.due_on < on:
        reasons.append(Refusal(_("This day is past."), code="due_on"))
    if cleanup.due_on > on + FAR:
        reasons.append(Refusal(_("A round lasts two years at most."), code="due_on"))
    if not cleanup.announced_in.is_active:
        reasons.append(Refusal(_("This category is no longer in use."), code="announced_in"))
    return reasons


def why_not_decide(
    entry: CleanUpEntry, step: str, data: Mapping[str, Any], *, at: dt.datetime
) -> list[Refusal]:
    """Why the document cannot be decided on like this."""
    if entry.round.state != RoundState.OPEN:
        return [Refusal(NOT_OPEN, code="state")]
    reasons = []
    if step != Decision.KEEP and not str(data.get("reason") or "").strip():
        reasons.append(Refusal(_("Please give the reason."), code="reason"))
    day, start = data.get("ends_on"), entry.publication.effective_on
    if isinstance(day, dt.date) and start and day < start:
        reasons.append(Refusal(_("It cannot end before it is in force."), code="ends_on"))
    return reasons


def why_not_step(
    cleanup: CleanUpRound, step: str, data: Mapping[str, Any], *, actor: User | None
) -> list[Refusal]:
    """Why the round cannot take `step`, whatever its form says or leaves out."""
    reasons = []
    if step in ("check", "close"):
        reasons += _by_another(cleanup, actor)
        reasons += _all_decided(cleanup)
    if step == "check" and review.open_questions(data.get("checklist") or {}):
        reasons.append(
            Refusal(
                _("Every question of the checklist must be in order; otherwise return it."),
                "17",
                "checklist",
            )
        )
    if step == "return" and not str(data.get("reason") or "").strip():
        reasons.append(Refusal(_("Please give the reason."), code="reason"))
    if step == "close":
        reasons += _still_here(cleanup)
        if actor is not None and actor.pk == cleanup.checked_by_id:
            reasons.append(
                Refusal(_("You have checked it; somebody else has to close it."), code="own")
            )
    return reasons


def worked_on(cleanup: CleanUpRound) -> set[int]:
    """Keys of who began the round and who decided in it; one query."""
    deciders = cleanup.entries.filter(decided_by__isnull=False).values_list("decided_by", flat=True)
    began = {cleanup.begun_by_id} if cleanup.begun_by_id else set()
    return began | set(deciders.order_by().distinct())


def _by_another(cleanup: CleanUpRound, actor: User | None) -> list[Refusal]:
    if actor is None:
        return [Refusal(_("This needs a named person."), code="unnamed")]
    if actor.pk in worked_on(cleanup):
        return [
            Refusal(
                _("You have worked on this round yourself; somebody else has to do this."),
                code="own",
            )
        ]
    return []


def _all_decided(cleanup: CleanUpRound) -> list[Refusal]:
    left = cleanup.entries.filter(decision=Decision.PENDING).count()
    if not left:
        return []
    return [Refusal(_("Documents not decided yet: %(n)d.") % {"n": left}, code="pending")]


def _still_here(cleanup: CleanUpRound) -> list[Refusal]:
    """The announcement goes out in the name of those who wrote and checked it."""
    reasons = []
    for user, action in ((cleanup.begun_by, ADD), (cleanup.checked_by, REVIEW)):
        if user is None or not user.is_active or not rights.allows(user, action, cleanup):
            reasons.append(
                Refusal(
                    _("%(person)s may no longer do this; open the round again and check it anew.")
                    % {"person": user or "–"},
                    code="person",
                )
            )
    return reasons


def why_not_apply(entry: CleanUpEntry, *, at: dt.datetime) -> list[Refusal]:
    """Why the decision no longer fits the document, which changed meanwhile."""
    publication = entry.publication
    if not publication.is_visible(at):
        if entry.decision in ENDING:
            return [_named(entry, _("It has been withdrawn meanwhile; decide anew."))]
        return []
    over = publication.validity_on(legal_day(at)) in ENDED
    if over and entry.decision not in ENDING:
        return [_named(entry, _("It is no longer in force; decide anew."))]
    return []


def has_ended(publication: Publication) -> bool:
    """Whether an end of it was decided already, also one still to come."""
    return publication.validity in ENDED


def _named(entry: CleanUpEntry, reason: Any) -> Refusal:
    return named(entry, Refusal(reason))


def named(entry: CleanUpEntry, refusal: Refusal) -> Refusal:
    """A reason with the document that it is about."""
    return Refusal(
        _("“%(title)s”: %(reason)s") % {"title": entry.title_shown, "reason": refusal},
        refusal.article,
        "entry",
    )


def why_not_delete(cleanup: CleanUpRound) -> list[Refusal]:
    """Why a round stays on record: something was decided in it."""
    if (
        cleanup.state == RoundState.OPEN
        and not cleanup.entries.exclude(decision=Decision.PENDING).exists()
    ):
        return []
    return [Refusal(_("Only a round in which nothing is decided can be deleted."), code="state")]
