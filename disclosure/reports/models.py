"""Annual reports as they are kept and published (政府信息公开工作年度报告, Art. 49–50)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.reports.document import Document
from disclosure.reports.lifecycle import TRANSITIONS, State
from disclosure.reports.reading import FIRST_YEAR, LAST_YEAR
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORMS
from disclosure.reports.tables.shapes import Form as TableForm

if TYPE_CHECKING:
    from disclosure.reports.trail import ReportEdition


#: The fields that lists do without.
CONTENT = (
    *("lead", "sections", "figures", "texts", "tables"),
    *("computed", "summed", "loaded", "previous"),
)


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    """The only ways to reach reports from a public page or a staff page."""

    def visible_to_public(self, at: datetime) -> "AnnualReportQuerySet":
        """With an edition that is out, and its moment has come; also while it is corrected."""
        return self.filter(edition__isnull=False, published_at__lte=at)


class AnnualReport(models.Model):
    """One agency's report on one calendar year, as it is written on; what is public is `edition`.

    With tables: `texts` are the written sections by their keys, `tables` the contract's object of
    the values as they would go out. Where they come from stands beside them: `computed` from the
    casework and the publications (last time on `computed_at`, up to the day `computed_until`),
    `summed` from the agencies below, `loaded` from a file, and the adjustments. The free form of
    2008–2018 has `sections`, a list of {"number", "heading", "text"} in reading order (a line
    break ends a paragraph), `lead`, what stands before the first heading, and `figures`, a list
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
    texts = models.JSONField(_("written sections"), default=dict, blank=True, editable=False)
    tables = models.JSONField(_("tables"), default=dict, blank=True, editable=False)
    computed = models.JSONField(default=dict, blank=True, editable=False)
    computed_at = models.DateTimeField(_("computed at"), null=True, editable=False)
    computed_until = models.DateField(null=True, editable=False)
    #: {"tables", "agencies": [[code, edition]], "missing": [code]}; see `rollup`.
    summed = models.JSONField(default=dict, blank=True, editable=False)
    #: {"tables", "name", "sha256"}: figures of another system.
    loaded = models.JSONField(default=dict, blank=True, editable=False)
    #: "tables" of the year before that an imported report brought along.
    previous = models.JSONField(default=dict, blank=True, editable=False)
    #: Keys of the people who have written on it since the last edition.
    contributors = models.JSONField(default=list, blank=True, editable=False)
    #: What was checked and approved: SHA-256 of the content; empty in a draft.
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    approved_by = models.ForeignKey(
        "disclosure.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    edition = models.ForeignKey(
        "disclosure.ReportEdition",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("public edition"),
    )
    #: Editions before this number were withdrawn and are nobody's to read.
    open_from = models.PositiveSmallIntegerField(default=1, editable=False)
    #: Why the next edition differs from the one that is out.
    correction_reason = models.CharField(
        _("reason for the correction"), max_length=300, blank=True, editable=False
    )
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
                condition=Q(edition__isnull=True, published_at__isnull=True)
                | Q(edition__isnull=False, published_at__isnull=False),
                name="annualreport_public_has_moment",
                violation_error_message=_("A published report needs its moment of publication."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(edition__isnull=False),
                name="annualreport_published_has_edition",
                violation_error_message=_("What is published is an edition."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published"], content_hash="")
                | Q(state__in=["checked", "approved", "submitted"]) & ~Q(content_hash=""),
                name="annualreport_checked_is_of_a_content",
                violation_error_message=_("What is checked is a certain content."),
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
            self.edition_id is not None
            and self.published_at is not None
            and self.published_at <= at
        )

    @property
    def table_form(self) -> TableForm | None:
        """The declaration of its tables; None for the free form."""
        return FORMS.get(self.form)

    @property
    def cells(self) -> Cells:
        """The values of its tables; of a form with tables only."""
        return self.cells_of(self.tables)

    def cells_of(self, tables: Any) -> Cells:
        """Tables in the contract's shape, read as cells of this report's form."""
        form = self.table_form
        assert form is not None  # noqa: S101  (asked for forms with tables)
        return read_tables(form, tables or {})[0]

    def document(self) -> Document:
        """As it is written now."""
        form = self.table_form
        return Document(
            agency=self.agency.name,
            agency_code=self.agency.code,
            year=self.year,
            title=self.title,
            form=form,
            texts=dict(self.texts) if form else {},
            cells=self.cells if form else None,
            lead=self.lead,
            sections=() if form else tuple(self.sections),
            figures=tuple(self.figures),
            previous=self.previous,
            is_demo=self.is_demo,
        )

    def published(self) -> Document:
        """The edition that is out."""
        edition: ReportEdition | None = self.edition
        assert edition is not None  # noqa: S101  (asked for what is visible)
        return edition.document()
