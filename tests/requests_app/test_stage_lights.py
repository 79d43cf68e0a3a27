"""Warning lights of every running stage: on the start page, and beside the parts of a case."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.backstage.panels import Panel
from disclosure.core.dates import SHANGHAI, today
from disclosure.models import Agency, User
from disclosure.workdays.store import current_calendar
from requests_app import actions, clock
from requests_app.casework.case_page import case_page
from requests_app.casework.parts import Part
from requests_app.models import DisclosureRequest, HelpTask, RemedyCase
from tests.admin_pages import signed_in
from tests.factories import make_office, make_tree, make_user
from tests.request_factories import decide_all, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> None:
    with translation.override("en"):
        yield


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree) -> User:
    return make_user(Role.HANDLER, agency=tree[1], username="handler", full_name="经办甲")


def in_workdays(count: int) -> dt.date:
    """The day after which no working day is left that has not `count` before it."""
    return current_calendar().add_workdays(today(), count)


def panel(user: User, key: str) -> Panel | None:
    response = signed_in(Client(), user).get(reverse("admin:index"))
    return {one.key: one for one in response.context["panels"]}.get(key)


def lit(user: User, key: str) -> list[tuple[str, str]]:
    """Level and words of each row."""
    found = panel(user, key)
    return [(row.level, str(row.said)) for row in found.rows] if found else []


def with_task(case: DisclosureRequest, due: dt.date, name: str = "档案处") -> DisclosureRequest:
    office = make_office(case.agency, name)
    case = actions.take(
        case, "ask_help", office=office, text="查", until=today() + dt.timedelta(30)
    )
    HelpTask.objects.filter(request=case, office=office).update(due_on=due)
    return case


def with_remedy(case: DisclosureRequest, due: dt.date) -> DisclosureRequest:
    case = actions.take(
        case,
        "file_remedy",
        kind="reconsideration",
        by="applicant",
        against="answer",
        body="示例省人民政府",
        reference="复1号",
    )
    RemedyCase.objects.filter(request=case).update(reply_due=due)
    return case


def shown(case: DisclosureRequest, user: User, on: dt.date, which: str) -> list[tuple[str, str]]:
    """Class and words of the pill of each part on the day `on`."""
    found: list[Part] = getattr(case_page(case, user, on, current_calendar()), which)
    return [(part.pill_class, part.pill) for part in found]


# --- the start page ----------------------------------------------------------------------------


def test_offices_are_named_before_they_are_late(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    for number, count in enumerate((-2, 1, 2, 5)):
        case = with_task(case, in_workdays(count), f"{number}处")
    found = lit(handler, "requests-tasks")
    assert [level for level, _word in found] == ["red", "amber", "amber"]
    words = [word for _level, word in found]
    assert "Overdue" in words[0]
    assert words[1:] == ["1 working day left", "2 working days left"]


def test_replies_are_named_before_they_are_late(tree, handler) -> None:
    for count in (-1, 2, 5, 6):
        with_remedy(make_request("answered", agency=tree[1], handler=handler), in_workdays(count))
    found = lit(handler, "requests-remedies")
    assert [level for level, _word in found] == ["red", "red", "amber"]
    assert "Overdue" in found[0][1]
    assert found[1][1] == "2 working days left"


def received_on(day: dt.date, **fields: object) -> DisclosureRequest:
    at = dt.datetime.combine(day, dt.time(10), SHANGHAI)
    return make_request("registered", at=at, **fields)


@pytest.fixture
def near() -> dt.date:
    """A day of receipt whose last day to ask for a correction is near."""
    return clock.receipts_to_correct(today(), current_calendar())[0]


def test_the_last_days_to_ask_for_a_correction(tree, handler, near) -> None:
    case = received_on(near, agency=tree[1], handler=handler)
    earlier = near - dt.timedelta(days=40)
    received_on(earlier, agency=tree[1], handler=handler)
    received_on(today(), agency=tree[1], handler=handler)
    received_on(near, agency=tree[2])
    found = panel(handler, "requests-correction_notice")
    due = clock.correction_notice_due(near, current_calendar())
    assert [(row.label, row.note) for row in found.rows] == [
        (f"{case.number} {case.subject}", due.isoformat())
    ]
    assert found.rows[0].level in {"amber", "red"}
    rows = signed_in(Client(), handler).get(found.url).context["cl"].result_list
    assert [row.pk for row in rows] == [case.pk]


def test_who_was_asked_or_is_drafted_for_is_not_named(tree, handler, near) -> None:
    asked = received_on(near, agency=tree[1], handler=handler)
    asked = actions.take(
        asked, "ask_correction", actor=handler, text="请写明", until=today() + dt.timedelta(9)
    )
    actions.take(asked, "receive_correction", actor=handler, text="补正")
    decided = received_on(near, agency=tree[1], handler=handler)
    decide_all(decided, actor=handler)
    drafted = received_on(near, agency=tree[1], handler=handler)
    actions.draft(drafted, actor=handler, closing="示例")
    assert panel(handler, "requests-correction_notice") is None


def test_what_waits_for_the_applicant_is_amber_at_most(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    case = actions.take(case, "ask_correction", actor=handler, text="请写明", until=in_workdays(10))
    levels = []
    for count in (10, 3, -3):
        DisclosureRequest.objects.filter(pk=case.pk).update(waiting_until=in_workdays(count))
        ((level, word),) = lit(handler, "requests-mine")
        levels.append(level)
        assert "Overdue" not in word
        assert "overdue" not in word
    assert levels == ["", "amber", "amber"]


def test_the_start_page_costs_the_same_with_more(tree, handler, near) -> None:
    def more(number: int) -> None:
        case = received_on(near, agency=tree[1], handler=handler)
        with_task(case, in_workdays(1), f"{number}处")
        with_remedy(make_request("answered", agency=tree[1], handler=handler), in_workdays(1))

    client, counts = signed_in(Client(), handler), []
    for number in range(3):
        more(number)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:index"))
        counts.append(len(queries))
    assert len(set(counts)) == 1


# --- beside the parts --------------------------------------------------------------------------


def test_a_task_turns_amber_and_red(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    due = dt.date(2026, 12, 16)
    case = with_task(case, due)
    pills = [shown(case, handler, dt.date(2026, 12, n), "tasks")[0] for n in (8, 14, 16, 17)]
    assert [pill for pill, _word in pills] == ["", "warn", "bad", "bad"]
    assert pills[0][1] == "Not answered yet · 6 working days left"
    assert pills[2][1] == "Not answered yet · Today is the last day"
    assert pills[3][1] == "Not answered yet · Overdue by 1 working day"
    task = case.tasks.get()
    case = actions.take(case, "give_help", actor=handler, task=task, found="nothing")
    assert shown(case, handler, dt.date(2026, 12, 17), "tasks") == [("ok", "Holds nothing")]


def test_a_third_party_is_not_late_but_its_term_is_over(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    case = actions.take(case, "ask_third_party", actor=handler, name="示例公司", text="合同")
    last = current_calendar().add_workdays(today(), 15)
    near = current_calendar().add_workdays(last, -1)
    assert shown(case, handler, today(), "parties") == [
        ("", "Not answered yet · 15 working days left")
    ]
    assert shown(case, handler, near, "parties") == [
        ("bad", "Not answered yet · 1 working day left")
    ]
    after = last + dt.timedelta(days=1)
    assert shown(case, handler, after, "parties") == [
        ("warn", "Not answered yet · Its term is over")
    ]


def test_another_agency_has_the_day_asked_of_it(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    case = actions.take(
        case, "ask_agency", actor=handler, name="示例局", text="请函复", until=in_workdays(4)
    )
    assert shown(case, handler, today(), "parties") == [
        ("", "Not answered yet · 4 working days left")
    ]
    assert shown(case, handler, in_workdays(1), "parties")[0][0] == "warn"


def test_a_remedy_shows_the_days_for_the_reply(tree, handler) -> None:
    case = make_request("answered", agency=tree[1], handler=handler)
    case = with_remedy(case, in_workdays(6))
    assert shown(case, handler, today(), "remedies") == [("", "Pending · 6 working days left")]
    assert shown(case, handler, in_workdays(1), "remedies")[0][0] == "warn"
    assert shown(case, handler, in_workdays(4), "remedies")[0][0] == "bad"
    remedy = case.remedies.get()
    case = actions.take(case, "decide_remedy", actor=handler, remedy=remedy, result="upheld")
    assert "working days" not in shown(case, handler, today(), "remedies")[0][1]
