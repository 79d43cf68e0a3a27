"""What the page of figures says, as the daily job worked it out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceFigures(models.Model):
    """The figures of one agency together with those below it, or of all agencies.

    `content` has only what may be said (`hiding`): see `refreshing.Content`.
    """

    ALL = ""

    scope = models.CharField(
        _("agency"), max_length=16, unique=True, blank=True, help_text=_("Its code; empty: all.")
    )
    as_of = models.DateField(_("as of"))
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("figures of the service")
        verbose_name_plural = _("figures of the service")

    def __str__(self) -> str:
        return f"{self.scope} {self.as_of}"
