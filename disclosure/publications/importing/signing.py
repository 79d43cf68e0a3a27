"""The sign-off of an import that takes over as public: by somebody else than who handed it in.

Who handed it in asks for it; who may publish at one of its rows' agencies sees it, and who may at
all of them signs it off, or returns it with a reason. The rows are judged anew when it is stored.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import now
from disclosure.core.errors import Conflict, NotPermitted, Refusal
from disclosure.publications.importing import actions
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.lifecycle import PUBLISH
from disclosure.publications.messages import CHANGED_MEANWHILE

State = ImportRun.State
REASON_LENGTH = 500


def visible(user: User) -> QuerySet[ImportRun]:
    """The runs that are there for `user`: their own, and what was put before who may publish at
    an agency of the rows."""
    return ImportRun.objects.filter(Q(created_by=user) | Q(pk__in=_put_before(user).values("pk")))


def to_sign(user: User) -> QuerySet[ImportRun]:
    """What others handed in and `user` may look at to sign it off, the longest waiting first."""
    found = ImportRun.objects.filter(
        state=State.AWAITING, pk__in=_put_before(user).values("pk")
    ).exclude(created_by=user)
    return found.select_related("created_by").order_by("asked_at", "pk")


def _put_before(user: User) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(
        rights.scope(user, PUBLISH, prefix="concerns"), asked_at__isnull=False
    )


def why_not_ask(run: ImportRun) -> list[Refusal]:
    """Why no sign-off can be asked for."""
    if run.bad_rows or not run.is_public:
        return [Refusal(CHANGED_MEANWHILE, code="conflict")]
    if not run.concerns.exists():
        return [Refusal(_("No row changes anything: there is nothing to sign off."), code="empty")]
    return []


def why_not_sign(user: User, run: ImportRun) -> list[Refusal]:
    """Why `user` may not sign the run off (one query): not their own, and only with the right to
    publish at every agency of its rows."""
    if run.created_by_id in {None, user.pk}:
        return [Refusal(_("Who handed it in does not sign it off."), code="own")]
    missing = [one.name for one in run.concerns.all() if not rights.allows(user, PUBLISH, one)]
    if missing:
        reason = _("You may not publish for: %(agencies)s") % {"agencies": "、".join(missing)}
        return [Refusal(reason, code="role")]
    return []


def ask(*, actor: User, run: ImportRun) -> ImportRun:
    """Put one's own run, which was looked at, before those who may sign it off."""
    with transaction.atomic():
        stored = actions.own(actor, run, State.CHECKED)
        chosen = stored.options
        records.refuse_if(
            actions.why_not_hand_in(actor, publish=True, create_missing=chosen["create_missing"])
        )
        records.refuse_if(why_not_ask(stored))
        moment = now()
        stored.state, stored.asked_at = State.AWAITING, moment
        stored.kept_until = moment + actions.KEPT_FOR_SIGN_OFF
        stored.decided_by = stored.decided_at = None
        stored.opinion = ""
        stored.save()
        record(actor, "importrun.asked", stored, sha256=stored.sha256)
    return stored


def take_back(*, actor: User, run: ImportRun) -> ImportRun:
    """Ask for the sign-off no longer; the run is again for its owner alone."""
    with transaction.atomic():
        stored = actions.own(actor, run, State.AWAITING)
        _back(stored)
        record(actor, "importrun.taken_back", stored, sha256=stored.sha256)
    return stored


def send_back(*, actor: User, run: ImportRun, reason: str) -> ImportRun:
    """Return it to who handed it in, with the reason."""
    reason = " ".join(reason.split())
    if not reason:
        raise NotPermitted(Refusal(_("Please give a reason."), code="reason"))
    with transaction.atomic():
        stored = _awaiting(actor, run)
        stored.opinion = reason[:REASON_LENGTH]
        _back(stored, decided_by=actor, decided_at=now())
        record(actor, "importrun.returned", stored, sha256=stored.sha256)
    return stored


def sign_off(*, actor: User, run: ImportRun) -> ImportRun:
    """Answer for all of it: it is stored under the person's blanket sign-off, judged anew."""
    with transaction.atomic():
        stored = _awaiting(actor, run)
        records.refuse_if(why_not_sign(actor, stored))
        stored.state, stored.is_confirmed = State.WAITING, True
        stored.decided_by, stored.decided_at, stored.opinion = actor, now(), ""
        stored.save()
        record(actor, "importrun.signed_off", stored, sha256=stored.sha256)
    actions.pass_on(stored, at_once=stored.rows_checked <= actions.ROWS_AT_ONCE)
    return stored


def _awaiting(actor: User, run: ImportRun) -> ImportRun:
    """The run as it is stored now, locked; it waits for the sign-off and `actor` sees it."""
    stored = actions.locked(run)
    if stored.created_by_id == actor.pk:
        raise NotPermitted(Refusal(_("Who handed it in does not sign it off."), code="own"))
    if stored.state != State.AWAITING:
        raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
    if not to_sign(actor).filter(pk=stored.pk).exists():
        raise NotPermitted(Refusal(_("Your roles do not allow this here."), code="role"))
    return stored


def _back(stored: ImportRun, **decided: Any) -> None:
    for name, value in decided.items():
        setattr(stored, name, value)
    stored.state, stored.asked_at = State.CHECKED, None
    stored.kept_until = now() + actions.KEPT_FOR_OWNER
    stored.save()
