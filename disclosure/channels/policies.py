"""Whether an appearance may be recorded: every reason at once, as sentences."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from disclosure.channels.models import Appearance
from disclosure.core.errors import Refusal
from disclosure.files import sniff

#: A larger proof is refused.
MOST_BYTES = 10 * 1024 * 1024


def why_not_keep(appearance: Appearance, *, on: dt.date) -> list[Refusal]:
    """Why the appearance cannot stand as it is; `on` is today."""
    refusals = []
    if appearance.on > on:
        refusals.append(
            Refusal(_("This day is still to come: record it when it has appeared."), code="on")
        )
    made = appearance.publication.date_made
    if made is not None and appearance.on < made:
        refusals.append(
            Refusal(_("It cannot have appeared before the document was made."), code="on")
        )
    proof = (appearance.proof, appearance.note, appearance.reference, appearance.url)
    if not any(proof):
        refusals.append(
            Refusal(_("Please give a reference, an address, a proof or a note on it."), code="note")
        )
    return refusals


def why_not_proof(name: str, data: bytes) -> list[Refusal]:
    """Why a file cannot be taken as proof: its kind is told from its content."""
    if len(data) > MOST_BYTES:
        return [Refusal(_("The proof may have at most 10 MB."), code="proof_file")]
    if not data:
        return [Refusal(_("The file is empty."), code="proof_file")]
    if sniff.recognise(data, name) is None:
        return [
            Refusal(
                _("The kind of this file is not known, or does not fit its name."),
                code="proof_file",
            )
        ]
    return []
