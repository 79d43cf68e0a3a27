"""The reference for what the index must find: phrases looked up in the tokens, slowly."""

from disclosure.search.asking import Phrase, Question
from disclosure.search.tokenise import tokens


def has_phrase(text: str, phrase: Phrase) -> bool:
    at: dict[int, list[str]] = {}
    for token, position in tokens(text):
        at.setdefault(position, []).append(token)
    *first, last = phrase.tokens

    def ends_at(position: int) -> bool:
        here = at.get(position, [])
        if phrase.is_prefix:
            return any(token.startswith(last) for token in here)
        return last in here

    return any(
        all(token in at.get(start + step, []) for step, token in enumerate(first))
        and ends_at(start + len(first))
        for start in at
    )


def answers(text: str, question: Question) -> bool:
    """Whether `text` is found by `question`."""
    if question.is_empty:
        return False

    def holds(any_of: tuple[tuple[Phrase, ...], ...]) -> bool:
        return any(all(has_phrase(text, phrase) for phrase in one) for one in any_of)

    return all(holds(term.any_of) != term.is_excluded for term in question.terms)
