"""The one façade to the audit trail: `record(actor, verb, target, **facts)`."""

from typing import Any

from django.db.models import Model

from disclosure.agencies.models import User
from disclosure.agencies.rights import agency_of
from disclosure.audit.models import AuditEntry


def record(
    actor: User | None, verb: str, target: Model, *, label: str | None = None, **facts: Any
) -> AuditEntry:
    """Note that `actor` did `verb` to `target`; `actor=None` is the system or the public.

    `facts` must be JSON and must not hold personal data; `label` replaces `str(target)`.
    """
    return AuditEntry.objects.create(
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=(str(target) if label is None else label)[:200],
        agency=agency_of(target),
        facts=facts,
    )
