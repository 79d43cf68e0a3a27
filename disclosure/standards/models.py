"""The standard catalogues' areas and items, and the items' links to what is published."""

import re

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.publications.models import Publication


class StandardArea(models.Model):
    """One of the 26 areas (试点领域); common to all agencies."""

    key = models.SlugField(_("address part"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("area of a standard catalogue")
        verbose_name_plural = _("areas of standard catalogues")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """The name in the reader's language; Chinese where there is no English one."""
        if (get_language() or "").startswith("en") and self.name_en:
            return self.name_en
        return self.name


class StandardItem(models.Model):
    """A row of an agency's standard catalogue: what is disclosed, why, when, where, to whom."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everyone")  # 全社会
        SPECIFIC = "specific", _("Certain people")  # 特定群众

    class Way(models.TextChoices):
        PROACTIVE = "proactive", _("Proactively")  # 主动
        ON_REQUEST = "on_request", _("On request")  # 依申请公开

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="standard_items", verbose_name=_("agency")
    )
    area = models.ForeignKey(
        StandardArea, models.PROTECT, related_name="items", verbose_name=_("area")
    )
    serial = models.PositiveIntegerField(_("serial number"))
    level1 = models.CharField(_("matter, first level"), max_length=200)
    level2 = models.CharField(_("matter, second level"), max_length=200, blank=True)
    content = models.TextField(_("content (elements)"))
    basis = models.TextField(_("basis of disclosure"), blank=True)
    time_limit = models.TextField(_("time limit"), blank=True)
    body = models.CharField(_("responsible body"), max_length=300, blank=True)
    channels = models.JSONField(_("channels and media"), default=list, blank=True)
    channels_note = models.TextField(
        _("other channels"), blank=True, help_text=_("One a line, as the table writes it.")
    )
    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience.choices, default=Audience.PUBLIC
    )
    audience_who = models.CharField(_("which people"), max_length=200, blank=True)
    way = models.CharField(
        _("way of disclosure"), max_length=10, choices=Way.choices, default=Way.PROACTIVE
    )
    at_county = models.BooleanField(_("county level"), default=False)
    at_township = models.BooleanField(_("township level"), default=False)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("What is published in it, or below it, belongs to this item."),
    )
    keywords = models.CharField(
        _("keywords"),
        max_length=300,
        blank=True,
        help_text=_(
            "Parted by ; or 、 Only what has one of them in its title or keywords belongs to this "
            "item. Without category and keywords: what has the matter's name in its title."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    is_demo = models.BooleanField(_("demonstration content"), default=False, editable=False)

    history_reasons = {"import": _("Imported")}
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("item of a standard catalogue")
        verbose_name_plural = _("items of standard catalogues")
        ordering = ["agency", "area", "serial", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "area", "level1", "level2"],
                name="standarditem_matter_once",
                violation_error_message=_("This matter stands in the catalogue already."),
            ),
            models.CheckConstraint(
                condition=Q(at_county=True) | Q(at_township=True),
                name="standarditem_has_tier",
                violation_error_message=_("Please choose county level, township level or both."),
            ),
            models.CheckConstraint(
                condition=~Q(level1="") & ~Q(content=""),
                name="standarditem_has_matter_and_content",
                violation_error_message=_("An item needs its matter and its content."),
            ),
        ]

    def __str__(self) -> str:
        return self.matter

    def get_absolute_url(self) -> str:
        url = reverse("standard-table", args=[self.agency.code, self.area.key])
        return f"{url}#item-{self.pk}"

    @property
    def matter(self) -> str:
        return f"{self.level1} · {self.level2}" if self.level2 else self.level1

    @property
    def keyword_list(self) -> list[str]:
        return [word.strip() for word in re.split(r"[;；、]", self.keywords) if word.strip()]


class StandardLink(models.Model):
    """That a publication belongs to an item: found by its rule, or said by staff."""

    agency_path = ("item", "agency")

    class Kind(models.TextChoices):
        FOUND = "found", _("Found by category and keywords")
        LINKED = "linked", _("Belongs to it")
        EXCLUDED = "excluded", _("Does not belong to it")

    #: What counts as the item's publication.
    SHOWN = (Kind.FOUND, Kind.LINKED)

    item = models.ForeignKey(
        StandardItem, models.CASCADE, related_name="links", verbose_name=_("item of the catalogue")
    )
    publication = models.ForeignKey(
        Publication,
        models.CASCADE,
        related_name="standard_links",
        verbose_name=_("publication"),
    )
    kind = models.CharField(
        _("how it belongs"), max_length=8, choices=Kind.choices, default=Kind.LINKED
    )

    class Meta:
        verbose_name = _("publication of an item")
        verbose_name_plural = _("publications of an item")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "publication"],
                name="standardlink_once",
                violation_error_message=_("This publication is listed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.publication}"
