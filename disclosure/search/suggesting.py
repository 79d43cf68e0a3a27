"""Help with the words: what can be meant while they are typed, and what was meant when nothing was
found."""

from django.db.models import QuerySet

from disclosure.publications.models import Publication
from disclosure.publications.searching import is_in_pieces
from disclosure.search import nearest, synonyms
from disclosure.search.asking import Phrase, Question, Term
from disclosure.search.finding import IndexSearch
from disclosure.search.folding import fold
from disclosure.search.tokenise import is_han

MOST = 8
MOST_FORMS = 3
#: Titles among which the nearest is looked for.
CANDIDATES = 300


def suggestions(typed: str, rows: QuerySet[Publication]) -> list[str]:
    """Other forms of what is typed, then the newest titles that have it. Nothing for less than a
    Chinese character or two letters."""
    folded = fold(typed).strip()
    if (len(folded) < 2 and not any(map(is_han, folded))) or is_in_pieces(typed):
        return []
    search = IndexSearch(typed)
    known = synonyms.mapping()
    forms = [form for word, others in known.items() if word == folded for form in others]
    titles = search.titles(rows, MOST)
    return [*forms[:MOST_FORMS], *(one for one in titles if one not in forms)][:MOST]


def did_you_mean(text: str, rows: QuerySet[Publication]) -> str:
    """A passage of a title that is very near to `text`; "" where none is."""
    alternatives = tuple((Phrase((token,)),) for token in nearest.candidates_query(text))
    if not alternatives:
        return ""
    search = IndexSearch("")
    search.question = Question((Term(alternatives, False, text),))
    return nearest.closest(text, search.titles(rows, CANDIDATES)) or ""
