"""The demonstration's suggestions for proactive disclosure (Art. 44)."""

import datetime as dt

from disclosure.core.errors import NotPossible
from requests_app.casework.models import DisclosureRequest
from requests_app.proposing import actions
from requests_app.proposing.models import Proposal
from requests_app.proposing.often import GIVEN

#: Suggestions that wait for the handler.
OPEN = 2


def load_proposals(*, at: dt.datetime) -> int:
    """Have the applicants of the newest granted requests suggest publishing it; how many."""
    if Proposal.objects.filter(request__is_demo=True).exists():
        return 0
    cases = DisclosureRequest.objects.filter(is_demo=True, outcome__in=GIVEN).order_by("-pk")
    made = 0
    for case in cases[:OPEN]:
        try:
            actions.suggest(case, at=at)
        except NotPossible:
            continue
        made += 1
    return made
