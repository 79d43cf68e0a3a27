"""Lists that an agency looks for in its texts, what was found in them, and links outside."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency, User
from disclosure.findings.detectors.kinds import SEVERITY_LABELS, Severity
from disclosure.findings.detectors.table import RULES
from disclosure.publications.models import Publication


class SensitiveSubject(models.Model):
    """What an agency's texts say nothing of without being looked at (敏感事项): its words, one a
    line, and why. It holds for the agencies below too."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="sensitive_subjects", verbose_name=_("agency")
    )
    name = models.CharField(_("subject"), max_length=100)
    words = models.TextField(
        _("words"), help_text=_("One a line; * stands for up to ten characters within a sentence.")
    )
    reason = models.CharField(_("reason"), max_length=300)
    is_active = models.BooleanField(_("in use"), default=True)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sensitive subject")
        verbose_name_plural = _("sensitive subjects")
        ordering = ["agency", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(reason=""),
                name="sensitive_subject_has_words_and_reason",
                violation_error_message=_("A sensitive subject needs words and a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """A wrong or forbidden wording (错误或禁用表述); without an agency it holds for all."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("Wrong: mend it")  # 错误表述
        FORBIDDEN = "forbidden", _("Forbidden wording")  # 禁用表述

    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="wordings",
        verbose_name=_("agency"),
        help_text=_("Empty: the general list, kept by the platform administrator."),
    )
    wrong = models.CharField(
        _("wording to avoid"), max_length=100, help_text=_("* stands for up to ten characters.")
    )
    right = models.CharField(
        _("right wording"),
        max_length=100,
        blank=True,
        help_text=_("Empty: it cannot be mended with one click."),
    )
    reason = models.CharField(_("reason"), max_length=300)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WRONG)
    is_active = models.BooleanField(_("in use"), default=True)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("listed wording")
        verbose_name_plural = _("listed wordings")
        ordering = ["agency", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "wrong"],
                name="wording_once",
                violation_error_message=_("This wording is on the list already."),
            ),
            models.UniqueConstraint(
                fields=["wrong"],
                condition=Q(agency__isnull=True),
                name="wording_once_in_general",
                violation_error_message=_("This wording is on the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(wrong="") & ~Q(reason="") & ~Q(wrong=models.F("right")),
                name="wording_is_explained",
                violation_error_message=_(
                    "A wording needs a reason, and a right one that differs."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}" if self.right else self.wrong


class FindingsScan(models.Model):
    """When a publication's texts were last looked through, and which revision of them."""

    agency_path = ("publication", "agency")

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="findings_scan")
    revision = models.PositiveIntegerField()
    scanned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.publication_id}/{self.revision}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> "FindingQuerySet":
        """Neither mended nor overruled."""
        return self.filter(state=Finding.State.OPEN)

    def blocking(self) -> "FindingQuerySet":
        """What keeps its publication from passing the review."""
        return self.open().filter(severity=Severity.BLOCKS)


class Finding(models.Model):
    """What a rule found at a place of a publication.

    Holds no personal data in clear: `mark` is a keyed hash of what was found, and the place in the
    text shows it to those who may read the text.
    """

    agency_path = ("publication", "agency")

    class State(models.TextChoices):
        OPEN = "open", _("Still open")  # 待处理
        MENDED = "mended", _("Mended")  # 已改正
        OVERRULED = "overruled", _("Overruled")  # 已排除
        GONE = "gone", _("No longer there")  # 已不存在

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="findings", verbose_name=_("publication")
    )
    rule = models.CharField(_("what was looked for"), max_length=30)
    severity = models.CharField(_("severity"), max_length=10, choices=list(SEVERITY_LABELS.items()))
    #: A field's name, or the key of an attachment.
    place = models.CharField(_("place"), max_length=60)
    start = models.PositiveIntegerField(_("from character"), default=0)
    end = models.PositiveIntegerField(_("to character"), default=0)
    #: Every place in the text as [start, end]; good for the revision that was scanned.
    spans = models.JSONField(default=list, editable=False)
    right = models.CharField(_("right wording"), max_length=100, blank=True)
    excerpt_masked = models.CharField(_("what was found, masked"), max_length=200, blank=True)
    mark = models.CharField(max_length=64, editable=False)
    reason = models.CharField(_("reason of its own"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    found_at = models.DateTimeField(_("found at"))
    revision = models.PositiveIntegerField(_("revision"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["publication", "place", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "rule", "place", "mark"], name="finding_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="overruled") | ~Q(note=""),
                name="finding_overruled_with_note",
                violation_error_message=_("What is overruled needs a note."),
            ),
        ]
        indexes = [
            models.Index(fields=["publication"], name="finding_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.rule_label}: {self.excerpt_masked}"

    @property
    def rule_label(self) -> str:
        rule = RULES.get(self.rule)
        return str(rule.label) if rule else self.rule

    @property
    def reason_shown(self) -> str:
        """Why it was found: the list's own reason, else the rule's."""
        rule = RULES.get(self.rule)
        return self.reason or (str(rule.reason) if rule else "")

    @property
    def times(self) -> int:
        """How often it stands there."""
        return max(len(self.spans), 1)

    @property
    def is_personal(self) -> bool:
        rule = RULES.get(self.rule)
        return rule is not None and rule.personal


class LinkState(models.Model):
    """An address outside that public texts lead to, and whether it answered."""

    class Status(models.TextChoices):
        UNCHECKED = "unchecked", _("Not looked at yet")
        OK = "ok", _("Answers")
        DEAD = "dead", _("Does not answer")
        #: Not ours to ask: the portal itself, private addresses, other schemes.
        LEFT_OUT = "left_out", _("Not checked")

    url_hash = models.CharField(max_length=64, unique=True)
    url = models.TextField(_("address"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.UNCHECKED
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    publications = models.ManyToManyField(
        Publication, related_name="outside_links", verbose_name=_("publications")
    )

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [models.Index(fields=["checked_at"], name="link_next_check")]

    def __str__(self) -> str:
        return self.url
