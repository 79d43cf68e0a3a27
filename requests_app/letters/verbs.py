"""What the audit trail says of the look and the wordings of letters."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Fact, Kind
from requests_app.letters.models import WORDING_CHOICES

_STORED = {"created": _("Added"), "changed": _("Changed")}
_LABELS = dict(WORDING_CHOICES)


def wording_label(key: object) -> str:
    return str(_LABELS.get(str(key), key))


verbs.declare(
    {
        "letterstyle": Kind(_("letter style"), dict(_STORED)),
        "letterwording": Kind(_("wording of a letter"), {**_STORED, "deleted": _("Deleted")}),
    },
    facts={"wording": Fact(_("letter"), wording_label)},
)
