"""Relations between documents, earlier versions taken out of sight, clean-up rounds."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency, User
from disclosure.catalogue.models import Category, DocumentType
from disclosure.core.dates import now
from disclosure.life.kinds import Kind
from disclosure.life.round_steps import ROUND_STEPS, Decision, RoundState
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent


def may_be_named(publication: Publication, agency: int) -> bool:
    """Whether its title is public, or the agency's own."""
    return publication.agency_id == agency or publication.is_visible(now())


def title_for(publication: Publication, agency: int) -> str:
    """Its title where that may be named; else its index number, which stands in addresses."""
    named = may_be_named(publication, agency)
    return publication.title if named else publication.index_number


class Relation(models.Model):
    """A document (`source`) that does something with another, which may not be here.

    It belongs to the item: one that a revision brings stays with the revision until that is out.
    """

    agency_path = ("source", "agency")
    Kind = Kind

    source = models.ForeignKey(
        Publication, models.CASCADE, related_name="relations", verbose_name=_("document")
    )
    kind = models.CharField(_("relation"), max_length=10, choices=Kind.choices)
    target = models.ForeignKey(
        Publication,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="related_by",
        verbose_name=_("other document"),
    )
    target_text = models.CharField(
        _("a document that is not here"),
        max_length=300,
        blank=True,
        help_text=_("Its title and number, where it is not in this catalogue."),
    )
    from_day = models.DateField(
        _("from which day"),
        null=True,
        blank=True,
        help_text=_("Empty: when the document is in force, else when it is published."),
    )
    #: What it did to the target, once that was done.
    event = models.ForeignKey(
        PublicationEvent, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("recorded by"),
    )
    created_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("relation between documents")
        verbose_name_plural = _("relations between documents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=False, target_text="")
                | Q(target__isnull=True) & ~Q(target_text=""),
                name="relation_has_one_target",
                violation_error_message=_(
                    "Choose a document, or name one that is not here; one of both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(source=F("target")),
                name="relation_to_another",
                violation_error_message=_("A document has no relation to itself."),
            ),
            models.UniqueConstraint(
                fields=["source", "kind", "target"],
                condition=Q(target__isnull=False),
                name="relation_once",
                violation_error_message=_("This relation is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["source", "kind", "target_text"],
                condition=Q(target__isnull=True),
                name="relation_once_by_name",
                violation_error_message=_("This relation is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target_shown}"

    @property
    def target_shown(self) -> str:
        """What the other end is called to who may read this: what another agency has taken back
        and writes on anew by its number alone."""
        if self.target is None:
            return self.target_text
        return title_for(self.target, self.source.agency_id)


class ClosedVersion(models.Model):
    """An earlier version that nobody may read any more, such as one with personal data in it."""

    agency_path = ("version", "agency")

    version = models.OneToOneField(
        Publication,
        models.PROTECT,
        related_name="closed",
        limit_choices_to={"state": Publication.State.SUPERSEDED},
        verbose_name=_("earlier version"),
    )
    reason = models.CharField(
        _("reason"), max_length=300, help_text=_("Stands on the public page of that version.")
    )
    closed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("by whom"),
    )
    closed_at = models.DateTimeField(_("when"), editable=False)

    class Meta:
        verbose_name = _("earlier version taken out of sight")
        verbose_name_plural = _("earlier versions taken out of sight")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="closed_version_has_reason",
                violation_error_message=_("Please give the reason."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.version.version})"


class CleanUpRound(models.Model):
    """A clean-up round (规范性文件清理): each document in force is kept, amended or ended."""

    State = RoundState

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="clean_up_rounds", verbose_name=_("agency")
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("Also the title of the public announcement.")
    )
    as_of = models.DateField(_("documents in force on"))
    due_on = models.DateField(_("to be finished by"))
    with_below = models.BooleanField(_("with the agencies below"), default=False)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("Empty: all. With what is below it."),
    )
    document_type = models.CharField(
        _("kind of document"),
        max_length=24,
        choices=[
            (DocumentType.NORMATIVE.value, DocumentType.NORMATIVE.label),
            (DocumentType.REGULATION.value, DocumentType.REGULATION.label),
        ],
        blank=True,
        help_text=_("Empty: both."),
    )
    made_until = models.PositiveSmallIntegerField(
        _("made in this year or before"), null=True, blank=True
    )
    announced_in = models.ForeignKey(
        Category, models.PROTECT, related_name="+", verbose_name=_("category of the announcement")
    )
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=RoundState.choices,
        default=RoundState.OPEN,
        editable=False,
    )
    begun_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("begun by"),
    )
    begun_at = models.DateTimeField(_("begun at"), editable=False)
    checked_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("checked by"),
    )
    checked_at = models.DateTimeField(
        _("passed the check at"), null=True, blank=True, editable=False
    )
    #: Question → answer of `review.CHECKLIST`, for the announcement.
    checklist = models.JSONField(_("checklist"), default=dict, editable=False)
    note = models.CharField(_("opinion"), max_length=500, blank=True, editable=False)
    closed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("closed by"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    announcement = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clean_up_rounds",
        editable=False,
        verbose_name=_("announcement"),
    )
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    history_reasons: dict[str, Any] = {name: row.label for name, row in ROUND_STEPS.items()}
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("clean-up round")
        verbose_name_plural = _("clean-up rounds")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="clean_up_has_title",
                violation_error_message=_("A clean-up round needs a title."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", checked_at__isnull=True, closed_at__isnull=True)
                | Q(state="checked", checked_at__isnull=False, closed_at__isnull=True)
                | Q(
                    state="closed",
                    checked_at__isnull=False,
                    closed_at__isnull=False,
                    announcement__isnull=False,
                ),
                name="clean_up_state_has_its_days",
                violation_error_message=_("A round is checked, then closed with an announcement."),
            ),
            # A null compares as unknown, which a constraint lets pass.
            models.CheckConstraint(
                condition=~Q(checked_by=F("begun_by"))
                & ~Q(closed_by=F("begun_by"))
                & ~Q(closed_by=F("checked_by")),
                name="clean_up_by_three",
                violation_error_message=_("A round is begun, checked and closed by three people."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CleanUpEntry(models.Model):
    """A document in a clean-up round, and what is decided on it."""

    agency_path = ("round", "agency")

    round = models.ForeignKey(
        CleanUpRound, models.CASCADE, related_name="entries", verbose_name=_("clean-up round")
    )
    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="clean_ups", verbose_name=_("document")
    )
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, default=Decision.PENDING
    )
    ends_on = models.DateField(_("no longer in force from"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("time of the decision"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("document of a clean-up round")
        verbose_name_plural = _("documents of clean-up rounds")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "publication"],
                name="clean_up_once_a_round",
                violation_error_message=_("A document stands in a round once."),
            ),
            models.CheckConstraint(
                condition=Q(decision="pending", decided_at__isnull=True)
                | ~Q(decision="pending") & Q(decided_at__isnull=False),
                name="clean_up_decided_with_its_moment",
                violation_error_message=_("What is decided has its moment."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(decision__in=["repeal", "lapse"]),
                name="clean_up_day_of_an_end",
                violation_error_message=_("Only what ends has a last day."),
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["repeal", "lapse", "amend"]) | ~Q(note=""),
                name="clean_up_change_has_reason",
                violation_error_message=_("Please give the reason."),
            ),
        ]
        indexes = [models.Index(fields=["round", "decision"], name="clean_up_progress")]

    def __str__(self) -> str:
        return self.title_shown

    @property
    def title_shown(self) -> str:
        """The document's title as far as who may read the round may know it."""
        return title_for(self.publication, self.round.agency_id)

    @property
    def number_shown(self) -> str:
        """Its document number, as far as its title is shown."""
        named = may_be_named(self.publication, self.round.agency_id)
        return self.publication.document_number if named else ""

    @property
    def state(self) -> str:
        """Its decision, by the name that every record with steps has."""
        return self.decision
