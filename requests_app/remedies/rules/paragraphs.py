"""The remedy paragraphs (救济告知) of a letter, in Chinese because letters are Chinese documents.

Their wording is kept with the letter: what a letter does not tell prolongs the term to as much as
a year (行政复议法 Art. 20(3), 法释〔2018〕1号 Art. 64).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from disclosure.core.articles import chinese_number
from requests_app.remedies.rules.choices import ACTS, SINCE, Choice, Decided, Part, choices_of
from requests_app.remedies.rules.terms import AFTER_DAYS, COURT_MONTHS, RECONSIDERATION_DAYS

#: What stands for a name that the agency has not set; `check_paragraphs` objects to it.
UNNAMED_BODY: Final = "【行政复议机关】"
UNNAMED_COURT: Final = "【人民法院】"
UNNAMED_CHANNEL: Final = "【互联网渠道】"

ANSWER: Final = "本答复"
NOTICE: Final = "本告知书"


@dataclass(frozen=True)
class RemedyNames:
    """The names of an agency's remedies as its settings give them (Chinese, full names)."""

    reconsideration_body: str
    court: str
    online_channel: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `choice` None: not a way but how to file; `positions`: the points it is
    about, none where it is about all the rest. `editable`: the law is unsettled here.
    """

    text: str
    choice: Choice | None
    positions: tuple[int, ...] = ()
    editable: bool = False


_TEXTS: Final[dict[Choice, str]] = {
    Choice.RECONSIDERATION_FIRST: (
        "如对{subject}不服，根据《中华人民共和国行政复议法》第二十三条的规定，"
        "应当先自收到{document}之日起{days}日内向{body}申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起{after}日内向{court}提起行政诉讼。"
        "行政复议机关决定不予受理、驳回申请或者逾期不作答复的，"
        "可以自收到决定书之日或者行政复议期限届满之日起{after}日内依法提起行政诉讼。"
    ),
    Choice.RECOMMEND_RECONSIDERATION: (
        "如对{subject}不服，可以自收到{document}之日起{days}日内向{body}申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起{after}日内向{court}提起行政诉讼。"
    ),
    Choice.EITHER: (
        "如对{subject}不服，可以自收到{document}之日起{days}日内向{body}申请行政复议，"
        "也可以自收到{document}之日起{months}个月内向{court}提起行政诉讼。"
    ),
}
_PARTS: Final = {Part.WHOLE: "", Part.WITHHELD: "中不予公开的部分", Part.REST: "的其他内容"}
#: After non-payment the non-processing can be contested, and with it the fee (国办函〔2020〕109号).
_FEE_UNPAID: Final = (
    "对收取信息处理费的决定有异议的，可以在申请行政复议或者提起行政诉讼时一并提出。"
)
_CHANNEL: Final = "行政复议申请可以当面提交或者邮寄提交，也可以通过互联网渠道提交：{channel}。"
#: What a letter says that cannot be contested for itself; any other such letter says nothing.
_STATEMENTS: Final[dict[str, str]] = {
    "fee": (
        "收取信息处理费的决定不能单独申请行政复议或者提起行政诉讼。对该决定有异议的，"
        "可以在缴费期满后，就本机关不再处理该政府信息公开申请的决定，依法申请行政复议或者提起行政诉讼，"
        "也可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报。"
    ),
}


def remedy_paragraphs(
    points: Sequence[Decided],
    *,
    on: date,
    names: RemedyNames,
    served_online: bool,
    third_party: bool = False,
    document: str = "",
) -> tuple[Paragraph, ...]:
    """What an answer of the day `on` tells of remedies, the strictest way first.

    Every answer is an act and carries them, also one that grants everything. `third_party`: the
    letter telling a third party that the information will be disclosed in spite of its objection;
    either way is open to it whatever the points are. `document`: what the letter calls itself.
    A letter served over the internet names the internet channel (行政复议法 Art. 22(2)).
    """
    document = document or (NOTICE if third_party else ANSWER)
    if third_party:
        text = _fill(Choice.EITHER, "公开上述信息的决定", document, names)
        told = [Paragraph(text, Choice.EITHER)]
    else:
        told = list(_told(points, on, names, document))
    if told and must_name_channel(on=on, served_online=served_online):
        channel = names.online_channel or UNNAMED_CHANNEL
        told.append(Paragraph(_CHANNEL.format(channel=channel), None))
    return tuple(told)


def letter_paragraphs(kind: str) -> tuple[Paragraph, ...]:
    """What a letter says that is no act for itself: a fee notice that it cannot be contested
    separately, any other (correction, extension, consultation …) nothing.
    """
    if kind in ACTS:
        raise ValueError(f"A letter of the kind {kind} is an act: see remedy_paragraphs.")
    text = _STATEMENTS.get(kind)
    return (Paragraph(text, Choice.NOT_REVIEWABLE_ALONE),) if text else ()


def must_name_channel(*, on: date, served_online: bool) -> bool:
    """Whether the internet channel for filing has to be given (行政复议法 Art. 22(2))."""
    return served_online and on >= SINCE


def parts_by_choice(
    points: Iterable[Decided], on: date
) -> dict[Choice, list[tuple[Decided, Part]]]:
    """The parts of all points under the way that is open against them, the strictest first."""
    parts: dict[Choice, list[tuple[Decided, Part]]] = {choice: [] for choice in Choice}
    for point in points:
        for part, choice in choices_of(point, on):
            parts[choice].append((point, part))
    return {choice: found for choice, found in parts.items() if found}


def _told(
    points: Sequence[Decided], on: date, names: RemedyNames, document: str
) -> Iterable[Paragraph]:
    groups = parts_by_choice(points, on)
    several = len(points) > 1
    for choice, parts in groups.items():
        is_rest = len(groups) > 1 and choice == list(groups)[-1]
        if len(groups) == 1:
            subject = document
        elif is_rest:
            subject = f"{document}的其他内容"
        else:
            subject = document + "、".join(_part(*each, several=several) for each in parts)
        text = _fill(choice, subject, document, names)
        if any(point.row == "other_fee_unpaid" for point, _part_of in parts):
            text += _FEE_UNPAID
        positions = () if is_rest else tuple(point.position for point, _part_of in parts)
        yield Paragraph(
            text, choice, positions, editable=choice == Choice.RECOMMEND_RECONSIDERATION
        )


def _part(point: Decided, part: Part, *, several: bool) -> str:
    """A part as it is named after the document: 第（二）项中不予公开的部分."""
    return (f"第（{chinese_number(point.position)}）项" if several else "") + _PARTS[part]


def _fill(choice: Choice, subject: str, document: str, names: RemedyNames) -> str:
    return _TEXTS[choice].format(
        subject=subject,
        document=document,
        body=names.reconsideration_body or UNNAMED_BODY,
        court=names.court or UNNAMED_COURT,
        days=RECONSIDERATION_DAYS,
        months=COURT_MONTHS,
        after=AFTER_DAYS,
    )
