"""What the audit trail says of the register."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Fact, Kind

verbs.declare(
    {"register": Kind(_("register of requests"), {"downloaded": _("Downloaded as a file")})},
    facts={
        "first_day": Fact(_("from")),
        "last_day": Fact(_("up to")),
        "rows": Fact(_("number of rows")),
    },
)
