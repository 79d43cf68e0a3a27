"""Taking over what is public already (已公开信息的迁入): under a recorded blanket sign-off.

A named person who may publish for the agency answers for it. The sign-off is open only while the
import runs, in its transaction, and never serves again.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.publications import content, hooks, policies
from disclosure.publications.actions.effects import adopt
from disclosure.publications.actions.engine import Taking, locked, write_event
from disclosure.publications.lifecycle import PUBLISH, TRANSITIONS, State
from disclosure.publications.messages import CHANGED_MEANWHILE
from disclosure.publications.models import Publication
from disclosure.publications.policies import Asked
from disclosure.publications.trail import SignOff


@contextmanager
def blanket(*, signed_by: User, note: str, at: dt.datetime | None = None) -> Iterator[SignOff]:
    """A transaction with an open blanket sign-off; `note` says of what (the file's name)."""
    moment = at or now()
    with transaction.atomic():
        sign_off = SignOff.objects.create(
            signed_by=signed_by, signed_at=moment, note=note[:500], is_blanket=True
        )
        yield sign_off
        sign_off.closed_at = now()
        sign_off.save(update_fields=["closed_at"])


@transaction.atomic
def take_over(
    *,
    publication: Publication,
    sign_off: SignOff,
    actor: User | None = None,
    at: dt.datetime | None = None,
) -> Publication:
    """Put a draft out as what was public elsewhere before, on its own earlier day.

    A draft that revises something takes its place. Raises NotPermitted where the signer may not
    publish for the agency.
    """
    moment = at or now()
    stored = locked(publication)
    rights.require(sign_off.signed_by, PUBLISH, stored)
    reasons = policies.why_not_take_over(stored, at=moment)
    if stored.state != State.DRAFT:
        reasons.append(Refusal(CHANGED_MEANWHILE, code="state"))
    if reasons:
        raise NotPossible(reasons)
    digest = content.digest(stored)
    goes_out = stored.published_at or moment
    facts: dict[str, Any] = {"sign_off": sign_off.pk, "published_at": goes_out.isoformat()}
    if stored.revises is not None:
        stored.content_hash, stored.sign_off = digest, sign_off
        taking = Taking(Asked(stored, TRANSITIONS["publish"], sign_off.signed_by, moment))
        about = adopt(taking)
        Publication.objects.filter(pk=stored.pk).update(**taking.fields)
        facts |= taking.facts
    else:
        moved = Publication.objects.filter(
            pk=stored.pk, state=State.DRAFT, revision=stored.revision
        ).update(
            state=State.PUBLISHED,
            content_hash=digest,
            sign_off=sign_off,
            published_at=goes_out,
            version=stored.version + 1,
            version_at=goes_out,
            published_by=sign_off.signed_by,
            withdrawn_reason="",
            is_tombstone=False,
        )
        if not moved:
            raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
        about = locked(stored)
        records.save(about, actor or sign_off.signed_by, "publish")
    event = write_event(about, "take_over", sign_off.signed_by, moment, facts=facts)
    record(actor, "publication.taken_over", about, **facts)
    hooks.run("take_over", about, event)
    return about
