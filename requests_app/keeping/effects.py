"""Erasing: what names people goes, what counts and proves stays.

Kept are the number, the events, the outcome and every day of the row, the number and seal of each
letter, and the SHA-256 of each file.
"""

import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import NotPossible, Refusal
from requests_app.actions.engine import Taking, effect
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.deciding.models import AnswerDraft
from requests_app.keeping.files import forget_bytes
from requests_app.letters.models import LetterFile


@effect("erase")
def _erase(taking: Taking) -> None:
    """In one transaction; the bytes of the files go once it has ended."""
    case = taking.case
    applicant = case.applicant
    if applicant.erased_at is not None:
        raise NotPossible(
            Refusal(_("The personal details have been erased already."), code="erased")
        )
    applicant.data, applicant.erased_at = None, taking.at
    # By its hash too nobody finds the applicant again.
    applicant.person_hash = secrets.token_hex(32)
    applicant.save(update_fields=["data", "erased_at", "person_hash"])
    # What was asked for may name people.
    case.information_name = case.description = case.document_number = ""
    case.points.update(text="", details=None)
    AnswerDraft.objects.filter(request=case).update(content=None)
    case.parties.update(data=None)
    case.notes.update(content=None)
    case.answers.update(content=None)
    taking.facts |= {"files": _unname_files(case), "letters": case.letters.count()}
    case.letters.update(document=None)
    # Robust: should this be lost, the daily job finds what has no name any more.
    transaction.on_commit(lambda: forget_bytes(case), robust=True)


def _unname_files(case: DisclosureRequest) -> int:
    """A file without a name is one whose bytes are to go: how many there are."""
    return RequestFile.objects.filter(request=case).update(label=None) + LetterFile.objects.filter(
        letter__request=case
    ).update(label=None)
