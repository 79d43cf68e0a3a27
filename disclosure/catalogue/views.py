"""Guides (指南, Art. 12) and rules (制度): the portal's own and every agency's."""

import datetime as dt
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
from disclosure.catalogue import guide_text, standing
from disclosure.catalogue.models import Rule
from disclosure.core.dates import legal_day, now, today
from disclosure.publications import item
from disclosure.publications.models import Publication
from disclosure.publications.presenting import day_text, look_of, name_lang, validity_label

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
    """The text that is published; contacts are the agency's own, so that they are current."""
    guide = standing.public_guide(agency, now()) if agency else None
    publication = guide.publication if guide else None
    offices = list(agency.offices.filter(is_disclosure_office=True)) if agency else []
    context = {
        **_named(agency),
        "parts": _parts(publication) if publication else [],
        "is_demo": publication is not None and publication.is_demo,
        "record": _record(publication) if publication else None,
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


def _parts(publication: Publication) -> list[dict[str, Any]]:
    """The sections; those of Art. 12 keep their anchors and have headings for every reader."""
    titles = {
        "classification": _("How the information is classified"),
        "arrangement": _("How it is arranged"),
        "how_to_obtain": _("How to obtain what is public"),
        "how_to_request": _("How to request disclosure"),
        "remedies": _("Complaints and remedies"),
    }
    return [
        {
            "anchor": section.part.replace("_", "-") or f"s{number}",
            "title": titles.get(section.part, section.title),
            "own_title": section.part not in titles,
            "body": mark_safe(section.body),
        }
        for number, section in enumerate(guide_text.sections(publication.body), 1)
    ]


def _record(publication: Publication) -> dict[str, Any]:
    """What the page says of the publication whose text it shows; the rest stands there."""
    on = today()
    return {
        "date_made": publication.date_made.isoformat() if publication.date_made else "",
        "since": day_text(publication.version_at),
        "index_number": publication.index_number,
        "version": publication.version,
        "url": publication.get_absolute_url(),
        "change_note": publication.change_note if publication.version > 1 else "",
        "validity": validity_label(publication, on),
        "look": look_of(publication, on),
        "no_longer": item.no_longer(publication, on),
    }


# --- rules -----------------------------------------------------------------------------------
@require_safe
def own_rules(request: HttpRequest) -> HttpResponse:
    return _show_rules(request, own_agency(), own=True)


@require_safe
def agency_rules(request: HttpRequest, code: str) -> HttpResponse:
    return _show_rules(request, _agency(code), own=False)


def _show_rules(request: HttpRequest, agency: Agency | None, *, own: bool) -> HttpResponse:
    moment = now()
    found = standing.public_rules(moment).filter(agency=agency) if agency else Rule.objects.none()
    on = legal_day(moment)
    context = {
        **_named(agency),
        "rules": [
            _rule_row(rule.publication, _rule_url(rule, agency, own=own), on)
            for rule in found.defer("publication__body")
            if rule.publication
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


def _rule_row(publication: Publication, url: str, on: dt.date) -> dict[str, str]:
    in_force = publication.validity_on(on) == Publication.Validity.IN_FORCE
    return {
        "title": publication.title,
        "url": url,
        "date": publication.date_made.isoformat() if publication.date_made else "",
        "validity": "" if in_force else validity_label(publication, on),
        "look": look_of(publication, on),
    }


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
    rules = Rule.objects.select_related("publication__agency", "publication__category")
    rule = get_object_or_404(rules, agency=agency, slug=slug)
    publication = rule.publication
    if publication is None or not publication.is_visible(now()):
        return _withdrawn_rule(request, publication)
    address = request.build_absolute_uri(_rule_url(rule, agency, own=own))
    rules_url = reverse("rules") if own else reverse("agency-rules", args=[agency.code])
    context = {
        **item.content(publication, address=address),
        **_named(agency),
        "record": _record(publication),
        "rules_url": rules_url,
        "crumbs": [
            *_way(agency, own=own),
            (_("Disclosure rules"), rules_url),
            (publication.title, ""),
        ],
    }
    return render(request, "disclosure/catalogue/rule.html", context)


def _withdrawn_rule(request: HttpRequest, publication: Publication | None) -> HttpResponse:
    """What was taken back says so (410), as in the catalogue; else there is nothing."""
    notice = item.withdrawal(publication) if publication else None
    if notice is None:
        raise Http404
    return render(request, "disclosure/publications/withdrawn.html", {"notice": notice}, status=410)
