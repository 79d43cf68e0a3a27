"""What the public is told of what is not public: how much by ground, and what to ask for."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.agencies.own import own_agency
from disclosure.core.dates import now, today
from disclosure.core.trees import Tree
from disclosure.withheld import counting
from disclosure.withheld.on_request import OnRequestListing, listed


class AgencyForm(forms.Form):
    """Of which agency the numbers are."""

    agency = forms.ChoiceField(label=gettext_lazy("Agency, with those below it"), required=False)

    def __init__(self, *args: object, tree: Tree, chosen: str, **kwargs: object) -> None:
        super().__init__(*args, label_suffix="", **kwargs)  # type: ignore[arg-type, misc]
        field: forms.ChoiceField = self.fields["agency"]  # type: ignore[assignment]
        field.choices = tree.choices(chosen=chosen)
        field.error_messages["invalid_choice"] = _(
            "There is no such agency; these are the portal's own numbers."
        )


@require_safe
def withheld(request: HttpRequest) -> HttpResponse:
    """`/withheld/`: a number for each ground, of an agency and those below it; nothing more."""
    tree = Tree.load(Agency.objects.all())
    own = own_agency()
    asked = request.GET.get("agency", "")
    code = asked if asked in tree.by_code else (own.code if own else "")
    form = AgencyForm({"agency": asked or code}, tree=tree, chosen=code)
    ids = None if not code or tree.covers_all(code) else tree.below(code)
    rows = counting.by_ground(ids)
    context = {
        "rows": rows,
        "total": sum(row.number for row in rows),
        "day": today(),
        "field": form["agency"],
        "name": tree.by_code[code].label if code else "",
        "column": {
            "name": _("What is not disclosed"),
            "description": _(
                "How much government information is not disclosed, by ground (Art. 14–16)."
            ),
            "keywords": _("not disclosed, grounds, register"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [(_("What is not disclosed"), "")],
    }
    return render(request, "disclosure/withheld/counts.html", context)


@require_safe
def on_request(request: HttpRequest) -> HttpResponse:
    """`/on-request/`: records of what can be had on request, with the way to the form."""
    listing = OnRequestListing(request.GET, listed(now()))
    context = {
        "listing": listing,
        "column": {
            "name": _("Disclosed on request"),
            "description": _("Information that is not published and can be had on request."),
            "keywords": _("disclosure on request, list"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [(_("Disclosed on request"), "")],
    }
    return render(request, "disclosure/withheld/on_request.html", context)
