"""What can be done to categories; each is one transaction of right, write, history and audit.

`actor=None` is the system (demonstration content, imports).
"""

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.catalogue import policies
from disclosure.catalogue.models import Category

_PLACE = ("path", "depth", "numchild")


@transaction.atomic
def create_category(
    *, actor: User | None, category: Category, parent: Category | None = None
) -> Category:
    """Add a subject category below `parent` (None: at the top)."""
    rights.require(actor, "disclosure.add_category", category)
    if actor is not None:
        category._history_user = actor
    if parent is None:
        Category.objects.add_root(instance=category)
    else:
        Category.objects.add_child(parent, instance=category)
    record(actor, "category.created", category, code=category.code)
    return category


@transaction.atomic
def update_category(*, actor: User | None, category: Category) -> bool:
    """Store a changed category; its place is changed by `move_category` only."""
    stored = records.locked(category)
    rights.require(actor, "disclosure.change_category", stored)
    changed = records.changes(stored, category, skip=_PLACE)
    if not changed:
        return False
    records.save(category, actor, update_fields=changed)
    record(actor, "category.changed", category, fields=changed)
    return True


@transaction.atomic
def move_category(
    *,
    actor: User | None,
    category: Category,
    parent: Category | None,
    after: Category | None = None,
) -> bool:
    """Put a category and all below it elsewhere: below `parent`, after its child `after`."""
    stored = records.locked(category)
    rights.require(actor, "disclosure.change_category", stored)
    records.refuse_if(policies.why_not_place(stored, parent))
    if not records.place(stored, parent, after):
        return False
    record(actor, "category.moved", stored, parent=parent.code if parent else None)
    category.refresh_from_db(fields=list(_PLACE))
    return True


@transaction.atomic
def delete_category(*, actor: User | None, category: Category) -> None:
    """Delete a category that nothing hangs on."""
    stored = records.locked(category)
    rights.require(actor, "disclosure.delete_category", stored)
    records.refuse_if(policies.why_not_delete_category(stored))
    record(actor, "category.deleted", stored, code=stored.code)
    if actor is not None:
        stored._history_user = actor
    stored.delete()
