"""The fee notice of a request (收费通知): what was billed, paid, waived."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.casework.models import DisclosureRequest


class FeeNotice(models.Model):
    """One request, one notice (国办函〔2020〕109号). Sums in yuan."""

    class Basis(models.TextChoices):
        REQUESTS = "requests", _("By request")  # 按件
        PAGES = "pages", _("By page")  # 按量

    agency_path = ("request", "agency")

    request = models.OneToOneField(
        DisclosureRequest, models.CASCADE, related_name="fee_notice", verbose_name=_("request")
    )
    basis = models.CharField(_("basis"), max_length=8, choices=Basis.choices)
    count = models.PositiveIntegerField(
        _("counted"), help_text=_("Which request of the month it is, or how many pages.")
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    collected = models.DecimalField(_("collected"), max_digits=12, decimal_places=2, default=0)
    notified_on = models.DateField(_("notice received on"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    waived_on = models.DateField(_("waived on"), null=True, blank=True)

    class Meta:
        verbose_name = _("fee notice")
        verbose_name_plural = _("fee notices")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fee_amount_positive"),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, collected=0)
                | Q(paid_on__isnull=False, waived_on__isnull=True, collected=models.F("amount")),
                name="fee_collected_when_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
