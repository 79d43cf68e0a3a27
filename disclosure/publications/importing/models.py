"""What was imported (导入批次): one record for all the rows of a run."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency, User
from disclosure.publications.trail import SignOff


def no_options() -> dict[str, bool]:
    return {"publish": False, "update": False, "create_missing": False}


class ImportRun(models.Model):
    """One run over one file: looked at, then stored as a whole or not at all.

    It is the history of what it brought in, which has no history rows one by one. The file itself
    is kept only until the run is over; its name and SHA-256 stay. What is taken over as public on
    the staff pages is signed off by somebody else than who handed it in.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")  # 等待处理
        RUNNING = "running", _("Running")  # 处理中
        CHECKED = "checked", _("Checked, to be confirmed")  # 已校验，待确认
        AWAITING = "awaiting", _("To be signed off")  # 待签发
        DONE = "done", _("Done")  # 已完成
        FAILED = "failed", _("Failed")  # 未导入

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    #: Whether it is to be stored: before that it is only looked at.
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("by whom")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    started_at = models.DateTimeField(_("begun at"), null=True)
    finished_at = models.DateTimeField(_("ended at"), null=True)
    file_name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    file = models.FileField(upload_to="imports/%Y/%m", max_length=200, blank=True)
    options = models.JSONField(_("options"), default=no_options)
    sign_off = models.OneToOneField(
        SignOff,
        models.PROTECT,
        null=True,
        related_name="import_run",
        verbose_name=_("blanket sign-off"),
    )
    #: The agencies of the rows that something happens to, as the last look found them.
    concerns = models.ManyToManyField(Agency, related_name="+", verbose_name=_("agencies"))
    #: Since when it waits for the sign-off, or did until it was given.
    asked_at = models.DateTimeField(_("sign-off asked for at"), null=True, blank=True)
    #: Who signed it off or, where `opinion` says why, returned it.
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    opinion = models.CharField(_("reason for returning it"), max_length=500, blank=True)
    #: When it is swept away unless it stored something; null: a day after it was handed in.
    kept_until = models.DateTimeField(null=True, blank=True)
    rows_checked = models.PositiveIntegerField(_("rows checked"), default=0)
    rows_stored = models.PositiveIntegerField(_("rows stored"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    bad_rows = models.PositiveIntegerField(_("bad rows"), default=0)
    #: What is shown while it is under way: first rows, first problems, new names, what went wrong.
    findings: Any = models.JSONField(default=dict)
    #: Every problem as CSV, until the run is swept away.
    problems_file = models.FileField(upload_to="imports/%Y/%m", max_length=200, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["created_by", "-id"], name="import_run_of_person"),
            models.Index(
                fields=["asked_at"], name="import_run_awaiting", condition=Q(state="awaiting")
            ),
        ]
        constraints = [
            # A null compares as unknown, which a constraint lets pass.
            models.CheckConstraint(
                condition=~Q(decided_by=F("created_by")),
                name="import_run_decided_by_another",
                violation_error_message=_("Who handed it in does not sign it off."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("admin:disclosure_publication_import_run", args=[self.token])

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def is_public(self) -> bool:
        """Whether it takes over what is public already, so that it needs a sign-off."""
        return bool(self.options.get("publish"))

    @property
    def signer(self) -> User | None:
        """Who signed it off on the staff pages."""
        return self.decided_by if self.is_confirmed and self.is_public else None


def run_of(sign_off_id: int | None) -> ImportRun | None:
    """The run that took over what stands under this sign-off, if one did."""
    if sign_off_id is None:
        return None
    return ImportRun.objects.filter(sign_off=sign_off_id).first()
