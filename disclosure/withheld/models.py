"""The register of what is withheld (不予公开信息台账, Art. 14–16), its re-assessment (Art. 18)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure import grounds
from disclosure.agencies import rights
from disclosure.agencies.models import Agency, Office, User
from disclosure.core.citing import cite
from disclosure.publications.models import Publication
from disclosure.withheld.lifecycle import (
    HELD,
    ITEM_STEPS,
    SECRET_MARKS,
    SEE_MARKED,
    VIEW,
    Mark,
    Outcome,
    RoundState,
    State,
)

_SECRET = sorted(SECRET_MARKS)
_HELD = sorted(HELD)


class WithheldItemQuerySet(models.QuerySet["WithheldItem"]):
    """The only ways to reach the register."""

    def open_to(self, user: User) -> WithheldItemQuerySet:
        """Those whose content `user` may know: what bears a marking only where they may see it."""
        return self.filter(Q(mark=Mark.NONE) | rights.scope(user, SEE_MARKED))

    def for_staff(self, user: User) -> WithheldItemQuerySet:
        """What `user` may see in the staff area."""
        return self.filter(rights.scope(user, VIEW)).open_to(user)

    def held(self) -> WithheldItemQuerySet:
        """Still withheld, wholly or in part."""
        return self.filter(state__in=_HELD)

    def due_again(self, on: dt.date) -> WithheldItemQuerySet:
        """What comes back by itself: its day to look again, the day until which it was withheld or
        the end of its period of secrecy has come on `on`."""
        return self.held().filter(due_on__lte=on)

    def pending(self) -> WithheldItemQuerySet:
        """What a round still has to decide."""
        return self.filter(reassessments__outcome=Outcome.PENDING)


class WithheldItem(models.Model):
    """One piece of information that is not disclosed, with the reason, and when to look again."""

    State = State

    class Origin(models.TextChoices):
        """How it came onto the register."""

        BY_HAND = "by_hand", _("Entered by hand")
        REVIEW = "review", _("From a confidentiality review")
        REQUEST = "request", _("From an answered request")

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="withheld_items", verbose_name=_("agency")
    )
    office = models.ForeignKey(
        Office,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("inner office"),
    )
    title = models.CharField(
        _("title"),
        max_length=300,
        help_text=_("For staff; of what is secret, a neutral name."),
    )
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    date_made = models.DateField(_("date made"), null=True, blank=True)
    ground = models.CharField(_("ground"), max_length=24, choices=grounds.CHOICES)
    basis = models.CharField(
        _("basis and reasons"),
        max_length=500,
        blank=True,
        help_text=_("The provision on which it rests, and why disclosure would do harm."),
    )
    summary = models.TextField(
        _("summary for staff"),
        max_length=1000,
        blank=True,
        help_text=_("Of a state secret nothing stands here: this is no place for its content."),
    )
    mark = models.CharField(_("marking"), max_length=12, choices=Mark.choices, default=Mark.NONE)
    secret_until = models.DateField(
        _("secret until"),
        null=True,
        blank=True,
        help_text=_("End of the period of secrecy; the entry then comes back by itself."),
    )
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True)
    look_again_on = models.DateField(
        _("to be looked at again on"),
        blank=True,
        help_text=_("Empty: a year after the decision."),
    )
    withheld_until = models.DateField(
        _("withheld until"),
        null=True,
        blank=True,
        help_text=_("Where the reason ends on a known day, which brings it back by itself."),
    )
    #: The first of the three days above: one index instead of three.
    due_on = models.DateField(_("due again on"), editable=False)
    filed_on = models.DateField(_("filed for the record on"), null=True, blank=True, editable=False)
    filed_with = models.CharField(_("filed with"), max_length=120, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.WITHHELD, editable=False
    )
    masked = models.CharField(_("what stays withheld"), max_length=500, blank=True, editable=False)
    closed_reason = models.CharField(
        _("why it was taken off"), max_length=300, blank=True, editable=False
    )
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.BY_HAND
    )
    publication = models.ForeignKey(
        Publication,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="withheld_items",
        editable=False,
        verbose_name=_("draft that was not disclosed"),
    )
    source_reference = models.CharField(
        _("reference of the source"),
        max_length=120,
        blank=True,
        help_text=_("Such as the number of a request."),
    )
    draft = models.ForeignKey(
        Publication,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="drawn_from",
        editable=False,
        verbose_name=_("draft made from it"),
    )
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)
    created_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    #: What the actions note as reason in the history, as it reads.
    history_reasons = {name: row.label for name, row in ITEM_STEPS.items()}

    history = HistoricalRecords()
    objects = WithheldItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("withheld information")
        verbose_name_plural = _("register of withheld information")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="withheld_has_title",
                violation_error_message=_("An entry needs a name."),
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="withheld_has_ground",
                violation_error_message=_("What is not disclosed needs a ground (Art. 14–16)."),
            ),
            models.CheckConstraint(
                condition=~Q(mark__in=_SECRET) | Q(summary=""),
                name="withheld_secret_has_no_content",
                violation_error_message=_("Of what is secret only a reference stands here."),
            ),
            models.CheckConstraint(
                condition=~Q(mark__in=_SECRET) | Q(ground="state_secret"),
                name="withheld_secret_has_its_ground",
                violation_error_message=_("A secrecy marking goes with the ground 'state secret'."),
            ),
            models.CheckConstraint(
                condition=Q(secret_until__isnull=True) | Q(mark__in=_SECRET),
                name="withheld_period_has_marking",
                violation_error_message=_("A period of secrecy goes with a secrecy marking."),
            ),
            models.CheckConstraint(
                condition=Q(look_again_on__gt=F("decided_on")),
                name="withheld_looked_at_later",
                violation_error_message=_("It is looked at again after the decision, not before."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__lte=F("look_again_on")),
                name="withheld_due_by_its_day",
                violation_error_message=_("It comes back on its day to look again at the latest."),
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, filed_with="")
                | Q(filed_on__isnull=False) & ~Q(filed_with=""),
                name="withheld_filed_with_its_day",
                violation_error_message=_("A filing has a day and a recipient."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | ~Q(closed_reason=""),
                name="withheld_taken_off_has_reason",
                violation_error_message=_("What is taken off the register has a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DISCLOSED_IN_PART) | ~Q(masked=""),
                name="withheld_part_is_named",
                violation_error_message=_("Of a partial disclosure, say what stays withheld."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_on", "id"],
                name="withheld_due",
                condition=Q(state__in=_HELD),
            ),
            models.Index(fields=["agency", "ground"], name="withheld_by_ground"),
        ]

    def __str__(self) -> str:
        """Never the name of what bears a marking: this stands in trails and headings."""
        return self.reference if self.is_marked else self.title

    @property
    def reference(self) -> str:
        """What it is called where its name must not stand."""
        return self.document_number or f"#{self.pk}"

    @property
    def article(self) -> str:
        """The article of its ground as the reader cites it."""
        row = grounds.GROUNDS.get(self.ground)
        return cite(row.article) if row else ""

    @property
    def is_marked(self) -> bool:
        return self.mark != Mark.NONE

    @property
    def is_secret(self) -> bool:
        return self.mark in SECRET_MARKS

    def is_closed_to(self, user: User) -> bool:
        """Whether it bears a marking and `user` may not see such; asked by the table of rights."""
        if not self.is_marked:
            return False
        return not rights.holds_role(user, rights.TABLE[SEE_MARKED], self.agency)


class ReassessmentRound(models.Model):
    """A round of re-assessment (定期评估审查, Art. 18) over a list drawn from the register."""

    State = RoundState

    class Scope(models.TextChoices):
        """Which entries the list is drawn from."""

        DUE = "due", _("All that is due until a day")
        GROUND = "ground", _("All of one ground")
        ALL = "all", _("All that is withheld")

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="reassessment_rounds", verbose_name=_("agency")
    )
    title = models.CharField(_("title"), max_length=200)
    begun_on = models.DateField(_("begun on"))
    due_on = models.DateField(_("to be finished by"))
    scope = models.CharField(
        _("list of entries"), max_length=8, choices=Scope.choices, default=Scope.DUE
    )
    due_until = models.DateField(
        _("due until"), null=True, blank=True, help_text=_("For a list of what is due.")
    )
    ground = models.CharField(
        _("ground"),
        max_length=24,
        choices=grounds.CHOICES,
        blank=True,
        help_text=_("For a list of one ground."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    filed_on = models.DateField(_("filed for the record on"), null=True, blank=True, editable=False)
    filed_with = models.CharField(_("filed with"), max_length=120, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)
    created_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("round of re-assessment")
        verbose_name_plural = _("rounds of re-assessment")
        ordering = ["-begun_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="round_has_title",
                violation_error_message=_("A round needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("begun_on")),
                name="round_ends_after_its_beginning",
                violation_error_message=_("A round ends after it begins."),
            ),
            models.CheckConstraint(
                condition=(~Q(scope="due") | Q(due_until__isnull=False))
                & (~Q(scope="ground") | ~Q(ground="")),
                name="round_list_is_named",
                violation_error_message=_(
                    "A list of what is due needs its day, one of a ground its ground."
                ),
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, filed_with="")
                | Q(filed_on__isnull=False, closed_on__isnull=False) & ~Q(filed_with=""),
                name="round_filed_once_closed",
                violation_error_message=_(
                    "A round is filed once it is closed, with a day and a recipient."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> RoundState:
        return RoundState.OPEN if self.closed_on is None else RoundState.CLOSED


class ReassessmentQuerySet(models.QuerySet["Reassessment"]):
    def open_to(self, user: User) -> ReassessmentQuerySet:
        """Those whose entry `user` may know."""
        return self.filter(
            Q(item__mark=Mark.NONE) | rights.scope(user, SEE_MARKED, prefix="item__agency")
        )


class Reassessment(models.Model):
    """An entry of the register in a round, and what became of it."""

    agency_path = ("round", "agency")

    round = models.ForeignKey(
        ReassessmentRound, models.CASCADE, related_name="rows", verbose_name=_("round")
    )
    item = models.ForeignKey(
        WithheldItem,
        models.PROTECT,
        related_name="reassessments",
        verbose_name=_("entry of the register"),
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome.choices, default=Outcome.PENDING
    )
    ground = models.CharField(
        _("ground confirmed"), max_length=24, choices=grounds.CHOICES, blank=True
    )
    look_again_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    history = HistoricalRecords()
    objects = ReassessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("re-assessment")
        verbose_name_plural = _("re-assessments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "item"],
                name="reassessment_once_a_round",
                violation_error_message=_("An entry stands in a round once."),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(outcome="pending"),
                name="reassessment_pending_once",
                violation_error_message=_("This entry waits in another round already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending", decided_at__isnull=True)
                | ~Q(outcome="pending") & Q(decided_at__isnull=False),
                name="reassessment_decided_with_its_moment",
                violation_error_message=_("What is decided has its moment."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["keep", "disclose_in_part"])
                | Q(look_again_on__isnull=False) & ~Q(ground=""),
                name="reassessment_kept_has_day_and_ground",
                violation_error_message=_(
                    "What stays withheld has its ground confirmed and a day to look again."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def state(self) -> str:
        """Its outcome, by the name that every record with steps has."""
        return self.outcome

    def is_closed_to(self, user: User) -> bool:
        """As its entry; asked by the table of rights."""
        return self.item.is_closed_to(user)
