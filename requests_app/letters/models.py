"""Letters as issued (告知书、答复书), their delivery, and what an agency adapts of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency, User
from disclosure.core.crypto import EncryptedJSONField
from requests_app.casework.models import (
    DisclosureRequest,
    RequestEvent,
    RequestFile,
    StoredFile,
)
from requests_app.consulting.models import HelpTask, Party
from requests_app.determination import DETERMINATIONS
from requests_app.letters.document import Document
from requests_app.letters.kinds import KINDS, Kind

KIND_CHOICES: list[tuple[str, str | Promise]] = [(row.key, _(row.label)) for row in KINDS.values()]
#: What an agency may word itself: whole letters, and how the answer speaks of each determination.
WORDING_CHOICES = KIND_CHOICES + [
    (f"answer.{row.key}", format_lazy("{} · {}", _("Answer"), _(row.label)))
    for row in DETERMINATIONS.values()
]


class Letter(models.Model):
    """A letter, frozen when issued: `document` is what was written, `content_sha256` its seal.

    Its files are made from the document after the transaction; `files_made_at` empty is the mark
    that they are still to be made.
    """

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="letters", verbose_name=_("request")
    )
    event = models.ForeignKey(
        RequestEvent,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("event"),
    )
    kind = models.CharField(_("kind"), max_length=32, choices=KIND_CHOICES)
    party = models.ForeignKey(
        Party,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("party asked"),
    )
    task = models.ForeignKey(
        HelpTask,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("task of an office"),
    )
    number = models.CharField(_("letter number"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("serial"))
    document = EncryptedJSONField(null=True)
    content_sha256 = models.CharField(_("seal"), max_length=64)
    verify_code = models.CharField(_("verification code"), max_length=24, unique=True)
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("issued by")
    )
    files_made_at = models.DateTimeField(_("files made at"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(files_made_at__isnull=True), name="letter_without_files"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def row(self) -> Kind:
        return KINDS[self.kind]

    @property
    def is_for_applicant(self) -> bool:
        return self.row.is_for_applicant

    def read(self) -> Document | None:
        """What it says; None once it is erased."""
        return Document.from_dict(self.document) if self.document else None


class LetterFile(StoredFile):
    """The letter as a PDF or DOCX, encrypted like every file of a case."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    agency_path = ("letter", "request", "agency")

    letter = models.ForeignKey(
        Letter, models.CASCADE, related_name="files", verbose_name=_("letter")
    )
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)

    class Meta:
        verbose_name = _("file of a letter")
        verbose_name_plural = _("files of letters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "format"], name="letter_file_once")
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Delivery(models.Model):
    """How a letter reached its addressee, with the proof (送达回证; 国办公开办函〔2016〕235号).

    `sent_on` decides whether it was in time, `served_on` starts the remedy terms.
    """

    class Channel(models.TextChoices):
        DIRECT = "direct", _("Handed over")  # 直接送达
        AGENCY = "agency", _("Through another agency")  # 委托其他行政机关代为送达
        POST = "post", _("By post")  # 邮寄送达
        EMAIL = "email", _("By e-mail")
        ONLINE = "online", _("Read on this site")

    agency_path = ("letter", "request", "agency")

    letter = models.ForeignKey(
        Letter, models.CASCADE, related_name="deliveries", verbose_name=_("letter")
    )
    channel = models.CharField(_("way of delivery"), max_length=8, choices=Channel.choices)
    carrier = models.CharField(_("postal service"), max_length=40, blank=True)
    tracking_number = models.CharField(_("postal number"), max_length=40, blank=True)
    sent_on = models.DateField(_("sent on"))
    served_on = models.DateField(_("served on"), null=True, blank=True)
    slip = models.ForeignKey(
        RequestFile,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("slip"),
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=models.F("sent_on")),
                name="delivery_served_after_sent",
            ),
            models.CheckConstraint(
                condition=~Q(channel="post") | ~Q(tracking_number=""),
                name="delivery_post_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.sent_on}"


class LetterStyle(models.Model):
    """What an agency's letters bear: letterhead, signature, number, and before whom to contest."""

    agency = models.OneToOneField(
        Agency, models.CASCADE, related_name="letter_style", verbose_name=_("agency")
    )
    letterhead = models.CharField(
        _("letterhead"), max_length=60, blank=True, help_text=_("Empty: the agency's full name.")
    )
    signature = models.CharField(
        _("signature"), max_length=60, blank=True, help_text=_("Empty: the agency's full name.")
    )
    number_prefix = models.CharField(
        _("prefix of letter numbers"),
        max_length=20,
        blank=True,
        help_text=_("Stands before 〔year〕, for example 示公开. Empty: the agency's code."),
    )
    contact = models.CharField(_("contact line"), max_length=200, blank=True)
    reconsideration_body = models.CharField(_("reconsideration body"), max_length=100, blank=True)
    court = models.CharField(_("court"), max_length=100, blank=True)
    online_channel = models.CharField(
        _("internet channel for reconsideration"), max_length=200, blank=True
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("letter style")
        verbose_name_plural = _("letter styles")

    def __str__(self) -> str:
        return str(self.agency)


class LetterWording(models.Model):
    """An agency's own wording of a kind of letter; fields in braces, as its kind declares."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="letter_wordings", verbose_name=_("agency")
    )
    kind = models.CharField(_("kind"), max_length=48, choices=WORDING_CHOICES)
    body = models.TextField(_("wording"), max_length=8000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("wording of a letter")
        verbose_name_plural = _("wordings of letters")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"],
                name="letter_wording_once",
                violation_error_message=_("This agency already has a wording of this kind."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_kind_display()}"
