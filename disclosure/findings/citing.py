"""Whether what a text cites is on the portal's books and not public."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from disclosure.findings.detectors.citations import Citation, citations
from disclosure.findings.detectors.kinds import Hit
from disclosure.publications.models import Publication, normalise_document_number

#: More than this in one text are not looked up: a list of documents is no citation of each.
MOST = 400
_SHORTEST_TITLE = 4


def not_public(text: str, publication: Publication, *, at: dt.datetime) -> Iterator[Hit]:
    """Cited numbers and titles of items that nobody outside may see; two queries at most."""
    cited = list(citations(text))[:MOST]
    if not cited:
        return
    numbers = {
        normalise_document_number(one) for c in cited if c.kind == "number" for one in c.texts
    }
    titles = {one for c in cited if c.kind == "title" for one in c.texts}
    hidden_numbers = _hidden("document_number_normal", numbers, publication, at)
    hidden_titles = _hidden(
        "title", {one for one in titles if len(one) >= _SHORTEST_TITLE}, publication, at
    )
    for citation in cited:
        if any(one in hidden_titles for one in citation.texts) or (
            citation.kind == "number" and _longest(citation, hidden_numbers)
        ):
            yield Hit(_start(citation, hidden_numbers), citation.end)


def _longest(citation: Citation, known: set[str]) -> str:
    return next((one for one in citation.texts if normalise_document_number(one) in known), "")


def _start(citation: Citation, known: set[str]) -> int:
    """Without the words before a number that are no part of it."""
    if citation.kind == "title":
        return citation.start
    return citation.start + citation.texts.index(_longest(citation, known))


def _hidden(field: str, values: set[str], publication: Publication, at: dt.datetime) -> set[str]:
    """Those of `values` that items here have, none of which is to be seen."""
    values.discard("")
    if not values:
        return set()
    itself = [publication.pk, publication.revises_id or publication.pk]
    rows = Publication.objects.filter(**{f"{field}__in": values}).exclude(pk__in=itself)
    same = Publication.objects.filter(**{field: OuterRef(field)})
    found = rows.exclude(Exists(same.visible_to_public(at))).values_list(field, "revises")
    # Items alone; as a condition it would lead SQLite to the index on `revises`, which is no help.
    return {value for value, revises in found[: MOST * 4] if revises is None}
