"""The rows of the table of rights that concern disclosure requests (role × action)."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

CASEWORK = frozenset({Role.HANDLER, Role.HEAD})

rights.declare(
    {
        # The legal review (法制审核) is done by reviewers, so they see the case they review.
        "requests_app.view_disclosurerequest": CASEWORK | {Role.REVIEWER, Role.AUDITOR},
        "requests_app.add_disclosurerequest": {Role.HANDLER},
        "requests_app.register_disclosurerequest": {Role.HANDLER},
        "requests_app.assign_disclosurerequest": CASEWORK,
        "requests_app.handle_disclosurerequest": {Role.HANDLER},
        "requests_app.review_disclosurerequest": {Role.REVIEWER, Role.HEAD},
        "requests_app.decide_disclosurerequest": {Role.HEAD},
        "requests_app.close_disclosurerequest": {Role.HANDLER},
        "requests_app.reveal_applicant": CASEWORK,
        "requests_app.view_requestfile": CASEWORK,
        "requests_app.view_register": CASEWORK | {Role.AUDITOR},
    }
)
