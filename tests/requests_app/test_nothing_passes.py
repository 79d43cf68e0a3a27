"""Ways past a restriction, a published report and what only staff know, each found by an attacker
and closed."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.core.errors import Conflict, NotPossible
from requests_app.actions import several, take
from requests_app.models import DisclosureRequest
from requests_app.policies import mergeable
from tests.applicants import open_request
from tests.factories import make_agency, make_report, make_user
from tests.request_factories import answer_request, make_receipt, make_request

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


def test_an_answer_is_not_moved_into_a_year_that_is_reported() -> None:
    case = make_request("registered", at=noon(2025, 12, 10))
    case = answer_request(case, at=noon(2026, 1, 6))
    make_report(2025, agency=case.agency)
    entry = case.events.get(kind="answered")
    with pytest.raises(NotPossible):
        take(case, "amend", event=entry, day=dt.date(2025, 12, 31), text="误记")
    take(case, "amend", event=entry, day=dt.date(2026, 1, 5), text="误记")


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
