"""The due panel and the timeline, as the applicant and as staff read them."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import actions, projection
from requests_app.casework.models import DisclosureRequest, RequestEvent
from requests_app.tracking.timeline import due_panel, reasons, timeline
from tests.request_factories import answer_request, make_receipt, make_request

CALENDAR = WorkdayCalendar.from_table()


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def moment(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T10:00:00+08:00")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def case(*events: tuple[str, str, dict[str, Any]]) -> tuple[DisclosureRequest, list[RequestEvent]]:
    """A request as these events make it, without a database: (kind, day, facts)."""
    listed = [
        RequestEvent(pk=number, kind=kind, occurred_on=day(on), recorded_at=moment(on), facts=facts)
        for number, (kind, on, facts) in enumerate(events, 1)
    ]
    request = DisclosureRequest()
    projection.project(listed, CALENDAR).write_to(request)
    return request, listed


def received(on: str = "2026-02-10") -> list[tuple[str, str, dict[str, Any]]]:
    return [("submitted", on, {}), ("received", on, {}), ("registered", on, {})]


@pytest.mark.parametrize(
    ("on", "level", "left", "text"),
    [
        ("2026-02-10", "green", 20, "20 working days left"),
        ("2026-03-09", "amber", 5, "5 working days left"),
        ("2026-03-13", "red", 1, "1 working day left"),
        ("2026-03-16", "red", 0, "Today is the last day"),
        ("2026-03-17", "red", -1, "Overdue by 1 working day"),
        ("2026-03-20", "red", -4, "Overdue by 4 working days"),
    ],
)
def test_the_panel_of_an_open_request(on: str, level: str, left: int, text: str) -> None:
    request, _events = case(*received())
    panel = due_panel(request, day(on), CALENDAR)
    assert panel.date == day("2026-03-16")
    assert (panel.level, panel.days_left, panel.text) == (level, left, text)
    assert panel.is_overdue is (left < 0)
    assert panel.pill == {"green": "ok", "amber": "warn", "red": "bad"}[level]


def test_on_the_weekend_after_the_last_day_it_is_overdue_without_a_number() -> None:
    request, _events = case(*received("2026-03-06"))
    assert request.answer_due == day("2026-04-03")
    panel = due_panel(request, day("2026-04-04"), CALENDAR)
    assert (panel.text, panel.days_left, panel.is_overdue) == ("Overdue", 0, True)


def test_the_panel_while_the_time_limit_stands_still() -> None:
    request, _events = case(*received(), ("correction_asked", "2026-02-25", {}))
    panel = due_panel(request, day("2026-03-30"), CALENDAR)
    assert panel.date is None
    assert panel.is_waiting
    assert not panel.is_overdue
    assert panel.text == "The time limit stands still. Waiting for: The applicant's correction"


def test_what_is_waited_for_until_when() -> None:
    request, _events = case(
        *received(), ("correction_asked", "2026-02-25", {"until": "2026-03-09"})
    )
    panel = due_panel(request, day("2026-03-02"), CALENDAR)
    assert panel.text.endswith("The applicant's correction, until 2026-03-09")


def test_what_ended_without_an_answer_is_not_called_answered() -> None:
    request, _events = case(*received(), ("withdrawn", "2026-03-02", {}))
    panel = due_panel(request, day("2026-03-03"), CALENDAR, unanswered=True)
    assert (panel.label, panel.date) == ("Ended on", day("2026-03-02"))
    assert panel.last_day is None


@pytest.mark.parametrize(
    ("kind", "facts", "note"),
    [
        ("correction_asked", {"until": "2026-03-09"}, "By 2026-03-09 at the latest"),
        ("extended", {"days": 10}, "Working days added: 10"),
        ("fee_notified", {"amount": "300.00"}, "300.00 yuan"),
        ("rated", {"stars": 4}, "4 of 5"),
        ("rated", {}, ""),
    ],
)
def test_what_the_facts_add(kind: str, facts: dict[str, Any], note: str) -> None:
    request, events = case(*received(), (kind, "2026-02-25", facts))
    items = timeline(request, events, None, on=day("2026-02-25"))
    assert [item.note for item in items if item.kind == kind] == [note]


def test_a_day_in_a_year_not_announced_is_provisional() -> None:
    request, _events = case(*received("2026-12-21"))
    assert due_panel(request, day("2026-12-22"), CALENDAR).is_provisional
    request, _events = case(*received("2026-11-24"))
    assert request.is_provisional, "an extension would reach into 2027"
    assert not due_panel(request, day("2026-11-24"), CALENDAR).is_provisional


@pytest.mark.parametrize(
    ("answered", "level", "text"),
    [
        ("2026-03-16", "green", "Within the time limit"),
        ("2026-03-17", "red", "1 working day after the last day"),
        ("2026-03-20", "red", "4 working days after the last day"),
    ],
)
def test_the_panel_of_an_answered_request(answered: str, level: str, text: str) -> None:
    request, _events = case(*received(), ("answered", answered, {"outcome": "granted"}))
    panel = due_panel(request, day("2026-06-01"), CALENDAR)
    assert panel.label == "Answered on"
    assert panel.date == day(answered)
    assert panel.last_day == day("2026-03-16")
    assert (panel.level, panel.text) == (level, text)


def lines(
    request: DisclosureRequest, events: list[RequestEvent], on: str, **options: Any
) -> list[tuple[str, str, str]]:
    items = timeline(request, events, projection.reckoning(events, CALENDAR), on=day(on), **options)
    return [(item.date.isoformat(), item.kind, item.mark) for item in items]


def test_what_happened_and_what_lies_ahead() -> None:
    request, events = case(*received())
    assert lines(request, events, "2026-02-11") == [
        ("2026-02-10", "submitted", ""),
        ("2026-02-10", "received", ""),
        ("2026-02-10", "registered", ""),
        ("2026-02-26", "correction_notice_due", "next"),
        ("2026-03-16", "answer_due", "next"),
        ("2026-04-14", "extended_answer_due", "next"),
    ]


def test_a_last_day_that_passed_stays_and_no_extension_is_promised() -> None:
    request, events = case(*received())
    assert lines(request, events, "2026-03-17")[-1] == ("2026-03-16", "answer_due", "late")


def test_once_answered_nothing_lies_ahead() -> None:
    request, events = case(*received(), ("answered", "2026-03-02", {"outcome": "granted"}))
    assert [mark for _day, _kind, mark in lines(request, events, "2026-03-02")] == [
        *("", "", ""),
        "done",
    ]


def test_a_consultation_is_told_with_its_article_and_its_pause() -> None:
    request, events = case(*received(), ("third_party_asked", "2026-03-02", {}))
    items = timeline(request, events, projection.reckoning(events, CALENDAR), on=day("2026-03-03"))
    told = {item.kind: item for item in items}
    assert told["third_party_asked"].text == (
        "A third party is asked for its opinion; that time is not counted"
    )
    assert told["third_party_asked"].article == "Art. 32"
    assert told["not_counted"].mark == "pause"
    assert told["not_counted"].is_ahead
    assert told["opinion_due"].mark == "next"
    assert [item.date for item in items] == sorted(item.date for item in items)


def test_days_ahead_in_a_year_not_announced_are_marked() -> None:
    request, events = case(*received("2026-11-24"))
    items = timeline(
        request,
        events,
        projection.reckoning(events, CALENDAR),
        on=day("2026-11-24"),
        calendar=CALENDAR,
    )
    assert {item.kind: item.is_provisional for item in items if item.is_ahead} == {
        "correction_notice_due": False,
        "answer_due": False,
        "extended_answer_due": True,
    }
    steps = reasons(projection.reckoning(events, CALENDAR), CALENDAR)
    assert [step.is_provisional for step in steps] == [False, False, False, True]


def test_without_a_receipt_there_is_nothing_to_reckon() -> None:
    assert reasons(None, CALENDAR) == []
    request, events = case(("submitted", "2026-02-10", {}))
    assert lines(request, events, "2026-02-10") == [("2026-02-10", "submitted", "")]
    assert due_panel(request, day("2026-02-10"), CALENDAR).text == "The time limit has not begun"


@pytest.mark.django_db
def test_staff_see_who_did_what_and_when_it_was_entered(django_assert_num_queries) -> None:
    request = make_request("registered", at=moment("2026-02-10"))
    handler = request.handler
    assert handler
    actions.take(request, "assign", actor=handler, handler=handler, at=moment("2026-02-11"))
    answer_request(
        request,
        on=day("2026-02-12"),
        at=moment("2026-02-12"),
        entered_at=moment("2026-02-24"),
    )
    request.refresh_from_db()
    events = list(request.events.select_related("actor"))
    reckoned = projection.reckoning(events, CALENDAR)
    with django_assert_num_queries(0):
        staff = timeline(request, events, reckoned, staff=True, people={handler.pk: "示例人员"})
        public = timeline(request, events, reckoned)
    told = {item.kind: item for item in staff}
    assert told["registered"].actor == "示例人员"
    assert told["submitted"].actor == ""
    assert told["assigned"].note == "示例人员"
    assert told["answered"].recorded_on == day("2026-02-24")
    assert told["answered"].note == "Granted"
    assert "assigned" not in {item.kind for item in public}
    assert {item.actor for item in public} == {""}
    assert {item.recorded_on for item in public} == {None}


@pytest.mark.django_db
def test_it_reads_in_chinese_too() -> None:
    request = make_receipt(at=moment("2026-02-10")).request
    events = list(request.events.all())
    with translation.override("zh-hans"):
        items = timeline(
            request, events, projection.reckoning(events, CALENDAR), on=day("2026-02-10")
        )
    assert "三十三" in " ".join(item.article for item in items)
