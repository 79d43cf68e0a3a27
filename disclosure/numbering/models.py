"""Gapless serial numbers: one counter row a series (agency and year)."""

from django.db import models


class Counter(models.Model):
    """The last number given in a series; written only by `serials.next_serial`."""

    name = models.CharField(max_length=80, primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="counter_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
