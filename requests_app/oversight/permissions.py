"""The row of the table of rights for the superior agency's view."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

OVERSEE = "requests_app.oversee_agencies"

rights.declare({OVERSEE: {Role.HEAD, Role.AUDITOR}})
