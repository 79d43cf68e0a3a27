"""Rounds of re-assessment (Art. 18): the list drawn, each entry decided, the protocol."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.withheld import actions, rounds
from disclosure.withheld.lifecycle import State
from disclosure.withheld.models import Reassessment, ReassessmentRound, WithheldItem
from tests.admin_pages import signed_in
from tests.factories import any_category, make_agency, make_user
from tests.withheld import make_item, make_round

pytestmark = pytest.mark.django_db
LATER = today() + dt.timedelta(days=300)


def test_a_list_is_drawn_by_what_is_due_by_ground_or_all() -> None:
    late = make_item("过期", ago=400)
    internal = make_item("内部", ground="internal_affairs")
    make_item("别处", agency=make_agency("OTHER"), ago=400)
    due = make_round(scope="due", due_until=today())
    assert [row.item for row in due.rows.all()] == [late]
    ground = make_round(scope="ground", ground="internal_affairs")
    assert [row.item for row in ground.rows.all()] == [internal]
    # What waits in another round is not drawn twice; nothing left is no round.
    with pytest.raises(NotPossible):
        make_round(scope="all")
    assert ReassessmentRound.objects.count() == 2
    assert Reassessment.history.count() == 2


def test_an_entry_waits_in_one_round() -> None:
    item = make_item()
    make_round()
    other = ReassessmentRound.objects.create(
        agency=item.agency, title="另一轮", begun_on=today(), due_on=today(), scope="all"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Reassessment.objects.create(round=other, item=item)
    with pytest.raises(NotPossible) as refused:
        actions.take(item, "keep", actor=None, look_again_on=LATER)
    assert refused.value.refusals[0].code == "round"


def test_each_entry_is_decided_once_and_the_round_closes() -> None:
    head = make_user(Role.HEAD)
    for title in ("甲", "乙", "丙"):
        make_item(title, ago=400)
    drawn = make_round(head)
    keep, disclose, part = drawn.rows.order_by("pk")
    with pytest.raises(NotPossible):
        rounds.step(drawn, "close", actor=head)
    rounds.decide(
        keep, "keep", actor=head, ground="internal_affairs", look_again_on=LATER, note="继续"
    )
    rounds.decide(disclose, "disclose", actor=head, category=any_category())
    rounds.decide(
        part,
        "disclose_in_part",
        actor=head,
        category=any_category(),
        masked="第二部分",
        look_again_on=LATER,
    )
    keep.refresh_from_db()
    assert (keep.ground, keep.look_again_on, keep.decided_by) == ("internal_affairs", LATER, head)
    states = dict(WithheldItem.objects.values_list("title", "state"))
    assert states == {
        "甲": State.WITHHELD,
        "乙": State.DISCLOSED,
        "丙": State.DISCLOSED_IN_PART,
    }
    with pytest.raises(NotPossible):
        rounds.decide(keep, "disclose", actor=head, category=any_category())
    with pytest.raises(NotPossible):
        rounds.step(drawn, "file", actor=head, filed_on=today(), filed_with="示例省办公厅")
    closed = rounds.step(drawn, "close", actor=head)
    assert closed.closed_on == today()
    filed = rounds.step(closed, "file", actor=head, filed_on=today(), filed_with="示例省办公厅")
    assert filed.filed_with == "示例省办公厅"
    with pytest.raises(NotPossible):
        rounds.delete(actor=head, round_=filed)


def test_who_does_not_decide() -> None:
    make_item()
    drawn = make_round()
    row = drawn.rows.get()
    elsewhere = make_user(Role.HEAD, agency=make_agency("OTHER"))
    for user in (make_user(Role.EDITOR), make_user(Role.AUDITOR), elsewhere):
        with pytest.raises(NotPermitted):
            rounds.decide(row, "keep", actor=user, look_again_on=LATER)
        with pytest.raises(NotPermitted):
            make_round(user)


def test_a_round_that_decided_nothing_can_be_deleted() -> None:
    item = make_item()
    rounds.delete(actor=make_user(Role.HEAD), round_=make_round())
    assert not Reassessment.objects.exists()
    assert WithheldItem.objects.get() == item


def test_the_protocol_prints_and_is_a_workbook(client: Client) -> None:
    make_item("寻常之名", document_number="示发〔2020〕1号")
    make_item(
        "不可外传之名", mark="secret", ground="state_secret", document_number="示密〔2020〕3号"
    )
    drawn = make_round()
    for row in drawn.rows.all():
        rounds.decide(row, "keep", actor=None, look_again_on=LATER, note=f"注{row.pk}")
    rounds.step(drawn, "close", actor=None)
    page = reverse("admin:disclosure_reassessmentround_protocol", args=[drawn.pk])
    file = reverse("admin:disclosure_reassessmentround_protocol_file", args=[drawn.pk])

    def read(user: object) -> tuple[str, str]:
        signed_in(client, user)  # type: ignore[arg-type]
        shown = client.get(page).content.decode()
        book = load_workbook(io.BytesIO(b"".join(client.get(file).streaming_content)))
        cells = "|".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
        return shown, cells

    for text in read(make_user(Role.HEAD)):
        assert "寻常之名" in text
        assert "不可外传之名" in text
        assert LATER.isoformat() in text
    for text in read(make_user(Role.AUDITOR)):
        assert "寻常之名" in text
        assert "示密〔2020〕3号" in text
        assert "不可外传" not in text
    stranger = make_user(Role.HEAD, agency=make_agency("OTHER"))
    assert signed_in(client, stranger).get(page).status_code == 404


def test_the_pages_lead_from_row_to_row(client: Client) -> None:
    make_item("甲", ago=400)
    make_item("乙", ago=400)
    head = make_user(Role.HEAD)
    signed_in(client, head)
    form = {
        "title": "二〇二六年评估",
        "agency": head.assignments.get().agency_id,
        "begun_on": today().isoformat(),
        "due_on": LATER.isoformat(),
        "scope": "due",
        "due_until": today().isoformat(),
        "ground": "",
        "note": "",
    }
    client.post(reverse("admin:disclosure_reassessmentround_add"), form)
    drawn = ReassessmentRound.objects.get()
    first, second = drawn.rows.order_by("pk")
    change = reverse("admin:disclosure_reassessmentround_change", args=[drawn.pk])
    assert "round__id__exact" in client.get(change).content.decode()
    answers = client.get(
        reverse("admin:disclosure_reassessment_changelist") + f"?round__id__exact={drawn.pk}"
    )
    assert "甲" in answers.content.decode()
    for row in (first, second):
        url = reverse("admin:disclosure_reassessment_change", args=[row.pk])
        assert client.get(url).status_code == 200
    sent = {"ground": "process", "look_again_on": LATER.isoformat()}
    url = reverse("admin:disclosure_reassessment_keep", args=[first.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, sent)
    assert answer.headers["Location"].endswith(f"/{second.pk}/change/")
    answer = client.post(reverse("admin:disclosure_reassessment_keep", args=[second.pk]), sent)
    assert answer.headers["Location"] == change
    for step in ("close", "file"):
        url = reverse(f"admin:disclosure_reassessmentround_{step}", args=[drawn.pk])
        data = {"filed_on": today().isoformat(), "filed_with": "示例省办公厅"}
        assert client.get(url).status_code == 200
        assert client.post(url, data).status_code == 302
    drawn.refresh_from_db()
    assert drawn.filed_with == "示例省办公厅"
