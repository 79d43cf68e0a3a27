"""What the history of a document says of another that ended or amended it."""

from disclosure.life.kinds import KINDS
from disclosure.life.models import Relation


def reason(relation: Relation) -> str:
    """What the target's history says, in Chinese: by which document."""
    source = relation.source
    title = source.title.replace("《", "〈").replace("》", "〉")
    number = f"（{source.document_number}）" if source.document_number else ""
    return KINDS[relation.kind].done.format(title=title, number=number)[:300]
