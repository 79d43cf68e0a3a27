"""Rows that staff add to the committed table of working days; a row wins over the table."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

FIRST_YEAR = 2008
LAST_YEAR = 2100
OTHER_YEAR = _("This date is not in the year of the entry.")


class CalendarYear(models.Model):
    """A year's days off as announced each autumn by the State Council's General Office.

    It counts as announced once it has `announced_on` and at least one day off; from then on its
    rows alone make the year, and a guess in the table is set aside. In a year that the table
    already has as announced, rows are single corrections.
    """

    year = models.PositiveSmallIntegerField(
        _("year"),
        unique=True,
        error_messages={"unique": _("This year is already there: change that entry.")},
    )
    announced_on = models.DateField(
        _("announced on"),
        null=True,
        blank=True,
        help_text=_("Empty: a year that is not built in stays provisional."),
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        help_text=_("Title or document number of the announcement."),
    )
    source_url = models.URLField(_("address of the source"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("announced year")
        verbose_name_plural = _("announced years")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="calendaryear_year_in_range",
                violation_error_message=_("Years from 2008 to 2100 can be entered."),
            ),
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True) | ~Q(source=""),
                name="calendaryear_announcement_has_source",
                violation_error_message=_("An announced year needs its source."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day off or a workday that differs from Monday to Friday, or corrects the table."""

    class Kind(models.TextChoices):
        """What the day is."""

        OFF = "off", _("Day off")  # 放假
        WORK = "work", _("Workday")  # 上班

    year = models.ForeignKey(
        CalendarYear, models.CASCADE, related_name="days", verbose_name=_("announced year")
    )
    date = models.DateField(
        _("date"),
        unique=True,
        error_messages={"unique": _("This date is already there: change that entry.")},
    )
    kind = models.CharField(_("kind"), max_length=4, choices=Kind, default=Kind.OFF)
    name = models.CharField(_("name"), max_length=60, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("day off or workday")
        verbose_name_plural = _("days off and workdays")
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["off", "work"]),
                name="calendarday_kind_known",
                violation_error_message=_("A day is either off or a workday."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.get_kind_display()}"

    def clean(self) -> None:
        """A day belongs to its own year (no portable constraint can compare the two)."""
        given = getattr(self.date, "year", None)  # None while what was typed is no date
        try:
            expected = self.year.year
        except CalendarYear.DoesNotExist:
            return
        if expected is not None and given not in (None, expected):
            raise ValidationError({"date": OTHER_YEAR})
