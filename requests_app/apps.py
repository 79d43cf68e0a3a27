from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    """Disclosure requests (依申请公开), from intake to archive."""

    name = "requests_app"
    verbose_name = _("Disclosure requests")

    def ready(self) -> None:
        from requests_app import permissions  # noqa: F401  (declares the rights)
