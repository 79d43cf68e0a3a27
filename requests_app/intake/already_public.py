"""What is public already and may be what somebody is about to ask for; offered before sending.

Titles are compared by pieces of the words typed, until a search index takes this over.
"""

import re
import unicodedata
from functools import reduce
from operator import add

from django.db.models import Case, F, IntegerField, Q, Value, When

from disclosure.core.dates import now
from disclosure.publications.models import Publication, normalise_document_number

FEW = 5
#: A piece of Chinese is this long; more pieces than these are not compared.
PIECE, PIECES = 2, 8
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\U00020000-\U0003ffff]+", re.IGNORECASE)
#: What stands in nearly every request and says nothing of the matter.
_EMPTY = re.compile(
    r"请公开|申请公开|公开|申请|请求|获取|提供|希望|想要|关于|有关|相关|以及|所有|全部|政府信息|信息|文件|资料|材料|"
    r"通知|情况|内容|具体|我们|本人|贵局|贵单位|[的了和与及等在对为是我请要把被或]"
)


def pieces(text: str) -> list[str]:
    """What of `text` tells it from others: Latin words whole, Chinese in pieces of two."""
    plain = _EMPTY.sub(" ", unicodedata.normalize("NFKC", text))
    found: dict[str, None] = {}
    for word in _WORD.findall(plain):
        if word.isascii():
            parts = [word] if len(word) > 1 else []
        else:
            parts = [word[start : start + PIECE] for start in range(0, len(word), PIECE)]
        for part in parts:
            if len(part) > 1:
                found.setdefault(part)
    return list(found)[:PIECES]


def already_public(name: str, document_number: str, description: str) -> list[Publication]:
    """At most a few public items like what is described, the likest first; one query or none."""
    terms = pieces(name) or pieces(description[:200])
    number = normalise_document_number(document_number)
    if not terms and not number:
        return []
    likeness = [_one(Q(title__icontains=term), 1) for term in terms]
    # The document number alone is enough.
    likeness.append(_one(Q(document_number_normal=number) if number else Q(pk__in=[]), PIECES))
    enough = max(len(terms) * 2 // 3, min(len(terms), 2), 1)
    return list(
        Publication.objects.visible_to_public(now())
        .annotate(likeness=reduce(add, likeness))
        .filter(likeness__gte=enough)
        .only("index_number", "title", "published_at")
        .order_by(F("likeness").desc(), "-published_at", "-pk")[:FEW]
    )


def _one(condition: Q, weight: int) -> Case:
    return Case(When(condition, then=Value(weight)), default=Value(0), output_field=IntegerField())
