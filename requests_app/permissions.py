"""The rows of the table of rights that concern disclosure requests (role × action)."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

CASEWORK = frozenset({Role.HANDLER, Role.HEAD})

rights.declare(
    {
        "requests_app.view_disclosurerequest": CASEWORK | {Role.AUDITOR},
        "requests_app.add_disclosurerequest": {Role.HANDLER},
        "requests_app.register_disclosurerequest": {Role.HANDLER},
        "requests_app.assign_disclosurerequest": CASEWORK,
        "requests_app.answer_disclosurerequest": {Role.HANDLER},
        "requests_app.close_disclosurerequest": {Role.HANDLER},
        "requests_app.reveal_applicant": CASEWORK,
        "requests_app.view_requestfile": CASEWORK,
    }
)
