"""Every state × step × role, tried for real on every lifecycle."""

from collections.abc import Callable
from typing import Any

import pytest

from disclosure.agencies import rights
from disclosure.audit import verbs
from disclosure.core.dates import today
from disclosure.core.errors import NotPermitted
from disclosure.models import AnnualReport, AuditEntry, User
from disclosure.reports import actions as reporting
from disclosure.reports.lifecycle import TRANSITIONS as REPORT_STEPS
from disclosure.reports.lifecycle import State as ReportState
from requests_app import actions
from requests_app.lifecycle import TRANSITIONS as REQUEST_STEPS
from requests_app.lifecycle import Need, State
from requests_app.models import DisclosureRequest
from tests.factories import (
    make_office,
    make_report,
)
from tests.matrices.table import compare, written
from tests.matrices.trying import LEGEND, tried
from tests.matrices.worlds import WORLDS, data_for, old
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


def test_report_steps(cast: dict[str, User]) -> None:
    """Annual reports: disclosure.reports.lifecycle × the table of rights."""
    here = cast["editor"].assignments.get().agency
    steps: dict[str, Callable[[Any, User], Any]] = {
        "publish": lambda report, who: reporting.publish(actor=who, report=report),
        "withdraw": lambda report, who: reporting.withdraw(
            actor=who, report=report, reason="内容有误"
        ),
        "update": lambda report, who: reporting.update(actor=who, report=report),
    }
    assert set(steps) >= set(REPORT_STEPS)
    rows = {}
    for year, state in enumerate(ReportState, 2014):
        report = make_report(year, state=state.value, agency=here)
        for name, step in steps.items():
            rows[f"{state.value} × {name}"] = [
                tried(lambda who=who, step=step, report=report: step(report, who))
                for who in cast.values()
            ]
    new = AnnualReport(agency=here, year=2010, title="示例")
    rows["(none) × create"] = [
        tried(lambda who=who: reporting.create(actor=who, report=new)) for who in cast.values()
    ]
    compare(
        "report_steps",
        f"# Annual reports: state × step × role\n\n{LEGEND}",
        written("state × step", list(cast), rows),
    )
