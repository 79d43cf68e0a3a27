"""What the audit trail says of disclosure requests."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Fact, Kind
from requests_app.determination import OUTCOMES
from requests_app.purposes import PURPOSES


def outcome_label(key: object) -> str:
    row = OUTCOMES.get(str(key))
    return gettext(row.label) if row else str(key)


def purpose_label(key: object) -> str:
    return gettext(PURPOSES[str(key)]) if str(key) in PURPOSES else str(key)


verbs.declare(
    {
        "request": Kind(
            _("disclosure request"),
            {
                "enter": _("Entered by staff"),
                "register": _("Registered"),
                "assign": _("Handler assigned"),
                "answer": _("Answered"),
                "close": _("Closed"),
                "identity_seen": _("Applicant's details read in full"),
                "file_opened": _("File opened"),
            },
        )
    },
    facts={
        "file": Fact(_("key of the file")),
        "files": Fact(_("number of files")),
        "handler": Fact(_("handler"), verbs.person_name),
        "on": Fact(_("legal day")),
        "outcome": Fact(_("outcome"), outcome_label),
        "purpose": Fact(_("purpose"), purpose_label),
    },
)
