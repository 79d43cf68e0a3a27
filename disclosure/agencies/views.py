"""Agencies (机关) as the public finds them: the tree, and each with its columns."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency, Office
from disclosure.agencies.own import own_agency
from disclosure.catalogue import standing
from disclosure.core.dates import now
from disclosure.publications.models import Publication
from disclosure.publications.presenting import for_list, name_lang, rows
from disclosure.reports.models import AnnualReport

LATEST = 10
YEARS = 6


@dataclass
class Branch:
    """An agency in the tree, with what is below it."""

    name: str
    lang: str
    url: str
    is_active: bool
    phone: str
    below: "list[Branch]"


@dataclass(frozen=True)
class Column:
    """One of the fixed parts, as far as this agency has it."""

    name: str
    note: str
    url: str


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency, the portal's own first, subordinates below their superior (61号文)."""
    own = own_agency()
    found = Agency.objects.only(
        "code", "name", "name_en", "phone", "is_active", "path", "depth"
    ).order_by("path")
    branches: dict[str, Branch] = {}
    roots: list[tuple[bool, Branch]] = []
    for agency in found:
        branch = Branch(
            name=agency.local_name,
            lang=name_lang(agency),
            url=agency.get_absolute_url(),
            is_active=agency.is_active,
            phone=agency.phone,
            below=[],
        )
        branches[agency.path] = branch
        above = branches.get(agency.path[: -Agency.steplen])
        if above is None:
            is_own = own is not None and own.path.startswith(agency.path)
            roots.append((not is_own, branch))
        else:
            above.below.append(branch)
    context = {
        "roots": [branch for _other, branch in sorted(roots, key=lambda pair: pair[0])],
        "count": str(len(branches)),
        "column": {
            "name": _("Agencies"),
            "description": _("The agencies that disclose here, with their contacts and columns."),
            "keywords": _("agencies, functions, contacts"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [(_("Agencies"), "")],
    }
    return render(request, "disclosure/agencies/list.html", context)


@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency (Art. 20(2)): contacts, functions, inner offices, columns, what is new."""
    found = get_object_or_404(Agency, code=code)
    offices = list(found.offices.all())
    moment = now()
    latest = for_list(Publication.objects.visible_to_public(moment).filter(agency=found))
    names = ("code", "name", "name_en")
    above = Agency.objects.get_ancestors(found).only(*names) if found.depth > 1 else []
    below = Agency.objects.get_children(found).only(*names) if found.numchild else []
    reports = (
        AnnualReport.objects.visible_to_public(moment)
        .filter(agency=found)
        .order_by("-year")
        .values_list("year", flat=True)
    )
    context = {
        "agency": found,
        "name": found.local_name,
        "lang": name_lang(found),
        "contacts": contacts(found, disclosure_office(offices)),
        "offices": _offices(offices),
        "columns": _columns(found),
        "reports": [
            (str(year), reverse("annual-report", args=[found.code, year]))
            for year in reports[:YEARS]
        ],
        "below": [(one.local_name, name_lang(one), one.get_absolute_url()) for one in below],
        "rows": rows(list(latest.order_by("-published_at", "-id")[:LATEST])),
        "catalogue_url": _catalogue_url(found),
        "column": {
            "name": found.local_name,
            "description": _("Contacts, functions and disclosure columns of %(agency)s.")
            % {"agency": found.local_name},
            "keywords": found.local_name,
            "type": _("Agencies"),
        },
        "crumbs": [
            (_("Agencies"), reverse("agencies")),
            *((one.local_name, one.get_absolute_url()) for one in above),
            (found.local_name, ""),
        ],
    }
    return render(request, "disclosure/agencies/detail.html", context)


def disclosure_office(offices: list[Office]) -> Office | None:
    """The office that handles disclosure (政府信息公开工作机构, Art. 4)."""
    return next((office for office in offices if office.is_disclosure_office), None)


@dataclass(frozen=True)
class Contact:
    """A line of a record; `kind` is "", "phone" or "email", for the link."""

    label: str
    value: str
    kind: str = ""


def contacts(agency: Agency, office: Office | None) -> list[Contact]:
    """Name, address, hours, phone, fax and internet contact, as Art. 12 asks; no empty lines."""
    address = f"{agency.address}（{agency.postcode}）" if agency.postcode else agency.address
    lines = [
        Contact(_("Disclosure office"), office_name(office) if office else ""),
        Contact(_("Address"), address),
        Contact(_("Office hours"), agency.hours),
        Contact(_("Phone"), (office.phone if office else "") or agency.phone, "phone"),
        Contact(_("Fax"), agency.fax),
        Contact(_("E-mail"), agency.email, "email"),
    ]
    return [line for line in lines if line.value]


def office_name(office: Office) -> str:
    english = (get_language() or "").startswith("en") and office.name_en
    return office.name_en if english else office.name


def _offices(offices: list[Office]) -> list[dict[str, Any]]:
    """Inner offices in their order, parts right after the office that they belong to."""
    tops = [office for office in offices if office.parent_id is None]
    parts: dict[int, list[Office]] = {}
    for office in offices:
        if office.parent_id is not None:
            parts.setdefault(office.parent_id, []).append(office)
    ordered: list[dict[str, Any]] = []

    def add(office: Office, is_part: bool) -> None:
        ordered.append(
            {
                "name": office_name(office),
                "functions": office.functions,
                "phone": office.phone,
                "is_disclosure_office": office.is_disclosure_office,
                "is_part": is_part,
            }
        )
        for part in parts.pop(office.pk, []):
            add(part, True)

    for office in tops:
        add(office, False)
    return ordered


def _catalogue_url(agency: Agency) -> str:
    return f"{reverse('catalogue')}?agency={agency.code}"


def _columns(agency: Agency) -> list[Column]:
    """The fixed parts (61号文) of this agency; two queries."""
    moment = now()
    rules = standing.public_rules(moment).filter(agency=agency).count()
    has_guide = standing.public_guides(moment).filter(agency=agency).exists()
    columns = [
        Column(
            _("Disclosure guide"),
            "" if has_guide else _("Contacts only so far"),
            reverse("agency-guide", args=[agency.code]),
        ),
        Column(_("Disclosure rules"), str(rules), reverse("agency-rules", args=[agency.code])),
        Column(_("Statutory disclosure"), "", _catalogue_url(agency)),
        Column(_("Annual reports"), "", f"{reverse('annual-reports')}?agency={agency.code}"),
    ]
    if agency.takes_requests:
        columns.append(
            Column(_("Request disclosure"), "", f"{reverse('request-new')}?agency={agency.code}")
        )
    return columns
