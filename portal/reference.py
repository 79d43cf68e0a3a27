"""Reference pages written from the declarations themselves: rights and lifecycles.

`manage.py write_reference` writes them, a test holds the committed ones against the code.
"""

from pathlib import Path

from django.conf import settings
from django.utils import translation

from disclosure.agencies.rights import TABLE
from disclosure.agencies.roles import Role
from disclosure.publications.lifecycle import TRANSITIONS as PUBLICATION_STEPS
from disclosure.reports.lifecycle import TRANSITIONS as REPORT_STEPS
from requests_app.determination import DETERMINATIONS, GROUP_LABELS, OUTCOMES
from requests_app.lifecycle import EVENT_TEXTS, NEEDS, OPEN_STATES, STATE_LABELS
from requests_app.lifecycle import TRANSITIONS as REQUEST_STEPS

NOTE = "<!-- Written by `manage.py write_reference`; change the declaration, not this page. -->"
#: Where a returned draft may have begun.
_BACK = sorted(REQUEST_STEPS["propose"].sources, key=str)


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


def requests_page() -> list[str]:
    """The life of a disclosure request: diagram, steps with what they need, events."""
    lines = ["## Disclosure requests (依申请公开)", "", "```mermaid", "stateDiagram-v2"]
    lines.append('    state "any open state" as open')
    drawn = set()
    for step in REQUEST_STEPS.values():
        for source in sorted(step.sources, key=str):
            ends = _BACK if step.restores else [step.target] if step.target else []
            begin = "open" if step.sources == OPEN_STATES else source or "[*]"
            for end in ends:
                edge = f"    {begin} --> {end}: {step.name}"
                if edge not in drawn:
                    drawn.add(edge)
                    lines.append(edge)
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
            f"    {source} --> {publication_step.target}: {publication_step.name}"
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


PAGES = {"rights.md": rights_page, "lifecycles.md": lifecycles_page}


def folder() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "reference"


def stale() -> list[str]:
    """The names of the pages that the code no longer says."""
    found = []
    with translation.override("en"):
        for name, page in PAGES.items():
            path = folder() / name
            if not path.exists() or path.read_text(encoding="utf-8") != page():
                found.append(name)
    return found


def write() -> None:
    with translation.override("en"):
        for name, page in PAGES.items():
            (folder() / name).write_text(page(), encoding="utf-8")
