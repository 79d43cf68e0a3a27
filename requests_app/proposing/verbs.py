"""What the audit trail says of proposals."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Kind

verbs.declare(
    {
        "proposal": Kind(
            _("proposal for proactive disclosure"),
            {
                "suggested": _("Suggested by the applicant"),
                "taken": _("Taken: a draft was made"),
                "declined": _("Declined"),
            },
        ),
        "askedoften": Kind(
            _("information asked for by several people"),
            {"proposed": _("Proposed"), "dismissed": _("Dismissed")},
        ),
    },
    facts={},
)
