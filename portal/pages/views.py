"""Pages about the portal itself: site map, privacy and copyright, accessibility, display."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.models import Agency, Category
from portal.context_processors import DISPLAY_COOKIE, DISPLAYS

A_YEAR = 365 * 24 * 60 * 60
SITE_MAP_ROWS = 500


@dataclass(frozen=True)
class Branch:
    """A line of the site map with what hangs below it."""

    name: str
    url: str
    is_local: bool
    below: list["Branch"] = field(default_factory=list)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Keep the reader's display (大字版, 高对比) in a cookie and go back to the page.

    Nothing is stored here, so a link is enough and no script is needed.
    """
    given = request.POST if request.method == "POST" else request.GET
    back = given.get("next", "")
    response = HttpResponseRedirect(back if _is_local(back) else reverse("home"))
    chosen = given.get("to", "")
    if chosen in DISPLAYS:
        response.set_cookie(
            DISPLAY_COOKIE,
            chosen,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(DISPLAY_COOKIE, samesite="Lax")
    return response


def _is_local(address: str) -> bool:
    """Whether `address` is a path of this site and nothing else."""
    return (
        address.startswith("/")
        and address.isprintable()
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every part, subject and agency on one page (网站地图)."""
    english = (get_language() or "").startswith("en")
    agencies = [
        Branch(agency.local_name, agency.get_absolute_url(), not english or bool(agency.name_en))
        for agency in Agency.objects.filter(is_active=True)
        .only("code", "name", "name_en")
        .order_by("path")[:SITE_MAP_ROWS]
    ]
    context = {
        "agencies": agencies,
        "subjects": _subjects(english),
        "column": _column(
            _("Site map"), _("All parts, subjects and agencies of this platform on one page.")
        ),
    }
    return render(request, "portal/site_map.html", context)


def _subjects(english: bool) -> list[Branch]:
    """The categories in use: those on top, each with all that is below it."""
    tops: list[Branch] = []
    found = Category.objects.filter(is_active=True).only("code", "name", "name_en", "depth", "path")
    for category in found.order_by("path")[:SITE_MAP_ROWS]:
        branch = Branch(
            category.local_name,
            category.get_absolute_url(),
            not english or bool(category.name_en),
        )
        if category.depth == 1 or not tops:
            tops.append(branch)
        else:
            tops[-1].below.append(branch)
    return tops


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is collected and why, and who may use what is published (隐私与版权声明)."""
    column = _column(
        _("Privacy and copyright"),
        _("What personal information this platform collects, why, and how long it is kept."),
    )
    return render(request, "portal/privacy.html", {"column": column})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What everyone can rely on, and whom to ask otherwise (无障碍声明)."""
    column = _column(
        _("Accessibility"), _("How this platform can be used by everyone, and whom to ask.")
    )
    return render(request, "portal/accessibility.html", {"column": column})


def _column(name: str, description: str) -> dict[str, str]:
    return {
        "name": name,
        "description": description,
        "keywords": name,
        "type": _("About this platform"),
    }
