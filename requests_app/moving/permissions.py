"""The row of the table of rights for moving requests with the calendar."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

MOVE = "requests_app.move_calendar"

rights.declare({MOVE: {Role.HEAD, Role.PLATFORM_ADMIN}})
