from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    """Disclosure requests (依申请公开), from intake to archive."""

    name = "requests_app"
    verbose_name = _("Disclosure requests")

    def ready(self) -> None:
        from disclosure.core import daily
        from requests_app import permissions, uploads  # noqa: F401  (declares the rights)

        daily.register("abandoned uploads", uploads.sweep)
