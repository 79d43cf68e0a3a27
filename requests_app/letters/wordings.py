"""Whether a wording of a letter will do, an agency's own or the portal's: every reason at once."""

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosure.core import articles
from disclosure.core.errors import Refusal
from disclosure.grounds import GROUNDS
from requests_app.determination import DETERMINATIONS, Group
from requests_app.letters.kinds import BLOCKS, KINDS, POINT_WORDINGS, Kind, PointWording
from requests_app.remedies.rules import check_letter, letter_paragraphs
from requests_app.remedies.rules.checking import PROBLEMS
from requests_app.remedies.rules.choices import ACTS

LONGEST = 8000
#: Before the keys of determinations: how the answer speaks of a point so decided.
OF_POINT = "answer."
_GROUNDS_OF_REFUSAL = frozenset({14, 15, 16})
#: Art. 36 as it is cited beside a ground: (2) what is given, (3) what is refused.
_BESIDE = {Group.REFUSED: ("36(3)",), Group.PARTLY: ("36(2)", "36(3)")}


def row_of(kind: str) -> Kind | PointWording | None:
    """The declared wording of a key (a kind of letter, or `answer.` with a determination)."""
    if kind.startswith(OF_POINT):
        return POINT_WORDINGS.get(kind.removeprefix(OF_POINT))
    return KINDS.get(kind)


def fields_of(body: str) -> list[str]:
    """The names in braces, in order, as often as they stand there. Raises ValueError where the
    braces cannot be read."""
    parsed = list(Formatter().parse(body))
    if any(spec or conversion for _text, _name, spec, conversion in parsed):
        raise ValueError("A field is its name in braces and nothing else.")
    return [name for _text, name, _spec, _conversion in parsed if name is not None]


def why_not_word(kind: str, body: str) -> list[Refusal]:
    """Why letters cannot be written with this wording."""
    row = row_of(kind)
    if row is None:
        return [Refusal(_("There is no such letter."), code="kind")]
    if not body.strip():
        return [_refused(_("There is no text."))]
    if len(body) > LONGEST:
        return [
            _refused(_("At most %(most)d characters are possible here."), most=LONGEST),
        ]
    try:
        names = fields_of(body)
    except ValueError:
        return [
            _refused(
                _(
                    "The braces cannot be read. A field is its name in braces, as %(example)s; "
                    "a brace in the text itself is written twice."
                ),
                example="{until}",
            )
        ]
    problems = [*_fields(row, names), *_blocks(body, names)]
    # What the law has the letter say is looked for once the fields are right.
    return problems or [*_said(row, body), *_remedies(kind, body)]


def _fields(row: Any, names: list[str]) -> Iterator[Refusal]:
    known = " ".join(map(_braced, sorted(row.fields)))
    for name in dict.fromkeys(names):
        if name not in row.fields:
            yield _refused(
                _("This letter has no field %(field)s. It has: %(fields)s."),
                field=_braced(name),
                fields=known,
            )
    for name in sorted(row.must - set(names)):
        yield _refused(_("The field %(field)s has to be there."), field=_braced(name))


def _blocks(body: str, names: list[str]) -> Iterator[Refusal]:
    lines = [line.strip() for line in body.splitlines()]
    for name in sorted(BLOCKS & set(names)):
        if lines.count(_braced(name)) != 1 or names.count(name) != 1:
            yield _refused(
                _("The field %(field)s stands alone on a line, once."), field=_braced(name)
            )


def _said(row: Any, body: str) -> Iterator[Refusal]:
    """Art. 30–42: the articles that the letter rests on, and the terms that it has to tell."""
    for article in row.cites:
        if "{article}" not in body and not articles.names(body, article):
            yield _refused(
                _("The wording has to name %(article)s of the Regulation."),
                article=articles.in_chinese(article),
            )
    for said in getattr(row, "says", ()):
        if said not in "".join(body.split()):
            yield _refused(_("The wording has to say: %(said)s."), said=said)
    if isinstance(row, PointWording):
        for stranger in _strange_articles(row.key, body):
            yield _refused(
                _("%(article)s is not what this determination rests on."),
                article=articles.in_chinese(stranger),
            )


def _strange_articles(key: str, body: str) -> Iterable[str]:
    """Grounds and items of Art. 36 in the wording of a determination that has others."""
    row = DETERMINATIONS[key]
    if row.article == "36":
        return []
    allowed = {row.article, *_BESIDE.get(row.outcome.group, ())}
    allowed |= {GROUNDS[ground].article for ground in row.grounds}
    return articles.strangers(body, allowed, {*_GROUNDS_OF_REFUSAL, 36})


def _remedies(kind: str, body: str) -> Iterator[Refusal]:
    """A letter that cannot be contested for itself does not say that it can."""
    if kind in KINDS and kind not in ACTS:
        own = "\n".join(each.text for each in letter_paragraphs(kind))
        for problem in check_letter(body.replace("{remedy}", own), kind):
            yield Refusal(_now(PROBLEMS[problem]), "51", "body")


def _refused(reason: Any, **params: Any) -> Refusal:
    return Refusal(reason % params if params else reason, code="body")


def _braced(name: str) -> str:
    return f"{{{name}}}"
