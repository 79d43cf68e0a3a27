"""The standard catalogues as the public finds them: areas with counts, the table, its XLSX."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.agencies.own import own_agency
from disclosure.core.dates import now
from disclosure.files.names import clean_name, content_disposition
from disclosure.publications.presenting import name_lang
from disclosure.standards import presenting, workbook
from disclosure.standards.models import StandardArea, StandardItem

#: The choice of an agency offers so many.
MOST_AGENCIES = 500
MISSING = "missing"


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """The areas of one agency: `?agency=CODE`, else the portal's own, else the first that has a
    catalogue; five queries at most."""
    having = list(presenting.agencies().only("code", "name", "name_en", "path")[:MOST_AGENCIES])
    code = request.GET.get("agency", "")
    own = own_agency() if not code else None
    wanted = code or (own.code if own else "")
    chosen = next((one for one in having if one.code == wanted), None)
    unknown = code if code and chosen is None else ""
    chosen = chosen or (having[0] if having else None)
    shown = presenting.areas_of(chosen, now()) if chosen else []
    context: dict[str, Any] = {
        "agency": chosen,
        "name": chosen.local_name if chosen else "",
        "lang": name_lang(chosen) if chosen else "",
        "unknown": unknown,
        "agencies": [(one.code, one.local_name, name_lang(one), one == chosen) for one in having],
        "areas": [
            (one, reverse("standard-table", args=[chosen.code, one.key]))
            for one in shown
            if chosen and one.items
        ],
        "others": [one for one in shown if not one.items],
        "column": _column(),
        "crumbs": [(_("Standard catalogues"), "")],
    }
    return render(request, "disclosure/standards/areas.html", context)


@require_safe
def table(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """The customary table of one area; `?only=missing`: what has nothing published yet."""
    agency, found = _found(code, area)
    only_missing = request.GET.get("only") == MISSING
    groups, count, missing = presenting.table_of(agency, found, now(), only_missing=only_missing)
    headings = presenting.headings()
    title = _("Standard catalogue: %(area)s") % {"area": found.local_name}
    context: dict[str, Any] = {
        "agency": agency,
        "name": agency.local_name,
        "lang": name_lang(agency),
        "area": found.local_name,
        "area_lang": presenting.lang_of(found),
        "title": title,
        "groups": groups,
        "count": str(count),
        "missing": missing,
        "only_missing": only_missing,
        "headings": headings,
        "below": [label for one in headings for label in one.below],
        "is_demo": any(row.is_demo for group in groups for row in group.rows),
        "xlsx_url": reverse("standard-xlsx", args=[agency.code, found.key]),
        "column": {**_column(), "name": title},
        "crumbs": [
            (
                _("Standard catalogues"),
                f"{reverse('standards')}?agency={agency.code}",
            ),
            (found.local_name, ""),
        ],
    }
    return render(request, "disclosure/standards/table.html", context)


@require_safe
def xlsx(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """The table as it is imported again."""
    agency, found = _found(code, area)
    title = f"{agency.name}{found.name}领域基层政务公开标准目录"
    items = presenting.items_of(agency).filter(area=found).order_by("serial", "pk")
    response = HttpResponse(workbook.write(title, items), content_type=workbook.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition(clean_name(f"{title}.xlsx"))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _found(code: str, area: str) -> tuple[Agency, StandardArea]:
    """The agency and the area, where the one has a catalogue of the other."""
    item = (
        StandardItem.objects.filter(is_active=True, agency__code=code, area__key=area)
        .select_related("agency", "area")
        .first()
    )
    if item is None:
        raise Http404
    return item.agency, item.area


def _column() -> dict[str, str]:
    return {
        "name": _("Standard catalogues"),
        "description": _(
            "What is to be disclosed in each area, by whom, when and where, and what has been "
            "published of it."
        ),
        "keywords": _("standard catalogue, grass-roots disclosure"),
        "type": _("Government information disclosure"),
    }
