"""Two at once on the same request: one is done, the other is told, nothing is done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connections

from disclosure.agencies.roles import Role
from disclosure.core.errors import Conflict, NotPossible
from requests_app import actions
from requests_app.models import Answer, DisclosureRequest, Letter
from requests_app.rebuilding import differences
from tests.factories import make_agency, make_user
from tests.request_factories import decide_all, make_request, make_style

pytestmark = pytest.mark.django_db(transaction=True)


def both(*works: Callable[[], object]) -> list[str]:
    """What becomes of each: "done", or the kind of refusal."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            barrier.wait(30)
            work()
        except (NotPossible, Conflict) as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.fixture
def approved() -> DisclosureRequest:
    agency = make_agency("SL")
    make_style(agency)
    case = make_request("registered", agency=agency)
    decide_all(case)
    for step in ("propose", "pass_review", "approve"):
        case = actions.take(case, step)
    return case


def test_two_handlers_issue_the_same_answer(approved: DisclosureRequest) -> None:
    handlers = [make_user(Role.HANDLER, agency=approved.agency) for _one in range(4)]
    became = both(
        *(
            lambda who=who: actions.take(approved, "issue", actor=who)  # type: ignore[misc]
            for who in handlers
        )
    )
    assert sorted(became) == ["NotPossible"] * 3 + ["done"]
    assert Answer.objects.count() == 1
    assert [letter.serial for letter in Letter.objects.filter(kind="answer")] == [1]
    assert approved.events.filter(kind="answered").count() == 1
    assert not list(differences(repair=False))


def test_one_issues_while_another_returns_it(approved: DisclosureRequest) -> None:
    became = both(
        lambda: actions.take(approved, "issue"),
        lambda: actions.take(approved, "return_draft", text="还要改"),
    )
    assert sorted(became) == ["NotPossible", "done"]
    approved.refresh_from_db()
    assert approved.state in {"answered", "registered"}
    assert (approved.state == "answered") == Answer.objects.exists()
    assert not list(differences(repair=False))


def test_the_applicant_withdraws_while_it_is_answered(approved: DisclosureRequest) -> None:
    became = both(
        lambda: actions.take(approved, "issue"), lambda: actions.take(approved, "withdraw")
    )
    assert sorted(became) == ["NotPossible", "done"]
    approved.refresh_from_db()
    assert (approved.outcome, approved.state) in {("granted", "answered"), ("other", "closed")}
    assert not list(differences(repair=False))


def test_third_parties_asked_at_once_get_their_own_numbers() -> None:
    case = make_request("registered", agency=make_agency("SL"))
    became = both(
        *(
            lambda name=name: actions.take(  # type: ignore[misc]
                case, "ask_third_party", name=name, text="合同"
            )
            for name in ("甲公司", "乙公司", "丙公司")
        )
    )
    assert became == ["done"] * 3
    assert sorted(case.parties.values_list("number", flat=True)) == [1, 2, 3]
    serials = Letter.objects.filter(kind="third_party").values_list("serial", flat=True)
    assert sorted(serials) == [1, 2, 3]


def test_two_merges_into_one_another() -> None:
    """Each into the other at the same moment: one at most is done, and nobody waits for ever."""
    agency = make_agency("SL")
    first = make_request("registered", agency=agency)
    second = make_request("registered", agency=agency)

    def merge(one: DisclosureRequest, other: DisclosureRequest) -> None:
        try:
            actions.take(one, "merge", into=other)
        except OperationalError as error:  # PostgreSQL ends a deadlock by refusing one
            raise Conflict([]) from error

    became = both(lambda: merge(first, second), lambda: merge(second, first))
    assert became.count("done") == 1
    assert not list(differences(repair=False))
