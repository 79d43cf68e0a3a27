"""Many at once: every request gets its own number, none is lost, and one form makes one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from disclosure.core.dates import today
from requests_app import access_codes, actions
from requests_app.actions import Receipt
from requests_app.models import Applicant, DisclosureRequest, RequestEvent
from tests.factories import make_agency
from tests.intake import NEW, TOKEN, answers, read_receipt
from tests.request_factories import make_submission

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(times: int, work: Callable[[int], object], threads: int = 20) -> list[object]:
    """The results of `work(number)` from threads that begin together, each with a connection."""
    barrier = Barrier(threads)

    def share(first: int) -> Iterator[object]:
        try:
            barrier.wait(60)
            return [work(number) for number in range(first, times, threads)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        shares = list(pool.map(share, range(threads)))
    return [result for each in shares for result in each]


def test_two_hundred_in_parallel_get_consecutive_numbers() -> None:
    agency = make_agency("SL", name="示例省办公室")
    submission = make_submission(agency)

    def submit(number: int) -> Receipt:
        return actions.submit(submission, token=f"{TOKEN}-{number}")

    receipts = at_once(200, submit)
    year = today().year
    numbers = sorted(receipt.request.number for receipt in receipts)
    assert numbers == [f"SL-{year}-{serial:04}" for serial in range(1, 201)]
    assert set(DisclosureRequest.objects.values_list("number", flat=True)) == set(numbers)
    assert Applicant.objects.count() == 200
    assert RequestEvent.objects.count() == 400
    assert len({receipt.access_code for receipt in receipts}) == 200
    for receipt in receipts[::20]:
        assert access_codes.find(receipt.request.number, receipt.access_code) == receipt.request


def test_agencies_count_apart_also_at_once() -> None:
    made = [make_submission(make_agency(code)) for code in ("AA", "BB")]
    at_once(40, lambda number: actions.submit(made[number % 2]), threads=10)
    for code in ("AA", "BB"):
        numbers = DisclosureRequest.objects.filter(agency__code=code).values_list(
            "number", flat=True
        )
        assert sorted(numbers) == [f"{code}-{today().year}-{n:04}" for n in range(1, 21)]


def test_the_same_form_at_once_makes_one_request() -> None:
    submission = make_submission(make_agency("SL"))
    receipts = at_once(20, lambda _number: actions.submit(submission, token=TOKEN), threads=10)
    assert len({receipt.request.number for receipt in receipts}) == 1
    assert len({receipt.access_code for receipt in receipts}) == 1
    assert [receipt.is_new for receipt in receipts].count(True) == 1
    assert DisclosureRequest.objects.count() == 1
    assert Applicant.objects.count() == 1
    assert RequestEvent.objects.count() == 2
    # No number was used up by those that came second.
    another = actions.submit(submission)
    assert another.request.number.endswith("-0002")


def test_a_double_click_gives_the_same_receipt_twice() -> None:
    make_agency("SL")

    def send(_number: int) -> tuple[str, str]:
        client = Client()
        response = client.post(NEW, answers(confirm="1"))
        return read_receipt(client.get(response["Location"]))

    assert len(set(at_once(4, send, threads=4))) == 1
    assert DisclosureRequest.objects.count() == 1


def test_the_database_is_the_real_one() -> None:
    """In memory, SQLite would lock tables instead of waiting: then this file proves nothing."""
    if connection.vendor == "sqlite":
        assert "memory" not in str(connection.settings_dict["NAME"])
