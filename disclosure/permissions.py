"""The rows of the table of rights that concern what is disclosed (role × action)."""

from disclosure.agencies import rights
from disclosure.agencies.roles import Role

ALL = frozenset(Role)
CONTENT = frozenset(
    {Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.HEAD, Role.REPORTER, Role.AUDITOR}
)
WRITERS = frozenset({Role.EDITOR, Role.REPORTER})
ADMIN = frozenset({Role.PLATFORM_ADMIN})

rights.declare(
    {
        "disclosure.view_agency": ALL,
        "disclosure.add_agency": ADMIN,
        "disclosure.change_agency": ADMIN | {Role.HEAD},
        "disclosure.delete_agency": ADMIN,
        "disclosure.view_office": ALL,
        "disclosure.add_office": ADMIN | {Role.HEAD},
        "disclosure.change_office": ADMIN | {Role.HEAD},
        "disclosure.delete_office": ADMIN | {Role.HEAD},
        "disclosure.view_user": ADMIN | {Role.AUDITOR},
        "disclosure.add_user": ADMIN,
        "disclosure.change_user": ADMIN,
        "disclosure.view_roleassignment": ADMIN | {Role.AUDITOR},
        "disclosure.add_roleassignment": ADMIN,
        "disclosure.change_roleassignment": ADMIN,
        "disclosure.delete_roleassignment": ADMIN,
        "disclosure.view_category": ALL,
        "disclosure.add_category": ADMIN,
        "disclosure.change_category": ADMIN,
        "disclosure.delete_category": ADMIN,
        "disclosure.view_calendaryear": ALL,
        "disclosure.add_calendaryear": ADMIN,
        "disclosure.change_calendaryear": ADMIN,
        "disclosure.delete_calendaryear": ADMIN,
        "disclosure.view_calendarday": ALL,
        "disclosure.add_calendarday": ADMIN,
        "disclosure.change_calendarday": ADMIN,
        "disclosure.delete_calendarday": ADMIN,
        "disclosure.view_guide": CONTENT,
        "disclosure.add_guide": {Role.EDITOR},
        "disclosure.change_guide": {Role.EDITOR, Role.HEAD},
        "disclosure.view_rule": CONTENT,
        "disclosure.add_rule": {Role.EDITOR},
        "disclosure.change_rule": {Role.EDITOR, Role.HEAD},
        "disclosure.delete_rule": {Role.HEAD},
        "disclosure.view_publication": CONTENT,
        "disclosure.add_publication": WRITERS,
        "disclosure.change_publication": WRITERS,
        "disclosure.delete_publication": {Role.EDITOR},
        "disclosure.publish_publication": {Role.PUBLISHER},
        "disclosure.withdraw_publication": {Role.PUBLISHER},
        "disclosure.view_attachment": CONTENT,
        "disclosure.add_attachment": WRITERS,
        "disclosure.change_attachment": WRITERS,
        "disclosure.delete_attachment": WRITERS,
        "disclosure.view_annualreport": CONTENT,
        "disclosure.add_annualreport": {Role.EDITOR},
        "disclosure.change_annualreport": {Role.EDITOR, Role.HEAD},
        "disclosure.publish_annualreport": {Role.HEAD},
        "disclosure.view_auditentry": {Role.AUDITOR},
    }
)
