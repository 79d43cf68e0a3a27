"""Counts of attempts in a window of time."""

from django.db import models


class ThrottleBucket(models.Model):
    """How often something was tried in one window; `key` is a keyed hash, never an address."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.count}"
