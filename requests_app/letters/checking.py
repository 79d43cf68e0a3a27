"""Whether a letter may go out as it stands: every reason against it at once."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosure.core import articles
from disclosure.core.errors import Refusal
from disclosure.grounds import GROUNDS
from disclosure.paper.glyphs import missing_glyphs
from disclosure.paper.pdf import MissingGlyph
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.consulting.models import Party
from requests_app.deciding.models import Point
from requests_app.letters import composing
from requests_app.letters.document import Block, Document, Table
from requests_app.letters.glyphs import printable
from requests_app.letters.kinds import POINT_WORDINGS
from requests_app.letters.wordings import why_not_word
from requests_app.remedies.rules import check_paragraphs
from requests_app.remedies.rules.checking import PROBLEMS
from requests_app.remedies.rules.choices import ACTS
from requests_app.remedies.rules.paragraphs import UNNAMED_BODY, UNNAMED_CHANNEL, UNNAMED_COURT

#: Marks for what is still to be written; a year in such brackets (【2026】1号) is none.
_OPEN = re.compile(r"【(?!\d{4}】)[^】]*】|\{\w+\}")
#: These are said more exactly: which of the agency's settings is missing.
_SAID_ELSEWHERE = frozenset({UNNAMED_BODY, UNNAMED_COURT, UNNAMED_CHANNEL})


def text_of(document: Document) -> str:
    """The words of the letter, without its head and foot."""
    return _text(document.blocks)


def _text(blocks: Iterable[Block]) -> str:
    return "\n".join(block.line for block in blocks if not isinstance(block, Table))


def why_not_issue(
    case: DisclosureRequest, on: dt.date, *, released_on: dt.date | None = None
) -> list[Refusal]:
    """Why the answer of `case` cannot be issued on this day."""
    points = list(case.points.all())
    document = composing.answer(case, on)
    text = text_of(document)
    wordings = composing.wordings_of(case.agency)
    said = _said_on_points(case, points, wordings)
    # Whatever the applicant wrote, nothing of ours is open in it; and what is said on the points
    # may speak of other bodies and courts.
    ours = _text(composing.answer_body(case, on, quoting=False))
    frame = _text(composing.answer_body(case, on, quoting=False, telling=False))
    return [
        *_left_open(ours),
        *_badly_worded(points, wordings),
        *_unanswered(points, said, text),
        *_unfounded(points, said),
        *_remedy_problems(case, composing.decided(points), frame, on),
        *_glyphs(document),
        *_held(case, on, released_on),
    ]


def why_not_send(
    case: DisclosureRequest, kind: str, on: dt.date, fields: Mapping[str, str], **whom: Any
) -> list[Refusal]:
    """Why a letter that is no answer cannot go out; the arguments are those of its composing."""
    ours = composing.notice(case, kind, on, {**fields, "subject": ""}, **whom)
    reasons = [
        *_left_open(text_of(ours)),
        *_glyphs(composing.notice(case, kind, on, fields, **whom)),
    ]
    if kind in ACTS:
        frame = composing.notice(case, kind, on, {**fields, "subject": "", "text": ""}, **whom)
        reasons += _remedy_problems(case, (), text_of(frame), on, third_party=True)
    return reasons


def _said_on_points(
    case: DisclosureRequest, points: list[Point], wordings: dict[str, str]
) -> list[str]:
    """What the letter has to say on each point, in their order."""
    you = composing.common_fields(case)["you"]
    return [
        "\n".join(each.text for each in composing.point_paragraphs(point, you, wordings))
        for point in points
    ]


def _left_open(text: str) -> list[Refusal]:
    marks = sorted(set(_OPEN.findall(text)) - _SAID_ELSEWHERE)
    return [
        Refusal(_("Something is left open in the letter: %(mark)s") % {"mark": mark}, code="open")
        for mark in marks
    ]


def _badly_worded(points: Iterable[Point], wordings: dict[str, str]) -> list[Refusal]:
    """The agency's own wordings that this answer uses, by today's rules."""
    kinds = ["answer", *(composing.point_key(each.determination) for each in points if each.row)]
    return [
        Refusal(reason.reason, reason.article, "wording")
        for kind in dict.fromkeys(kinds)
        for reason in why_not_word(kind, wordings[kind])
    ]


def _unanswered(points: list[Point], said: list[str], text: str) -> Iterator[Refusal]:
    """Each point is named, where there are several, and answered (Art. 36)."""
    for point, own in zip(points, said, strict=True):
        wanted = own.splitlines()
        if len(points) > 1:
            wanted.append(printable(point.text))
        if not all(line in text for line in wanted):
            yield Refusal(
                _("Point %(position)d is not answered in the letter.")
                % {"position": point.position},
                "36",
                "points",
            )


def _unfounded(points: list[Point], said: list[str]) -> Iterator[Refusal]:
    """Each point names the article decided on, and that of each ground (Art. 14-16, 36)."""
    for point, own in zip(points, said, strict=True):
        if point.row is None:
            continue
        wanted = [
            *POINT_WORDINGS[point.determination].cites,
            *(GROUNDS[ground].article for ground in point.grounds if ground in GROUNDS),
        ]
        missing = [each for each in dict.fromkeys(wanted) if not articles.names(own, each)]
        if missing:
            yield Refusal(
                _("Point %(position)d: the letter does not name %(articles)s.")
                % {
                    "position": point.position,
                    "articles": "、".join(map(articles.in_chinese, missing)),
                },
                point.row.article,
                "points",
            )


def _remedy_problems(
    case: DisclosureRequest,
    decided: Sequence[Any],
    text: str,
    on: dt.date,
    *,
    third_party: bool = False,
) -> list[Refusal]:
    """Art. 51, with the names of the agency's settings."""
    found = check_paragraphs(
        text,
        decided,
        on=on,
        names=composing.names_of(composing.style_of(case.agency)),
        served_online=composing.is_online(case) and not third_party,
        third_party=third_party,
    )
    return [Refusal(_now(PROBLEMS[problem]), "51", "remedy") for problem in found]


def _glyphs(document: Document) -> list[Refusal]:
    """A character that no font has is told before the letter is frozen, not after."""
    try:
        missing_glyphs("".join(document.lines()))
    except MissingGlyph as error:
        return error.refusals
    return []


def _held(case: DisclosureRequest, on: dt.date, released_on: dt.date | None) -> list[Refusal]:
    """A release is held only for a third party that may still contest it."""
    if released_on is None:
        return []
    if released_on < on:
        return [Refusal(_("It cannot be released before the answer."), code="released_on")]
    overridden = case.parties.filter(kind=Party.Kind.THIRD_PARTY, is_overridden=True)
    if not overridden.exists():
        return [
            Refusal(
                _("Only what is disclosed against a third party's objection is held back."),
                "32",
                "released_on",
            )
        ]
    if not case.files.filter(purpose=RequestFile.Purpose.DRAFT).exists():
        return [Refusal(_("There are no files that could be held back."), code="released_on")]
    return []
