"""What the audit trail says of case files."""

from django.utils.translation import gettext_lazy as _

from disclosure.audit import verbs
from disclosure.audit.verbs import Kind

verbs.declare(
    {
        "casefile": Kind(
            _("case file"),
            {
                "downloaded": _("Downloaded as a ZIP"),
                "slip_shown": _("Receipt to sign with the addressee's name shown"),
            },
        )
    },
    facts={},
)
