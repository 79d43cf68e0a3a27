"""Reference pages written from the declarations themselves: rights, lifecycles, the schema of the
interface; the steps of requests and publications in Chinese too, for the staff's manuals, which
bear their diagrams.

`manage.py write_reference` writes them, a test holds the committed ones against the code.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from disclosure.agencies.rights import TABLE
from disclosure.agencies.roles import Role
from disclosure.core.citing import cite
from disclosure.publications.lifecycle import TRANSITIONS as PUBLICATION_STEPS
from disclosure.reports.lifecycle import TRANSITIONS as REPORT_STEPS
from portal import reference_publications
from portal.api import schema
from portal.reference_publications import roles_of
from requests_app.determination import DETERMINATIONS, GIVEN, GROUP_LABELS, OUTCOMES, Follow
from requests_app.letters.kinds import KINDS
from requests_app.lifecycle import (
    EVENT_TEXTS,
    FINISHED,
    NEEDS,
    OPEN_STATES,
    PART_LABELS,
    STATE_LABELS,
    STATE_NEXT,
    UNDER_WAY,
    State,
    Transition,
    told_state,
)
from requests_app.lifecycle import TRANSITIONS as REQUEST_STEPS

NOTE = "<!-- Written by `manage.py write_reference`; change the declaration, not this page. -->"
#: Where a returned draft may have begun.
_BACK = sorted(REQUEST_STEPS["propose"].sources, key=str)
#: The manuals that bear a diagram, and the marks between which it stands.
MANUAL = "how-to/handler.md"
EDITORS_MANUAL = "how-to/editor.md"
BEGIN = "<!-- Written by `manage.py write_reference`: the diagram -->"
END = "<!-- The diagram ends here -->"
#: Groups of states that many steps begin in, as the Chinese page calls them.
GROUPS: dict[frozenset[State | None], str] = {
    frozenset(OPEN_STATES): "未答复的任何状态",
    frozenset(OPEN_STATES | FINISHED): "任何状态",
    frozenset(UNDER_WAY): "登记后、答复前的任何状态",
}
#: When a determination may follow, as the Chinese page says it.
FOLLOWS: dict[Follow, str] = {
    Follow.ALWAYS: "随时",
    Follow.NO_OBJECTION: (
        "没有第三方的合理反对意见，或者已因公共利益决定公开，或者涉及第三方的部分不予公开"
    ),
    Follow.THIRD_PARTY_HEARD: "已书面征求第三方意见，且意见已收到或者15个工作日已满",
    Follow.CORRECTED: "已告知补正并收到补正",
    Follow.NOT_CORRECTED: "已告知补正，期限已过，未收到补正",
    Follow.FEE_UNPAID: "已通知收费，缴费期限已过，未缴费",
    Follow.REASONS_ASKED: "已要求说明理由，且申请人已说明或者期限已过",
}


def rights_page() -> str:
    """Role × action (角色权限表)."""
    roles = list(Role)
    lines = [
        "# Who may do what",
        NOTE,
        "",
        (
            "One table, declared in `disclosure/permissions.py` and `requests_app/permissions.py`; "
            "admin, actions and tests read it. A role is held at an agency, with or without those "
            "below it."
        ),
        "",
        "| action | " + " | ".join(role.value for role in roles) + " |",
        "|---|" + "---|" * len(roles),
    ]
    lines += [
        f"| `{action}` | " + " | ".join("✓" if role in held else "" for role in roles) + " |"
        for action, held in sorted(TABLE.items())
    ]
    return "\n".join(lines) + "\n"


def _edges(back: list[State | None]) -> Iterator[tuple[str, str, Transition]]:
    """(from, to, step) of each step that changes the state; a returned draft goes to `back`."""
    for step in REQUEST_STEPS.values():
        begins = ["open"] if step.sources == OPEN_STATES else sorted(step.sources, key=str)
        ends = back if step.restores else [step.target] if step.target else []
        for begin in begins:
            yield from ((str(begin or "[*]"), str(end), step) for end in ends)


def requests_page() -> list[str]:
    """The life of a disclosure request: diagram, steps with what they need, events."""
    lines = ["## Disclosure requests (依申请公开)", "", "```mermaid", "stateDiagram-v2"]
    lines.append('    state "any open state" as open')
    lines += [f"    {begin} --> {end}: {step.name}" for begin, end, step in _edges(_BACK)]
    lines += ["```", "", "Steps that leave the state as it is are not drawn; they stand below."]
    lines += ["", "| state | label |", "|---|---|"]
    lines += [f"| `{state}` | {label} |" for state, label in STATE_LABELS.items()]
    lines += [
        "",
        "| step | from | to | event | right | letter | e-mail | article |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for step in REQUEST_STEPS.values():
        begins = ", ".join(sorted(str(source or "–") for source in step.sources))
        target = "where the draft began" if step.restores else step.target or "stays"
        right = (step.action or "the applicant or the system").removeprefix("requests_app.")
        lines.append(
            f"| {step.label} (`{step.name}`) | {begins} | {target} | `{step.event}` | {right} "
            f"| {step.letter or '–'} | {step.message or '–'} | {step.article or '–'} |"
        )
    lines += ["", "What a step needs besides (`requests_app.policies`):", ""]
    lines += [
        f"- `{step.name}`: " + "; ".join(NEEDS[need] for need in step.needs)
        for step in REQUEST_STEPS.values()
        if step.needs
    ]
    lines += ["", "| event | staff read | the applicant reads | article |", "|---|---|---|---|"]
    lines += [
        f"| `{event}` | {text.staff} | {text.public or '–'} | {text.article or '–'} |"
        for event, text in EVENT_TEXTS.items()
    ]
    return lines


def determinations_page() -> list[str]:
    """What can be decided on a point, and the row of table three it leads to."""
    lines = ["## Determinations (答复)", ""]
    lines += ["| key | label | article | row of table three | must give | may give | follows |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for row in DETERMINATIONS.values():
        must = ", ".join(field.value for field in row.must) or "–"
        may = ", ".join(field.value for field in row.may) or "–"
        lines.append(
            f"| `{row.key}` | {row.label} | {row.article} | `{row.row}` | {must} | {may} "
            f"| {row.follow.value} |"
        )
    lines += ["", "## Outcomes (the rows of table three)", ""]
    lines += ["| key | group | label | article |", "|---|---|---|---|"]
    lines += [
        f"| `{row.key}` | {GROUP_LABELS[row.group]} | {row.label} | {row.article} |"
        for row in OUTCOMES.values()
    ]
    return lines


def lifecycles_page() -> str:
    """State diagrams (状态图) of requests, publications and reports; requests' steps as tables."""
    lines = ["# Lifecycles", NOTE, "", *requests_page(), "", *determinations_page()]
    lines += ["", "## Publications (主动公开)", "", "```mermaid", "stateDiagram-v2"]
    lines.append("    [*] --> draft: create")
    for publication_step in PUBLICATION_STEPS.values():
        lines += [
            f"    {source} --> {publication_step.target or source}: {publication_step.name}"
            for source in sorted(publication_step.sources)
        ]
    lines += ["```", "", "## Annual reports (年度报告)", "", "```mermaid", "stateDiagram-v2"]
    lines += ["    [*] --> draft: create", "    [*] --> published: import"]
    for report_step in REPORT_STEPS.values():
        lines += [
            f"    {source} --> {report_step.target}: {report_step.name}"
            for source in sorted(report_step.sources)
        ]
    lines.append("```")
    return "\n".join(lines) + "\n"


