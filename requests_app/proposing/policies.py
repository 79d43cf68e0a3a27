"""Whether an answered request can become a proactive publication: every reason, as a sentence."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import Refusal
from requests_app.casework.models import DisclosureRequest
from requests_app.lifecycle import FINISHED
from requests_app.proposing.models import Proposal

DECIDED = _("This is decided already.")
NO_REASON = _("Please give the reason.")
#: Of the applicant's data nothing of these stands in a draft.
NOT_IN_A_DRAFT = (
    "name",
    "id_number",
    "organisation_code",
    "representative",
    "phone",
    "email",
    "postal_address",
    "agent_name",
    "co_applicants",
)
#: A single character is nobody's name.
SHORTEST = 2


def why_not_propose(case: DisclosureRequest) -> list[Refusal]:
    """Why what this request was answered with cannot be proposed; at most one query."""
    return _not_given(case) or _there_already(_proposals(case))


def why_not_suggest(case: DisclosureRequest) -> list[Refusal]:
    """Why the applicant cannot suggest it, which they do once; at most one query."""
    refused = _not_given(case)
    if refused:
        return refused
    made = _proposals(case)
    if any(origin == Proposal.Origin.APPLICANT for origin, _state in made):
        return [Refusal(_("You have suggested this already."), "44", "once")]
    return _there_already(made)


def _not_given(case: DisclosureRequest) -> list[Refusal]:
    row = case.outcome_row
    if case.state in FINISHED and row is not None and row.gives_information:
        return []
    return [
        Refusal(
            _("Only what was given to an applicant, wholly or in part, can be proposed."),
            "44",
            "state",
        )
    ]


def _proposals(case: DisclosureRequest) -> list[tuple[str, str]]:
    return list(case.proposals.values_list("origin", "state"))


def _there_already(made: list[tuple[str, str]]) -> list[Refusal]:
    if any(state in {Proposal.State.OPEN, Proposal.State.TAKEN} for _origin, state in made):
        return [Refusal(_("A proposal for this request is there already."), "44", "once")]
    return []


def why_not_words(case: DisclosureRequest, *texts: str) -> list[Refusal]:
    """Why these words cannot stand in a draft: they hold something of who asked."""
    typed = [_plain(text) for text in texts]
    data = case.applicant.data or {}
    for field in NOT_IN_A_DRAFT:
        for part in str(data.get(field, "")).splitlines():
            value = _plain(part)
            if len(value) >= SHORTEST and any(value in text for text in typed):
                return [
                    Refusal(
                        _("This holds something of the applicant, who is not named in a draft."),
                        "44",
                        "title",
                    )
                ]
    return []


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
