"""A letter from a case: wording, fields and remedies become a document. Nothing is stored here."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import translation

from disclosure.agencies.models import Agency
from disclosure.core import articles
from disclosure.grounds import GROUNDS
from requests_app.casework.choices import ApplicantKind, DeliveryChannel
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.consulting.models import HelpTask, Party
from requests_app.deciding.models import AnswerDraft, Point
from requests_app.letters.document import Block, Document, ListItem, Paragraph, paragraphs
from requests_app.letters.glyphs import printable
from requests_app.letters.kinds import BLOCKS, COMMON, KINDS, POINT_WORDINGS, Kind, To
from requests_app.letters.models import LetterStyle, LetterWording
from requests_app.letters.wordings import OF_POINT, fields_of
from requests_app.remedies.rules import (
    Decided,
    RemedyNames,
    letter_paragraphs,
    remedy_paragraphs,
)
from requests_app.remedies.rules.choices import ACTS

CHINESE = "zh-hans"
#: Stands in a draft for what nobody has given yet; no letter goes out with it.
OPEN = "【待填】"
#: What a field ends with and the wording ends with too.
_STOPS = re.compile("[。；]+。")
#: How a point is provided where nothing else is said: its files are enclosed.
GOES_WITH_IT = "有关信息随本答复书提供。"


def chinese_day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def style_of(agency: Agency) -> LetterStyle:
    """The agency's letter style; an empty one where it has set none."""
    return LetterStyle.objects.filter(agency=agency).first() or LetterStyle(agency=agency)


def wordings_of(agency: Agency) -> dict[str, str]:
    """Key → wording: the agency's own before the portal's."""
    found = {row.key: row.wording for row in KINDS.values()}
    found |= {point_key(row.key): row.wording for row in POINT_WORDINGS.values()}
    own = LetterWording.objects.filter(agency=agency).values_list("kind", "body")
    return found | dict(own)


def point_key(determination: str) -> str:
    """The key under which the wording of a determination is adapted."""
    return OF_POINT + determination


def number_of(style: LetterStyle, sign: str, year: int, serial: int) -> str:
    """A letter's number (发文字号)."""
    return f"{style.number_prefix or style.agency.code}〔{year}〕{sign}{serial}号"


def names_of(style: LetterStyle) -> RemedyNames:
    return RemedyNames(style.reconsideration_body, style.court, style.online_channel)


def is_online(case: DisclosureRequest) -> bool:
    """Whether letters to the applicant go over the internet (行政复议法 Art. 22)."""
    return case.channel in {DeliveryChannel.ONLINE, DeliveryChannel.EMAIL}


def decided(points: Iterable[Point]) -> list[Decided]:
    """Points as the rules of remedies read them; those without a determination are left out."""
    return [Decided(point.position, point.row.row, point.grounds) for point in points if point.row]


class _Fields(dict[str, str]):
    """A field that nobody gave is left open, visibly."""

    def __missing__(self, key: str) -> str:
        return OPEN


def expand(
    wording: str, fields: Mapping[str, str], optional: Collection[str] = frozenset()
) -> list[Paragraph]:
    """The lines of a wording with their fields filled in.

    A line whose `optional` field has nothing in it is left out, as is a line of nothing.
    """
    given = _Fields(fields)
    left_out = {name for name in optional if not fields.get(name)}
    return [
        paragraph
        for line in wording.splitlines()
        if not left_out & set(fields_of(line))
        for paragraph in paragraphs(_STOPS.sub("。", line.format_map(given)))
    ]


def common_fields(case: DisclosureRequest) -> dict[str, str]:
    """What every letter about a case may name."""
    person = case.applicant_kind == ApplicantKind.NATURAL_PERSON
    return {
        "you": "你" if person else "你单位",
        "received": chinese_day(case.received_on) if case.received_on else OPEN,
        "request_number": case.number,
        "subject": printable(case.subject),
        "agency": case.agency.name,
    }


def notice(
    case: DisclosureRequest,
    kind: str,
    on: dt.date,
    fields: Mapping[str, str],
    *,
    party: Party | None = None,
    task: HelpTask | None = None,
    agency: Agency | None = None,
) -> Document:
    """A letter of any kind but the answer, without its number."""
    row = KINDS[kind]
    style = style_of(case.agency)
    given = {**common_fields(case), **fields}
    if "remedy" in row.must:
        given["remedy"] = notice_remedy(kind, on, names_of(style))
    addressee = {
        To.APPLICANT: lambda: printable(case.applicant.get("name")),
        To.PARTY: lambda: printable(party.get("name")) if party else "",
        To.OFFICE: lambda: str(task.office) if task else "",
        To.AGENCY: lambda: agency.name if agency else "",
    }[row.to]()
    blocks = expand(wordings_of(case.agency)[kind], given, optional_in(row))
    return document_of(style, row, addressee, tuple(blocks), on)


