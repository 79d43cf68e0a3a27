"""Guides (指南, Art. 12) and rules (制度): the portal's own and every agency's."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.agencies.own import own_agency
from disclosure.agencies.views import contacts, disclosure_office
from disclosure.catalogue.models import Guide, Rule
from disclosure.core import outline
from disclosure.core.html import from_either, to_plain
from disclosure.publications.presenting import day_text, minute_text, name_lang

Crumbs = list[tuple[str, str]]


def _agency(code: str) -> Agency:
    return get_object_or_404(Agency, code=code)


def _way(agency: Agency | None, *, own: bool) -> Crumbs:
    """The agency's place in the breadcrumbs; the portal's own pages stand at the top."""
    if own or agency is None:
        return []
    return [
        (_("Agencies"), reverse("agencies")),
        (agency.local_name, agency.get_absolute_url()),
    ]


def _named(agency: Agency | None) -> dict[str, Any]:
    return {
        "agency": agency,
        "name": agency.local_name if agency else "",
        "lang": name_lang(agency) if agency else "",
    }


# --- guide -----------------------------------------------------------------------------------
@require_safe
def own_guide(request: HttpRequest) -> HttpResponse:
    return _show_guide(request, own_agency(), own=True)


@require_safe
def agency_guide(request: HttpRequest, code: str) -> HttpResponse:
    return _show_guide(request, _agency(code), own=False)


def _show_guide(request: HttpRequest, agency: Agency | None, *, own: bool) -> HttpResponse:
    """The parts of Art. 12; contacts come from the agency, so that they are kept in one place."""
    guide = Guide.objects.filter(agency=agency).first() if agency else None
    offices = list(agency.offices.filter(is_disclosure_office=True)) if agency else []
    context = {
        **_named(agency),
        "parts": _parts(guide) if guide else [],
        "updated": day_text(guide.updated_at) if guide else "",
        "contacts": contacts(agency, disclosure_office(offices)) if agency else [],
        "request_url": f"{reverse('request-new')}?agency={agency.code}"
        if agency and agency.takes_requests
        else "",
        "column": {
            "name": _("Disclosure guide"),
            "description": _(
                "How government information is classified and arranged, how to obtain it, how to "
                "request it, and what to do when that fails."
            ),
            "keywords": _("disclosure guide, disclosure office, how to request"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [*_way(agency, own=own), (_("Disclosure guide"), "")],
    }
    return render(request, "disclosure/catalogue/guide.html", context)


def _parts(guide: Guide) -> list[dict[str, Any]]:
    titles = {
        "classification": _("How the information is classified"),
        "arrangement": _("How it is arranged"),
        "how_to_obtain": _("How to obtain what is public"),
        "how_to_request": _("How to request disclosure"),
        "remedies": _("Complaints and remedies"),
    }
    return [
        {
            "anchor": part.replace("_", "-"),
            "title": titles[part],
            "body": mark_safe(from_either(text)),
        }
        for part in Guide.PARTS
        if (text := getattr(guide, part).strip())
    ]


# --- rules -----------------------------------------------------------------------------------
@require_safe
def own_rules(request: HttpRequest) -> HttpResponse:
    return _show_rules(request, own_agency(), own=True)


@require_safe
def agency_rules(request: HttpRequest, code: str) -> HttpResponse:
    return _show_rules(request, _agency(code), own=False)


def _show_rules(request: HttpRequest, agency: Agency | None, *, own: bool) -> HttpResponse:
    found = Rule.objects.filter(agency=agency, is_published=True) if agency else Rule.objects.none()
    context = {
        **_named(agency),
        "rules": [
            {
                "title": rule.title,
                "url": _rule_url(rule, agency, own=own),
                "date": rule.made_on.isoformat() if rule.made_on else "",
            }
            for rule in found.defer("body")
        ],
        "column": {
            "name": _("Disclosure rules"),
            "description": _("The rules by which the agency discloses information."),
            "keywords": _("disclosure rules, review before disclosure, requests"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [*_way(agency, own=own), (_("Disclosure rules"), "")],
    }
    return render(request, "disclosure/catalogue/rules.html", context)


def _rule_url(rule: Rule, agency: Agency | None, *, own: bool) -> str:
    if own or agency is None:
        return reverse("rule", args=[rule.slug])
    return reverse("agency-rule", args=[agency.code, rule.slug])


@require_safe
def own_rule(request: HttpRequest, slug: str) -> HttpResponse:
    return _show_rule(request, own_agency(), slug, own=True)


@require_safe
def agency_rule(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    return _show_rule(request, _agency(code), slug, own=False)


def _show_rule(
    request: HttpRequest, agency: Agency | None, slug: str, *, own: bool
) -> HttpResponse:
    if agency is None:
        raise Http404
    rule = get_object_or_404(Rule, agency=agency, slug=slug, is_published=True)
    reading = outline.read(from_either(rule.body), table_label=_("Table {number}"))
    rules_url = reverse("rules") if own else reverse("agency-rules", args=[agency.code])
    context = {
        **_named(agency),
        "rule": rule,
        "date_made": rule.made_on.isoformat() if rule.made_on else "",
        "updated": day_text(rule.updated_at),
        "body": mark_safe(reading.html),
        "headings": reading.headings,
        "rules_url": rules_url,
        "article": {
            "title": rule.title,
            "pub_date": minute_text(rule.updated_at),
            "source": agency.name,
            "keywords": rule.title,
            "author": agency.name,
            "description": " ".join(to_plain(reading.html)[:120].split()),
            "image": "",
            "url": request.build_absolute_uri(_rule_url(rule, agency, own=own)),
        },
        "crumbs": [
            *_way(agency, own=own),
            (_("Disclosure rules"), rules_url),
            (rule.title, ""),
        ],
    }
    return render(request, "disclosure/catalogue/rule.html", context)
