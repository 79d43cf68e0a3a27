"""What can be done to plans; each is one transaction of right, write, history and audit.

`actor=None` is the system (demonstration content).
"""

from disclosure.agencies import records
from disclosure.agencies.models import User
from disclosure.watch import policies
from disclosure.watch.models import ColumnPlan


def create_plan(*, actor: User | None, plan: ColumnPlan) -> ColumnPlan:
    """Agree on how often an agency publishes in a column."""
    records.refuse_if(policies.why_not_keep(plan))
    return records.create(
        actor=actor, action="disclosure.add_columnplan", verb="columnplan.created", obj=plan
    )


def update_plan(*, actor: User | None, plan: ColumnPlan, reason: str = "") -> bool:
    """Store a changed plan."""
    records.refuse_if(policies.why_not_keep(plan))
    return records.update(
        actor=actor,
        action="disclosure.change_columnplan",
        verb="columnplan.changed",
        obj=plan,
        reason=reason,
    )


def delete_plan(*, actor: User | None, plan: ColumnPlan) -> None:
    """Watch a column no longer; the plan stays in the history."""
    records.delete(
        actor=actor, action="disclosure.delete_columnplan", verb="columnplan.deleted", obj=plan
    )
