"""What staff do with a file's check: say that it was looked into by hand."""

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import now
from disclosure.files import policies
from disclosure.files.clearing import note_cleared
from disclosure.files.models import FileCheck
from disclosure.publications.models import Attachment

NOTE_LENGTH = 300


@transaction.atomic
def open_by_hand(*, actor: User | None, attachment: Attachment, note: str) -> FileCheck:
    """Record that a reviewer has looked into a file that no program can, and how."""
    rights.require(actor, "disclosure.look_into_attachment", attachment)
    check = FileCheck.objects.select_for_update().filter(attachment=attachment).first()
    records.refuse_if(policies.why_not_open_by_hand(attachment, check, actor=actor, note=note))
    assert check is not None  # noqa: S101  (refused above)
    check.opened_by, check.opened_at = actor, now()
    check.opened_note = note.strip()[:NOTE_LENGTH]
    note_cleared(check)
    check.save()
    record(
        actor,
        "publication.file_looked_into",
        attachment.publication,
        attachment=attachment.pk,
        sha256=attachment.sha256,
    )
    return check
