"""The trail of annual reports: editions as they went out, steps, figures adjusted by hand."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import User
from disclosure.core.dates import now
from disclosure.reports.document import Document
from disclosure.reports.models import AnnualReport


class ReportEditionQuerySet(models.QuerySet["ReportEdition"]):
    """The ways to editions from reports."""

    def of(self, reports: models.QuerySet[AnnualReport]) -> "ReportEditionQuerySet":
        """The public editions of these reports; one that has none gives none."""
        return self.filter(pk__in=reports.values("edition"))


class ReportEdition(models.Model):
    """A report as it was published, frozen; the first has number 1, a correction the next.

    `content` is the contract's object (`Document.as_json`); the database refuses one whose
    identities do not hold. `workings`: where each figure came from, for staff.
    """

    agency_path = ("report", "agency")

    report = models.ForeignKey(
        AnnualReport, models.PROTECT, related_name="editions", verbose_name=_("annual report")
    )
    number = models.PositiveSmallIntegerField(_("edition"))
    form = models.CharField(max_length=8)
    content = models.JSONField()
    workings = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason for the correction"), max_length=300, blank=True)

    objects = ReportEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of an annual report")
        verbose_name_plural = _("editions of annual reports")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_edition_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="report_correction_has_reason",
                violation_error_message=_("A correction needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"

    def document(self) -> Document:
        return Document.from_json(self.content)


class EditionFile(models.Model):
    """A file made of an edition, once; SHA-256 of it as it is stored."""

    agency_path = ("edition", "report", "agency")

    class Kind(models.TextChoices):
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"
        PDF = "pdf", "PDF"

    edition = models.ForeignKey(ReportEdition, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind)
    file = models.FileField(upload_to="reports/%Y/", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="report_file_once")]

    def __str__(self) -> str:
        return f"{self.edition} {self.kind}"


class ReportEvent(models.Model):
    """A step of a report; added, never changed."""

    agency_path = ("report", "agency")

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="events")
    step = models.CharField(max_length=20)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report}: {self.step}"


class CellAdjustment(models.Model):
    """A figure adjusted by hand, with its reason: `add` to what was computed, or a value set.

    `amount` is null for a cell set blank or to 不适用 (`value`).
    """

    agency_path = ("report", "agency")

    class Kind(models.TextChoices):
        ADD = "add", _("added to what is computed")
        SET = "set", _("instead of what is computed")
        BLANK = "blank", _("left blank")
        NA = "na", _("not applicable")

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="adjustments", verbose_name=_("annual report")
    )
    table = models.CharField(max_length=20)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=20)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    amount = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("adjusted figure")
        verbose_name_plural = _("adjusted figures")
        ordering = ["table", "row", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "table", "row", "column"], name="report_cell_adjusted_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="report_adjustment_has_reason"),
            models.CheckConstraint(
                condition=Q(kind__in=["add", "set"], amount__isnull=False)
                | Q(kind__in=["blank", "na"], amount__isnull=True),
                name="report_adjustment_has_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.table}.{self.row}.{self.column}"


class RemarkNote(models.Model):
    """What was said to a warning, or to a figure in a text that differs from the tables.

    `key` names the finding with its values: another value is another finding.
    """

    agency_path = ("report", "agency")

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="remark_notes")
    key = models.CharField(max_length=200)
    note = models.CharField(_("note"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="report_remark_noted_once"),
            models.CheckConstraint(condition=~Q(note=""), name="report_remark_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"
