"""Messages on their way, and the texts that agencies have made their own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency, User
from requests_app.casework.models import DisclosureRequest
from requests_app.messages.templates import CHINESE, ENGLISH
from requests_app.messages.texts import TEMPLATES

TEMPLATE_CHOICES: list[tuple[str, str | Promise]] = [
    (row.key, _(row.label)) for row in TEMPLATES.values()
]
LANGUAGE_CHOICES = [(CHINESE, "简体中文"), (ENGLISH, "English")]


class Message(models.Model):
    """One message to one person. Neither address nor text is stored: both are made when it is
    sent. `params` holds the fields that the action gave: dates, counts, numbers, keys.

    While a worker sends it, `next_try_at` lies in the future: nobody else takes it meanwhile, and
    should the worker die, it is tried again then.
    """

    class Audience(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        STAFF = "staff", _("Staff")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message")

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("message", "To be sent")
        SENT = "sent", pgettext_lazy("message", "Sent")
        FAILED = "failed", pgettext_lazy("message", "Failed")
        DROPPED = "dropped", pgettext_lazy("message", "Dropped")

    request = models.ForeignKey(
        DisclosureRequest,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("request"),
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="messages", verbose_name=_("agency")
    )
    audience = models.CharField(_("to whom"), max_length=12, choices=Audience.choices)
    user = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member of staff"),
    )
    template = models.CharField(_("message"), max_length=40, choices=TEMPLATE_CHOICES)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    channel = models.CharField(_("way"), max_length=8, choices=Channel.choices)
    params = models.JSONField(_("fields"), default=dict)
    key = models.CharField(max_length=120, null=True, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("queued at"), default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sent", "failed", "dropped"]),
                name="message_state_known",
            ),
            models.CheckConstraint(
                condition=Q(audience="staff", user__isnull=False)
                | Q(audience="applicant", user__isnull=True, request__isnull=False),
                name="message_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state="queued"), name="message_due"
            ),
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.template}"


class MessageText(models.Model):
    """An agency's own wording of a message in one language; without one the portal's is sent."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="message_texts", verbose_name=_("agency")
    )
    template = models.CharField(_("message"), max_length=40, choices=TEMPLATE_CHOICES)
    language = models.CharField(
        _("language"), max_length=10, choices=LANGUAGE_CHOICES, default=CHINESE
    )
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("text"), max_length=2000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "template", "language"],
                name="messagetext_once",
                violation_error_message=_("This agency already has a text for this message."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_template_display()} · {self.get_language_display()}"
