"""What was approved: a seal over the answer and its files, held against what is issued."""

import datetime as dt
import hashlib
from dataclasses import replace

from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.letters import composing

#: The day of the letter is the day of issue, which the approval leaves open.
_ANY_DAY = dt.date(2000, 1, 1)


def seal_of(case: DisclosureRequest, on: dt.date) -> str:
    """SHA-256 over the answer as it would be issued on this day, its day aside, and its files."""
    document = replace(composing.answer(case, on), date=_ANY_DAY)
    files = case.files.filter(purpose=RequestFile.Purpose.DRAFT).order_by("pk")
    parts = [document.content_sha256, *files.values_list("sha256", flat=True)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
