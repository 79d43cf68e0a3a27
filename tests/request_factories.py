"""Disclosure requests for tests, each state reached through the actions."""

import datetime as dt
from typing import Any

from disclosure.agencies.roles import Role
from disclosure.models import Agency, User
from requests_app import actions
from requests_app.actions import Receipt, Submission
from requests_app.applicants import ApplicantData
from requests_app.models import DisclosureRequest
from tests.factories import any_agency, make_user

#: Passes the check digit, but no place has this code: nobody's number.
RESIDENT_ID = "990101199001011230"
TOKEN = "a-token-that-only-tests-ever-use"


def make_submission(agency: Agency | None = None, **fields: Any) -> Submission:
    """What an applicant hands in; applicant fields (name, phone …) may be given too."""
    person = {
        key: fields.pop(key) for key in list(fields) if key in ApplicantData.__dataclass_fields__
    }
    values = {
        "applicant_kind": "natural_person",
        "applicant": ApplicantData(
            **{"name": "示例甲", "phone": "13800000000", "email": "a@example.invalid", **person}
        ),
        "form": "electronic",
        "channel": "online",
        "information_name": "示例信息",
        "description": "请公开示例信息。",
        **fields,
    }
    return Submission(agency=agency or any_agency(), **values)


def make_receipt(
    agency: Agency | None = None, *, token: str = "", at: dt.datetime | None = None, **fields: Any
) -> Receipt:
    """An online request as just submitted, with its access code."""
    return actions.submit(make_submission(agency, **fields), token=token, at=at)


def make_request(
    state: str = "submitted",
    *,
    agency: Agency | None = None,
    handler: User | None = None,
    outcome: str = "granted",
    text: str = "示例答复。",
    at: dt.datetime | None = None,
    **fields: Any,
) -> DisclosureRequest:
    """A request in `state`, every step taken at the moment `at` (default: now)."""
    agency = agency or any_agency()
    request = make_receipt(agency, at=at, **fields).request
    if state == "submitted":
        return request
    handler = handler or make_user(Role.HANDLER, agency=agency)
    request = actions.register(request, actor=handler, at=at)
    if state in {"answered", "closed"}:
        request = actions.answer(request, actor=handler, outcome=outcome, text=text, at=at)
    if state == "closed":
        request = actions.close(request, actor=handler, at=at)
    return request
