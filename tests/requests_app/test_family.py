"""Requests of one applicant that belong together: one view, opened by any of their codes."""

import pytest
from django.test import Client

from disclosure.models import Agency
from requests_app import actions
from requests_app.actions import Receipt
from requests_app.models import DisclosureRequest
from requests_app.tracking.family import family, find
from tests.applicants import WRONG, open_request, track
from tests.factories import make_agency
from tests.intake import text_of
from tests.request_factories import answer_request, make_receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return make_agency("SL", name="示例省办公室")


def split(receipt: Receipt) -> list[DisclosureRequest]:
    """Three matters: one stays, two are handled on their own."""
    request = actions.take(receipt.request, "register")
    actions.set_points(request, actor=None, texts=["甲事项", "乙事项", "丙事项"])
    _first, *rest = request.points.all()
    actions.take(request, "split", points=rest)
    return list(request.offspring.order_by("pk"))


def merge(source: Receipt, target: Receipt) -> None:
    into = actions.take(target.request, "register")
    actions.take(actions.take(source.request, "register"), "merge", into=into)


def page(client: Client, request: DisclosureRequest) -> str:
    response = client.get(f"/en/requests/{request.number}/")
    return text_of(response) if response.status_code == 200 else ""


def test_the_parts_of_a_split_are_seen_and_opened_with_the_first_code(
    client: Client, agency: Agency
) -> None:
    receipt = make_receipt(agency)
    parts = split(receipt)
    open_request(client, receipt)
    shown = page(client, receipt.request)
    for part in parts:
        assert part.number in shown
        assert str(part.answer_due) in shown
        assert "Split off: handled on its own" in shown
        of_part = page(client, part)
        assert "This request came from it" in of_part
        assert "Belongs to the same matter" in of_part
        assert "Part of your request, now handled on its own" in of_part
    assert [each.pk for each in family(parts[1])] == sorted(
        [receipt.request.pk, *(part.pk for part in parts)]
    )


def test_a_part_is_found_with_its_number_and_the_first_code(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    part = split(receipt)[0]
    answer = track(client, part.number, receipt.access_code)
    assert (answer.status_code, answer["Location"]) == (303, f"/en/requests/{part.number}/")
    assert page(client, part)
    assert page(client, receipt.request)
    assert track(Client(), part.number, WRONG).status_code == 422


def test_what_is_sent_on_is_followed_there(client: Client, agency: Agency) -> None:
    make_agency("CITY", name="示例市办公室", name_en="Example City Office")
    receipt = make_receipt(agency)
    request = actions.take(receipt.request, "register")
    answer_request(request, "not_ours", send_on="CITY")
    there = DisclosureRequest.objects.get(origin=request)
    open_request(client, receipt)
    shown = page(client, request)
    assert "Sent on to the agency that is responsible" in shown
    assert "Example City Office" in shown
    assert "Another agency sent your request here" in page(client, there)


def test_merged_requests_open_each_other(client: Client, agency: Agency) -> None:
    first, second = make_receipt(agency), make_receipt(agency)
    merge(second, first)
    open_request(client, second)
    shown = page(client, second.request)
    assert "It goes on in the request that it was merged into" in shown
    assert first.request.number in shown
    assert "Handled together with this request" in page(client, first.request)
    assert track(Client(), first.request.number, second.access_code).status_code == 303


def test_another_applicants_is_never_opened(client: Client, agency: Agency) -> None:
    mine, other = make_receipt(agency), make_receipt(agency, name="示例乙", phone="13900000000")
    # Even if somebody joined them by mistake.
    DisclosureRequest.objects.filter(pk=mine.request.pk).update(merged_into=other.request)
    DisclosureRequest.objects.filter(pk=other.request.pk).update(origin=mine.request)
    open_request(client, mine)
    assert other.request.number not in page(client, mine.request)
    assert client.get(f"/en/requests/{other.request.number}/").status_code == 302
    assert find(other.request.number, mine.access_code) is None


def test_a_name_in_common_does_not_open_what_was_merged(agency: Agency) -> None:
    first, second = (make_receipt(agency, phone="", email="") for _each in range(2))
    DisclosureRequest.objects.filter(pk=second.request.pk).update(merged_into=first.request)
    second.request.refresh_from_db()
    assert family(second.request) == [second.request]
    assert find(first.request.number, second.access_code) is None


def test_other_requests_of_the_same_applicant_stay_closed(client: Client, agency: Agency) -> None:
    mine, unrelated = make_receipt(agency), make_receipt(agency)
    split(mine)
    split(unrelated)
    open_request(client, mine)
    assert client.get(f"/en/requests/{unrelated.request.number}/").status_code == 302
    assert find(unrelated.request.number, mine.access_code) is None


def test_a_new_code_of_the_first_closes_its_parts(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    part = split(receipt)[0]
    open_request(client, receipt)
    assert page(client, part)
    actions.take(receipt.request, "renew_code", how="document", code="NEW0-NEW0-NEW0-NEW0")
    assert not page(client, part)
    assert track(Client(), part.number, receipt.access_code).status_code == 422
    assert track(Client(), part.number, "NEW0-NEW0-NEW0-NEW0").status_code == 303


def test_leaving_one_closes_all(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    part = split(receipt)[0]
    open_request(client, receipt)
    client.post(f"/en/requests/{part.number}/leave/")
    assert not page(client, part)
    assert not page(client, receipt.request)


def test_a_part_can_be_acted_upon(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    part = split(receipt)[0]
    open_request(client, receipt)
    client.post(f"/en/requests/{part.number}/withdraw/", {})
    part.refresh_from_db()
    assert part.state == "closed"
    receipt.request.refresh_from_db()
    assert receipt.request.state == "registered"


def test_it_costs_one_query_however_many_there_are(
    agency: Agency, django_assert_num_queries
) -> None:
    receipt = make_receipt(agency)
    split(receipt)
    for _each in range(5):
        split(make_receipt(agency))
    request = DisclosureRequest.objects.select_related("applicant").get(pk=receipt.request.pk)
    with django_assert_num_queries(1):
        assert len(family(request)) == 3
