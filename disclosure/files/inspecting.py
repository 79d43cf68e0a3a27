"""What hides in a file: asked of the child process."""

from dataclasses import dataclass

from disclosure.files import isolated, kinds
from disclosure.files.inside.report import HiddenFinding, Refused

__all__ = ["HiddenFinding", "Inspection", "inspect"]


@dataclass(frozen=True)
class Inspection:
    """What was found in a file; `refusal` (a code of `kinds.REFUSALS`): it was not looked into."""

    findings: tuple[HiddenFinding, ...] = ()
    refusal: str = ""
    where: str = ""


def inspect(data: bytes, content_type: str) -> Inspection:
    """Everything in the file that a reader would not see, or why it is not looked into."""
    try:
        answer = isolated.run("inspect", data, content_type)
    except Refused as refused:
        return Inspection(refusal=refused.code, where=refused.where)
    return Inspection(tuple(kinds.findings(answer["findings"])))
