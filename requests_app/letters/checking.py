"""Whether an answer may go out as it stands: every reason against it at once."""

import datetime as dt
import re

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import Refusal
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.consulting.models import Party
from requests_app.deciding.models import Point
from requests_app.determination import DETERMINATIONS
from requests_app.letters import composing
from requests_app.letters.document import Document, Table
from requests_app.remedies.rules import check_paragraphs
from requests_app.remedies.rules.checking import PROBLEMS

_ARTICLES = {
    "14": "十四",
    "15": "十五",
    "16": "十六",
    "30": "三十",
    "35": "三十五",
    "36": "三十六",
    "37": "三十七",
    "38": "三十八",
    "39": "三十九",
    "41": "四十一",
    "42": "四十二",
}


def text_of(document: Document) -> str:
    """The words of the letter, without its head and foot."""
    return "\n".join(block.line for block in document.blocks if not isinstance(block, Table))


def why_not_issue(
    case: DisclosureRequest, on: dt.date, *, released_on: dt.date | None = None
) -> list[Refusal]:
    """Why the answer of `case` cannot be issued on this day."""
    points = list(case.points.all())
    document = composing.answer(case, on)
    text = text_of(document)
    reasons = [*_left_open(text), *_unanswered(points, text), *_unfounded(points, text)]
    names = composing.names_of(composing.style_of(case.agency))
    reasons += [
        Refusal(_now(PROBLEMS[problem]), "51", "remedy")
        for problem in check_paragraphs(
            text,
            composing.decided(points),
            on=on,
            names=names,
            served_online=composing.is_online(case),
        )
    ]
    reasons += _held(case, on, released_on)
    return reasons


def _left_open(text: str) -> list[Refusal]:
    marks = sorted(set(re.findall(r"【[^】]*】|\{\w+\}", text)))
    return [
        Refusal(_("Something is left open in the letter: %(mark)s") % {"mark": mark}, code="open")
        for mark in marks
        if mark not in {"【行政复议机关】", "【人民法院】", "【互联网渠道】"}  # said more exactly
    ]


def _unanswered(points: list[Point], text: str) -> list[Refusal]:
    if len(points) < 2:
        return []
    return [
        Refusal(
            _("Point %(position)d is not answered in the letter.") % {"position": point.position},
            "36",
            "points",
        )
        for point in points
        if "".join(point.text.split()) not in "".join(text.split())
    ]


def _unfounded(points: list[Point], text: str) -> list[Refusal]:
    """The article of each determination is named (Art. 36)."""
    reasons = []
    for point in points:
        if not point.determination:
            continue
        article = DETERMINATIONS[point.determination].article
        named = _ARTICLES.get(re.split(r"[(,]", article)[0], "")
        if point.determination not in {"other", "unprocessed_reissue"} and (
            f"第{named}条" not in text
        ):
            reasons.append(
                Refusal(
                    _("Point %(position)d: the letter does not name the article decided on.")
                    % {"position": point.position},
                    article,
                    "points",
                )
            )
    return reasons


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
