"""What the audit trail says of the superior agency's view."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Fact, Kind

verbs.declare(
    {
        "oversight": Kind(
            _("overview of the agencies below"), {"downloaded": _("Downloaded as a file")}
        ),
    },
    facts={"ending": Fact(_("kind of file"))},
)
