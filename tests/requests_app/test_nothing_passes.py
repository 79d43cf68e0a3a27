"""Ways past a restriction, a published report and what only staff know, each found by an attacker
and closed."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.core.errors import Conflict, NotPossible
from disclosure.models import CalendarDay, CalendarYear
from requests_app.actions import several, take
from requests_app.models import DisclosureRequest, LetterWording, Message
from requests_app.policies import mergeable
from requests_app.policies.reading import may_read
from tests.applicants import open_request
from tests.factories import make_agency, make_report, make_user
from tests.request_factories import (
    answer_request,
    decide_all,
    make_receipt,
    make_request,
    make_style,
)

pytestmark = pytest.mark.django_db


def noon(*day: int) -> dt.datetime:
    return dt.datetime(*day, 4, tzinfo=dt.UTC)


def two(restricted: str) -> tuple[DisclosureRequest, DisclosureRequest]:
    """Two requests of one applicant, received one after the other; one of them is restricted."""
    agency = make_agency("SL")
    head = make_user(Role.HEAD, agency=agency)
    first, second = (make_request("registered", agency=agency) for _number in range(2))
    take(first if restricted == "first" else second, "restrict", actor=head, people=[head])
    first.refresh_from_db()
    second.refresh_from_db()
    return first, second


@pytest.mark.parametrize("restricted", ["first", "second"])
def test_nothing_is_merged_into_or_out_of_a_restricted_request(restricted: str) -> None:
    first, second = two(restricted)
    assert mergeable(second) == []
    with pytest.raises(NotPossible):
        take(second, "merge", into=first)


def test_what_was_sent_to_review_meanwhile_takes_no_other_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agency = make_agency("SL")
    target, other = (make_request("registered", agency=agency) for _number in range(2))

    def gone_on(case: DisclosureRequest) -> DisclosureRequest:
        case.state = "review"
        return case

    monkeypatch.setattr(several, "locked", gone_on)
    with pytest.raises(Conflict):
        take(other, "merge", into=target)
    assert target.points.count() == 1


def test_the_day_of_an_answer_is_not_corrected() -> None:
    """The letter bears it, and nobody makes a late answer punctual."""
    case = answer_request(make_request("registered", at=noon(2025, 12, 10)), at=noon(2026, 1, 6))
    entry = case.events.get(kind="answered")
    with pytest.raises(NotPossible):
        take(case, "amend", event=entry, day=dt.date(2026, 1, 5), text="误记")


def test_no_withdrawal_falls_into_a_year_that_is_reported() -> None:
    case = make_request("registered", at=noon(2025, 12, 10))
    make_report(2025, agency=case.agency)
    at = noon(2026, 1, 6)
    with pytest.raises(NotPossible):
        take(case, "record_withdrawal", on=dt.date(2025, 12, 30), text="来函", at=at)
    assert take(case, "record_withdrawal", on=dt.date(2026, 1, 5), text="来函", at=at)


def test_letters_are_of_the_day_on_which_they_are_issued() -> None:
    """A time limit that ran out is not extended, or stopped, by a letter of an earlier day."""
    case = make_request("registered", at=noon(2026, 9, 1))
    handler, at = case.handler, noon(2026, 11, 2)
    for step, what in (("ask_correction", {"until": dt.date(2026, 11, 20)}), ("extend", {})):
        actor = handler if step == "ask_correction" else make_user(Role.HEAD, agency=case.agency)
        with pytest.raises(NotPossible):
            take(case, step, actor=actor, on=dt.date(2026, 9, 8), text="示例", at=at, **what)


def test_what_is_issued_is_what_was_approved() -> None:
    case = make_request("registered")
    make_style(case.agency)
    decide_all(case)
    for step in ("propose", "pass_review", "approve"):
        case = take(case, step)
    wording = LetterWording.objects.create(
        agency=case.agency, kind="answer", body="附加的话。\n{points}\n{remedy}"
    )
    with pytest.raises(NotPossible) as refused:
        take(case, "issue")
    assert [refusal.code for refusal in refused.value.refusals] == ["seal"]
    wording.delete()
    assert take(case, "issue").state == "answered"


def test_who_worked_on_the_draft_does_not_approve_it() -> None:
    case = make_request("registered")
    make_style(case.agency)
    both = make_user(Role.HANDLER, Role.HEAD, agency=case.agency)
    decide_all(case, actor=both)
    case = take(case, "propose", actor=make_user(Role.HANDLER, agency=case.agency))
    with pytest.raises(NotPossible):
        take(case, "pass_review", actor=both)
    case = take(case, "pass_review")
    with pytest.raises(NotPossible):
        take(case, "approve", actor=both)


def test_a_character_that_no_font_has_stops_no_answer() -> None:
    case = make_request("registered", information_name="信息\U0001f600", name="示例\U0001f600")
    case = answer_request(case)
    letter = case.letters.get(kind="answer").read()
    assert letter is not None
    assert "信息〓" in "".join(letter.lines())
    assert letter.addressee == "示例〓"


def test_the_contact_on_file_is_not_replaced_with_the_code_alone() -> None:
    case = make_request("registered", email="a@example.invalid")
    delivery = {"form": "electronic", "channel": "email"}
    with pytest.raises(NotPossible):
        take(case, "choose_delivery", email="thief@example.invalid", **delivery)
    take(case, "choose_delivery", **delivery)
    case.applicant.refresh_from_db()
    assert case.applicant.get("email") == "a@example.invalid"


def test_a_changed_calendar_moves_a_case_before_the_next_step() -> None:
    case = make_request("registered", at=noon(2026, 3, 2))
    year = CalendarYear.objects.get_or_create(year=2026)[0]
    CalendarDay.objects.create(year=year, date="2026-03-10", kind="off")
    due = case.answer_due
    case = take(case, "add_files", files=[1], at=noon(2026, 3, 11))
    moved = case.events.get(kind="calendar_moved")
    assert moved.facts["before"] == due.isoformat()
    assert case.answer_due > due
    assert case.messages.filter(template="calendar_moved").exists()


def test_those_whom_a_step_concerns_are_told() -> None:
    case = make_request("registered")
    make_style(case.agency)
    head = make_user(Role.HEAD, agency=case.agency, email="head@example.invalid")
    decide_all(case)
    case = take(case, "propose")
    take(case, "pass_review")
    told = Message.objects.filter(user=head).values_list("template", flat=True)
    assert "approval_wanted" in told


def test_a_reviewer_reads_only_while_the_draft_is_there(client: Client) -> None:
    case = make_request("registered")
    reviewer = make_user(Role.REVIEWER, agency=case.agency)
    make_style(case.agency)
    assert not may_read(reviewer, case)
    decide_all(case)
    case = take(case, "propose")
    assert may_read(reviewer, case)
    client.force_login(reviewer, backend="disclosure.agencies.backends.RoleBackend")
    name = "admin:requests_app_disclosurerequest"
    shown = client.get(reverse(f"{name}_preview", args=[case.pk])).content.decode()
    assert "示例甲" not in shown
    assert client.get(reverse(f"{name}_casefile", args=[case.pk])).status_code in {403, 405}


def test_the_delivery_of_a_letter_to_others_is_not_told(client: Client) -> None:
    receipt = make_receipt()
    case = take(receipt.request, "register")
    case = take(case, "ask_third_party", name="示例公司", postal_address="示例路1号", text="示例")
    letter = case.letters.get(kind="third_party")
    take(case, "serve", letter=letter, channel="direct", served_on=today())
    open_request(client, receipt)
    with translation.override("en"):
        shown = client.get(f"/en/requests/{case.number}/").content.decode()
    assert "A letter was delivered to you" not in shown
