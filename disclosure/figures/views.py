"""The public page of figures about the service."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.core.dates import now
from disclosure.figures import presenting
from disclosure.figures.models import ServiceFigures
from disclosure.publications.models import Publication
from disclosure.publications.presenting import name_lang

UNKNOWN_AGENCY = gettext_lazy("There is no agency with this code; all agencies are shown.")


@dataclass(frozen=True)
class Choice:
    """An agency of the filter, with how deep it stands in the tree."""

    value: str
    label: str
    lang: str
    selected: bool


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Figures of all agencies or of one with those below it: what the daily job left, four queries
    beside the page frame's."""
    notes: list[str | Promise] = []
    agencies = list(Agency.objects.only("code", "name", "name_en", "depth").order_by("path"))
    given = request.GET.get("agency", "").strip()
    chosen = next((one for one in agencies if one.code == given), None)
    if given and chosen is None:
        notes.append(UNKNOWN_AGENCY)
    scope = chosen.code if chosen else ServiceFigures.ALL
    found = ServiceFigures.objects.filter(scope=scope).first()
    context = {
        "agency": chosen,
        "agency_lang": name_lang(chosen) if chosen else "",
        "agencies": [_choice(one, chosen) for one in agencies],
        "notes": notes,
        "column": {
            "name": _("Figures of the service"),
            "description": _(
                "How much information is asked for, how soon it is answered, and what is published."
            ),
            "keywords": _("government information disclosure, requests, time to answer, figures"),
            "type": _("Government information disclosure"),
        },
    }
    if found:
        content = found.content
        reading = presenting.reading_charts(content)
        context |= {
            "reading": bool(reading),
            "as_of": found.as_of,
            "first": content["months"][0],
            "last": content["months"][-1],
            "parts": [
                ("requests", _("Requests"), presenting.requests_charts(content)),
                ("time", _("Time to the answer"), presenting.time_charts(content)),
                ("published", _("Published"), presenting.published_charts(content)),
                *([("reading", _("Reading"), reading)] if reading else []),
            ],
            "subjects": presenting.subjects(content, Publication.objects.visible_to_public(now())),
        }
    return render(request, "disclosure/figures/page.html", context)


def _choice(agency: Agency, chosen: Agency | None) -> Choice:
    indent = "\u3000" * (agency.depth - 1)
    return Choice(agency.code, f"{indent}{agency.local_name}", name_lang(agency), agency == chosen)
