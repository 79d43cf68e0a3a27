"""What is known of an attachment's file: how it was checked, and its text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User


class FileCheck(models.Model):
    """How a file was made ready: scanned, cleaned, proved; the original stays private."""

    agency_path = ("attachment", "publication", "agency")

    class Scan(models.TextChoices):
        OFF = "off", _("No scanner is set up")
        PENDING = "pending", _("Waiting for the scanner")
        CLEAN = "clean", _("No virus found")
        INFECTED = "infected", _("A virus was found")

    class Strip(models.TextChoices):
        NOTHING = "nothing", _("Nothing had to be taken away")
        STRIPPED = "stripped", _("Hidden content was taken away")
        IMPOSSIBLE = "impossible", _("This format cannot be cleaned")

    class Gate(models.TextChoices):
        PASSED = "passed", _("Proved clean")
        HELD = "held", _("Held back")

    attachment = models.OneToOneField(
        "disclosure.Attachment",
        models.CASCADE,
        related_name="file_check",
        verbose_name=_("attachment"),
    )
    scan_state = models.CharField(
        _("virus scan"), max_length=10, choices=Scan.choices, default=Scan.PENDING
    )
    scanned_at = models.DateTimeField(_("scanned at"), null=True, blank=True)
    signature = models.CharField(_("name of the virus"), max_length=120, blank=True)
    strip_state = models.CharField(
        _("cleaning"), max_length=10, choices=Strip.choices, default=Strip.NOTHING
    )
    #: What was found in the original: a list of {kind, where, detail}.
    found = models.JSONField(_("found in the original"), default=list)
    #: What the public copy keeps and the reviewer is told of.
    told = models.JSONField(_("left in the public copy"), default=list)
    gate_state = models.CharField(
        _("release gate"), max_length=10, choices=Gate.choices, default=Gate.HELD
    )
    #: Why the gate holds it: a list of {code, where, detail}.
    problems = models.JSONField(_("reasons"), default=list)
    #: SHA-256 of the very bytes that the gate has seen.
    proved_sha256 = models.CharField(max_length=64, blank=True)
    #: Empty where the copy is the original, byte for byte.
    original = models.FileField(
        _("original"), upload_to="originals/%Y/%m", max_length=200, blank=True
    )
    original_sha256 = models.CharField(_("SHA-256 of the original"), max_length=64, blank=True)
    opened_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked into by hand by"),
    )
    opened_at = models.DateTimeField(_("looked into by hand at"), null=True, blank=True)
    opened_note = models.CharField(_("how it was looked into"), max_length=300, blank=True)
    cleared_at = models.DateTimeField(_("cleared at"), null=True, blank=True)

    class Meta:
        verbose_name = _("check of a file")
        verbose_name_plural = _("checks of files")
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True)
                | (
                    Q(scan_state__in=["clean", "off"])
                    & (Q(gate_state="passed") | Q(opened_by__isnull=False))
                ),
                name="file_check_cleared_is_clean",
                violation_error_message=_(
                    "What is cleared was scanned and proved clean, or looked into by hand."
                ),
            ),
            models.CheckConstraint(
                condition=Q(opened_by__isnull=True) | ~Q(opened_note=""),
                name="file_check_by_hand_has_note",
                violation_error_message=_("How was it looked into?"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="file_check_pending", condition=Q(scan_state="pending")
            )
        ]

    def __str__(self) -> str:
        return self.attachment.name

    @property
    def state(self) -> str:
        """What the buttons of the staff page ask: whether the gate holds it."""
        return self.gate_state


class FileText(models.Model):
    """The text of an attachment's public copy, for search and for the reviewer's findings."""

    agency_path = ("attachment", "publication", "agency")

    attachment = models.OneToOneField(
        "disclosure.Attachment",
        models.CASCADE,
        related_name="text_row",
        verbose_name=_("attachment"),
    )
    text = models.TextField(_("text"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    extracted_at = models.DateTimeField(_("extracted at"))
    #: A code of `kinds.REFUSALS` where no text could be had.
    problem = models.CharField(_("reason"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return self.sha256[:12]
