"""What can be done to agencies and their inner offices; each is one transaction.

`actor=None` is the system (demonstration content, imports).
"""

from django.db import transaction

from disclosure.agencies import policies, records, rights
from disclosure.agencies.models import Agency, Office, User
from disclosure.audit.trail import record

_PLACE = ("path", "depth", "numchild")


@transaction.atomic
def create_agency(
    *, actor: User | None, agency: Agency, parent: Agency | None = None, reason: str = ""
) -> Agency:
    """Add an agency below `parent` (None: at the root)."""
    rights.require(actor, "disclosure.add_agency")
    records.refuse_if(
        policies.why_not_place(actor, None, parent)
        + policies.why_not_pattern(agency.index_number_pattern)
    )
    if actor is not None:
        agency._history_user = actor
    agency._change_reason = reason[: records.REASON_LENGTH] or None
    if parent is None:
        Agency.objects.add_root(instance=agency)
    else:
        Agency.objects.add_child(parent, instance=agency)
    record(actor, "agency.created", agency, parent=parent.code if parent else None)
    return agency


@transaction.atomic
def update_agency(*, actor: User | None, agency: Agency, reason: str = "") -> bool:
    """Store changed facts of an agency; its place is changed by `move_agency` only."""
    stored = records.locked(agency)
    rights.require(actor, "disclosure.change_agency", stored)
    changed = records.changes(stored, agency, skip=_PLACE)
    records.refuse_if(
        policies.why_not_restructure(actor, stored, changed)
        + policies.why_not_pattern(agency.index_number_pattern)
    )
    if not changed:
        return False
    # Only what changed: the place in the tree may have moved since the form was opened.
    records.save(agency, actor, reason, update_fields=changed)
    record(actor, "agency.changed", agency, fields=changed)
    return True


@transaction.atomic
def move_agency(
    *,
    actor: User | None,
    agency: Agency,
    parent: Agency | None,
    after: Agency | None = None,
) -> bool:
    """Put an agency and all below it elsewhere in the tree: below `parent`, after its child
    `after` (None: last)."""
    stored = records.locked(agency)
    rights.require(actor, "disclosure.add_agency", stored)
    records.refuse_if(policies.why_not_place(actor, stored, parent))
    before = Agency.objects.get_parent(stored)
    if not records.place(stored, parent, after):
        return False
    record(
        actor,
        "agency.moved",
        stored,
        before=before.code if before else None,
        parent=parent.code if parent else None,
    )
    agency.refresh_from_db(fields=list(_PLACE))
    return True


def create_office(*, actor: User | None, office: Office) -> Office:
    """Add an inner office (内设机构)."""
    return records.create(
        actor=actor, action="disclosure.add_office", verb="office.created", obj=office
    )


def update_office(*, actor: User | None, office: Office) -> bool:
    """Store a changed inner office."""
    return records.update(
        actor=actor, action="disclosure.change_office", verb="office.changed", obj=office
    )


def delete_office(*, actor: User | None, office: Office) -> None:
    """Delete an inner office."""
    records.delete(
        actor=actor, action="disclosure.delete_office", verb="office.deleted", obj=office
    )
