"""The text of attachments, extracted once for each version of the bytes."""

import logging

from disclosure.core.dates import now
from disclosure.files import extracting
from disclosure.files.inside.report import Refused
from disclosure.files.models import FileText
from disclosure.publications.models import Attachment

logger = logging.getLogger(__name__)


def keep_text(attachment: Attachment, text: str, problem: str = "") -> None:
    """Store what the file says."""
    FileText.objects.update_or_create(
        attachment=attachment,
        defaults={
            "text": text,
            "sha256": attachment.sha256,
            "extracted_at": now(),
            "problem": problem,
        },
    )


def attachment_text(attachment: Attachment) -> str:
    """What the file says ("" where it cannot be read); extracted and stored where it is not yet."""
    row = FileText.objects.filter(attachment=attachment).first()
    if row is not None and row.sha256 == attachment.sha256:
        return row.text
    text, problem = "", ""
    try:
        with attachment.file.open("rb") as file:
            text = extracting.extract(file.read(), attachment.content_type)
    except Refused as refused:
        problem = refused.code
    except FileNotFoundError:
        logger.warning("the file of attachment %s is missing", attachment.pk)
        return ""
    keep_text(attachment, text, problem)
    return text
