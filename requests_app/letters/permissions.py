"""The rows of the table of rights that concern what an agency adapts of its letters."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

HEADS = frozenset({Role.HEAD, Role.PLATFORM_ADMIN})

rights.declare(
    {
        "requests_app.view_letterstyle": HEADS | {Role.HANDLER},
        "requests_app.add_letterstyle": HEADS,
        "requests_app.change_letterstyle": HEADS,
        "requests_app.view_letterwording": HEADS | {Role.HANDLER},
        "requests_app.add_letterwording": HEADS,
        "requests_app.change_letterwording": HEADS,
        "requests_app.delete_letterwording": HEADS,
    }
)
