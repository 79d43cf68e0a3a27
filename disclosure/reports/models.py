"""Annual reports as they are kept and published (政府信息公开工作年度报告, Art. 49–50)."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.reports.lifecycle import TRANSITIONS, State
from disclosure.reports.reading import FIRST_YEAR, LAST_YEAR


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    """The only ways to reach reports from a public page or a staff page."""

    def visible_to_public(self, at: datetime) -> "AnnualReportQuerySet":
        """Published, and its moment has come."""
        return self.filter(state=State.PUBLISHED, published_at__lte=at)


class AnnualReport(models.Model):
    """One agency's report on one calendar year; the free form of 2008–2018 has no tables.

    `sections` is a list of {"number", "heading", "text"} in reading order; in a text a line
    break ends a paragraph. `lead` is what stands before the first heading. `figures` is a list
    of {"name", "value", "unit"}, see `disclosure.reports.reading.shapes`.
    """

    class Form(models.TextChoices):
        """The notice whose form the report follows."""

        FREE = "free", _("Free sections (2008–2018)")
        NOTICE_2019 = "2019", _("Form of 2019 and 2020")
        NOTICE_2021 = "2021", _("Form since 2021")

    State = State

    agency = models.ForeignKey(
        "disclosure.Agency",
        on_delete=models.PROTECT,
        related_name="annual_reports",
        verbose_name=_("agency"),
    )
    year = models.PositiveSmallIntegerField(
        _("year reported on"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    form = models.CharField(_("form"), max_length=8, choices=Form, default=Form.FREE)
    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(
        _("introduction"), blank=True, help_text=_("What stands before the first heading.")
    )
    sections = models.JSONField(_("sections"), default=list, blank=True)
    figures = models.JSONField(_("named figures"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    source_note = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where this text was taken from.")
    )
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    #: What the actions note as reason in the history, as it reads.
    history_reasons = {name: row.label for name, row in TRANSITIONS.items()}
    #: How the history names the keys of `sections` and `figures`.
    json_labels = {
        "number": _("Number"),
        "heading": _("Heading"),
        "text": _("Text"),
        "name": _("Name"),
        "value": _("Number"),
        "unit": _("Unit"),
        "qualifier": _("How exact"),
        "as_written": _("Wording"),
    }

    history = HistoricalRecords()
    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-year", "agency"]
        permissions = [("publish_annualreport", "Can publish an annual report")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="annualreport_one_a_year",
                violation_error_message=_("This agency already has a report for that year."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="annualreport_year_lawful",
                violation_error_message=_("Reports exist for 2008 and later years only."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="annualreport_has_title",
                violation_error_message=_("A report needs a title."),
            ),
            models.CheckConstraint(
                condition=Q(form__in=["free", "2019", "2021"]),
                name="annualreport_form_known",
                violation_error_message=_("This form of report is not known."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(state="published", published_at__isnull=False),
                name="annualreport_published_has_moment",
                violation_error_message=_("A published report needs its moment of publication."),
            ),
        ]
        indexes = [models.Index(fields=["year", "agency"], name="annualreport_by_year")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("annual-report", args=[self.agency.code, self.year])

    def is_visible(self, at: datetime) -> bool:
        """Whether anyone may read it at `at`; the same rule as `visible_to_public`."""
        return (
            self.state == State.PUBLISHED
            and self.published_at is not None
            and self.published_at <= at
        )
