"""Whether a relation may be recorded or removed, and an earlier version closed: as sentences.

What changes another document's validity is written while its source is a draft: the reviewer and
who signs off have to see it. Interpretations and the like may be linked at any time, and so may
what says of an older document only what its record says already.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.dates import legal_day
from disclosure.core.errors import Refusal
from disclosure.life.kinds import BECOMES, ENDING, KINDS, WITH_EFFECT
from disclosure.life.models import ClosedVersion, Relation
from disclosure.publications import policies
from disclosure.publications.lifecycle import TRANSITIONS, State
from disclosure.publications.models import Publication
from disclosure.publications.policies import Asked
from disclosure.publications.validity import ENDED

VIEW = "disclosure.view_publication"
#: Of one document, and links of a chain that is followed to find a circle.
MOST = 50
OVER = frozenset({State.SUPERSEDED, State.CLOSED, State.WITHDRAWN})


def why_not_relate(relation: Relation, *, actor: User | None, at: dt.datetime) -> list[Refusal]:
    """Why the new relation cannot be recorded."""
    source, target = relation.source, relation.target
    reasons = why_not_touch(relation)
    if source.relations.count() >= MOST:
        reasons.append(
            Refusal(_("A document has at most %(most)d relations.") % {"most": MOST}, code="most")
        )
    if relation.kind not in WITH_EFFECT and relation.from_day is not None:
        reasons.append(
            Refusal(_("Only what amends or ends a document has a day."), code="from_day")
        )
    if target is None:
        return reasons
    item = source.revises or source
    if target.revises_id is not None:
        reasons.append(Refusal(_("Choose the item, not its revision."), code="target"))
    elif target.pk == item.pk:
        reasons.append(Refusal(_("A document has no relation to itself."), code="target"))
    elif item.pk != source.pk and _stands_already(relation, item):
        reasons.append(Refusal(_("This relation is recorded already."), code="target"))
    if not _may_know(target, actor, at):
        reasons.append(Refusal(_("This document is not there for you."), code="target"))
    if relation.kind in WITH_EFFECT:
        reasons += _why_not_over(source, target)
    if relation.kind in ENDING and _closes_circle(item, target):
        reasons.append(
            Refusal(_("That would be a circle: the other document ends this one."), code="target")
        )
    return reasons


def _stands_already(relation: Relation, item: Publication) -> bool:
    return item.relations.filter(kind=relation.kind, target=relation.target).exists()


def why_not_touch(relation: Relation) -> list[Refusal]:
    """Why relations of this kind are fixed for their source."""
    source = relation.source
    reviewed = relation.kind in WITH_EFFECT and not _says_what_is_so(relation)
    if reviewed and source.state != State.DRAFT:
        return [
            Refusal(
                _(
                    "What amends or ends another document is recorded in a draft, for the reviewer "
                    "has to see it. Begin a revision, or take this back first."
                ),
                code="kind",
            )
        ]
    if source.state in OVER:
        return [Refusal(_("This document is closed or withdrawn."), code="source")]
    return []


def _says_what_is_so(relation: Relation) -> bool:
    """Whether the target is amended or repealed as it is, and not by this relation: so older
    documents are linked that were public before this portal was."""
    target = relation.target
    return (
        target is not None
        and relation.event_id is None
        and relation.source.state == State.PUBLISHED
        and target.validity in BECOMES[KINDS[relation.kind].step]
    )


def _may_know(target: Publication, actor: User | None, at: dt.datetime) -> bool:
    return actor is None or target.is_visible(at) or rights.allows(actor, VIEW, target)


def _why_not_over(source: Publication, target: Publication) -> list[Refusal]:
    """A superior's document is neither amended nor ended from below, nor a neighbour's."""
    if target.agency.path.startswith(source.agency.path):
        return []
    return [
        Refusal(
            _("Only documents of the same agency or of agencies below it are amended or ended."),
            code="target",
        )
    ]


def _closes_circle(item: Publication, target: Publication) -> bool:
    """Whether following what ends what from `target` leads back to `item`; a query a link."""
    seen, edge = {target.pk}, {target.pk}
    for _link in range(MOST):
        found = Relation.objects.filter(source__in=edge, kind__in=ENDING, target__isnull=False)
        edge = set(found.values_list("target", flat=True)) - seen
        if item.pk in edge:
            return True
        if not edge:
            return False
        seen |= edge
    return True


def why_not_take_effect(source: Publication, *, at: dt.datetime) -> list[Refusal]:
    """Why what `source` does to others could not be done if it went out at `at`: each document
    that stands against it is named."""
    rows = source.relations.filter(kind__in=WITH_EFFECT, target__isnull=False, event__isnull=True)
    return [
        refusal
        for relation in rows.select_related("target__agency", "source__agency")
        for refusal in why_not_settle(relation, at=at)
    ]


def why_not_settle(relation: Relation, *, at: dt.datetime) -> list[Refusal]:
    """Why the target cannot take the relation's step."""
    target = relation.target
    if target is None or target.state == State.WITHDRAWN:
        return []
    day = starts(relation, at=at)
    step = KINDS[relation.kind].step
    reasons: Iterable[Refusal] = _why_not_over(relation.source, target)
    if step == "amend" and target.validity_on(day) in ENDED:
        reasons = [*reasons, Refusal(_("It is no longer in force, so nothing amends it."))]
    asked = Asked(target, TRANSITIONS[step], None, at, {"reason": "…", "expires_on": day})
    return [
        Refusal(
            _("“%(title)s”: %(reason)s") % {"title": relation.target_shown, "reason": refusal},
            refusal.article,
            "relation",
        )
        for refusal in (*reasons, *policies.why_not(asked))
    ]


def starts(relation: Relation, *, at: dt.datetime) -> dt.date:
    """From which day the relation holds: as recorded, else when its source is in force, else when
    that is published. What a revision brings never begins before the revision."""
    if relation.from_day is not None:
        return relation.from_day
    source = relation.source
    begins, revised = legal_day(at), source.revises_id is not None
    if source.state == State.PUBLISHED and source.published_at and source.version_at:
        revised = source.version > 1
        begins = legal_day(source.version_at if revised else source.published_at)
    elif not revised:
        begins = legal_day(max(source.published_at or at, at))
    in_force = source.effective_on or begins
    return max(in_force, begins) if revised else in_force


def why_not_take_back(relation: Relation, reason: str) -> list[Refusal]:
    """Why a relation that is public cannot be removed as a mistake."""
    reasons = []
    if relation.source.state != State.PUBLISHED:
        reasons.append(Refusal(_("Only of what is public; in a draft it is simply removed.")))
    if not reason.strip():
        reasons.append(Refusal(_("Please give the reason."), code="reason"))
    return reasons


def why_not_close_version(closed: ClosedVersion) -> list[Refusal]:
    """Why an earlier version cannot be taken out of sight."""
    if closed.version.state == State.SUPERSEDED:
        return []
    return [Refusal(_("Only an earlier version; what is public is withdrawn."), code="version")]
