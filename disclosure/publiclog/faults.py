"""What can be wrong with the log, each as a sentence. Pure; the sentences are translated where
they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from disclosure.core.text import gettext_noop as _

SENTENCES: dict[str, str] = {
    # --- of the chain ---------------------------------------------------------------------------
    "missing": _("Entry %(seq)s is missing."),
    "time": _("Entry %(seq)s bears an earlier moment than the entry before it."),
    "previous": _("Entry %(seq)s does not follow on the entry before it."),
    "sealed": _("The details of entry %(seq)s have been changed."),
    "hash": _("Entry %(seq)s has been changed."),
    "beside": _("What stands beside the details of entry %(seq)s differs from them: %(field)s."),
    "orphan": _("Entry %(seq)s belongs to no publication any more."),
    "headless": _("The log has entries, but its head is missing."),
    "end": _("The log ends with entry %(seq)s; its head says that there are %(head)s."),
    "head": _("The head of the log has another hash than its last entry, %(seq)s."),
    "beyond": _("Entry %(seq)s lies beyond the head of the log."),
    "anchor": _("Entry %(seq)s is not the one that was downloaded earlier."),
    "shorter": _("Entry %(seq)s was downloaded earlier and is no longer there."),
    # --- of what it speaks of -------------------------------------------------------------------
    "unlogged": _("%(number)s is or was public, and no entry of the log says so."),
    "foreign": _("Entry %(seq)s hangs on %(number)s, of which it does not speak."),
    "state": _("%(number)s is not in the state that entry %(seq)s says."),
    "field": _("%(number)s: %(field)s is not what entry %(seq)s says."),
    "content": _("The content of %(number)s is not the one that entry %(seq)s names."),
    "earlier": _(
        "Version %(version)s of %(number)s is not what entry %(seq)s named when it was public."
    ),
    "closing_unlogged": _(
        "Version %(version)s of %(number)s was closed, and no entry of the log says so."
    ),
    "closing": _(
        "Entry %(seq)s says that version %(version)s of %(number)s was closed, but it is open."
    ),
    "earlier_unlogged": _("Version %(version)s of %(number)s stands in no entry of the log."),
    "file_gone": _("%(number)s: the stored file with the SHA-256 %(sha256)s is missing."),
    "file": _("%(number)s: the bytes of the file with the SHA-256 %(sha256)s have been changed."),
}
#: Found only where the files are read.
OF_FILES = frozenset({"file_gone", "file"})


@dataclass(frozen=True)
class Fault:
    """One broken place. `facts` are numbers, index numbers and digests: no personal data."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(SENTENCES[self.code]) % self.facts


class Broken(Exception):
    """Raised at the first broken place."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.fault = Fault(code, facts)
        super().__init__(code)
