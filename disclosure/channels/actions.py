"""Recording where an item appeared; each is one transaction of right, write, history and audit.

`actor=None` is the system (demonstration content, imports).
"""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction

from disclosure.agencies import records
from disclosure.agencies.models import User
from disclosure.channels import policies
from disclosure.channels.models import Appearance
from disclosure.core.dates import today
from disclosure.files import sniff
from disclosure.files.names import clean_name


@dataclass(frozen=True)
class Proof:
    """A file that shows the appearance: a scan, a photograph, a screenshot."""

    name: str
    data: bytes


def record_appearance(
    *, actor: User | None, appearance: Appearance, proof: Proof | None = None
) -> Appearance:
    """Store that the item appeared in a channel."""
    appearance.recorded_by = actor
    with transaction.atomic():
        _fill(appearance, proof)
        records.refuse_if(policies.why_not_keep(appearance, on=today()))
        return records.create(
            actor=actor,
            action="disclosure.add_appearance",
            verb="appearance.created",
            obj=appearance,
        )


def change_appearance(
    *, actor: User | None, appearance: Appearance, proof: Proof | None = None
) -> bool:
    """Store a changed appearance; a new proof takes the place of the earlier one."""
    earlier = appearance.proof.name if proof else ""
    storage = appearance.proof.storage
    with transaction.atomic():
        _fill(appearance, proof)
        records.refuse_if(policies.why_not_keep(appearance, on=today()))
        changed = records.update(
            actor=actor,
            action="disclosure.change_appearance",
            verb="appearance.changed",
            obj=appearance,
        )
        if earlier:
            transaction.on_commit(lambda: storage.delete(earlier))
    return changed


def delete_appearance(*, actor: User | None, appearance: Appearance) -> None:
    """Take an appearance off the record; what it was stays in the history, its proof goes."""
    name, storage = appearance.proof.name, appearance.proof.storage
    with transaction.atomic():
        records.delete(
            actor=actor,
            action="disclosure.delete_appearance",
            verb="appearance.deleted",
            obj=appearance,
        )
        if name:
            transaction.on_commit(lambda: storage.delete(name))


def _fill(appearance: Appearance, proof: Proof | None) -> None:
    """Put the file on the row; its bytes are written when the row is."""
    if proof is None:
        return
    name = clean_name(proof.name)
    records.refuse_if(policies.why_not_proof(name, proof.data))
    kind = sniff.recognise(proof.data, name)
    assert kind is not None  # noqa: S101  (the policy has asked)
    appearance.proof = ContentFile(proof.data, name=f"{appearance.uuid}.{kind.ending}")
    appearance.proof_name = name
    appearance.proof_type = kind.content_type
    appearance.proof_sha256 = hashlib.sha256(proof.data).hexdigest()