def optional_in(row: Kind) -> frozenset[str]:
    """What a letter may do without."""
    return row.may - COMMON


def notice_remedy(kind: str, on: dt.date, names: RemedyNames) -> str:
    """What a letter that is no answer tells of remedies."""
    told = (
        remedy_paragraphs((), on=on, names=names, served_online=False, third_party=True)
        if kind in ACTS
        else letter_paragraphs(kind)
    )
    return "\n".join(each.text for each in told)


def answer(case: DisclosureRequest, on: dt.date) -> Document:
    """The answer as the points are decided now, without its number."""
    style, blocks = style_of(case.agency), answer_body(case, on)
    names = case.files.filter(purpose=RequestFile.Purpose.DRAFT)
    document = document_of(
        style, KINDS["answer"], printable(case.applicant.get("name")), blocks, on
    )
    return replace(document, enclosures=tuple(printable(file.name) for file in names))


def answer_body(
    case: DisclosureRequest, on: dt.date, *, quoting: bool = True, telling: bool = True
) -> tuple[Block, ...]:
    """What the answer says. For checks: without what it quotes of the request, or without what it
    tells on the points."""
    style, wordings = style_of(case.agency), wordings_of(case.agency)
    draft = AnswerDraft.objects.filter(request=case).first()
    points = list(case.points.all())
    given = {
        **common_fields(case),
        "closing": draft.closing if draft else "",
        "remedy": remedy_text(case, points, on, style, draft),
    }
    if not quoting:
        given["subject"] = ""
        for point in points:
            point.text = ""
    told = point_blocks(case, points, wordings) if telling else []
    return answer_blocks(wordings["answer"], given, told)


def answer_blocks(
    wording: str, given: Mapping[str, str], points: Iterable[Block]
) -> tuple[Block, ...]:
    """The body of an answer; `{points}` and `{remedy}` stand on lines of their own."""
    blocks: list[Block] = []
    for line in wording.splitlines():
        name = line.strip().removeprefix("{").removesuffix("}")
        if name == "points":
            blocks += points
        elif name in BLOCKS:
            blocks += paragraphs(given[name])
        else:
            blocks += expand(line, given, optional_in(KINDS["answer"]))
    return tuple(blocks)


def remedy_text(
    case: DisclosureRequest,
    points: Iterable[Point],
    on: dt.date,
    style: LetterStyle,
    draft: AnswerDraft | None,
) -> str:
    """The remedy paragraph: as the rules say it, or as staff have worded it."""
    if draft and draft.remedy:
        return draft.remedy
    found = remedy_paragraphs(
        decided(points), on=on, names=names_of(style), served_online=is_online(case)
    )
    return "\n".join(each.text for each in found)


def point_blocks(
    case: DisclosureRequest, points: list[Point], wordings: Mapping[str, str]
) -> list[Block]:
    """What is decided on the points; one alone needs no number."""
    you = common_fields(case)["you"]
    if len(points) == 1:
        return list(point_paragraphs(points[0], you, wordings))
    blocks: list[Block] = []
    for point in points:
        first, *rest = point_paragraphs(point, you, wordings)
        number = f"（{articles.chinese_number(point.position)}）"
        blocks += [ListItem(number, f"关于“{printable(point.text)}”。{first.text}"), *rest]
    return blocks


def point_paragraphs(point: Point, you: str, wordings: Mapping[str, str]) -> list[Paragraph]:
    """How the answer speaks of one point; what is not decided is left open."""
    if point.row is None:
        return [Paragraph(OPEN)]
    fields = {
        key: _in_words(key, value) for key, value in point.given.items() if _in_words(key, value)
    }
    fields = {"how": GOES_WITH_IT, **fields, "you": you, "asked": printable(point.text)}
    optional = {field.value for field in point.row.may}
    wording = wordings[point_key(point.determination)]
    return expand(wording, fields, optional) or [Paragraph(OPEN)]


def _in_words(key: str, value: Any) -> str:
    if key == "grounds":
        return grounds_text(value)
    return str(value or "").strip()


def grounds_text(grounds: Iterable[str]) -> str:
    """Grounds as a letter cites them: 第十六条第二款（过程性信息）、第三十六条第（三）项."""
    with translation.override(CHINESE):
        cited = [
            f"{articles.in_chinese(GROUNDS[each].article)}（{GROUNDS[each].label}）"
            for each in grounds
            if each in GROUNDS
        ]
    return "、".join([*cited, articles.in_chinese("36(3)")]) if cited else ""


def document_of(
    style: LetterStyle, row: Kind, addressee: str, blocks: tuple[Block, ...], on: dt.date
) -> Document:
    """A letter in the agency's style, not issued: without number and code."""
    name = style.agency.name
    return Document(
        letterhead=style.letterhead or name,
        title=row.title,
        number="",
        addressee=addressee,
        blocks=blocks,
        signature=style.signature or name,
        date=on,
        contact=style.contact,
    )
