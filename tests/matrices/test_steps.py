"""Every state × step × role, tried for real on every lifecycle."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from disclosure.agencies.roles import Role
from disclosure.core.errors import Conflict, NotPermitted, NotPossible
from disclosure.models import AnnualReport, User
from disclosure.publications import actions as publishing
from disclosure.publications.lifecycle import TRANSITIONS as PUBLICATION_STEPS
from disclosure.publications.lifecycle import State as PublicationState
from disclosure.reports import actions as reporting
from disclosure.reports.lifecycle import TRANSITIONS as REPORT_STEPS
from disclosure.reports.lifecycle import State as ReportState
from requests_app import actions
from requests_app.lifecycle import TRANSITIONS as REQUEST_STEPS
from requests_app.lifecycle import State
from tests.factories import (
    make_agency,
    make_category,
    make_publication,
    make_report,
    make_user,
)
from tests.matrices.table import compare, written
from tests.request_factories import make_request, make_submission

LEGEND = (
    "yes: done. role: refused, the role may not (here). state: refused, not possible in this "
    "state.\nWritten by `UPDATE_MATRICES=1 pytest tests/matrices`; review every change."
)


class _Undo(Exception):
    """Takes the try back."""


def _try(step: Callable[[], Any]) -> str:
    """What comes of `step`; nothing of it stays."""
    verdict = "yes"
    try:
        with transaction.atomic():
            step()
            raise _Undo
    except _Undo:
        pass
    except NotPermitted:
        verdict = "role"
    except (NotPossible, Conflict):
        verdict = "state"
    return verdict


@pytest.fixture
def cast(db) -> dict[str, User]:
    """One person a role at the agency, a handler and a publisher elsewhere, and nobody."""
    here = make_agency("HERE")
    there = make_agency("THERE")
    people = {role.value: make_user(role, agency=here) for role in Role}
    people["all (other agency)"] = make_user(*Role, agency=there)
    people["no role"] = make_user()
    make_category("general")
    return people


def test_request_steps(cast: dict[str, User]) -> None:
    """Requests: requests_app.lifecycle × the table of rights."""
    here = cast["handler"].assignments.get().agency
    requests = {
        state: make_request(state.value, agency=here, handler=cast["handler"]) for state in State
    }
    submission = make_submission(here)
    staff_steps: dict[str, Callable[[Any, User], Any]] = {
        "register": lambda case, who: actions.register(case, actor=who),
        "answer": lambda case, who: actions.answer(case, actor=who, outcome="granted", text="示例"),
        "close": lambda case, who: actions.close(case, actor=who),
        "assign": lambda case, who: actions.assign(case, actor=who, handler=cast["handler"]),
        "reveal": lambda case, who: actions.reveal(case, actor=who, purpose="identity"),
    }
    assert set(staff_steps) >= {
        name for name, row in REQUEST_STEPS.items() if None not in row.sources
    }
    rows = {
        "(none) × enter": [
            _try(
                lambda who=who: actions.enter(
                    submission,
                    actor=who,
                    intake_channel="in_person",
                    received_on=actions.legal_day(actions.now()),
                )
            )
            for who in cast.values()
        ]
    }
    for state, case in requests.items():
        for name, step in staff_steps.items():
            rows[f"{state.value} × {name}"] = [
                _try(lambda who=who, step=step, case=case: step(case, who)) for who in cast.values()
            ]
    compare(
        "request_steps",
        f"# Disclosure requests: state × step × role\n\n{LEGEND}",
        written("state × step", list(cast), rows),
    )


def test_publication_steps(cast: dict[str, User]) -> None:
    """Publications: disclosure.publications.lifecycle × the table of rights."""
    here = cast["editor"].assignments.get().agency
    steps: dict[str, Callable[[Any, User], Any]] = {
        "publish": lambda item, who: publishing.publish(actor=who, publication=item),
        "withdraw": lambda item, who: publishing.withdraw(
            actor=who, publication=item, reason="内容有误"
        ),
        "reopen": lambda item, who: publishing.reopen(actor=who, publication=item),
        "update": lambda item, who: publishing.update(actor=who, publication=item),
        "delete": lambda item, who: publishing.delete(actor=who, publication=item),
        "attach": lambda item, who: publishing.attach(
            actor=who, publication=item, name="a.txt", data=b"text"
        ),
    }
    assert set(steps) >= set(PUBLICATION_STEPS)
    rows = {}
    for state in PublicationState:
        item = make_publication(state=state.value, agency=here)
        if state == PublicationState.DRAFT:
            item.date_made = actions.legal_day(actions.now())
            publishing.update(actor=None, publication=item)
        for name, step in steps.items():
            rows[f"{state.value} × {name}"] = [
                _try(lambda who=who, step=step, item=item: step(item, who)) for who in cast.values()
            ]
    compare(
        "publication_steps",
        f"# Publications: state × step × role\n\n{LEGEND}",
        written("state × step", list(cast), rows),
    )


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
                _try(lambda who=who, step=step, report=report: step(report, who))
                for who in cast.values()
            ]
    new = AnnualReport(agency=here, year=2010, title="示例")
    rows["(none) × create"] = [
        _try(lambda who=who: reporting.create(actor=who, report=new)) for who in cast.values()
    ]
    compare(
        "report_steps",
        f"# Annual reports: state × step × role\n\n{LEGEND}",
        written("state × step", list(cast), rows),
    )
