"""The rows whose sum is the generation."""

from django.db import models
from django.db.models.functions import Now


class PublicChange(models.Model):
    """That a transaction changed something the public may see; never what."""

    token = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.token:x}"
