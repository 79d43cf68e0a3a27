"""Where an item appeared besides this portal."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import User
from disclosure.channels.table import CHANNELS, CHOICES
from disclosure.publications.models import Publication


class Appearance(models.Model):
    """One appearance of an item in a channel (Art. 23–25), with its proof.

    The proof file is private: staff of the agency alone can have it.
    """

    agency_path = ("publication", "agency")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="appearances", verbose_name=_("publication")
    )
    channel = models.CharField(_("channel"), max_length=16, choices=CHOICES)
    on = models.DateField(_("appeared on"))
    reference = models.CharField(
        _("name, issue, page"),
        max_length=200,
        blank=True,
        help_text=_("For instance: gazette 2026 no. 8, page 12. Public."),
    )
    url = models.URLField(_("address"), blank=True, help_text=_("Public."))
    proof = models.FileField(
        _("proof"), upload_to="appearances/%Y/%m", max_length=200, blank=True, editable=False
    )
    proof_name = models.CharField(_("name"), max_length=120, blank=True, editable=False)
    proof_type = models.CharField(_("kind"), max_length=100, blank=True, editable=False)
    proof_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    note = models.CharField(
        _("note on the proof"),
        max_length=300,
        blank=True,
        help_text=_("Where the proof is kept, or who saw it. Stays with the staff."),
    )
    recorded_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("appearance in a channel")
        verbose_name_plural = _("appearances in channels")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=list(CHANNELS)),
                name="appearance_channel_known",
                violation_error_message=_("There is no such channel."),
            ),
            models.CheckConstraint(
                condition=~(Q(proof="") & Q(note="") & Q(reference="") & Q(url="")),
                name="appearance_has_proof",
                violation_error_message=_(
                    "Please give a reference, an address, a proof or a note on it."
                ),
            ),
        ]
        indexes = [models.Index(fields=["on", "channel"], name="appearance_by_year")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.on.isoformat()}"
