"""Reconsideration and litigation over a request (行政复议、行政诉讼)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.casework.models import DisclosureRequest
from requests_app.consulting.models import Party


class RemedyCase(models.Model):
    """One remedy against what was or was not done with a request (Art. 51)."""

    class Kind(models.TextChoices):
        """The groups of the annual report's table four."""

        RECONSIDERATION = "reconsideration", _("Administrative reconsideration")
        LITIGATION_DIRECT = "litigation_direct", _("Lawsuit without reconsideration")
        LITIGATION_AFTER = (
            "litigation_after_reconsideration",
            _("Lawsuit after reconsideration"),
        )

    class By(models.TextChoices):
        APPLICANT = "applicant", _("The applicant")
        THIRD_PARTY = "third_party", _("A third party")

    class Against(models.TextChoices):
        ANSWER = "answer", _("The answer given")
        SILENCE = "silence", _("No answer in time")
        DISCLOSURE = "disclosure", _("The disclosure of its information")

    class Outcome(models.TextChoices):
        """The columns of table four."""

        PENDING = "pending", _("Pending")  # 尚未审结
        UPHELD = "upheld", _("Upheld")  # 结果维持
        CORRECTED = "corrected", _("Corrected")  # 结果纠正
        OTHER = "other", _("Other result")  # 其他结果

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="remedies", verbose_name=_("request")
    )
    kind = models.CharField(_("kind"), max_length=32, choices=Kind.choices)
    by = models.CharField(_("begun by"), max_length=12, choices=By.choices)
    party = models.ForeignKey(
        Party,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("third party"),
    )
    against = models.CharField(_("against"), max_length=12, choices=Against.choices)
    body = models.CharField(
        _("heard by"), max_length=100, help_text=_("Reconsideration body, court")
    )
    reference = models.CharField(_("case number"), max_length=100, blank=True)
    is_simplified = models.BooleanField(_("simplified procedure"), default=False)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    received_on = models.DateField(_("copy received on"))
    reply_due = models.DateField(_("reply due"))
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=40, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.PENDING
    )
    orders_new_answer = models.BooleanField(_("orders a new answer"), default=False)
    new_answer_by = models.DateField(_("new answer by"), null=True, blank=True)

    class Meta:
        verbose_name = _("reconsideration or lawsuit")
        verbose_name_plural = _("reconsiderations and lawsuits")
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, outcome="pending")
                | (Q(decided_on__isnull=False) & ~Q(outcome="pending")),
                name="remedy_outcome_when_decided",
            )
        ]
        indexes = [
            models.Index(
                fields=["reply_due", "id"],
                condition=Q(decided_on__isnull=True),
                name="remedy_open_by_reply",
            )
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.get_kind_display()} {self.received_on}"

    @property
    def is_open(self) -> bool:
        return self.decided_on is None
