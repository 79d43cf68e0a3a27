"""The rows of the table of rights for proposals to publish what was asked for."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

PROPOSE = "requests_app.add_proposal"
DECIDE = "requests_app.decide_proposal"
DECIDE_OFTEN = "requests_app.decide_askedoften"
_CASEWORK = frozenset({Role.HANDLER, Role.HEAD})

rights.declare(
    {
        "requests_app.view_proposal": _CASEWORK | {Role.AUDITOR},
        PROPOSE: _CASEWORK,
        DECIDE: _CASEWORK,
        "requests_app.view_askedoften": _CASEWORK | {Role.AUDITOR},
        DECIDE_OFTEN: _CASEWORK,
    }
)
