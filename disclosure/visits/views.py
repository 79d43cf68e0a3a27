"""The public page of what is read most."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from disclosure.catalogue.models import Category
from disclosure.publications.presenting import name_lang
from disclosure.visits import presenting
from disclosure.visits.models import MostRead

UNKNOWN_CATEGORY = gettext_lazy("There is no category with this code; all are shown.")
UNKNOWN_PERIOD = gettext_lazy("There is no such period; the last 30 days are shown.")


@dataclass(frozen=True)
class Choice:
    """A choice of the filter."""

    value: str
    label: str
    lang: str
    selected: bool


@require_safe
def most_read(request: HttpRequest) -> HttpResponse:
    """The items read most in a period, of all categories or of one: what the daily job left, two
    queries beside the page frame's."""
    notes: list[str | Promise] = []
    roots = list(
        Category.objects.filter(depth=1, is_active=True)
        .only("code", "name", "name_en")
        .order_by("path")
    )
    code = request.GET.get("category", "").strip()
    chosen = next((one for one in roots if one.code == code), None)
    if code and chosen is None:
        notes.append(UNKNOWN_CATEGORY)
    period = request.GET.get("period", "").strip() or MostRead.Period.MONTH.value
    if period not in MostRead.Period.values:
        notes.append(UNKNOWN_PERIOD)
        period = MostRead.Period.MONTH.value
    rows, as_of = presenting.most_read(period, chosen.pk if chosen else None)
    context = {
        "rows": rows,
        "as_of": as_of,
        "notes": notes,
        "period": MostRead.Period(period).label,
        "category": chosen,
        "periods": [
            Choice(value, str(label), "", value == period)
            for value, label in MostRead.Period.choices
        ],
        "categories": [
            Choice(one.code, one.local_name, name_lang(one), one == chosen) for one in roots
        ],
        "column": {
            "name": _("Most read"),
            "description": _("The published information that is read most."),
            "keywords": _("most read, statutory disclosure"),
            "type": _("Government information disclosure"),
        },
    }
    return render(request, "disclosure/visits/most_read.html", context)
