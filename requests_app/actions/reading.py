"""Looking at what is closed to most (who looked is on the trail), and notes to the file."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.errors import NotPossible, Refusal
from requests_app import uploads
from requests_app.casework.models import CaseNote, DisclosureRequest, RequestFile
from requests_app.letters.models import LetterFile
from requests_app.policies.reading import OPEN, may_open, may_read
from requests_app.purposes import PURPOSES


@transaction.atomic
def reveal(request: DisclosureRequest, *, actor: User, purpose: str) -> dict[str, str]:
    """The applicant's full personal data, for one of PURPOSES; who looked is on the trail."""
    rights.require(actor, "requests_app.reveal_applicant", request)
    if purpose not in PURPOSES:
        raise NotPossible(Refusal(_("Please say what you need it for."), code="purpose"))
    record(actor, "request.identity_seen", request, purpose=purpose)
    return dict(request.applicant.data or {})


@transaction.atomic
def open_file(file: RequestFile, *, actor: User) -> bytes:
    """The decrypted bytes of a case's file; who opened it is on the trail.

    Raises NotPermitted, and `uploads.read`'s errors.
    """
    if not may_open(actor, file):
        rights.require(actor, OPEN, file)
    record(actor, "request.file_opened", file.request, file=str(file.uuid))
    return uploads.read(file)


@transaction.atomic
def open_letter(file: LetterFile, *, actor: User) -> bytes:
    """The same of a letter's file."""
    rights.require(actor, OPEN, file)
    record(actor, "request.file_opened", file.letter.request, file=str(file.uuid))
    return uploads.read(file)


LONGEST_NOTE = 4000


@transaction.atomic
def add_note(request: DisclosureRequest, *, actor: User, text: str) -> CaseNote:
    """A note of staff to the file; it is encrypted and only added to."""
    if not may_read(actor, request):
        rights.require(actor, OPEN, request)
    words = text.strip()
    if not words:
        raise NotPossible(Refusal(_("Please write the note."), code="text"))
    if len(words) > LONGEST_NOTE:
        raise NotPossible(
            Refusal(
                _("At most %(most)d characters are possible here; you have %(count)d.")
                % {"most": LONGEST_NOTE, "count": len(words)},
                code="text",
            )
        )
    record(actor, "request.note_added", request)
    return CaseNote.objects.create(request=request, content={"text": words}, written_by=actor)
