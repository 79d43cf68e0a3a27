"""What the audit trail says of the texts of messages."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Kind

verbs.declare(
    {
        "messagetext": Kind(
            _("text of a message"),
            {"created": _("Added"), "changed": _("Changed"), "deleted": _("Deleted")},
        )
    },
    facts={},
)
