"""Plans of columns for the demonstration's agencies: some in time, one stale, one empty."""

from disclosure.agencies.models import Agency, Office
from disclosure.catalogue.models import Category
from disclosure.core.dates import today
from disclosure.demo.agencies import PROVINCE
from disclosure.watch import actions
from disclosure.watch.models import ColumnPlan
from disclosure.watch.rules import DYNAMIC, NOTICES

#: Agency, category, period in calendar days, office, begins today. (Leaf categories.)
PLANS: tuple[tuple[str, str, int | None, str, bool], ...] = (
    (PROVINCE, "announcements", DYNAMIC, "秘书处", False),
    (PROVINCE, "normative", NOTICES, "政策法规处", False),  # stale: the newest is older
    (PROVINCE, "disclosure-notices", NOTICES, "政府信息公开办公室", False),
    (PROVINCE, "functions", None, "秘书处", False),
    (PROVINCE, "regional-plans", NOTICES, "工程管理处", False),  # empty
    ("SYRF", "announcements", DYNAMIC, "综合科", False),
    ("SYRF", "work-safety", NOTICES, "综合科", False),
    ("DLRF", "other-services", DYNAMIC, "综合科", False),
    ("DLRF", "announcements", DYNAMIC, "综合科", True),
)


def load_plans(agencies: dict[str, Agency]) -> int:
    """Add the plans that are missing; how many."""
    categories = {one.code: one for one in Category.objects.all()}
    offices = {
        (one.agency_id, one.name): one
        for one in Office.objects.filter(agency__in=agencies.values())
    }
    known = set(ColumnPlan.objects.values_list("agency", "category"))
    added = 0
    for code, column, period, office, begins in PLANS:
        agency, category = agencies[code], categories.get(column)
        if category is None or category.numchild or (agency.pk, category.pk) in known:
            continue
        plan = ColumnPlan(
            agency=agency,
            category=category,
            period_days=period,
            office=offices.get((agency.pk, office)),
            since=today() if begins else None,
            is_demo=True,
        )
        actions.create_plan(actor=None, plan=plan)
        added += 1
    return added
