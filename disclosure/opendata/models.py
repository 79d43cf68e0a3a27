"""Dumps: the whole public catalogue in one file."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dump(models.Model):
    """A finished file; written only by `dumping`, never changed.

    It is public as long as nothing has been taken back since it was begun (`dumping.newest`).
    """

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        JSON_LINES = "jsonl", "JSON Lines"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    file = models.FileField(_("file"), upload_to="opendata", max_length=200)
    #: What was public at this moment is in it.
    as_of = models.DateTimeField()
    #: How often something had been taken back when it was begun.
    taken_back = models.BigIntegerField()
    rows = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("dump of open data")
        verbose_name_plural = _("dumps of open data")

    def __str__(self) -> str:
        return f"publications.{self.kind}.gz"
