from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """What an agency discloses; knows nothing of requests."""

    name = "disclosure"
    verbose_name = _("Disclosure")

    def ready(self) -> None:
        from disclosure import permissions  # noqa: F401  (declares the rights)
        from disclosure.core import daily, triggers
        from disclosure.throttling import limits

        daily.register("counts of attempts", limits.sweep)
        triggers.append_only("disclosure.AuditEntry")
        triggers.keep_in_place(self)
