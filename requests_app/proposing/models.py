"""Proposals for proactive disclosure (Art. 44), and what several people ask for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency, User
from disclosure.publications.models import Publication
from requests_app.casework.models import DisclosureRequest, NamedPerson
from requests_app.proposing.lifecycle import OFTEN_STEPS, PROPOSAL_STEPS, OftenState, State


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open_to(self, user: User) -> ProposalQuerySet:
        """Those whose request is not restricted to others."""
        named = NamedPerson.objects.filter(user=user).values("request")
        return self.filter(Q(request__is_restricted=False) | Q(request__in=named))


class Proposal(models.Model):
    """That what a request was answered with should be published for everyone."""

    State = State
    agency_path = ("request", "agency")

    class Origin(models.TextChoices):
        """Who had the idea."""

        STAFF = "staff", _("Staff")
        APPLICANT = "applicant", _("The applicant")
        SEVERAL = "several", _("Asked for by several people")

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="proposals", verbose_name=_("request")
    )
    publication = models.ForeignKey(
        Publication,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("draft made from it"),
    )
    origin = models.CharField(_("who proposes it"), max_length=10, choices=Origin.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    #: The name that staff gave the draft; the applicant's own words stay with the request.
    title = models.CharField(_("title of the draft"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    #: What the actions note as reason in the history, as it reads.
    history_reasons = {name: row.label for name, row in PROPOSAL_STEPS.items()}

    history = HistoricalRecords()
    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for proactive disclosure")
        verbose_name_plural = _("proposals for proactive disclosure")
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(origin="applicant"),
                name="proposal_suggested_once",
                violation_error_message=_("The applicant has suggested this already."),
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=["open", "taken"]),
                name="proposal_one_at_a_time",
                violation_error_message=_("A proposal for this request is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="proposal_declined_has_reason",
                violation_error_message=_("What is declined has a reason."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="proposal_decided_with_its_moment",
                violation_error_message=_("What is decided has its moment."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-proposed_at", "id"], name="proposal_worklist"),
        ]

    def __str__(self) -> str:
        return self.title or self.request.number


class AskedAbout(models.Model):
    """What a request of the last two years asked for, made comparable: a keyed hash, no words.

    `key` is of the name or of the document number; empty: neither tells.
    """

    request = models.ForeignKey(
        DisclosureRequest, models.CASCADE, related_name="asked_about", verbose_name=_("request")
    )
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name=_("agency"))
    key = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("what a request asks for")
        verbose_name_plural = _("what requests ask for")
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], name="asked_about_once"),
        ]
        indexes = [models.Index(fields=["agency", "key"], name="asked_about_same")]

    def __str__(self) -> str:
        return f"#{self.request_id}"


class AskedOften(models.Model):
    """Information that several people asked an agency for and that was given at least once."""

    State = OftenState

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="asked_often", verbose_name=_("agency")
    )
    key = models.CharField(max_length=64, editable=False)
    #: The newest request to which it was given.
    sample = models.ForeignKey(
        DisclosureRequest,
        models.CASCADE,
        related_name="+",
        verbose_name=_("newest request granted"),
    )
    people = models.PositiveIntegerField(_("number of applicants"))
    requests = models.PositiveIntegerField(_("number of requests"))
    last_on = models.DateField(_("last received on"))
    state = models.CharField(
        _("state"), max_length=10, choices=OftenState.choices, default=OftenState.OPEN
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    #: What the actions note as reason in the history, as it reads.
    history_reasons = {name: row.label for name, row in OFTEN_STEPS.items()}

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("information asked for by several people")
        verbose_name_plural = _("information asked for by several people")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"],
                name="asked_often_once",
                violation_error_message=_("This is on the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(reason=""),
                name="asked_often_dismissed_has_reason",
                violation_error_message=_("What is dismissed has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.sample.subject