def diagram_in_chinese() -> list[str]:
    """The states of a request with the buttons between them. Steps between the same two share an
    arrow, and a returned draft is drawn to the state in which most begin."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for begin, end, step in _edges([State.REGISTERED]):
        arrows.setdefault((begin, end), []).append(gettext(step.label))
    lines = ["```mermaid", "stateDiagram-v2", f'    state "{GROUPS[OPEN_STATES]}" as open']
    lines += [f'    state "{gettext(label)}" as {state}' for state, label in STATE_LABELS.items()]
    lines += [
        f"    {begin} --> {end}: {'、'.join(labels)}" for (begin, end), labels in arrows.items()
    ]
    back = _states(REQUEST_STEPS["propose"].sources)
    return [*lines, "```", "", f"退回的草稿回到送审之前的状态（{back}），图中只画出一种。"]


def _state(state: State | None) -> str:
    return gettext(STATE_LABELS[state]) if state else "–"


def _states(sources: frozenset[State | None]) -> str:
    """Several states, in the order of the work."""
    if sources in GROUPS:
        return GROUPS[sources]
    return "、".join(_state(state) for state in STATE_LABELS if state in sources) or "–"


def _who(step: Transition) -> str:
    """The roles that may take a step."""
    if step.action is None:
        return "申请人或者系统"
    return roles_of(step.action)


def _target(step: Transition) -> str:
    if step.restores:
        return "送审之前的状态"
    return _state(step.target) if step.target else "不变"


def _steps_in_chinese() -> Iterator[str]:
    for part in dict.fromkeys(step.part for step in REQUEST_STEPS.values()):
        yield from ("", f"### {gettext(PART_LABELS[part])}", "")
        yield "| 步骤 | 由谁 | 从何状态 | 到何状态 | 同时制发 | 邮件 | 条款 | 还须满足 |"
        yield "|---|---|---|---|---|---|---|---|"
        for step in REQUEST_STEPS.values():
            if step.part is not part:
                continue
            cells = (
                gettext(step.label),
                _who(step),
                _states(step.sources),
                _target(step),
                KINDS[step.letter].title if step.letter else "–",
                "有" if step.message else "–",
                cite(step.article) or "–",
                "；".join(gettext(NEEDS[need]) for need in step.needs) or "–",
            )
            yield "| " + " | ".join(cells) + " |"


def _determinations_in_chinese() -> Iterator[str]:
    yield "| 处理决定 | 条款 | 必须写明 | 可以写明 | 何时可以作出 | 年报表三 |"
    yield "|---|---|---|---|---|---|"
    for row in DETERMINATIONS.values():
        cells = (
            gettext(row.label),
            cite(row.article),
            "、".join(gettext(GIVEN[field].label) for field in row.must) or "–",
            "、".join(gettext(GIVEN[field].label) for field in row.may) or "–",
            FOLLOWS[row.follow],
            gettext(row.outcome.label),
        )
        yield "| " + " | ".join(cells) + " |"


def requests_page_in_chinese() -> str:
    """What the handlers' manual refers to: states, steps, what is read, determinations."""
    lines = [
        "# 申请办理流程",
        NOTE,
        "",
        "本页由程序按流程定义生成。各项工作怎么做，见[经办人手册](../how-to/handler.md)。",
        "",
        "## 状态图",
        "",
        *diagram_in_chinese(),
        "",
        "## 状态",
        "",
        "| 状态 | 申请人看到 | 告诉申请人 |",
        "|---|---|---|",
    ]
    lines += [
        f"| {_state(state)} | {_state(told_state(state))} | {gettext(STATE_NEXT[state])} |"
        for state in STATE_LABELS
    ]
    lines += ["", "## 步骤", *_steps_in_chinese(), "", "## 办理进度怎么写", ""]
    lines += ["| 工作人员看到 | 申请人看到 | 条款 |", "|---|---|---|"]
    lines += [
        f"| {gettext(text.staff)} | {gettext(text.public) if text.public else '–'} "
        f"| {cite(text.article) or '–'} |"
        for text in EVENT_TEXTS.values()
    ]
    lines += ["", "## 处理决定", "", *_determinations_in_chinese()]
    return "\n".join(lines) + "\n"


