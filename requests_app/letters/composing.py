"""A letter from a case: wording, fields and remedies become a document. Nothing is stored here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from disclosure.agencies.models import Agency
from disclosure.grounds import GROUNDS
from requests_app.casework.models import (
    ApplicantKind,
    DeliveryChannel,
    DisclosureRequest,
    RequestFile,
)
from requests_app.consulting.models import HelpTask, Party
from requests_app.deciding.models import AnswerDraft, Point
from requests_app.letters.document import Block, Document, ListItem, Paragraph, paragraphs
from requests_app.letters.kinds import KINDS, POINT_WORDINGS, To
from requests_app.letters.models import LetterStyle, LetterWording
from requests_app.remedies.rules import Decided, RemedyNames, remedy_paragraphs

CHINESE = "zh-hans"
_NUMERALS = "一二三四五六七八九十"
#: Stands in a draft for what nobody has given yet; no letter goes out with it.
OPEN = "【待填】"


def chinese_day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 as 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _NUMERALS[number - 1]
    return f"{_NUMERALS[tens - 1] if tens > 1 else ''}十{_NUMERALS[ones - 1] if ones else ''}"


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
    return f"answer.{determination}"


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


def expand(wording: str, fields: Mapping[str, str]) -> list[Paragraph]:
    """The lines of a wording with their fields filled in; a line of nothing makes none."""
    given = _Fields(fields)
    return [
        paragraph
        for line in wording.splitlines()
        for paragraph in paragraphs(line.format_map(given))
    ]


def common_fields(case: DisclosureRequest) -> dict[str, str]:
    """What every letter about a case may name."""
    person = case.applicant_kind == ApplicantKind.NATURAL_PERSON
    return {
        "you": "你" if person else "你单位",
        "received": chinese_day(case.received_on) if case.received_on else OPEN,
        "request_number": case.number,
        "subject": case.subject,
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
    if "remedy" in row.fields:
        texts = remedy_paragraphs(
            (), on=on, names=names_of(style), served_online=False, third_party=True
        )
        given["remedy"] = "\n".join(each.text for each in texts)
    addressee = {
        To.APPLICANT: lambda: case.applicant.get("name"),
        To.PARTY: lambda: party.get("name") if party else "",
        To.OFFICE: lambda: str(task.office) if task else "",
        To.AGENCY: lambda: agency.name if agency else "",
    }[row.to]()
    blocks = expand(wordings_of(case.agency)[kind], given)
    return _document(style, row.title, addressee, tuple(blocks), on)


def answer(case: DisclosureRequest, on: dt.date) -> Document:
    """The answer as the points are decided now, without its number."""
    style, wordings = style_of(case.agency), wordings_of(case.agency)
    draft = AnswerDraft.objects.filter(request=case).first()
    points = list(case.points.all())
    row = KINDS["answer"]
    blocks: list[Block] = []
    given = {**common_fields(case), "closing": draft.closing if draft else ""}
    for line in wordings["answer"].splitlines():
        if line.strip() == "{points}":
            blocks += _points(case, points, wordings)
        elif line.strip() == "{remedy}":
            blocks += paragraphs(remedy_text(case, points, on, style, draft))
        else:
            blocks += expand(line, given)
    names = case.files.filter(purpose=RequestFile.Purpose.DRAFT)
    document = _document(style, row.title, case.applicant.get("name"), tuple(blocks), on)
    return _with(document, enclosures=tuple(file.name for file in names))


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


def _points(
    case: DisclosureRequest, points: list[Point], wordings: Mapping[str, str]
) -> list[Block]:
    you = common_fields(case)["you"]
    if len(points) == 1:
        return list(_point(points[0], you, wordings))
    blocks: list[Block] = []
    for point in points:
        first, *rest = _point(point, you, wordings)
        number = f"（{chinese_number(point.position)}）"
        blocks += [ListItem(number, f"关于“{point.text}”。{first.text}"), *rest]
    return blocks


def _point(point: Point, you: str, wordings: Mapping[str, str]) -> list[Paragraph]:
    if point.row is None:
        return [Paragraph(OPEN)]
    fields = {
        key: _in_words(key, value) for key, value in point.given.items() if _in_words(key, value)
    }
    optional = {field.value: "" for field in point.row.may}
    if "how" not in fields:
        optional["how"] = "有关信息随本答复书提供。"
    fields = {**optional, **fields, "you": you, "asked": point.text}
    return expand(wordings[point_key(point.determination)], fields)


def _in_words(key: str, value: Any) -> str:
    if key == "grounds":
        with translation.override(CHINESE):
            return "、".join(str(GROUNDS[each].label) for each in value if each in GROUNDS)
    return str(value or "").strip()


def _document(
    style: LetterStyle, title: str, addressee: str, blocks: tuple[Block, ...], on: dt.date
) -> Document:
    name = style.agency.name
    return Document(
        letterhead=style.letterhead or name,
        title=title,
        number="",
        addressee=addressee,
        blocks=blocks,
        signature=style.signature or name,
        date=on,
        contact=style.contact,
    )


def _with(document: Document, **changes: Any) -> Document:
    from dataclasses import replace

    return replace(document, **changes)


def problems_of_wording(kind: str, body: str) -> list[str]:
    """Why a wording cannot be used: unknown fields, obligatory ones missing, stray braces."""
    determination = kind.removeprefix("answer.")
    row: Any = POINT_WORDINGS[determination] if "." in kind else KINDS[kind]
    try:
        found = {name for _text, name, spec, conv in _parsed(body) if name is not None}
    except ValueError:
        return [_("A brace stands alone. Write a field as {name}.")]
    problems = [
        _("There is no field {%(name)s} in this letter.") % {"name": name}
        for name in sorted(found - row.fields)
    ]
    problems += [
        _("The field {%(name)s} must be there.") % {"name": name}
        for name in sorted(row.must - found)
    ]
    return problems


def _parsed(body: str) -> Iterable[tuple[str, str | None, str | None, str | None]]:
    from string import Formatter

    parsed = list(Formatter().parse(body))
    if any(spec or conv for _text, _name, spec, conv in parsed):
        raise ValueError
    return parsed
