"""What can be done to standard catalogues; each is one transaction of right, write, history and
audit. `actor=None` is the system (demonstration content, imports by command).
"""

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.channels.table import tidy
from disclosure.publications.models import Publication
from disclosure.standards import matching, policies
from disclosure.standards.models import StandardArea, StandardItem, StandardLink

LINE = ("level1", "level2", "body", "audience_who", "keywords")
TEXT = ("content", "basis", "time_limit")


def create_area(*, actor: User | None, area: StandardArea) -> StandardArea:
    """Add an area."""
    return records.create(
        actor=actor,
        action="disclosure.add_standardarea",
        verb="standardarea.created",
        obj=area,
        code=area.key,
    )


def update_area(*, actor: User | None, area: StandardArea) -> bool:
    """Store an area's changed names or place."""
    return records.update(
        actor=actor,
        action="disclosure.change_standardarea",
        verb="standardarea.changed",
        obj=area,
    )


def clean(item: StandardItem) -> None:
    """Bring what was typed or imported into the one form in which it is stored."""
    for name in LINE:
        setattr(item, name, " ".join(getattr(item, name).split()))
    for name in TEXT:
        lines = getattr(item, name).replace("\r\n", "\n").split("\n")
        setattr(item, name, "\n".join(line.rstrip() for line in lines).strip())
    item.channels, item.channels_note = tidy(item.channels, item.channels_note)


def create_item(
    *, actor: User | None, item: StandardItem, reason: str = "", rematch: bool = True
) -> StandardItem:
    """Add an item; `rematch=False` leaves finding its publications to the caller."""
    clean(item)
    with transaction.atomic():
        records.refuse_if(policies.why_not_keep(item))
        records.create(
            actor=actor,
            action="disclosure.add_standarditem",
            verb="standarditem.created",
            obj=item,
            reason=reason,
        )
        if rematch:
            _rematch(item)
    return item


def update_item(
    *, actor: User | None, item: StandardItem, reason: str = "", rematch: bool = True
) -> bool:
    """Store a changed item."""
    clean(item)
    with transaction.atomic():
        records.refuse_if(policies.why_not_keep(item))
        changed = records.update(
            actor=actor,
            action="disclosure.change_standarditem",
            verb="standarditem.changed",
            obj=item,
            reason=reason,
        )
        if changed and rematch:
            _rematch(item)
    return changed


def delete_item(*, actor: User | None, item: StandardItem) -> None:
    """Delete an item; what it was stays in the history."""
    records.delete(
        actor=actor,
        action="disclosure.delete_standarditem",
        verb="standarditem.deleted",
        obj=item,
    )


@transaction.atomic
def link(
    *, actor: User | None, item: StandardItem, publication: Publication, belongs: bool = True
) -> StandardLink:
    """Say that a publication belongs to an item, or that it does not, whatever its rule finds."""
    stored = records.locked(item)
    rights.require(actor, "disclosure.change_standarditem", stored)
    kind = StandardLink.Kind.LINKED if belongs else StandardLink.Kind.EXCLUDED
    row, _made = StandardLink.objects.update_or_create(
        item=stored, publication=publication, defaults={"kind": kind}
    )
    record(actor, "standarditem.linked", stored, publication=publication.pk, belongs=belongs)
    return row


@transaction.atomic
def unlink(*, actor: User | None, row: StandardLink) -> None:
    """Leave it to the item's rule again whether a publication belongs to it."""
    stored = records.locked(row.item)
    rights.require(actor, "disclosure.change_standarditem", stored)
    record(actor, "standarditem.unlinked", stored, publication=row.publication_id)
    row.delete()
    _rematch(stored)


def _rematch(item: StandardItem) -> None:
    matching.rematch(StandardItem.objects.filter(pk=item.pk))
