"""Whether an item may stand in a standard catalogue: every reason at once, as sentences."""

from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import Refusal
from disclosure.standards.models import StandardItem

#: What a cell of the table holds, with room to spare.
LONGEST = 10_000


def why_not_keep(item: StandardItem) -> list[Refusal]:
    """Why the item cannot stand as it is."""
    refusals = []
    if not item.level1:
        refusals.append(Refusal(_("This must not be empty."), code="level1"))
    if not item.content:
        refusals.append(Refusal(_("This must not be empty."), code="content"))
    if not (item.at_county or item.at_township):
        refusals.append(
            Refusal(_("Please choose county level, township level or both."), code="at_county")
        )
    if item.audience_who and item.audience != StandardItem.Audience.SPECIFIC:
        refusals.append(
            Refusal(
                _("For everyone there is nobody to be named; choose certain people."),
                code="audience_who",
            )
        )
    for name in ("content", "basis", "time_limit", "channels_note"):
        if len(getattr(item, name)) > LONGEST:
            too_long = _("Please write at most %(most)s characters.") % {"most": f"{LONGEST:,}"}
            refusals.append(Refusal(too_long, code=name))
    same = StandardItem.objects.filter(
        agency=item.agency_id, area=item.area_id, level1=item.level1, level2=item.level2
    ).exclude(pk=item.pk)
    if same.exists():
        refusals.append(Refusal(_("This matter stands in the catalogue already."), code="level2"))
    return refusals
