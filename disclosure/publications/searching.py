"""Finding publications by words, for now by comparing texts; a search index comes later.

A word matches where it is contained in title, document number, keywords, summary or text; of
several words each must match. Titles come first, the document number before all.
"""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from disclosure.publications.models import Publication, normalise_document_number

MAX_LENGTH = 200
MAX_WORDS = 10


def words_of(query: str) -> list[str]:
    """The words of a query, each once, in their order."""
    return list(dict.fromkeys(query.split()))


def _number_contains(word: str) -> Q:
    normal = normalise_document_number(word)
    return Q(document_number_normal__contains=normal) if normal else Q(pk__in=[])


def matching(words: list[str]) -> Q:
    """Publications in which every word is found somewhere."""
    condition = Q()
    for word in words:
        condition &= (
            Q(title__icontains=word)
            | _number_contains(word)
            | Q(keywords__icontains=word)
            | Q(summary__icontains=word)
            | Q(body__icontains=word)
        )
    return condition


def with_rank(queryset: QuerySet[Publication], words: list[str]) -> QuerySet[Publication]:
    """`queryset` with `rank`: 2 the document number itself, 1 every word in the title, else 0."""
    in_title = Q()
    for word in words:
        in_title &= Q(title__icontains=word) | _number_contains(word)
    whole = normalise_document_number("".join(words))
    return queryset.annotate(
        rank=Case(
            When(document_number_normal=whole, then=Value(2)),
            When(in_title, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    )
