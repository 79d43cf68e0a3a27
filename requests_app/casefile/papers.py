"""The forms of a case file: 登记表, 公开审查呈批单, 意见确认函.

Written in the active language like the sheets; what is filled in by hand, and what goes out, is
Chinese whoever prints it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from disclosure.core.citing import cite
from disclosure.core.dates import legal_day
from disclosure.core.text import gettext_noop
from disclosure.grounds import GROUNDS
from requests_app import projection
from requests_app.casefile import sheets
from requests_app.casefile.sheets import Sheet, Table
from requests_app.casework.case_page import missing
from requests_app.casework.models import CaseNote, DisclosureRequest, RequestEvent
from requests_app.consulting.models import Party
from requests_app.deciding.models import Point
from requests_app.determination import GIVEN, OUTCOMES, Given, derive
from requests_app.letters.composing import chinese_day, style_of
from requests_app.letters.kinds import KINDS
from requests_app.letters.models import Letter
from requests_app.lifecycle import Event
from requests_app.register.lines import applicant

#: Lines to sign by hand, where a step is not done yet.
NAME_TO_SIGN = "签名："
DAY_TO_FILL = "　　年　　月　　日"
ROOM = "\n\n\n"
#: Wide enough to write in.
REMARK_TO_FILL = "　" * 16 + ROOM

#: How a request came, and the days of receipt (Art. 31); a correction has its own (Art. 30).
RECEIPTS = frozenset(
    {
        Event.SUBMITTED,
        Event.ENTERED,
        Event.SPLIT_OFF,
        Event.SENT_HERE,
        Event.RECEIVED,
        Event.REGISTERED,
        Event.CORRECTED,
    }
)
#: Who says something of a draft, in this order.
ROUND = (
    (Event.DRAFTED, gettext_noop("Handler: draft")),
    (Event.REVIEWED, gettext_noop("Legal review")),
    (Event.APPROVED, gettext_noop("Head: approval")),
)

_REGULATION = "《中华人民共和国政府信息公开条例》"
#: By when the form comes back, and what follows where it does not.
_TERMS: dict[str, str] = {
    Party.Kind.THIRD_PARTY: "请自收到征求意见书之日起15个工作日内，以书面形式交回本函；"
    "不同意公开的，请说明理由。"
    f"逾期未提出意见的，由本机关依照{_REGULATION}第三十二条的规定决定是否公开。",
    Party.Kind.CO_MAKER: "请自收到征求意见书之日起15个工作日内交回本函；不同意公开的，请说明理由。"
    f"逾期未提出意见的，依照{_REGULATION}第三十四条的规定，视为同意公开。",
    Party.Kind.AGENCY: "请在来函写明的期限内交回本函；不同意公开的，请说明理由。",
}


def registration(case: DisclosureRequest, events: Iterable[RequestEvent]) -> Sheet:
    """The registration form (登记表): what Art. 29 asks, how and when it came, who took it; the
    applicant masked."""
    stored = {event.pk: event for event in events}
    receipts = [
        (
            sheets.event_text(stored[one.order]),
            _day_of(one),
            _iso(legal_day(stored[one.order].recorded_at)),
            str(stored[one.order].actor or _("the applicant or the system")),
        )
        for one in projection.effective(stored.values())
        if one.kind in RECEIPTS
    ]
    head = [
        (_("Request number"), case.number),
        (_("Came in"), str(case.get_intake_channel_display())),
        (_("Received on"), _iso(case.received_on)),
        (_("Entered by"), str(case.entered_by or "")),
        (_("Office in charge"), str(case.office or "")),
        (_("Handler"), str(case.handler or "")),
    ]
    what, who, _points = sheets.asked(case)
    lacking = missing(case, case.applicant.data) if case.applicant.data else []
    return Sheet(
        _("Registration form"),
        [
            Table("", (), head),
            Table(
                _("How it was received"),
                (_("What"), _("Legal day"), _("Entered on"), _("Who")),
                receipts,
            ),
            what,
            who,
            Table(
                _("What Art. 29 asks for and this request lacks"), (), [(one,) for one in lacking]
            ),
        ],
    )


def review(
    case: DisclosureRequest, events: Iterable[RequestEvent], notes: Iterable[CaseNote]
) -> Sheet:
    """The sheet on which an answer is examined and approved (公开审查呈批单): each point with what
    is drafted, and what handler, legal reviewer and head say of it; lines to sign where that is
    still to be done."""
    stored = {event.pk: event for event in events}
    words = {note.event_id: note.text for note in notes if note.event_id}
    current, returned = rounds(projection.effective(stored.values()))

    def who(one: projection.Effective) -> str:
        return str(stored[one.order].actor or "")

    said = [
        (_(label), words.get(one.order, ""), who(one), _day_of(one))
        if (one := current.get(kind))
        else (_(label), REMARK_TO_FILL, NAME_TO_SIGN, DAY_TO_FILL)
        for kind, label in ROUND
    ]
    points = list(case.points.all())
    return Sheet(
        _("Examination and approval of the answer"),
        [
            Table("", (), _head(case, points)),
            Table(
                _("Points"),
                (
                    _("No."),
                    _("What is asked for"),
                    _("Draft determination"),
                    _("Article and ground"),
                    _("Reasons"),
                ),
                [_point(point) for point in points],
            ),
            Table(
                _("Examination and approval"), (_("Step"), _("Remark"), _("Who"), _("Day")), said
            ),
            Table(
                _("Returned earlier"),
                (_("Day"), _("Who"), _("Remark")),
                [(_day_of(one), who(one), words.get(one.order, "")) for one in returned],
            ),
        ],
    )


def rounds(
    events: Iterable[projection.Effective],
) -> tuple[dict[str, projection.Effective], list[projection.Effective]]:
    """What has been said of the draft as it is now, by kind; and how often it was returned since
    the request came or was reopened."""
    current: dict[str, projection.Effective] = {}
    returned: list[projection.Effective] = []
    said = {kind.value for kind, _label in ROUND}
    for one in events:
        if one.kind == Event.RETURNED:
            returned.append(one)
            current = {}
        elif one.kind == Event.REOPENED:
            current, returned = {}, []
        elif one.kind in said:
            current = {**({} if one.kind == Event.DRAFTED else current), one.kind: one}
    return current, returned


def opinion(case: DisclosureRequest, party: Party, *, contact: str = "") -> Sheet:
    """The form that somebody asked sends back (意见确认函). It names the letter that it answers,
    but neither the request nor who asks: those outside do not learn that."""
    letters = [letter for letter in party.letters.all() if letter.kind == party.kind]
    answered = "、".join(
        f"《{KINDS[letter.kind].title}》（{letter.number}，{chinese_day(letter.issued_on)}）"
        for letter in letters
    )
    rows = [
        ("致", case.agency.name),
        ("来函", answered or ROOM),
        ("被征求意见方", party.get("name") or ROOM),
        (
            "意见（请勾选一项）",
            "☐ 同意公开\n☐ 同意公开一部分\n☐ 不同意公开",
        ),
        ("不同意公开的内容", ROOM),
        ("不同意公开的理由", ROOM),
        ("联系人、联系电话", "\n"),
        ("签名或者盖章", f"{ROOM}{DAY_TO_FILL}"),
    ]
    if contact:
        rows.append(("交回", contact))
    return Sheet(
        "政府信息公开意见确认函",
        [Table("", (), rows)],
        notes=(_TERMS[party.kind],),
        is_for_outside=True,
    )


def opinions(case: DisclosureRequest) -> list[tuple[Party, Sheet]]:
    """The form of each party, in a fixed number of queries."""
    parties = case.parties.prefetch_related(
        Prefetch("letters", Letter.objects.defer("document").order_by("pk"))
    )
    contact = style_of(case.agency).contact
    return [(party, opinion(case, party, contact=contact)) for party in parties]


def _day_of(one: projection.Effective) -> str:
    return _iso(one.occurred_on)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _head(case: DisclosureRequest, points: list[Point]) -> list[tuple[str, str]]:
    head = [
        (_("Request number"), case.number),
        (_("What is asked for"), case.subject),
        (_("Applicant"), applicant(case)),
        (_("Received on"), _iso(case.received_on)),
        (_("Answer due"), _iso(case.answer_due)),
        (_("Office in charge"), str(case.office or "")),
        (_("Handler"), str(case.handler or "")),
    ]
    if points and all(point.determination for point in points):
        outcome = OUTCOMES[derive([point.determination for point in points]).outcome]
        head.append((_("Outcome"), _(outcome.label)))
    return head


def _point(point: Point) -> tuple[str, str, str, str, str]:
    return (
        str(point.position),
        point.text,
        str(point.get_determination_display()) if point.determination else "",
        _grounds(point),
        _given(point.given),
    )


def _grounds(point: Point) -> str:
    """The article of the determination, and each ground with its own."""
    if point.row is None:
        return ""
    found = [GROUNDS[key] for key in point.grounds if key in GROUNDS]
    named = [f"{ground.label}（{cite(ground.article)}）" for ground in found]
    own = [] if point.row.article in {ground.article for ground in found} else [point.row.article]
    return "\n".join([*(cite(article) for article in own), *named])


def _given(details: Mapping[str, object]) -> str:
    """What the determination says, one line each; its grounds stand beside it."""
    return "\n".join(
        f"{_(GIVEN[field].label)}：{details[field.value]}"
        for field in Given
        if field is not Given.GROUNDS and details.get(field.value)
    )
