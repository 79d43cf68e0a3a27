"""The points of a request (申请事项), each with what is decided on it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.core.crypto import EncryptedJSONField
from requests_app.casework.models import DisclosureRequest
from requests_app.determination import DETERMINATIONS, Determination

DETERMINATION_CHOICES: list[tuple[str, str | Promise]] = [
    (row.key, _(row.label)) for row in DETERMINATIONS.values()
]


class Point(models.Model):
    """One thing asked for. `details` holds what the determination must give (keys of `Given`)."""

    agency_path = ("request", "agency")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="points", verbose_name=_("request")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("what is asked for"), max_length=1000)
    determination = models.CharField(
        _("determination"), max_length=40, choices=DETERMINATION_CHOICES, blank=True
    )
    details = EncryptedJSONField(null=True, help_text="{'reasons': …}")

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["request", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="point_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="point_position_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    @property
    def row(self) -> Determination | None:
        return DETERMINATIONS.get(self.determination)

    @property
    def given(self) -> dict[str, Any]:
        return dict(self.details or {})

    @property
    def grounds(self) -> tuple[str, ...]:
        """The grounds on which something of it is withheld."""
        row = self.row
        if row is None:
            return ()
        return row.grounds or tuple(self.given.get("grounds", ()))


class AnswerDraft(models.Model):
    """What the handler adds to the answer's own wording: a closing, another remedy paragraph."""

    agency_path = ("request", "agency")

    request = models.OneToOneField(
        DisclosureRequest,
        models.CASCADE,
        related_name="answer_draft",
        verbose_name=_("request"),
    )
    content = EncryptedJSONField(null=True, help_text="{'closing': …, 'remedy': …, 'seal': …}")

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def closing(self) -> str:
        return str((self.content or {}).get("closing", ""))

    @property
    def remedy(self) -> str:
        return str((self.content or {}).get("remedy", ""))

    @property
    def seal(self) -> str:
        """What was approved, as `sealing.seal_of` has it; empty until then."""
        return str((self.content or {}).get("seal", ""))