def publications_page_in_chinese() -> str:
    """What the manuals of editors and reviewers refer to."""
    return "\n".join(["# 信息发布流程", NOTE, "", *reference_publications.body()]) + "\n"


def manual(text: str, diagram: Callable[[], list[str]] = diagram_in_chinese) -> str:
    """A manual with today's diagram between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("a manual lacks the marks of its diagram")
    return "\n".join([before + BEGIN, "", *diagram(), "", END + after])


def _stored(name: str) -> str:
    return (folder() / name).read_text(encoding="utf-8")


#: Page in `docs/` → its language, and what it says.
PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "reference/rights.md": ("en", rights_page),
    "reference/lifecycles.md": ("en", lifecycles_page),
    "reference/request-lifecycle-zh.md": ("zh-hans", requests_page_in_chinese),
    "reference/publication-lifecycle-zh.md": ("zh-hans", publications_page_in_chinese),
    "reference/openapi.json": ("en", lambda: schema.as_text("en")),
    MANUAL: ("zh-hans", lambda: manual(_stored(MANUAL))),
    EDITORS_MANUAL: (
        "zh-hans",
        lambda: manual(_stored(EDITORS_MANUAL), reference_publications.diagram),
    ),
}


def folder() -> Path:
    return Path(settings.BASE_DIR) / "docs"


def _said(name: str) -> str:
    language, page = PAGES[name]
    with translation.override(language):
        return page()


def stale() -> list[str]:
    """The names of the pages that the code no longer says."""
    return [
        name
        for name in PAGES
        if not (folder() / name).exists()
        or (folder() / name).read_text(encoding="utf-8") != _said(name)
    ]


def write() -> None:
    for name in PAGES:
        (folder() / name).write_text(_said(name), encoding="utf-8")
