"""Who may do what: one table of action → roles, asked by admin, actions, API and docs alike.

Each app declares its rows in its `permissions` module. A question is always about a person, an
action (`app_label.verb_model`, as Django names permissions) and, where there is one, an object;
the object's agency decides. What belongs to no agency (categories, the calendar) asks for the
role at a root agency.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency, RoleAssignment, User
from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, Refusal

TABLE: dict[str, frozenset[Role]] = {}
#: Keeps every row; unlike an empty `Q`, also in a disjunction.
EVERYWHERE = ~Q(pk__in=[])


def declare(rows: Mapping[str, Iterable[Role]]) -> None:
    """Add an app's rows to the table; a row is declared once."""
    for action, roles in rows.items():
        if action in TABLE and TABLE[action] != frozenset(roles):
            raise ValueError(f"{action} is declared twice")
        TABLE[action] = frozenset(roles)


@dataclass(frozen=True)
class Holding:
    """A role held over a part of the tree of agencies (`path` as treebeard writes it)."""

    role: Role
    agency_id: int
    path: str
    with_descendants: bool

    def covers(self, agency_id: int, path: str) -> bool:
        return self.agency_id == agency_id or (self.with_descendants and path.startswith(self.path))

    @property
    def at_root(self) -> bool:
        return len(self.path) == Agency.steplen


def holdings(user: User) -> tuple[Holding, ...]:
    """The roles that `user` holds; read once for each user object (one query)."""
    if not getattr(user, "is_active", False) or user.pk is None:
        return ()
    cached = getattr(user, "_holdings", None)
    if cached is None:
        rows = RoleAssignment.objects.filter(user=user).values_list(
            "role", "agency_id", "agency__path", "with_descendants"
        )
        cached = tuple(
            Holding(Role(role), agency, path, below) for role, agency, path, below in rows
        )
        if user.is_superuser:
            cached += (Holding(Role.PLATFORM_ADMIN, 0, "", True),)
        user._holdings = cached  # type: ignore[attr-defined]
    return cached


def _for(user: User, action: str) -> list[Holding]:
    roles = TABLE.get(action, frozenset())
    return [held for held in holdings(user) if held.role in roles]


def agency_of(obj: Model) -> Agency | None:
    """The agency that an object belongs to: itself, its `agency`, or what it hangs on."""
    if isinstance(obj, Agency):
        return obj
    if isinstance(obj, User):
        return None
    path: tuple[str, ...] = getattr(obj, "agency_path", ("agency",))
    target: Model | None = obj
    for step in path:
        target = getattr(target, step, None) if target is not None else None
    return target if isinstance(target, Agency) else None


def allows(user: User, action: str, obj: Model | None = None) -> bool:
    """Whether the table lets `user` do `action` (somewhere; or to `obj`, where given)."""
    held = _for(user, action)
    if not held or obj is None:
        return bool(held)
    if _closed_to(user, obj):
        return False
    agency = agency_of(obj)
    if agency is None:
        return any(one.at_root or not one.path for one in held)
    return any(one.covers(agency.pk, agency.path) for one in held)


def _closed_to(user: User, obj: Model) -> bool:
    """Whether the object, or what it hangs on, is restricted to others (`is_closed_to`)."""
    target: Model | None = obj
    for step in ("", *getattr(obj, "agency_path", ())):
        target = getattr(target, step, None) if step else target
        closed = getattr(target, "is_closed_to", None)
        if closed is not None and closed(user):
            return True
    return False


def allows_any_in(user: User, app_label: str) -> bool:
    return any(
        action.startswith(f"{app_label}.") and roles & {held.role for held in holdings(user)}
        for action, roles in TABLE.items()
    )


def holds_any_role(user: User) -> bool:
    return bool(holdings(user))


def holds_role(user: User, roles: Iterable[Role], agency: Agency) -> bool:
    """Whether `user` holds one of `roles` at `agency`."""
    wanted = set(roles)
    return any(
        held.role in wanted and held.covers(agency.pk, agency.path) for held in holdings(user)
    )


def why_not(user: User | None, action: str, obj: Model | None = None) -> Refusal | None:
    """Why `user` may not do `action`; None when they may. `user=None` is the system itself."""
    if user is None or allows(user, action, obj):
        return None
    return Refusal(_("Your roles do not allow this here."), code="role")


def require(user: User | None, action: str, obj: Model | None = None) -> None:
    """Raise NotPermitted unless `user` may do `action` to `obj`."""
    refusal = why_not(user, action, obj)
    if refusal:
        raise NotPermitted(refusal)


def scope(user: User, action: str, *, prefix: str = "agency") -> Q:
    """The condition that keeps only rows of agencies at which `user` may do `action`.

    `prefix` is the lookup from the row to its agency; "" for agencies themselves.
    """
    condition = Q(pk__in=[])
    lookup = f"{prefix}__" if prefix else ""
    for held in _for(user, action):
        if not held.path:
            return EVERYWHERE
        if held.with_descendants:
            condition |= Q(**{f"{lookup}path__startswith": held.path})
        else:
            condition |= Q(**{f"{lookup}pk": held.agency_id})
    return condition


def scope_below(user: User, action: str, *, prefix: str = "agency") -> Q:
    """The condition that keeps only rows of agencies below one at which `user` may do `action` with
    those below it; that one itself is left out."""
    condition = Q(pk__in=[])
    lookup = f"{prefix}__" if prefix else ""
    for held in _for(user, action):
        if held.with_descendants:
            below = Q(**{f"{lookup}path__startswith": held.path})
            condition |= below & ~Q(**{f"{lookup}path": held.path})
    return condition


def allows_from_above(user: User, action: str, agency: Agency) -> bool:
    """Whether `user` may do `action` to `agency` by a role held at one above it."""
    return any(
        held.with_descendants and held.path != agency.path and agency.path.startswith(held.path)
        for held in _for(user, action)
    )


def reaches_below(user: User, action: str) -> bool:
    """Whether `user` may do `action` anywhere with the agencies below."""
    return any(held.with_descendants for held in _for(user, action))


def agencies(user: User, action: str) -> QuerySet[Agency]:
    """The agencies at which `user` may do `action`."""
    return Agency.objects.filter(scope(user, action, prefix=""))


def holders(action: str, agency: Agency) -> QuerySet[User]:
    """The active people who may do `action` at `agency` (superusers aside)."""
    step = Agency.steplen
    above = [agency.path[:end] for end in range(step, len(agency.path), step)]
    held = RoleAssignment.objects.filter(role__in=TABLE.get(action, ())).filter(
        Q(agency=agency) | Q(with_descendants=True, agency__path__in=above)
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
