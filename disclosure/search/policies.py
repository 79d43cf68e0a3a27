"""Why a group of synonyms cannot be kept; every reason as a sentence."""

from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import Refusal
from disclosure.search.folding import fold
from disclosure.search.models import SearchSynonym
from disclosure.search.synonyms import parts

MOST = 8


def why_not_keep(synonym: SearchSynonym) -> list[Refusal]:
    """A group has two words or more, each of two characters at least, written differently."""
    words = parts(synonym.words)
    reasons = []
    if len({fold(word) for word in words}) < 2:
        reasons.append(Refusal(_("Give two different words or more, parted by 、"), code="words"))
    if len(words) > MOST:
        reasons.append(
            Refusal(_("Give at most %(number)s words.") % {"number": MOST}, code="words")
        )
    if any(len(fold(word)) < 2 for word in words):
        reasons.append(
            Refusal(
                _("A word has two characters or more: one alone is found in everything."),
                code="words",
            )
        )
    return reasons
