"""The portal's own agency: the one whose guide, rules and name the whole site carries."""

from django.conf import settings
from django.db.models import QuerySet

from disclosure.agencies.models import Agency


def own_agencies() -> QuerySet[Agency]:
    """The agency that `PORTAL_AGENCY` names, else the roots in order: the first is it."""
    if settings.PORTAL_AGENCY:
        return Agency.objects.filter(code=settings.PORTAL_AGENCY)
    return Agency.objects.filter(depth=1).order_by("path")


def own_agency() -> Agency | None:
    """The portal's own agency; None in an empty database."""
    return own_agencies().first()
