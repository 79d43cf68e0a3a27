"""Chasing the late (催报): an agency above reminds one below of its report, at most once a day."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import records, rights
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, Refusal
from disclosure.reports import due, messages
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import FIRST_YEAR, LAST_YEAR

#: Held above the agency that is reminded.
REMIND: Final = "disclosure.remind_annualreport"
VIEW: Final = "disclosure.view_annualreport"
LONGEST: Final = 300

NOT_ABOVE = _("Only an agency above this one reminds it.")
CLOSED = _("The agency has been abolished.")
OWES_NONE = _("This agency owes no annual report.")
NOT_YET = _("The report is not due yet; from %(days)d days before its day one can remind.")
IS_PUBLIC = _("The report on that year is published already.")
TODAY_ALREADY = _("This agency has been reminded today already.")
NOTE_TOO_LONG = _("The note has more than %(limit)d characters.")


class ReportReminder(models.Model):
    """That an agency was reminded of its report on `year`; added, never changed.

    `day` is the legal day of `at`: one reminder an agency and day, whoever is above.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="report_reminders", verbose_name=_("agency")
    )
    year = models.PositiveSmallIntegerField(_("year reported on"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    day = models.DateField()
    note = models.CharField(_("note"), max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = _("reminder of an annual report")
        verbose_name_plural = _("reminders of annual reports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "day"], name="report_reminder_once_a_day"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="report_reminder_year_lawful",
            ),
        ]
        indexes = [models.Index(fields=["year", "agency", "-at"], name="report_reminder_latest")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


# --- whether -------------------------------------------------------------------------------------
def why_not(
    agency: Agency,
    year: int,
    *,
    actor: User | None,
    on: dt.date,
    is_public: bool,
    last: dt.date | None,
) -> list[Refusal]:
    """Every reason against reminding `agency`; `last` is the day of the latest reminder."""
    if year < FIRST_YEAR:
        return [Refusal(messages.YEAR_TOO_EARLY % {"first": FIRST_YEAR}, code="year")]
    if year >= on.year:
        return [Refusal(messages.YEAR_NOT_OVER % {"year": year}, "50", "year")]
    reasons = []
    if actor is not None and not rights.allows_from_above(actor, REMIND, agency):
        reasons.append(Refusal(NOT_ABOVE, code="superior"))
    if not agency.is_active:
        reasons.append(Refusal(CLOSED, code="agency"))
    day = due.due_on(year, agency.kind)
    if day is None:
        reasons.append(Refusal(OWES_NONE, "55", "agency"))
    elif (day - on).days > due.SOON:
        reasons.append(Refusal(NOT_YET % {"days": due.SOON}, "49", "year"))
    if is_public:
        reasons.append(Refusal(IS_PUBLIC, code="year"))
    if last is not None and last >= on:
        reasons.append(Refusal(TODAY_ALREADY, code="day"))
    return reasons


# --- what follows --------------------------------------------------------------------------------
_listeners: list[Callable[["ReportReminder"], None]] = []


def listener(function: Callable[["ReportReminder"], None]) -> Callable[["ReportReminder"], None]:
    """Registers what is done with each new reminder, within its transaction."""
    if function not in _listeners:
        _listeners.append(function)
    return function


# --- the one writer ------------------------------------------------------------------------------
@transaction.atomic
def remind(
    *, actor: User | None, agency: Agency, year: int, note: str = "", at: dt.datetime | None = None
) -> ReportReminder:
    """Leave a reminder, which the agency's people find on their start page; listeners tell them."""
    moment, said = at or now(), note.strip()
    on = legal_day(moment)
    stored = records.locked(agency)
    rights.require(actor, REMIND, stored)
    latest = ReportReminder.objects.filter(agency=stored).order_by("-day").first()
    reasons = why_not(
        stored,
        year,
        actor=actor,
        on=on,
        is_public=AnnualReport.objects.filter(
            agency=stored, year=year, edition__isnull=False
        ).exists(),
        last=latest.day if latest else None,
    )
    if len(said) > LONGEST:
        reasons.append(Refusal(NOTE_TOO_LONG % {"limit": LONGEST}, code="note"))
    records.refuse_if(reasons)
    try:
        with transaction.atomic():
            made = ReportReminder.objects.create(
                agency=stored, year=year, by=actor, at=moment, day=on, note=said
            )
    except IntegrityError as error:
        raise Conflict(Refusal(TODAY_ALREADY, code="day")) from error
    record(actor, "annualreport.reminded", stored, year=year)
    for tell in _listeners:
        tell(made)
    return made


# --- reading -------------------------------------------------------------------------------------
def latest_days(agencies: QuerySet[Agency] | list[Agency]) -> dict[int, dt.date]:
    """The day on which each agency was last reminded, of whatever year; one query."""
    rows = ReportReminder.objects.filter(agency__in=agencies).order_by().values_list("agency")
    return dict(rows.annotate(last=Max("day")))


def open_for(user: User) -> QuerySet[ReportReminder]:
    """The latest reminder of each report that the agencies at which `user` reads reports still
    owe, the newest first."""
    of_report = AnnualReport.objects.filter(
        agency=models.OuterRef("agency"), year=models.OuterRef("year"), edition__isnull=False
    )
    newer = ReportReminder.objects.filter(
        agency=models.OuterRef("agency"),
        year=models.OuterRef("year"),
        day__gt=models.OuterRef("day"),
    )
    held = [one.agency_id for one in rights.holdings(user) if one.role in rights.TABLE[VIEW]]
    return ReportReminder.objects.filter(
        ~Exists(of_report), ~Exists(newer), agency__in=held, agency__is_active=True
    ).order_by("-at", "-pk")
