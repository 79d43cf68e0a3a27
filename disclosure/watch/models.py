"""Which agency is to publish in which column, and how often."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency, Office
from disclosure.catalogue.models import Category

#: Ten years.
LONGEST = 3660


class ColumnPlan(models.Model):
    """That an agency is expected to publish in a category, at least every so many days."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="column_plans", verbose_name=_("agency")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="column_plans", verbose_name=_("category")
    )
    period_days = models.PositiveSmallIntegerField(
        _("period of updating"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text=_(
            "Calendar days: 14 for a dynamic column, 183 for notices and policies. Empty: whenever "
            "there is something, but never empty."
        ),
    )
    office = models.ForeignKey(
        Office,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible office"),
    )
    since = models.DateField(
        _("watched since"),
        null=True,
        blank=True,
        help_text=_("The period runs from here where nothing has been published yet."),
    )
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan of a column")
        verbose_name_plural = _("plans of columns")
        ordering = ["agency", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "category"],
                name="columnplan_once",
                violation_error_message=_("This agency has a plan for this column already."),
            ),
            models.CheckConstraint(
                condition=Q(period_days__isnull=True) | Q(period_days__gte=1),
                name="columnplan_period_is_a_day_at_least",
                violation_error_message=_("A period has at least one day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.category}"
