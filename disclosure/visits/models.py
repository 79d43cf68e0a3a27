"""What was read when, and what the daily job made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.publications.models import Publication
from disclosure.visits.counting import KEY_LENGTH


class ReadCount(models.Model):
    """How often a thing was read on a day (China) through a channel; of what is long ago in the
    month or year that begins on `day` (`folding`)."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=12)
    key = models.CharField(max_length=KEY_LENGTH, blank=True)
    channel = models.CharField(max_length=8)
    count = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("count of reading")
        verbose_name_plural = _("counts of reading")
        constraints = [
            # The order in which the daily job asks for one thing's days.
            models.UniqueConstraint(
                fields=["kind", "key", "day", "channel"], name="readcount_once"
            ),
        ]
        indexes = [models.Index(fields=["day", "kind"], name="readcount_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.key} {self.channel}: {self.count}"


class MonthReads(models.Model):
    """How often things of an agency (none: of the portal itself) were read in a month."""

    month = models.DateField(_("month"), db_index=True)
    kind = models.CharField(_("kind"), max_length=12)
    channel = models.CharField(max_length=8)
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
    )
    count = models.BigIntegerField()

    class Meta:
        verbose_name = _("reading of a month")
        verbose_name_plural = _("reading of months")

    def __str__(self) -> str:
        return f"{self.month} {self.kind} {self.channel}: {self.count}"


class PublicationReads(models.Model):
    """How often an item's page was read and its files were had, up to and including `as_of`."""

    agency_path = ("publication", "agency")

    publication = models.OneToOneField(
        Publication,
        models.CASCADE,
        primary_key=True,
        related_name="reads",
        verbose_name=_("publication"),
    )
    reads = models.BigIntegerField(_("times read"), default=0)
    downloads = models.BigIntegerField(_("files downloaded"), default=0)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("reading of an item")
        verbose_name_plural = _("reading of items")
        indexes = [
            models.Index(fields=["-reads", "-publication"], name="publicationreads_most"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.reads}"


class MostRead(models.Model):
    """A place in a list of what was read most; `category`: a root of the tree, none: all."""

    class Period(models.TextChoices):
        MONTH = "month", _("Last 30 days")
        YEAR = "year", _("Last 365 days")

    period = models.CharField(_("period"), max_length=5, choices=Period.choices)
    category = models.ForeignKey(
        Category,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    place = models.PositiveSmallIntegerField()
    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="+", verbose_name=_("publication")
    )
    count = models.BigIntegerField()
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("most read")
        verbose_name_plural = _("most read")
        indexes = [models.Index(fields=["period", "category", "place"], name="mostread_list")]

    def __str__(self) -> str:
        return f"{self.period} {self.place}"


class ReadLog(models.Model):
    """How far a log of the web server was counted."""

    path = models.CharField(max_length=500, unique=True)
    inode = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("counted log")
        verbose_name_plural = _("counted logs")

    def __str__(self) -> str:
        return f"{self.path} {self.position}"
