"""What the search keeps: rows of the index, marks of what is to be indexed, synonyms, misses."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.publications.models import Publication


class SearchRow(models.Model):
    """One part of a publication in the index; `storage.key_of` says what the key is made of."""

    key = models.BigIntegerField(primary_key=True)
    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="search_rows", verbose_name=_("publication")
    )
    #: Of what was indexed and how: another digest means that it is to be indexed anew.
    digest = models.CharField(max_length=32)
    #: What was indexed (zlib, JSON): SQLite forgets a part by its old words, snippets are cut here.
    source = models.BinaryField()

    class Meta:
        verbose_name = _("row of the search index")
        verbose_name_plural = _("rows of the search index")

    def __str__(self) -> str:
        return str(self.key)


class SearchMark(models.Model):
    """That publications are to be looked at by the sweeper: those with keys from `first` on, up
    to `last` (null: all), of an agency or category and what is below where one is named."""

    first = models.BigIntegerField(default=0)
    last = models.BigIntegerField(null=True)
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, related_name="+")
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mark for the search index")
        verbose_name_plural = _("marks for the search index")

    def __str__(self) -> str:
        return f"{self.first}–{self.last if self.last is not None else '…'}"


class SearchSynonym(models.Model):
    """Words that mean the same: who searches for one finds the others too."""

    words = models.CharField(
        _("words"),
        max_length=300,
        unique=True,
        validators=[MinLengthValidator(3)],
        help_text=_("Parted by ; or 、 – for example 人防、人民防空"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words


class MissedSearch(models.Model):
    """Words that found nothing on a day, and how often: nothing about who typed them."""

    words = models.CharField(_("words"), max_length=200)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times searched for"), default=0)

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering = ["-day", "-count"]
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="missed_search_once_a_day")
        ]
        indexes = [models.Index(fields=["-day", "-count", "-id"], name="missed_search_newest")]

    def __str__(self) -> str:
        return self.words


class FacetTotal(models.Model):
    """How many items are public in a value of a facet, counted by the sweeper."""

    dimension = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    counted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("total of a facet")
        verbose_name_plural = _("totals of facets")
        constraints = [
            models.UniqueConstraint(fields=["dimension", "value"], name="facet_total_once")
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.value}"
