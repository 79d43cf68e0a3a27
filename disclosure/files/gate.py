"""The release gate: the final file, opened once more, is proved to hold nothing that is not seen.

It believes nothing that was found before: kind by content, hidden content of any sort, metadata,
and any text in any part that the text one reads does not have.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from disclosure.files import isolated, kinds
from disclosure.files.inside.report import HiddenFinding, Refused
from disclosure.files.kinds import KINDS, Problem

TextsOk = Callable[[str], list[Problem]]


@dataclass(frozen=True)
class Proof:
    """What the gate saw: why the file is held, what it may keep, and its text."""

    problems: list[Problem] = field(default_factory=list)
    told: list[HiddenFinding] = field(default_factory=list)
    text: str = ""


def prove(data: bytes, content_type: str, *, texts_ok: TextsOk | None = None) -> Proof:
    """Look at the final bytes; `texts_ok` may object to what they say."""
    try:
        answer = isolated.run("prove", data, content_type)
    except Refused as refused:
        return Proof([Problem(refused.code, refused.where)])
    problems = []
    if answer["content_type"] != content_type:
        problems.append(Problem("type"))
    left = kinds.findings(answer["findings"])
    for one in left:
        if one.kind not in KINDS or not KINDS[one.kind].told:
            problems.append(Problem(one.kind, one.where, one.detail))
    problems += [Problem("unseen_text", "", piece) for piece in answer["unseen"]]
    if texts_ok is not None:
        problems += texts_ok(answer["text"])
    told = [one for one in left if one.kind in KINDS and KINDS[one.kind].told]
    return Proof(problems, told, answer["text"])


def prove_clean(
    data: bytes, content_type: str, *, texts_ok: TextsOk | None = None
) -> list[Problem]:
    """Why the final file must not go out; empty when it is clean."""
    return prove(data, content_type, texts_ok=texts_ok).problems


def carried_over(found: list[HiddenFinding]) -> list[Problem]:
    """What in the original keeps its copy from going out, whatever the copy shows."""
    return [
        Problem(one.kind, one.where, one.detail)
        for one in found
        if one.kind in KINDS and KINDS[one.kind].follows
    ]
