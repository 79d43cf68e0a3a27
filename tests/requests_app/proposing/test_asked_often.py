"""Information asked for by several people is flagged by itself."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.backstage.panels import panels_for
from disclosure.core.dates import today
from disclosure.core.errors import NotPermitted, NotPossible
from requests_app.models import DisclosureRequest
from requests_app.proposing import actions, often
from requests_app.proposing.models import AskedAbout, AskedOften, Proposal
from tests.admin_pages import signed_in
from tests.factories import any_agency, any_category, make_agency, make_user
from tests.request_factories import make_request

pytestmark = pytest.mark.django_db
NAMES = ("关于人防工程清单", "人防工程的清单", "《人防工程清单》")


def asked(*names: str, given: int = 1, same: bool = False, **fields: Any) -> list[Any]:
    """A request for each name, by different people unless `same`; the first `given` answered."""
    return [
        make_request(
            "answered" if place < given else "registered",
            information_name=name,
            name="示例甲" if same else f"示例人{place}",
            phone=f"1380000{place:04}",
            **({"id_type": "passport", "id_number": "E1"} if same else {}),
            **fields,
        )
        for place, name in enumerate(names)
    ]


def test_three_people_and_one_grant_make_a_flag() -> None:
    case = asked(*NAMES)[0]
    assert often.refresh() == 1
    found = often.repeatedly_asked(any_agency()).get()
    assert (found.people, found.requests, found.sample) == (3, 3, case)
    # Twice a day is no harm, and counting writes no history.
    assert often.refresh() == 1
    assert AskedOften.history.count() == 1
    assert AskedAbout.objects.count() == 3


@pytest.mark.parametrize(
    "less",
    [
        {"same": True},  # one person, three times
        {"given": 0},  # never given
    ],
)
def test_less_is_no_flag(less: dict[str, Any]) -> None:
    asked(*NAMES, **less)
    assert often.refresh() == 0


def test_two_people_or_two_agencies_are_no_flag() -> None:
    asked(*NAMES[:2])
    asked(NAMES[2], agency=make_agency("OTHER"))
    assert often.refresh() == 0


def test_the_same_number_counts_too_and_stands_once() -> None:
    asked(*NAMES, document_number="示发〔2021〕2号")
    assert often.refresh() == 1
    assert AskedAbout.objects.count() == 6
    assert AskedOften.objects.count() == 1
    asked("别的名称甲乙", "另外名称丙丁", "其他名称戊己", document_number="示发〔2022〕9号")
    assert often.refresh() == 2


def test_what_is_older_than_two_years_does_not_count() -> None:
    cases = asked(*NAMES)
    often.refresh()
    old = often.since(today()) - dt.timedelta(days=2)
    moment = dt.datetime.combine(old, dt.time(), tzinfo=dt.UTC)
    DisclosureRequest.objects.filter(pk=cases[2].pk).update(submitted_at=moment)
    assert often.refresh() == 0
    assert not AskedOften.objects.exists()
    assert AskedAbout.objects.count() == 2


def test_restricted_and_erased_requests_do_not_count() -> None:
    first, second, third = asked(*NAMES)
    DisclosureRequest.objects.filter(pk=second.pk).update(is_restricted=True)
    assert often.refresh() == 0
    DisclosureRequest.objects.update(is_restricted=False)
    type(third.applicant).objects.filter(request=third).update(erased_at=third.submitted_at)
    assert often.refresh() == 0
    assert first.agency_id


def test_the_table_keeps_no_words() -> None:
    asked(*NAMES)
    often.refresh()
    stored = " ".join(AskedAbout.objects.values_list("key", flat=True))
    assert "人防" not in stored


def test_the_job_asks_the_same_for_many(django_assert_max_num_queries: Any) -> None:
    asked(*NAMES)
    often.refresh()
    asked(*(f"单独信息第{number}件" for number in range(9)), given=0)
    with django_assert_max_num_queries(14):
        often.refresh()


def test_it_is_proposed_or_dismissed_and_stays_so(client: Client) -> None:
    case = asked(*NAMES)[0]
    often.refresh()
    handler = make_user(Role.HANDLER)
    panel = {one.key: one for one in panels_for(handler)}["asked-often"]
    assert len(panel.rows) == 1
    row = AskedOften.objects.get()
    signed_in(client, handler)
    listed = client.get(reverse("admin:requests_app_askedoften_changelist"))
    assert "人防工程清单" in listed.content.decode()
    for name in ("change", "propose", "dismiss"):
        url = reverse(f"admin:requests_app_askedoften_{name}", args=[row.pk])
        assert client.get(url).status_code == 200
    sent = {"title": "人防工程清单", "category": any_category().pk}
    url = reverse("admin:requests_app_askedoften_propose", args=[row.pk])
    assert client.post(url, sent).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.request, proposal.origin) == (case, Proposal.Origin.SEVERAL)
    assert proposal.publication is not None
    often.refresh()
    row.refresh_from_db()
    assert row.state == AskedOften.State.PROPOSED
    assert "asked-often" not in {one.key for one in panels_for(handler)}
    with pytest.raises(NotPossible):
        actions.dismiss(row, actor=handler, reason="已提出")


def test_others_decide_nothing() -> None:
    asked(*NAMES)
    often.refresh()
    row = AskedOften.objects.get()
    for user in (make_user(Role.EDITOR), make_user(Role.HEAD, agency=make_agency("OTHER"))):
        with pytest.raises(NotPermitted):
            actions.dismiss(row, actor=user, reason="不")


def test_the_first_day_of_the_two_years() -> None:
    assert often.since(dt.date(2026, 3, 31)) == dt.date(2024, 3, 28)
    assert often.since(dt.date(2026, 1, 15)) == dt.date(2024, 1, 15)
    assert often.since(dt.date(2026, 12, 1)) == dt.date(2024, 12, 1)
