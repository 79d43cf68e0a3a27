"""What can be done to categories, guides and rules; each is one transaction of right, write,
history and audit. `actor=None` is the system (demonstration content, imports).
"""

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.catalogue import policies
from disclosure.catalogue.models import Category, Guide, Rule
from disclosure.core import html

_PLACE = ("path", "depth", "numchild")


# --- categories ----------------------------------------------------------------------------------
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


# --- guides and rules ----------------------------------------------------------------------------
def create_guide(*, actor: User | None, guide: Guide, reason: str = "") -> Guide:
    """Store an agency's guide (Art. 12)."""
    _clean_guide(guide)
    return records.create(
        actor=actor,
        action="disclosure.add_guide",
        verb="guide.created",
        obj=guide,
        reason=reason,
    )


def update_guide(*, actor: User | None, guide: Guide, reason: str = "") -> bool:
    """Store a changed guide."""
    _clean_guide(guide)
    return records.update(
        actor=actor,
        action="disclosure.change_guide",
        verb="guide.changed",
        obj=guide,
        reason=reason,
    )


def create_rule(*, actor: User | None, rule: Rule, reason: str = "") -> Rule:
    """Store one of an agency's rules."""
    _clean_rule(rule)
    return records.create(
        actor=actor, action="disclosure.add_rule", verb="rule.created", obj=rule, reason=reason
    )


def update_rule(*, actor: User | None, rule: Rule, reason: str = "") -> bool:
    """Store a changed rule."""
    _clean_rule(rule)
    return records.update(
        actor=actor, action="disclosure.change_rule", verb="rule.changed", obj=rule, reason=reason
    )


def delete_rule(*, actor: User | None, rule: Rule) -> None:
    """Delete a rule; its last text stays in the history."""
    records.delete(actor=actor, action="disclosure.delete_rule", verb="rule.deleted", obj=rule)


def _clean_guide(guide: Guide) -> None:
    for part in Guide.PARTS:
        setattr(guide, part, html.sanitise(getattr(guide, part)))


def _clean_rule(rule: Rule) -> None:
    rule.title = " ".join(rule.title.split())
    rule.body = html.sanitise(rule.body)
