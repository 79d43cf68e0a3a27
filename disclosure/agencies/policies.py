"""Whether something may happen to an agency, to a member of staff or to a role."""

import string

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, RoleAssignment, User
from disclosure.agencies.roles import Role
from disclosure.core.errors import Refusal

ONLY_SUPERUSERS = _("Only a superuser makes or unmakes superusers.")
#: What makes an agency what it is: for the platform administrator, not for the agency's head.
STRUCTURE = frozenset(
    {
        "name",
        "aliases",
        "kind",
        "level",
        "is_active",
        "accepts_requests",
        "social_credit_code",
        "site_name",
        "site_domain",
        "site_id_code",
        "icp_number",
        "police_number",
        "index_number_pattern",
    }
)
_PATTERN_FIELDS = frozenset({"agency", "credit_code", "category", "year", "month", "serial"})
_NUMBERS = frozenset({"year", "month", "serial"})
_WIDTHS = frozenset({"", "02d", "03d", "04d", "05d", "06d", "07d", "08d"})


def why_not_pattern(pattern: str) -> list[Refusal]:
    """Why `pattern` cannot make index numbers: unknown fields, or no serial number in it."""
    wrong = [
        Refusal(
            _("This pattern is not readable. Example: %(example)s")
            % {"example": "{agency}/{year}-{serial:05d}"},
            code="index_number_pattern",
        )
    ]
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return wrong
    names = [name for _text, name, _spec, _conversion in parts if name is not None]
    for _text, name, spec, conversion in parts:
        if name is None:
            continue
        allowed = _WIDTHS if name in _NUMBERS else {""}
        if name not in _PATTERN_FIELDS or conversion or (spec or "") not in allowed:
            return wrong
    if "serial" not in names:
        return [
            Refusal(
                _("The pattern needs {serial}, or its numbers would repeat."),
                code="index_number_pattern",
            )
        ]
    return []


def why_not_place(
    actor: User | None, agency: Agency | None, parent: Agency | None
) -> list[Refusal]:
    """Why `agency` (None: a new one) cannot stand below `parent` (None: at the root).

    Its place says who supervises it and whose roles reach it, so both ends need the right.
    """
    if (
        actor is not None
        and agency is not None
        and agency.numchild
        and not reaches(actor, "disclosure.add_agency", agency, below=True)
    ):
        return [Refusal(_("Your roles do not reach the agencies below this one."), code="parent")]
    if parent is None:
        if actor is None or actor.is_superuser:
            return []
        return [Refusal(_("Please choose the agency that is above this one."), code="parent")]
    if agency is not None and (parent.pk == agency.pk or parent.path.startswith(agency.path)):
        return [Refusal(_("An agency cannot be below itself."), code="parent")]
    if rights.why_not(actor, "disclosure.add_agency", parent):
        return [Refusal(_("Your roles do not reach the agency above."), code="parent")]
    return []


def why_not_restructure(actor: User | None, agency: Agency, changed: list[str]) -> list[Refusal]:
    """Why the fields in `changed` are not this person's to change."""
    refusals = []
    if "code" in changed:
        refusals.append(
            Refusal(_("The code stands in numbers and addresses; it is not changed."), code="code")
        )
    if rights.why_not(actor, "disclosure.add_agency", agency):
        refusals.extend(
            Refusal(_("Only the platform administrator changes this."), code=name)
            for name in changed
            if name in STRUCTURE
        )
    return refusals


# --- staff ---------------------------------------------------------------------------------------
def reaches(actor: User, action: str, agency: Agency, *, below: bool) -> bool:
    """Whether a role that allows `action` covers `agency`, and with `below` all beneath it."""
    roles = rights.TABLE.get(action, frozenset())
    return any(
        held.role in roles
        and held.covers(agency.pk, agency.path)
        and (held.with_descendants or not below)
        for held in rights.holdings(actor)
    )


def is_everywhere(actor: User, action: str) -> bool:
    """Whether a role that allows `action` covers a whole tree from its root."""
    roles = rights.TABLE.get(action, frozenset())
    return any(
        held.role in roles and held.with_descendants and (held.at_root or not held.path)
        for held in rights.holdings(actor)
    )


def people(actor: User, action: str) -> QuerySet[User]:
    """The members of staff whom a role that allows `action` reaches: who works there.

    From the root of a tree also those who work nowhere (yet, or no longer).
    """
    if not rights.allows(actor, action):
        return User.objects.none()
    held = RoleAssignment.objects.filter(rights.scope(actor, action))
    reached = Q(pk__in=held.values("user"))
    if is_everywhere(actor, action):
        reached |= ~Q(pk__in=RoleAssignment.objects.values("user"))
    return User.objects.filter(reached)


def why_not_manage(actor: User | None, user: User) -> list[Refusal]:
    """Why `actor` may not change the account of `user` (name, password, active).

    Who may set a password can act as that person: so every role of theirs must lie within the
    actor's own reach, and a superuser is changed by superusers only.
    """
    if actor is None or actor.is_superuser:
        return []
    beyond = [Refusal(_("This person also works where your roles do not reach."), code="reach")]
    if user.is_superuser or not rights.allows(actor, "disclosure.change_user"):
        return beyond
    held = list(user.assignments.select_related("agency"))
    if not held:
        return [] if is_everywhere(actor, "disclosure.change_user") else beyond
    inside = all(
        reaches(actor, "disclosure.change_user", one.agency, below=one.with_descendants)
        for one in held
    )
    return [] if inside else beyond


def why_not_make(actor: User | None, user: User) -> list[Refusal]:
    """Why `actor` may not make this new account."""
    if user.is_superuser and not (actor is None or actor.is_superuser):
        return [Refusal(ONLY_SUPERUSERS, code="is_superuser")]
    return []


def why_not_change_user(actor: User | None, stored: User, changed: User) -> list[Refusal]:
    """Why `stored` cannot become `changed`."""
    refusals = why_not_manage(actor, stored)
    if stored.is_superuser != changed.is_superuser and not (actor is None or actor.is_superuser):
        refusals.append(Refusal(ONLY_SUPERUSERS, code="is_superuser"))
    if actor is not None and actor.pk == stored.pk:
        if not changed.is_active:
            refusals.append(Refusal(_("You cannot switch yourself off."), code="is_active"))
        if stored.is_superuser and not changed.is_superuser:
            refusals.append(
                Refusal(_("You cannot take this away from yourself."), code="is_superuser")
            )
    return refusals


def why_not_grant(actor: User | None, assignment: RoleAssignment) -> list[Refusal]:
    """Why `actor` may not give this role: only within their own reach, and no further below."""
    if actor is None:
        return []
    action = "disclosure.add_roleassignment"
    agency = assignment.agency
    if not reaches(actor, action, agency, below=False):
        return [Refusal(_("Your roles do not reach this agency."), code="agency")]
    if assignment.with_descendants and not reaches(actor, action, agency, below=True):
        return [
            Refusal(
                _("Your roles do not reach the agencies below this one."),
                code="with_descendants",
            )
        ]
    return []


def why_not_revoke(actor: User | None, assignment: RoleAssignment) -> list[Refusal]:
    """Why `actor` may not take this role away."""
    is_own = actor is not None and actor.pk == assignment.user_id and not actor.is_superuser
    if is_own and assignment.role == Role.PLATFORM_ADMIN:
        return [Refusal(_("You cannot take your own administrator's role away."), code="role")]
    return []
