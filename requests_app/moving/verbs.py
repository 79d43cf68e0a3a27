"""What the audit trail says of moves with the calendar."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Fact, Kind

verbs.declare(
    {"calendarmove": Kind(_("move with the calendar"), {"done": _("Open requests moved")})},
    facts={
        "after": Fact(_("afterwards")),
        "waiting_before": Fact(_("waited until, before")),
        "waiting_after": Fact(_("waits until, afterwards")),
        "moved": Fact(_("requests moved")),
        "later": Fact(_("of them to a later day")),
        "everywhere": Fact(_("at every agency")),
    },
)
