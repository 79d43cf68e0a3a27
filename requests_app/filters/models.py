"""A filter of the list of requests that somebody keeps for themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User

NOTHING = _("Nothing is chosen in the list: there is no filter.")


class SavedFilter(models.Model):
    """A bookmark of one person: `query` becomes a link to the list, which reads it as it reads
    any address. It belongs to no agency and goes with its person."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="saved_filters", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("what is chosen"), max_length=500)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="savedfilter_name_once",
                violation_error_message=_("You already have a filter of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(query=""),
                name="savedfilter_says_something",
                violation_error_message=NOTHING,
            ),
        ]

    def __str__(self) -> str:
        return self.name
