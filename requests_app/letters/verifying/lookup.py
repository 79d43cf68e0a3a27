"""The letter of a verification code, with what may be told of it and nothing else."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from requests_app import access_codes
from requests_app.letters.kinds import KINDS
from requests_app.letters.models import Letter, LetterFile

_GROUP = 4


@dataclass(frozen=True)
class Genuine:
    """An issued letter as anybody with its code may see it; `title` and `agency` are Chinese."""

    pk: int
    code: str
    number: str
    title: str
    agency: str
    issued_on: dt.date


class Copy(StrEnum):
    """What a copy is beside the letter as issued."""

    SAME = "same"
    OTHER = "other"
    NOT_YET = "not_yet"


def written(code: str) -> str:
    """The code as it stands on letters, however it was typed; "" where it can be none."""
    plain = access_codes.normalise(code[:200])
    if len(plain) != access_codes.LENGTH:
        return ""
    return "-".join(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))


def find(code: str) -> Genuine | None:
    """The letter with this code. Drafts have none."""
    found = (
        Letter.objects.filter(verify_code=written(code) or None)
        .values_list("pk", "verify_code", "number", "kind", "request__agency__name", "issued_on")
        .first()
    )
    if found is None:
        return None
    pk, stored, number, kind, agency, issued_on = found
    return Genuine(pk, stored, number, KINDS[kind].title, agency, issued_on)


def compare(letter: Genuine, sha256: str) -> Copy:
    """Whether a copy is the letter's PDF or DOCX, to the last byte."""
    files = list(LetterFile.objects.filter(letter=letter.pk).values_list("sha256", flat=True))
    if sha256 in files:
        return Copy.SAME
    return Copy.OTHER if len(files) == len(LetterFile.Format) else Copy.NOT_YET
