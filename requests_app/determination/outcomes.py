"""Determinations (答复): the rows of the annual report's table three, declared once.

Pure: no Django. The keys are those of the report (国办公开办函〔2021〕30号, table three), so that
a request's one outcome falls into its row without anyone keeping a list.
"""

from dataclasses import dataclass
from enum import StrEnum

from disclosure.core.text import gettext_noop as _


class Group(StrEnum):
    """The groups of table three, (一) to (六)."""

    GRANTED = "granted"
    PARTLY = "partially_granted"
    REFUSED = "refused"
    UNABLE = "unable"
    UNPROCESSED = "unprocessed"
    OTHER = "other"


GROUP_LABELS: dict[Group, str] = {
    Group.GRANTED: _("Granted"),
    Group.PARTLY: _("Partly granted"),
    Group.REFUSED: _("Refused"),
    Group.UNABLE: _("Cannot be provided"),
    Group.UNPROCESSED: _("Not processed"),
    Group.OTHER: _("Otherwise closed"),
}


@dataclass(frozen=True)
class Outcome:
    """One row: its key, label and article; `ground` refers to `disclosure.grounds`.

    `gives_information`: information is handed over, so files may go with the answer.
    """

    key: str
    group: Group
    label: str
    article: str
    ground: str = ""
    gives_information: bool = False


def _refused(ground: str, label: str, article: str) -> Outcome:
    return Outcome(f"refused_{ground}", Group.REFUSED, label, article, ground)


OUTCOMES: dict[str, Outcome] = {
    row.key: row
    for row in (
        Outcome("granted", Group.GRANTED, _("Granted"), "36(1)(2)", gives_information=True),
        Outcome(
            "partially_granted", Group.PARTLY, _("Partly granted"), "37", gives_information=True
        ),
        _refused("state_secret", _("State secret"), "14"),
        _refused("forbidden_by_law", _("Disclosure forbidden by law or regulation"), "14"),
        _refused(
            "security_stability",
            _("Endangers national, public or economic security or social stability"),
            "14",
        ),
        _refused("third_party", _("Lawful interests of a third party"), "15"),
        _refused("internal_affairs", _("Internal affairs information"), "16"),
        _refused("process", _("Process information"), "16"),
        _refused("enforcement_file", _("Administrative enforcement file"), "16"),
        _refused("administrative_inquiry", _("Matter of an administrative inquiry"), "36(7)"),
        Outcome("unable_not_held", Group.UNABLE, _("Not held by this agency"), "36(4)(5)"),
        Outcome("unable_needs_creation", Group.UNABLE, _("Would have to be made first"), "38"),
        Outcome("unable_still_unclear", Group.UNABLE, _("Still unclear after correction"), "30"),
        Outcome(
            "unprocessed_petition",
            Group.UNPROCESSED,
            _("Petition, complaint or report"),
            "39",
        ),
        Outcome("unprocessed_repeated", Group.UNPROCESSED, _("Repeated request"), "36(6)"),
        Outcome("unprocessed_publication", Group.UNPROCESSED, _("Asks for a publication"), "39"),
        Outcome(
            "unprocessed_excessive",
            Group.UNPROCESSED,
            _("Unreasonably many or frequent requests"),
            "35",
        ),
        Outcome(
            "unprocessed_reissue",
            Group.UNPROCESSED,
            _("Asks to confirm or reissue information already obtained"),
            "36",
        ),
        Outcome("other_not_corrected", Group.OTHER, _("Not corrected in time"), "30"),
        Outcome("other_fee_unpaid", Group.OTHER, _("Fee not paid in time"), "42"),
        Outcome("other", Group.OTHER, _("Other"), "36"),
    )
}
