"""What can be done to the accounts of staff and the roles they hold; each is one transaction.

Nobody is deleted: who did what must stay readable. `actor=None` is the system.
"""

from django.db import transaction

from disclosure.agencies import policies, records, rights
from disclosure.agencies.models import RoleAssignment, User
from disclosure.audit.trail import record


@transaction.atomic
def create_user(*, actor: User | None, user: User, password: str | None) -> User:
    """Add an account; without a role it cannot enter the staff area."""
    rights.require(actor, "disclosure.add_user")
    records.refuse_if(policies.why_not_make(actor, user))
    user.set_password(password)
    records.save(user, actor)
    record(actor, "user.created", user, label=user.username)
    return user


@transaction.atomic
def update_user(*, actor: User | None, user: User) -> bool:
    """Store a changed account: names, e-mail, active or not."""
    stored = records.locked(user)
    rights.require(actor, "disclosure.change_user")
    records.refuse_if(policies.why_not_change_user(actor, stored, user))
    changed = records.changes(stored, user, skip=("password", "last_login"))
    if not changed:
        return False
    records.save(user, actor, update_fields=changed)
    record(actor, "user.changed", user, label=user.username, fields=changed)
    return True


@transaction.atomic
def set_password(*, actor: User | None, user: User, password: str) -> None:
    """Give somebody (or oneself) a new password; their other sessions end with it."""
    stored = records.locked(user)
    if actor is not None and actor.pk != stored.pk:
        rights.require(actor, "disclosure.change_user")
        records.refuse_if(policies.why_not_manage(actor, stored))
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor, "user.password_set", stored, label=stored.username)


@transaction.atomic
def grant(*, actor: User | None, assignment: RoleAssignment) -> RoleAssignment:
    """Give a person a role at an agency."""
    rights.require(actor, "disclosure.add_roleassignment", assignment)
    records.refuse_if(policies.why_not_grant(actor, assignment))
    records.save(assignment, actor)
    _note(actor, "role.granted", assignment)
    return assignment


@transaction.atomic
def change_grant(*, actor: User | None, assignment: RoleAssignment) -> bool:
    """Change a role that somebody holds; both what it was and what it gets must be in reach."""
    stored = records.locked(assignment)
    for one in (stored, assignment):
        rights.require(actor, "disclosure.change_roleassignment", one)
        records.refuse_if(policies.why_not_grant(actor, one))
    changed = records.changes(stored, assignment)
    if not changed:
        return False
    if "role" in changed or "agency" in changed:
        records.refuse_if(policies.why_not_revoke(actor, stored))
    records.save(assignment, actor)
    _note(actor, "role.changed", assignment, fields=changed)
    return True


@transaction.atomic
def revoke(*, actor: User | None, assignment: RoleAssignment) -> None:
    """Take a role away."""
    stored = records.locked(assignment)
    rights.require(actor, "disclosure.delete_roleassignment", stored)
    records.refuse_if(
        policies.why_not_grant(actor, stored) + policies.why_not_revoke(actor, stored)
    )
    _note(actor, "role.revoked", stored)
    if actor is not None:
        stored._history_user = actor  # type: ignore[attr-defined]
    stored.delete()


def _note(actor: User | None, verb: str, assignment: RoleAssignment, **facts: object) -> None:
    record(
        actor,
        verb,
        assignment,
        label=f"{assignment.user.username} · {assignment.role} · {assignment.agency.code}",
        user=assignment.user_id,
        role=assignment.role,
        with_descendants=assignment.with_descendants,
        **facts,
    )
