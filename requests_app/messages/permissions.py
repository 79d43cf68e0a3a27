"""The rows of the table of rights that concern messages."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

HEADS = frozenset({Role.HEAD, Role.PLATFORM_ADMIN})

rights.declare(
    {
        "requests_app.view_message": HEADS | {Role.HANDLER, Role.AUDITOR},
        "requests_app.view_messagetext": HEADS,
        "requests_app.add_messagetext": HEADS,
        "requests_app.change_messagetext": HEADS,
        "requests_app.delete_messagetext": HEADS,
        # Whom reminders reach besides the handler: heads shortly before the end and after it.
        "requests_app.oversee_disclosurerequest": {Role.HEAD},
    }
)
