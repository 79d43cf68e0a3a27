"""Every state × step × role, tried for real on every lifecycle."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from disclosure.agencies import rights
from disclosure.agencies.roles import Role
from disclosure.audit import verbs
from disclosure.core.dates import today
from disclosure.core.errors import NotPermitted
from disclosure.models import AnnualReport, AuditEntry, User
from disclosure.reports import actions as reporting
from disclosure.reports.lifecycle import TRANSITIONS as REPORT_STEPS
from requests_app import actions
from requests_app.lifecycle import TRANSITIONS as REQUEST_STEPS
from requests_app.lifecycle import Need, State
from requests_app.models import DisclosureRequest
from tests.factories import make_agency, make_office, make_report, make_user
from tests.matrices.table import compare, written
from tests.matrices.trying import LEGEND, tried
from tests.matrices.worlds import WORLDS, data_for, old
from tests.reporting import Staff
from tests.request_factories import make_request, make_submission

#: Steps that only other steps take: no person takes them for themselves.
BY_OTHERS = {"submit", "enter", "split_off", "send_here", "send_on", "merge_here", "move_calendar"}


def test_request_steps(cast: dict[str, User]) -> None:
    """Requests: requests_app.lifecycle × the table of rights, in several worlds: a step is
    possible in a state if it is in one of them."""
    handler = cast["handler"]
    here = handler.assignments.get().agency
    make_office(here)
    make_request("registered", agency=here, handler=handler, information_name="先来的")
    worlds = {
        state: [world(state, here, handler) for world in WORLDS]
        + ([old(state, here, handler)] if state is State.CLOSED else [])
        for state in State
    }
    submission = make_submission(here)
    rows = {
        "(none) × enter": [
            tried(
                lambda who=who: actions.enter(
                    submission, actor=who, intake_channel="in_person", received_on=today()
                )
            )
            for who in cast.values()
        ]
    }
    for name, row in REQUEST_STEPS.items():
        if name in BY_OTHERS:
            continue
        for state, cases in worlds.items():
            if row.action is None:
                verdicts = [_best(name, cases, None, handler), *["-"] * (len(cast) - 1)]
            else:
                verdicts = _verdicts(name, cases, list(cast.values()), handler)
            rows[f"{state.value} × {name}"] = verdicts
    facts = AuditEntry.objects.filter(verb__startswith="request.").values_list("facts", flat=True)
    assert {name for one in facts for name in one} <= set(verbs.FACTS), "a fact without a label"
    possible = {label.rpartition(" ")[2] for label, row in rows.items() if "yes" in row}
    assert possible >= set(REQUEST_STEPS) - BY_OTHERS, "a step that is possible nowhere"
    for state, cases in worlds.items():
        rows[f"{state.value} × (reveal)"] = [
            tried(lambda who=who, case=cases[0]: actions.reveal(case, actor=who, purpose="fee"))
            for who in cast.values()
        ]
    compare(
        "request_steps",
        f"# Disclosure requests: step × state × role\n\n{LEGEND}\nA step without a role is the "
        "applicant's or the system's; its one verdict stands in the first column.",
        written("state × step", list(cast), rows),
    )


def _verdicts(
    step: str, cases: list[DisclosureRequest], people: list[User], handler: User
) -> list[str]:
    """What comes of the step for each person, in the world that allows most.

    Those who have the right differ only where the step looks at who takes it.
    """
    row = REQUEST_STEPS[step]
    personal = {Need.FOUR_EYES, Need.PEOPLE} & set(row.needs)
    found: list[str] = []
    known = ""
    for who in people:
        if rights.why_not(who, row.action or "", cases[0]):
            with pytest.raises(NotPermitted):
                actions.take(cases[0], step, actor=who)
            found.append("role")
            continue
        if not known or personal:
            known = _best(step, cases, who, handler)
        found.append(known)
    return found


def _best(step: str, cases: list[DisclosureRequest], who: User | None, handler: User) -> str:
    for case in cases:
        case.agency_handler = handler  # type: ignore[attr-defined]
        data = data_for(step, case, who)
        verdict = tried(lambda case=case, data=data: actions.take(case, step, actor=who, **data))
        if verdict == "yes":
            return verdict
    return verdict


#: What is done to a report beside its steps.
REPORT_WRITING: dict[str, Callable[[Any, User], Any]] = {
    "update": lambda report, who: reporting.update(actor=who, report=report),
    "compute": lambda report, who: reporting.compute(actor=who, report=report),
    "sum_up": lambda report, who: reporting.sum_up(actor=who, report=report),
    "load": lambda report, who: reporting.load(
        actor=who, report=report, cells=report.cells, name="figures.json"
    ),
    "unload": lambda report, who: reporting.unload(actor=who, report=report),
    "draft_texts": lambda report, who: reporting.draft_texts(actor=who, report=report),
    "adjust": lambda report, who: reporting.adjust(
        actor=who, report=report, values={report.table_form.places[0]: 9}, reason="说明"
    ),
}
#: From each standing of a report with tables to the next.
ON_ITS_WAY = {
    "draft": "check",
    "checked": "approve",
    "approved": "submit",
    "submitted": "publish",
    "published": "correct",
    "draft (correction)": "",
}


def test_report_steps(cast: dict[str, User]) -> None:
    """Annual reports: disclosure.reports.lifecycle × the table of rights, with tables and without,
    by who wrote it and by others."""
    above = cast["editor"].assignments.get().agency
    here = make_agency("BELOW", under=above)
    people: dict[str, User] = {role.value: make_user(role, agency=here) for role in Role}
    people["head (above)"] = make_user(Role.HEAD, agency=above, with_descendants=True)
    people |= {name: cast[name] for name in ("all (other agency)", "no role")}
    rows: dict[str, list[str]] = {}

    def try_all(label: str, report: AnnualReport) -> None:
        steps = {name: partial(_take, step=name) for name in REPORT_STEPS} | REPORT_WRITING
        if report.table_form is None:
            steps = {name: steps[name] for name in (*REPORT_STEPS, "update", "compute")}
        for name, step in steps.items():
            for own in (False, True):
                verdicts = [
                    tried(partial(_try_report, report.pk, step, who, own=own))
                    for who in people.values()
                ]
                line = f"{label} × {name}"
                if not own or verdicts != rows[line]:
                    rows[f"{line} (own)" if own else line] = verdicts

    for year, state in ((2014, "draft"), (2015, "published")):
        try_all(f"free: {state}", make_report(year, state=state, agency=here))
    report = Staff(here).filled(2024)
    for label, step in ON_ITS_WAY.items():
        try_all(label, report)
        if step:
            report = _take(report, None, step=step)
    root = reporting.take(Staff(above).filled(2024), "check", actor=None)
    try_all("approved, no superior", reporting.take(root, "approve", actor=None))
    assert {label.split()[-1] for label, row in rows.items() if "yes" in row} >= set(REPORT_STEPS)
    for label, row in rows.items():
        if label.endswith(("check (own)", "approve (own)")):
            assert "yes" not in row, label
    new = AnnualReport(agency=here, year=2010, title="示例")
    rows["(none) × create"] = [
        tried(lambda who=who: reporting.create(actor=who, report=new)) for who in people.values()
    ]
    compare(
        "report_steps",
        f"# Annual reports: state × step × role\n\n{LEGEND}\nThe report of an agency below "
        "another, with tables; `free`: one without. `(own)`: the same by somebody who has worked "
        "on this content; left out where nothing differs.",
        written("state × step", list(people), rows),
    )


def _take(report: AnnualReport, who: User | None, *, step: str) -> AnnualReport:
    return reporting.take(report, step, actor=who, reason="说明")


def _try_report(pk: int, step: Callable[[Any, User], Any], who: User, *, own: bool) -> None:
    if own:
        AnnualReport.objects.filter(pk=pk).update(contributors=[who.pk])
    else:
        AnnualReport.objects.filter(pk=pk).update(contributors=[])
    step(AnnualReport.objects.select_related("agency").get(pk=pk), who)
