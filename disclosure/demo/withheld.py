"""The demonstration's register of what is withheld, and a round of re-assessment that is closed.

Days are counted in working days from the day of loading, so that one entry is overdue and one soon
due whenever it is loaded. Everything is made up; of what is secret there is a reference alone.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.catalogue.models import Category
from disclosure.core.dates import SHANGHAI, legal_day
from disclosure.demo.agencies import PROVINCE
from disclosure.demo.days import counted
from disclosure.demo.publications import NOTE
from disclosure.publications import actions as publishing
from disclosure.publications.models import Publication
from disclosure.withheld import actions, rounds
from disclosure.withheld.lifecycle import ADD, DECIDE
from disclosure.withheld.models import ReassessmentRound, WithheldItem
from disclosure.workdays.store import current_calendar

ROUND = "2025年度不予公开信息定期评估（示例）"
RECIPIENT = "辽宁省人民政府办公厅政务公开处（示例）"
#: Working days before today on which the round began, decided and closed.
BEGAN, DECIDED = -60, -45
NOON = dt.time(12, 0)


@dataclass(frozen=True)
class Entry:
    """An entry: when it was decided and when it comes back, in working days from today; what the
    round made of it."""

    title: str
    ground: str
    decided: int
    again: int
    number: str = ""
    basis: str = ""
    summary: str = ""
    mark: str = "none"
    agency: str = PROVINCE
    filed: bool = False
    outcome: str = ""


ENTRIES = (
    Entry(
        "人民防空工程建设规划修编讨论记录（示例）",
        "process",
        -300,
        -6,
        basis="内部讨论意见不成熟，公开可能影响后续决策。",
        summary="规划修编小组三次讨论的记录。",
    ),
    Entry(
        "防空警报器布点调整请示（示例）",
        "process",
        -240,
        12,
        number="示防请〔2025〕4号",
        basis="请示报告，正式批复后再作评估。",
    ),
    Entry(
        "指挥通信设施技术参数目录（示例编号）",
        "state_secret",
        -200,
        260,
        number="示密〔2024〕2号",
        basis="定密责任人审核，见定密台账。",
        mark="confidential",
    ),
    Entry(
        "工程招标中企业提交的工艺方案（示例）",
        "third_party",
        -180,
        200,
        basis="涉及商业秘密，企业书面不同意公开。",
        summary="三家投标企业的施工工艺方案。",
        filed=True,
    ),
    Entry(
        "机关车辆调配和值班安排（示例）",
        "internal_affairs",
        -150,
        150,
        basis="后勤管理信息。",
        filed=True,
    ),
    Entry(
        "早期人防工程普查工作方案讨论稿（示例）",
        "process",
        -330,
        -62,
        number="示防讨〔2024〕1号",
        outcome="keep",
    ),
    Entry(
        "人民防空宣传教育场馆调研情况（示例）",
        "process",
        -330,
        -62,
        number="示防调〔2024〕6号",
        summary="供领导参阅的调研材料。",
        outcome="disclose",
    ),
    Entry(
        "平时利用人防工程安全检查卷宗（示例）",
        "enforcement_file",
        -330,
        -62,
        number="示防查〔2024〕3号",
        outcome="disclose_in_part",
    ),
)


def load_withheld(agencies: dict[str, Agency], people: dict[str, User], *, at: dt.datetime) -> int:
    """Add the entries that are missing, and the round over those that it decided; how many."""
    known = set(WithheldItem.objects.filter(is_demo=True).values_list("title", flat=True))
    made = [_enter(one, agencies, people, at) for one in ENTRIES if one.title not in known]
    if not ReassessmentRound.objects.filter(is_demo=True).exists():
        _hold_round(agencies[PROVINCE], people, at)
    return len(made)


def _day(days: int, at: dt.datetime) -> dt.date:
    return counted(days, legal_day(at), current_calendar())


def _moment(days: int, at: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(_day(days, at), NOON, tzinfo=SHANGHAI)


def _enter(
    entry: Entry, agencies: dict[str, Agency], people: dict[str, User], at: dt.datetime
) -> WithheldItem:
    item = WithheldItem(
        agency=agencies[entry.agency],
        title=entry.title,
        document_number=entry.number,
        ground=entry.ground,
        basis=entry.basis,
        summary=entry.summary,
        mark=entry.mark,
        decided_on=_day(entry.decided, at),
        decided_by="保密审查工作小组（示例）",
        look_again_on=_day(entry.again, at),
        is_demo=True,
    )
    who = _who(people, ("editor", "reviewer") if entry.mark == "none" else ("reviewer",), ADD, item)
    actions.create(actor=who, item=item, at=at)
    if entry.filed:
        filed: dict[str, Any] = {"filed_on": _day(entry.decided + 3, at), "filed_with": RECIPIENT}
        actions.take(item, "file", actor=who, at=at, **filed)
    return item


def _who(
    people: dict[str, User], names: tuple[str, ...], action: str, obj: WithheldItem
) -> User | None:
    """The first of these accounts that may do it; None: the system does."""
    found = (people[name] for name in names if name in people)
    return next((user for user in found if rights.allows(user, action, obj)), None)


def _hold_round(agency: Agency, people: dict[str, User], at: dt.datetime) -> None:
    """Drawn, decided, closed and filed on its days."""
    began, decided = _moment(BEGAN, at), _moment(DECIDED, at)
    drawn = ReassessmentRound(
        agency=agency,
        title=ROUND,
        begun_on=legal_day(began),
        due_on=_day(BEGAN + 20, at),
        scope=ReassessmentRound.Scope.DUE,
        due_until=legal_day(began),
        note="按照政府信息管理动态调整机制，对到期的不予公开信息逐件评估。",
        is_demo=True,
    )
    if not rounds.list_for(drawn).exists():
        return
    titles = {one.title: one for one in ENTRIES}
    rounds.begin(actor=None, round_=drawn, at=began)
    for row in drawn.rows.select_related("item__agency"):
        entry = titles.get(row.item.title)
        head = _who(people, ("head", "reviewer"), DECIDE, row.item)
        step = entry.outcome if entry and entry.outcome else "keep"
        rounds.decide(row, step, actor=head, at=decided, **_given(step, row.item, at))
        row.item.refresh_from_db()
        if row.item.draft is not None:
            _write(row.item.draft, row.item.decided_on)
    rounds.step(drawn, "close", actor=None, at=decided)
    filed: dict[str, Any] = {"filed_on": _day(DECIDED + 4, at), "filed_with": RECIPIENT}
    rounds.step(drawn, "file", actor=None, at=at, **filed)


def _given(step: str, item: WithheldItem, at: dt.datetime) -> dict[str, Any]:
    """What each outcome needs."""
    stays = {"ground": item.ground, "look_again_on": _day(205, at)}
    category = Category.objects.get(code="defence-works")
    return {
        "keep": {**stays, "note": "决策尚未作出，继续不予公开。"},
        "disclose": {"category": category, "note": "情况已经变化，转为主动公开。"},
        "disclose_in_part": {**stays, "category": category, "masked": "询问笔录和当事人信息"},
    }[step]


def _write(draft: Publication, made_on: dt.date) -> None:
    """As far as a draft of the demonstration goes."""
    draft.date_made = made_on - dt.timedelta(days=400)
    draft.summary = "经定期评估转为主动公开，正文整理中。"
    draft.body = f'<p>正文整理中。</p>\n<p class="no-indent">{NOTE}</p>'
    publishing.update(actor=None, publication=draft)
