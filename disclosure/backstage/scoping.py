"""Which rows the table of rights gives to a person, for any model of ours."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from disclosure.agencies import policies, rights
from disclosure.agencies.models import Agency, User


def right(verb: str, model: type[Model]) -> str:
    """The action's name in the table: `disclosure.view_publication`."""
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def agency_lookup(model: type[Model]) -> str | None:
    """The lookup from a row to its agency ("" for agencies); None: it belongs to no agency."""
    if issubclass(model, Agency):
        return ""
    declared: tuple[str, ...] | None = getattr(model, "agency_path", None)
    if declared is not None:
        return "__".join(declared)
    return "agency" if any(field.name == "agency" for field in model._meta.fields) else None


def _may_be_of_none(model: type[Model]) -> bool:
    """Whether rows may stand outside every agency (`agency` empty)."""
    declared: tuple[str, ...] = getattr(model, "agency_path", ("agency",))
    return len(declared) == 1 and bool(model._meta.get_field(declared[0]).null)


def rows_for(user: User, actions: Iterable[str], model: type[Model]) -> QuerySet[Any]:
    """The rows of `model` to which `user` may do one of `actions`.

    People are reached by the roles that they hold. What belongs to no agency is common property:
    all of it, for who may do the action anywhere. A row that could have an agency and has none
    asks for the role at a root agency.
    """
    rows = model._default_manager.all()
    if issubclass(model, User):
        reached = (policies.people(user, one).values("pk") for one in actions)
        return rows.filter(reduce(or_, (Q(pk__in=keys) for keys in reached), Q(pk__in=[])))
    lookup = agency_lookup(model)
    if lookup is None:
        return rows if any(rights.allows(user, one) for one in actions) else rows.none()
    condition = Q(pk__in=[])
    for action in actions:
        condition |= rights.scope(user, action, prefix=lookup)
        if lookup and _may_be_of_none(model) and rights.allows(user, action, model()):
            condition |= Q(**{f"{lookup}__isnull": True})
    return rows.filter(condition)
