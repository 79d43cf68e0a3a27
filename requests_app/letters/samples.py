"""Letters with example values: what a style or a wording does. Drafts; nothing is stored."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from disclosure.agencies.models import Agency
from disclosure.core import articles
from requests_app.determination import DETERMINATIONS
from requests_app.letters import composing
from requests_app.letters.document import Block, Document, ListItem, Paragraph
from requests_app.letters.fields import FIELDS
from requests_app.letters.kinds import KINDS, POINT_WORDINGS, To
from requests_app.letters.models import LetterStyle
from requests_app.letters.wordings import OF_POINT
from requests_app.remedies.rules import Decided, remedy_paragraphs

#: What an answer in a preview decides, unless one determination is shown.
_SHOWN = ("given", "refused_process")
_ADDRESSEES = {
    To.APPLICANT: "示例申请人",
    To.PARTY: "示例第三方有限公司",
    To.OFFICE: "示例处",
    To.AGENCY: "示例市水务局",
}
#: The grounds of the example of a partial grant.
_WITHHELD = ("process",)


def nobodys_agency() -> Agency:
    """Stands in where no agency is chosen yet."""
    return Agency(code="SL", name=FIELDS["agency"].example)


def sample_style(style: LetterStyle, on: dt.date) -> Document:
    """An answer in this style, in the portal's wording, with its remedies."""
    return sample_wording(style, "answer", "", on)


def sample_wording(style: LetterStyle, kind: str, body: str, on: dt.date) -> Document:
    """The letter of this kind, or an answer with this determination, worded by `body`."""
    values = {name: field.example for name, field in FIELDS.items()}
    values["agency"] = style.agency.name
    key = kind.removeprefix(OF_POINT)
    if kind != "answer" and key == kind:
        return _notice(style, kind, body, values, on)
    wordings = {name: row.wording for name, row in POINT_WORDINGS.items()}
    shown: tuple[str, ...] = _SHOWN
    if key != kind:
        shown = (key,)
        wordings[key] = body or wordings[key]
    answer = body if kind == "answer" and body else KINDS["answer"].wording
    values["remedy"] = _remedy(style, shown, on)
    points = _points([_point(each, wordings[each], values) for each in shown])
    blocks = composing.answer_blocks(answer, values, points)
    return _numbered(style, "answer", blocks, on)


def _notice(
    style: LetterStyle, kind: str, body: str, values: dict[str, str], on: dt.date
) -> Document:
    row = KINDS[kind]
    if "remedy" in row.must:
        values["remedy"] = composing.notice_remedy(kind, on, composing.names_of(style))
    blocks = composing.expand(body or row.wording, values, composing.optional_in(row))
    return _numbered(style, kind, tuple(blocks), on)


def _remedy(style: LetterStyle, shown: Iterable[str], on: dt.date) -> str:
    decided = []
    for position, key in enumerate(shown, start=1):
        row = DETERMINATIONS[key]
        grounds = row.grounds or (_WITHHELD if key == "partly" else ())
        decided.append(Decided(position, row.row, grounds))
    told = remedy_paragraphs(decided, on=on, names=composing.names_of(style), served_online=True)
    return "\n".join(each.text for each in told)


def _point(key: str, wording: str, values: dict[str, str]) -> list[Paragraph]:
    given = {**values, "grounds": composing.grounds_text(_WITHHELD)}
    optional = {field.value for field in DETERMINATIONS[key].may}
    return composing.expand(wording, given, optional)


def _points(said: list[list[Paragraph]]) -> list[Block]:
    if len(said) == 1:
        return list(said[0])
    blocks: list[Block] = []
    for position, (first, *rest) in enumerate(said, start=1):
        number = f"（{articles.chinese_number(position)}）"
        blocks += [ListItem(number, f"关于“示例事项{position}”。{first.text}"), *rest]
    return blocks


def _numbered(style: LetterStyle, kind: str, blocks: tuple[Block, ...], on: dt.date) -> Document:
    row = KINDS[kind]
    document = composing.document_of(style, row, _ADDRESSEES[row.to], blocks, on)
    return replace(document, number=composing.number_of(style, row.sign, on.year, 1))
