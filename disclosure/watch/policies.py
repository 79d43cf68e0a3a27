"""Whether a plan may stand: every reason at once, as sentences."""

from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import Refusal
from disclosure.watch.models import ColumnPlan


def why_not_keep(plan: ColumnPlan) -> list[Refusal]:
    """Why the plan cannot stand as it is."""
    refusals = []
    if plan.category.numchild:
        refusals.append(
            Refusal(
                _("There are categories below it; plan those, each by itself."), code="category"
            )
        )
    if plan.office is not None and plan.office.agency_id != plan.agency_id:
        refusals.append(Refusal(_("This office belongs to another agency."), code="office"))
    return refusals
