"""The public log's entries, its end, and how far it was checked."""

import datetime as dt

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency
from disclosure.publications.models import Publication
from disclosure.publiclog.chain import ZERO
from disclosure.publiclog.kinds import Kind


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def opened(self, at: dt.datetime) -> "LogEntryQuerySet":
        """With `is_open`: whether the details may be shown at the moment `at`.

        Not before the publication; never what was withdrawn before it, or as a bare tombstone;
        nor of an earlier version that nobody may read any more.
        """
        closing = LogEntry.objects.filter(
            publication=OuterRef("publication"), closes=True, seq__gte=OuterRef("seq")
        )
        closed_version = Publication.objects.filter(
            revises=OuterRef("publication"), version=OuterRef("version"), closed__isnull=False
        )
        return self.annotate(
            is_open=ExpressionWrapper(
                Q(visible_from__lte=at)
                & ~Q(publication__is_tombstone=True)
                & ~Exists(closing)
                & ~Exists(closed_version),
                models.BooleanField(),
            )
        )


class LogEntry(models.Model):
    """One entry; added, never changed. `disclosure.publiclog.chain` says what is hashed."""

    agency_path = ("agency",)

    #: Without gaps from 1 on.
    seq = models.BigIntegerField(_("number of the entry"), primary_key=True)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        related_name="log_entries",
        verbose_name=_("publication"),
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("agency")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=0)
    #: The moment from which the details may be shown.
    visible_from = models.DateTimeField(_("shown from"))
    #: No details of the item's entries up to this one are ever shown.
    closes = models.BooleanField(default=False)
    #: The JSON exactly as it was hashed.
    details = models.TextField(_("details"))
    sealed = models.CharField(_("seal of the details"), max_length=64)
    previous = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the public log")
        verbose_name_plural = _("entries of the public log")
        ordering = ["seq"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seq__gte=1),
                name="log_entry_numbered_from_one",
                violation_error_message=_("Entries are numbered from 1."),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-seq"], name="log_entry_agency"),
            models.Index(fields=["publication", "-seq"], name="log_entry_publication"),
            models.Index(
                fields=["publication", "seq"], name="log_entry_closing", condition=Q(closes=True)
            ),
            # What was scheduled: few, and asked for with each download.
            models.Index(
                fields=["visible_from"],
                name="log_entry_scheduled",
                condition=Q(visible_from__gt=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq}"


class LogHead(models.Model):
    """The end of the log, one row: locked while an entry is added, and never goes back."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=ZERO)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.seq}"


class LogCheck(models.Model):
    """How far the daily check came, and what it found; one row."""

    entries_to = models.BigIntegerField(default=0)
    items_to = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    #: The first fault (`faults.Fault`); stands until a whole check finds none. Null: none.
    fault = models.JSONField(null=True)

    def __str__(self) -> str:
        return str(self.checked_at or "")
