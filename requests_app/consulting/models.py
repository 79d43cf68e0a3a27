"""Those outside who are asked for an opinion, and the tasks of the agency's own offices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency, Office
from disclosure.core.crypto import EncryptedJSONField
from requests_app.casework.models import DisclosureRequest


class Party(models.Model):
    """A third party, another maker or another agency asked about a request (征求意见对象).

    `number` counts within its kind: the clock and the events name it so. `data`: name, contact,
    phone, email, postal_address.
    """

    class Kind(models.TextChoices):
        THIRD_PARTY = "third_party", _("Third party")  # 第三方
        CO_MAKER = "co_maker", _("Other maker")  # 共同制作机关
        AGENCY = "agency", _("Other agency")  # 其他机关

    class Opinion(models.TextChoices):
        AGREES = "agrees", _("Agrees to disclosure")
        OBJECTS = "objects", _("Objects, with reasons")
        OBJECTS_WITHOUT = "objects_without", _("Objects, without reasons")
        NONE = "none", _("No opinion")

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="parties", verbose_name=_("request")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("running number"))
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency of the platform"),
    )
    data = EncryptedJSONField(null=True)
    opinion = models.CharField(_("opinion"), max_length=16, choices=Opinion.choices, blank=True)
    is_overridden = models.BooleanField(
        _("disclosed against its objection"),
        default=False,
        help_text=_("Withholding may have a major effect on the public interest (Art. 32)."),
    )

    class Meta:
        verbose_name = _("party asked")
        verbose_name_plural = _("parties asked")
        ordering = ["request", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "number"], name="party_number_once"),
            models.CheckConstraint(
                condition=Q(is_overridden=False) | Q(kind="third_party", opinion="objects"),
                name="party_overridden_after_objection",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get(self, key: str) -> str:
        return str((self.data or {}).get(key, ""))


class HelpTask(models.Model):
    """What an office of the agency is asked to do: search (协办) or give an opinion (会办)."""

    class Kind(models.TextChoices):
        SEARCH = "search", _("Search for the information")
        OPINION = "opinion", _("Give an opinion")

    class Found(models.TextChoices):
        HOLDS = "holds", _("Holds it")
        NOTHING = "nothing", _("Holds nothing")  # 零报告
        OPINION = "opinion", _("Opinion given")

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="tasks", verbose_name=_("request")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="request_tasks", verbose_name=_("office")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answer wanted by"))
    chased_on = models.DateField(_("last reminded on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    found = models.CharField(_("answer"), max_length=8, choices=Found.choices, blank=True)

    class Meta:
        verbose_name = _("task of an office")
        verbose_name_plural = _("tasks of offices")
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, found="")
                | (Q(answered_on__isnull=False) & ~Q(found="")),
                name="task_found_when_answered",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(answered_on__isnull=True),
                name="task_open_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None
