"""Every path: where it ends, that the events say the same, and that `due` agrees on the way."""

import datetime as dt

import pytest

from requests_app.casework import worklist
from requests_app.determination import DETERMINATIONS
from requests_app.lifecycle import TRANSITIONS
from requests_app.models import DisclosureRequest
from requests_app.rebuilding import differences
from tests.requests_app.paths import paths_answers, paths_asking, paths_others
from tests.requests_app.paths.path import Path
from tests.requests_app.paths.walking import COMES, Walk, ask_due, read, shown, written

PATHS: tuple[Path, ...] = paths_asking.PATHS + paths_others.PATHS + paths_answers.PATHS
FAR = dt.date(2100, 1, 1)


@pytest.fixture
def walked(request, db) -> Walk:
    """The world after a path."""
    walk = Walk()
    for line in read(request.param.lines):
        walk.go(line)
    return walk


def ends(path: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Name of the request → its state and its fields."""
    found = {}
    for name, text in {"a": path.ends, **path.others}.items():
        state, *pairs = text.split()
        found[name] = state, dict(pair.split("=", 1) for pair in pairs)
    return found


@pytest.mark.parametrize(
    ("walked", "path"),
    [(path, path) for path in PATHS],
    ids=[path.name for path in PATHS],
    indirect=["walked"],
)
def test_path(walked: Walk, path: Path):
    """One test for each, because walking is what costs."""
    assert set(walked.cases) == {"a", *path.others}
    for name, (state, fields) in ends(path).items():
        case = walked.cases[name]
        case.refresh_from_db()
        assert case.state == state
        late = fields.pop("late")
        found = {field: shown(case, field) for field in fields}
        assert found == fields, name
        was_late(case, late)
        agrees_with_due(walked, name, path)
    assert list(differences(repair=False)) == []


def was_late(case: DisclosureRequest, late: str) -> None:
    """On which day an open one becomes overdue; of a finished one, whether its answer was late."""

    def is_overdue(day: dt.date) -> bool:
        return worklist.overdue(day).filter(pk=case.pk).exists()

    if not case.is_open:
        assert not is_overdue(FAR)
        due = case.answer_due
        assert late == ("yes" if due and case.answered_on > due else "no")
    elif late == "never":
        assert not is_overdue(FAR)
        assert case.waiting_for
    else:
        first = dt.date.fromisoformat(late)
        assert is_overdue(first)
        assert not is_overdue(first - dt.timedelta(days=1))


def agrees_with_due(walked: Walk, name: str, path: Path) -> None:
    """`due` says the same of what the path tells and of what is stored."""
    case = walked.cases[name]
    stored = written(case)
    # An entry that was put right is told as it was entered.
    if name in walked.told and " amend " not in path.lines:
        assert walked.told[name] == stored
    said = ask_due(case, stored)
    assert said["regulation"] == path.decree
    assert said["received"] == str(case.received_on)
    assert said["answer_due"] == (str(case.answer_due) if case.answer_due else None)
    # Once it is answered nothing is waited for, whoever had not answered.
    assert case.waiting_for == ((said["waiting_for"] or "") if case.is_open else "")
    assert said["provisional"] is case.is_provisional
    if case.waiting_for == "payment":
        assert said["fee_due"] == str(case.waiting_until)


def test_there_are_enough_and_each_has_its_name():
    assert len(PATHS) >= 60
    assert len({path.name for path in PATHS}) == len(PATHS)
    assert all(path.articles for path in PATHS)


def test_every_path_says_all_that_it_must():
    for path in PATHS:
        for state, fields in ends(path).values():
            assert "late" in fields, path.name
            if state in {"answered", "closed"}:
                assert {"outcome", "counted"} <= set(fields), path.name
            elif fields["late"] == "never":
                assert {"waits", "until"} <= set(fields), path.name
            else:
                assert {"due", "amber", "red"} <= set(fields), path.name


def test_every_determination_is_decided_somewhere():
    decided = {
        key
        for path in PATHS
        for line in read(path.lines)
        if line.step == "answer"
        for key in str(line.data.get("as", "given")).split(",")
    }
    assert decided == set(DETERMINATIONS)


#: Steps without a day of the law, each with tests of its own.
ELSEWHERE = {
    "add_files",
    "erase",
    "merge_here",
    "move_calendar",
    "renew_code",
    "restrict",
    "send_here",
    "send_on",
    "sign_for",
    "split_off",
}


def test_every_step_is_taken_somewhere():
    taken = {line.step for path in PATHS for line in read(path.lines) if not line.refused}
    if taken & set(COMES) - {"submit"}:
        taken.add("enter")
    if "answer" in taken:
        taken |= {"propose", "pass_review", "approve", "issue"}
    assert set(TRANSITIONS) - taken == ELSEWHERE
