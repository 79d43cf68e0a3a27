from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The site: knows every app, known by none."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import checks, housekeeping  # noqa: F401  (checks register themselves)
        from portal.page_cache import ready

        housekeeping.register()
        ready.declare()


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own site (start page, look)."""

    default_site = "portal.admin_site.PortalAdminSite"

    def ready(self) -> None:
        """Without the tasks' own page: it asks the table of rights nothing."""
        super().ready()
        from django.contrib import admin
        from django_tasks_db.models import DBTaskResult

        admin.site.unregister(DBTaskResult)
