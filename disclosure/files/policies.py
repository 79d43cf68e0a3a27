"""Whether an item's files may go out: every reason, each as a sentence about its file."""

import hashlib

from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User
from disclosure.core.errors import Refusal
from disclosure.files import gate, kinds
from disclosure.files.kinds import Problem
from disclosure.files.models import FileCheck
from disclosure.publications.models import Attachment, Publication

NOT_CHECKED = _("It was never looked into. Please take it out and attach it again.")
PENDING = _("It waits for the virus scanner, which does not answer just now.")
INFECTED = _("It holds a virus (%(name)s). Please take it out.")
OWN_FILE = _("Who works on an item does not look into its files for the reviewer.")
HOW = _("How was it looked into?")
NOT_BY_HAND = _("What keeps this file back cannot be looked into by hand.")
NOTHING_TO_OPEN = _("Nothing keeps this file back.")


def why_not_release(publication: Publication, *, thoroughly: bool = False) -> list[Refusal]:
    """Why its files keep an item from going out.

    `thoroughly`: every file is opened once more, and proved to be what was looked into, and clean.
    """
    rows = publication.attachments.select_related("file_check").order_by("order", "pk")
    return [
        Refusal(kinds.named(one.name, refusal.reason), code=refusal.code)
        for one in rows
        for refusal in _why_not(one, thoroughly=thoroughly)
    ]


def _why_not(attachment: Attachment, *, thoroughly: bool) -> list[Refusal]:
    check: FileCheck | None = getattr(attachment, "file_check", None)
    if check is None:
        return [Refusal(NOT_CHECKED, code="not_checked")]
    if check.scan_state == FileCheck.Scan.INFECTED:
        return [Refusal(INFECTED % {"name": check.signature}, code="infected")]
    if check.scan_state == FileCheck.Scan.PENDING:
        return [Refusal(PENDING, code="scan_pending")]
    reasons = [] if check.opened_by_id else kinds.problems(check.problems)
    if check.proved_sha256 != attachment.sha256:
        reasons = [Problem("changed"), *reasons]
    if thoroughly and not reasons:
        reasons = _again(attachment, check)
    return [Refusal(one.sentence, code=one.code) for one in reasons]


def _again(attachment: Attachment, check: FileCheck) -> list[Problem]:
    """The stored file opened once more; what a reviewer has looked into is let pass as it was."""
    try:
        with attachment.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        return [Problem("missing")]
    if hashlib.sha256(data).hexdigest() != check.proved_sha256:
        return [Problem("changed")]
    found = gate.prove_clean(data, attachment.content_type)
    if check.opened_by_id is None:
        return found
    return [one for one in found if not one.may_be_opened_by_hand]


def why_not_open_by_hand(
    attachment: Attachment, check: FileCheck | None, *, actor: User | None, note: str
) -> list[Refusal]:
    """Why a reviewer cannot say that they have looked into a file by other means."""
    publication = attachment.publication
    if check is None:
        return [Refusal(NOT_CHECKED, code="not_checked")]
    reasons = []
    problems = kinds.problems(check.problems)
    if not problems or check.opened_by_id is not None:
        reasons.append(Refusal(NOTHING_TO_OPEN, code="nothing"))
    if not all(one.may_be_opened_by_hand for one in problems):
        reasons.append(Refusal(NOT_BY_HAND, code="not_by_hand"))
    if actor is not None and actor.pk in {publication.created_by_id, *publication.contributors}:
        reasons.append(Refusal(OWN_FILE, code="own"))
    if not note.strip():
        reasons.append(Refusal(HOW, code="note"))
    return reasons
