"""Who reads the words of a case: what was written, decided and answered, and the draft."""

from disclosure.agencies import rights
from disclosure.agencies.models import User
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.lifecycle import DRAFTED
from requests_app.lifecycle.transitions import REVIEW

OPEN = "requests_app.view_requestfile"


def may_read(user: User, case: DisclosureRequest) -> bool:
    """Handlers and heads always; a reviewer as long as the draft is with somebody."""
    if rights.allows(user, OPEN, case):
        return True
    return case.state in DRAFTED and rights.allows(user, REVIEW, case)


def may_open(user: User, file: RequestFile) -> bool:
    """A file: who reviews a draft opens what goes with it, and nothing that the applicant gave."""
    if rights.allows(user, OPEN, file):
        return True
    return file.purpose == RequestFile.Purpose.DRAFT and may_read(user, file.request)
