"""The staff area's site."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    """Django's admin under the portal's name, with a start page of what is to be done."""

    site_title = _("Disclosure staff area")
    site_header = _("Disclosure staff area")
    index_title = _("To do today")
    enable_nav_sidebar = True
