"""Storing a plain record: right, write, history and audit in one transaction.

For records without a life of their own (offices, categories, rules …); those with states have
their own actions.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.errors import Conflict, NotPossible, Refusal

Record = TypeVar("Record", bound=Model)
REASON_LENGTH = 100

STORED_MEANWHILE = _("Somebody else has just stored this. Please look at it again.")
GONE = _("This record is no longer there.")
PLACE_GONE = _("The place chosen is no longer there.")


def create(
    *, actor: User | None, action: str, verb: str, obj: Record, reason: str = "", **facts: Any
) -> Record:
    """Store a new record."""
    with transaction.atomic():
        rights.require(actor, action, obj)
        save(obj, actor, reason)
        record(actor, verb, obj, **facts)
    return obj


def update(
    *, actor: User | None, action: str, verb: str, obj: Record, reason: str = "", **facts: Any
) -> bool:
    """Store a changed record; False when nothing differs.

    The actor needs the right both where the record was and where it goes.
    """
    with transaction.atomic():
        stored = locked(obj)
        rights.require(actor, action, stored)
        rights.require(actor, action, obj)
        changed = changes(stored, obj)
        if not changed:
            return False
        save(obj, actor, reason)
        record(actor, verb, obj, fields=changed, **facts)
    return True


def delete(*, actor: User | None, action: str, verb: str, obj: Model, **facts: Any) -> None:
    """Delete a record; what it was stays in the history."""
    with transaction.atomic():
        stored = locked(obj)
        rights.require(actor, action, stored)
        record(actor, verb, stored, **facts)
        if actor is not None:
            stored._history_user = actor  # type: ignore[attr-defined]
        stored.delete()


def locked(obj: Record) -> Record:
    """The record as it is stored now, locked until the transaction ends."""
    manager: Any = obj._meta.default_manager
    rows = manager.select_for_update(of=("self",))
    stored: Record | None = rows.filter(pk=obj.pk).first()
    if stored is None:
        raise Conflict(Refusal(GONE, code="gone"))
    return stored


def changes(stored: Model, obj: Model, skip: Iterable[str] = ()) -> list[str]:
    """Names of the fields in which `obj` differs from what is stored."""
    left_out = {"updated_at", *skip}
    return [
        field.name
        for field in stored._meta.concrete_fields
        if field.name not in left_out
        and getattr(stored, field.attname) != getattr(obj, field.attname)
    ]


def save(obj: Model, actor: User | None, reason: str = "", **how: Any) -> None:
    """Write it with its history row; that another wrote the same meanwhile is a conflict."""
    if actor is not None:
        obj._history_user = actor  # type: ignore[attr-defined]
    obj._change_reason = reason[:REASON_LENGTH] or None  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            obj.save(**how)
    except IntegrityError as error:
        raise Conflict(Refusal(STORED_MEANWHILE, code="conflict")) from error


#: Sent with `node` after it and all below it have got another place in their tree.
placed = Signal()


def place(node: Any, parent: Any | None, after: Any | None) -> bool:
    """Move a node of a tree below `parent` (None: to the roots), after its child `after` (None:
    last, or where it is when it is there already); False when it stays."""
    tree = type(node)._default_manager
    if after is not None:
        if after.pk == node.pk or tree.get_parent(after, update=True) != parent:
            raise Conflict(Refusal(PLACE_GONE, code="after"))
        tree.move(node, after, "right")
        placed.send(type(node), node=node)
        return True
    if tree.get_parent(node, update=True) == parent:
        return False
    if parent is not None:
        tree.move(node, parent, "last-child")
    else:
        tree.move(node, tree.get_root_nodes().last(), "last-sibling")
    placed.send(type(node), node=node)
    return True


def refuse_if(reasons: list[Refusal]) -> None:
    """Raise NotPossible with every reason, if there is one."""
    if reasons:
        raise NotPossible(reasons)
