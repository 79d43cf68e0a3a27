"""What waits for staff among the annual reports; start page, list and due page ask here."""

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.reports import due
from disclosure.reports.lifecycle import APPROVE, CHECK, PUBLISH, SUPERVISE, State
from disclosure.reports.models import AnnualReport, AnnualReportQuerySet

VIEW = "disclosure.view_annualreport"
WRITE = "disclosure.add_annualreport"

#: What the list filter offers; the start page's panels lead to the same rows.
STANDINGS: dict[str, Promise] = {
    "check": _("Annual reports to be checked"),
    "approve": _("Annual reports to be approved"),
    "submitted": _("Annual reports submitted by agencies below"),
    "waiting": _("Annual reports that I can publish"),
    "drafts": _("Drafts of annual reports"),
}
_FREE, _TABLES = Q(form="free"), ~Q(form="free")
#: Right and condition of each.
_ROWS: dict[str, tuple[str, Q]] = {
    "check": (CHECK, Q(state=State.DRAFT) & _TABLES),
    "approve": (APPROVE, Q(state=State.CHECKED)),
    "submitted": (SUPERVISE, Q(state=State.SUBMITTED)),
    "waiting": (
        PUBLISH,
        Q(state=State.DRAFT) & _FREE
        | Q(state=State.SUBMITTED)
        | Q(state=State.APPROVED, agency__depth=1),
    ),
    "drafts": (WRITE, Q(state=State.DRAFT)),
}


def standing(name: str, user: User) -> AnnualReportQuerySet:
    """The rows of one of STANDINGS for `user`, the newest year first."""
    right, condition = _ROWS[name]
    rows = AnnualReport.objects.filter(rights.scope(user, right), condition)
    if name == "submitted":
        rows = rows.filter(rights.scope_below(user, SUPERVISE))
    return rows.order_by("-year", "agency__path")


def right_of(name: str) -> str:
    """The right without which a person never has rows of that standing."""
    return _ROWS[name][0]


def concerns(user: User) -> bool:
    """Whether `user` writes or publishes reports anywhere."""
    return rights.allows(user, WRITE) or rights.allows(user, PUBLISH)


def missing(user: User, year: int, *, own: bool = False) -> QuerySet[Agency]:
    """Agencies whose report on `year` is not public yet, the first due first.

    Those for which `user` writes or publishes; for who only reads, those that they may read.
    `own`: only those at which the role itself is held, without the agencies below. `report` is
    the draft that there is, or None.
    """
    acts = (WRITE, PUBLISH) if concerns(user) else (VIEW,)
    reached = Q(pk__in=[])
    for action in acts:
        reached |= rights.scope(user, action, prefix="")
    if own:
        reached &= Q(pk__in=[held.agency_id for held in rights.holdings(user)])
    of_year = AnnualReport.objects.filter(agency=OuterRef("pk"), year=year).order_by()
    later = Case(When(kind=due.GOVERNMENT, then=Value(1)), default=Value(0))
    return (
        Agency.objects.filter(reached, is_active=True)
        .exclude(kind__in=due.EXEMPT)
        .filter(~Exists(of_year.filter(edition__isnull=False)))
        .annotate(report=Subquery(of_year.values("pk")[:1], output_field=IntegerField()))
        .order_by(later, "path")
    )
