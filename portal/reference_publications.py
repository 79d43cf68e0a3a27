"""The way of a publication in Chinese, from the declarations: states, steps, checklist, findings,
hidden content.

The body of a reference page, and the diagram that the editors' manual bears.
"""

from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext

from disclosure.agencies.rights import TABLE
from disclosure.agencies.roles import Role
from disclosure.core.citing import cite
from disclosure.files.kinds import KINDS, Kind
from disclosure.findings.detectors.kinds import SEVERITY_LABELS
from disclosure.findings.detectors.table import RULES
from disclosure.grounds import GROUNDS
from disclosure.publications.lifecycle import (
    PART_LABELS,
    TRANSITIONS,
    UNPUBLISHED,
    State,
    Transition,
)
from disclosure.publications.review import ANSWERS, CHECKLIST
from disclosure.publications.trail import ConfidentialityReview

#: Who may read an item in each state, as the page says it.
READ_BY: dict[State, str] = {
    **dict.fromkeys(UNPUBLISHED, "看不到"),
    State.PUBLISHED: "到发布时间起可以查阅",
    State.WITHDRAWN: "原网址只显示已撤回；有理由的显示理由",
    State.SUPERSEDED: "从现行版本的页面可以查阅",
    State.CLOSED: "看不到",
}


def roles_of(action: str) -> str:
    """The roles that hold a right, in their usual order."""
    return "、".join(str(role.label) for role in Role if role in TABLE[action])


def _row(cells: Iterable[str | Promise]) -> str:
    return "| " + " | ".join(str(cell) or "–" for cell in cells) + " |"


def _table(*headings: str) -> list[str]:
    return [_row(headings), "|" + "---|" * len(headings)]


def diagram() -> list[str]:
    """The states of a publication with the buttons between them; steps between the same two share
    an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in TRANSITIONS.values():
        for source in State:
            if step.target is not None and source in step.sources:
                arrows.setdefault((source, step.target), []).append(str(step.label))
    revise = TRANSITIONS["revise"]
    earlier = State.SUPERSEDED
    return [
        *("```mermaid", "stateDiagram-v2"),
        *(f'    state "{state.label}" as {state}' for state in State),
        f"    [*] --> draft: 新增草稿、{revise.label}",
        "    [*] --> published: 导入已公开的信息",
        *(f"    {begin} --> {end}: {'、'.join(labels)}" for (begin, end), labels in arrows.items()),
        *("```", ""),
        f"修订稿发布时与现行内容对换：原内容成为“{earlier.label}”，网址和索引号不变。",
    ]


def _states(step: Transition) -> str:
    return "、".join(str(state.label) for state in State if state in step.sources)


def _state_rows() -> Iterator[str]:
    yield from _table("状态", "公众", "可以修改内容", "可以办理的步骤")
    for state in State:
        steps = [str(step.label) for step in TRANSITIONS.values() if state in step.sources]
        can_change = "可以" if state == State.DRAFT else ""
        yield _row((state.label, READ_BY[state], can_change, "、".join(steps)))


def _step_rows() -> Iterator[str]:
    for part in dict.fromkeys(step.part for step in TRANSITIONS.values()):
        yield from ("", f"### {PART_LABELS[part]}", "")
        yield from _table(
            *("步骤", "由谁", "从何状态", "到何状态", "须填理由", "撰写人回避", "记入公开日志"),
            "条款",
        )
        for step in TRANSITIONS.values():
            if step.part is part:
                yield _row(
                    (
                        step.label,
                        roles_of(step.action),
                        _states(step),
                        step.target.label if step.target else "不变",
                        "是" if step.needs_reason else "",
                        "是" if step.others_only else "",
                        "是" if step.logged else "",
                        cite(step.article),
                    )
                )


def _review_rows() -> Iterator[str]:
    answers = "、".join(gettext(text) for text in ANSWERS.values())
    yield from (f"每一项都要选择：{answers}。", "", *_table("审查内容", "条款"))
    for question in CHECKLIST:
        yield _row((gettext(question.text), cite(question.article)))
    conclusions = "；".join(str(one.label) for one in ConfidentialityReview.Conclusion)
    yield from ("", f"审查结论：{conclusions}。", "", "### 不予公开理由", "")
    yield from _table("理由", "条款")
    for ground in GROUNDS.values():
        yield _row((ground.label, cite(ground.article)))


def _finding_rows() -> Iterator[str]:
    yield from _table("检查项目", "程度", "说明", "可一键遮盖")
    for rule in RULES.values():
        yield _row(
            (rule.label, SEVERITY_LABELS[rule.severity], rule.reason, "是" if rule.personal else "")
        )


def _hidden_rows() -> Iterator[str]:
    yield from _table("怎样处理", "种类")
    ways: dict[str, list[str]] = {}
    for kind in KINDS.values():
        ways.setdefault(_what_follows(kind), []).append(str(kind.label))
    for way, labels in ways.items():
        yield _row((way, "；".join(labels)))


def _what_follows(kind: Kind) -> str:
    """What becomes of this kind of hidden content."""
    if kind.told:
        return "可以保留，列为疑点告知审查人"
    if kind.by_hand:
        return "上传时清理；清理不了的，由保密审查员用其他办法查看后决定"
    if kind.follows:
        return "上传时清理；原件中有的，也须改好后重新上传"
    return "上传时清理；清理不了的，不能公开"


def body() -> list[str]:
    """What stands on the page below its heading."""
    return [
        "本页由程序按流程定义生成。各项工作怎么做，见[编辑、信息员手册](../how-to/editor.md)和",
        "[审查发布手册](../how-to/reviewer.md)。",
        "",
        "## 状态图",
        "",
        *diagram(),
        "",
        "## 状态",
        "",
        *_state_rows(),
        "",
        f"“{TRANSITIONS['give_up'].label}”只用于修订稿，其他草稿直接删除。",
        "",
        "## 步骤",
        *_step_rows(),
        "",
        "“撰写人回避”：参与撰写本内容的人员不得办理该步骤。审查人也不得签发。",
        "",
        "## 保密审查表",
        "",
        *_review_rows(),
        "",
        "## 疑点",
        "",
        *_finding_rows(),
        "",
        "## 附件中的隐藏内容",
        "",
        *_hidden_rows(),
    ]
