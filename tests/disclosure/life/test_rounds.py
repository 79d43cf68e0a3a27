"""Clean-up rounds: drawn, decided, checked, closed by three people with one public result."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import now, today
from disclosure.core.errors import Conflict, NotPermitted, NotPossible
from disclosure.life import rounds
from disclosure.models import CleanUpEntry, CleanUpRound, Publication, Relation, User
from disclosure.publications import actions, review
from tests import factories as f
from tests.admin_pages import form_data, signed_in
from tests.disclosure.life.making import Cast, normative

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ALL_WELL = dict.fromkeys(review.KEYS, review.YES)


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


def begin(cast: Cast, **fields: object) -> CleanUpRound:
    values = {
        "agency": cast.agency,
        "title": "示例省办公室关于文件清理结果的公告",
        "as_of": today(),
        "due_on": today() + 60 * DAY,
        "announced_in": f.any_category(),
        **fields,
    }
    return rounds.begin(actor=cast.editor, cleanup=CleanUpRound(**values))


def titles(cleanup: CleanUpRound) -> list[str]:
    return list(cleanup.entries.order_by("pk").values_list("publication__title", flat=True))


def decide(cast: Cast, cleanup: CleanUpRound, *steps: str, **data: object) -> None:
    for entry, step in zip(cleanup.entries.order_by("pk"), steps, strict=True):
        reason = "" if step == "keep" else f"理由{entry.pk}"
        rounds.decide(entry, step, actor=cast.editor, reason=reason, **data)


def checked(cast: Cast, cleanup: CleanUpRound) -> CleanUpRound:
    return rounds.step(cleanup, "check", actor=cast.reviewer, checklist=ALL_WELL, opinion="可以")


def codes(caught: pytest.ExceptionInfo[NotPossible]) -> set[str]:
    return {refusal.code for refusal in caught.value.refusals}


# --- drawn ---------------------------------------------------------------------------------------
def test_drawn_is_what_is_in_force(cast: Cast) -> None:
    below = f.make_agency("SLA", under=cast.agency)
    f.any_category()
    area = f.make_category("area")
    here = {"agency": cast.agency}
    normative("老", **here, date_made=dt.date(2001, 1, 1))
    normative(
        "新", **here, date_made=dt.date(2020, 1, 1), category=f.make_category("b", under=area)
    )
    normative("下级", agency=below)
    normative("已废止", **here, validity="repealed", expires_on=today() - DAY)
    normative("已到期", **here, valid_until=today() - DAY)
    normative("将废止", **here, validity="repealed", expires_on=today() + DAY)
    normative("撤回", **here, state="withdrawn")
    f.make_publication("通知", **here, document_type="announcement")
    f.make_publication("规章", **here, document_type="regulation", published_at=now() - 9 * DAY)
    assert titles(begin(cast, category=area)) == ["新"]
    assert titles(begin(cast, made_until=2001)) == ["老"]
    assert titles(begin(cast, document_type="regulation")) == ["规章"]
    assert sorted(titles(begin(cast, with_below=True))) == ["下级", "将废止"]
    with pytest.raises(NotPossible):
        begin(cast, with_below=True)


def test_a_round_fits_its_days_and_has_something_in_it(cast: Cast) -> None:
    with pytest.raises(NotPossible) as nothing:
        begin(cast)
    assert codes(nothing) == {"document_type"}
    normative(agency=cast.agency)
    with pytest.raises(NotPossible) as odd:
        begin(cast, as_of=today() + DAY, due_on=today() - DAY)
    assert codes(odd) == {"as_of", "due_on"}
    with pytest.raises(NotPermitted):
        rounds.begin(
            actor=cast.reviewer,
            cleanup=CleanUpRound(
                agency=cast.agency,
                title="轮",
                as_of=today(),
                due_on=today(),
                announced_in=f.any_category(),
            ),
        )


def test_only_an_untouched_round_is_deleted(cast: Cast) -> None:
    normative(agency=cast.agency)
    cleanup = begin(cast)
    decide(cast, cleanup, "keep")
    with pytest.raises(NotPossible):
        rounds.delete(actor=cast.editor, cleanup=cleanup)
    other = f.make_agency("ZZ")
    normative(agency=other)
    second = Cast(other)
    rounds.delete(actor=second.editor, cleanup=begin(second))
    assert CleanUpRound.objects.count() == 1


# --- decided and checked -------------------------------------------------------------------------
def test_a_change_needs_a_reason_and_an_end_fits_the_beginning(cast: Cast) -> None:
    normative(agency=cast.agency, effective_on=today() - 5 * DAY)
    [entry] = begin(cast).entries.all()
    with pytest.raises(NotPossible) as refused:
        rounds.decide(entry, "repeal", actor=cast.editor, ends_on=today() - 9 * DAY)
    assert codes(refused) == {"reason", "ends_on"}
    entry = rounds.decide(entry, "repeal", actor=cast.editor, reason="过时", ends_on=today())
    entry = rounds.decide(entry, "keep", actor=cast.editor)
    assert (entry.decision, entry.ends_on, entry.note) == ("keep", None, "")
    with pytest.raises(NotPermitted):
        rounds.decide(entry, "keep", actor=cast.publisher)


def test_three_people(cast: Cast) -> None:
    normative(agency=cast.agency)
    cleanup = begin(cast)
    with pytest.raises(NotPossible) as pending:
        checked(cast, cleanup)
    assert codes(pending) == {"pending"}
    both = f.make_user(Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, agency=cast.agency)
    entry = cleanup.entries.get()
    rounds.decide(entry, "keep", actor=both)
    for user in (both, None):
        with pytest.raises(NotPossible):
            rounds.step(cleanup, "check", actor=user, checklist=ALL_WELL)
    with pytest.raises(NotPossible) as open_question:
        rounds.step(cleanup, "check", actor=cast.reviewer, checklist={})
    assert codes(open_question) == {"checklist"}
    two = f.make_user(Role.REVIEWER, Role.PUBLISHER, agency=cast.agency)
    cleanup = rounds.step(cleanup, "check", actor=two, checklist=ALL_WELL)
    for user in (both, two):
        with pytest.raises(NotPossible) as own:
            rounds.step(cleanup, "close", actor=user)
        assert codes(own) == {"own"}
    with pytest.raises(NotPossible):
        rounds.decide(entry, "keep", actor=cast.editor)
    assert rounds.step(cleanup, "close", actor=cast.publisher).state == "closed"


def test_the_database_wants_three_people_too(cast: Cast) -> None:
    normative(agency=cast.agency)
    cleanup = begin(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        CleanUpRound.objects.filter(pk=cleanup.pk).update(
            state="checked", checked_by=cast.editor, checked_at=now()
        )


def test_a_checked_round_is_opened_again(cast: Cast) -> None:
    normative(agency=cast.agency)
    cleanup = begin(cast)
    decide(cast, cleanup, "keep")
    cleanup = checked(cast, cleanup)
    with pytest.raises(Conflict):
        checked(cast, cleanup)
    cleanup = rounds.step(cleanup, "return", actor=cast.reviewer, reason="漏了一件")
    assert (cleanup.state, cleanup.checked_by, cleanup.checklist) == ("open", None, {})
    decide(cast, cleanup, "amend")


# --- closed --------------------------------------------------------------------------------------
def test_closing_does_everything_at_once(cast: Cast, client: Client) -> None:
    kept, amended, repealed, lapsed = (
        normative(title, agency=cast.agency, document_number=f"示〔2001〕{number}号")
        for number, title in enumerate(("甲<文>", "乙文", "丙文", "丁文"), start=1)
    )
    cleanup = begin(cast)
    decide(cast, cleanup, "keep", "amend", "repeal", "lapse")
    third = cleanup.entries.get(publication=repealed)
    rounds.decide(third, "repeal", actor=cast.editor, reason="过时", ends_on=today() + 30 * DAY)
    cleanup = rounds.step(checked(cast, cleanup), "close", actor=cast.publisher)
    standing = {
        one.title: (one.validity, one.expires_on)
        for one in Publication.objects.filter(pk__in=[kept.pk, amended.pk, repealed.pk, lapsed.pk])
    }
    assert standing == {
        "甲<文>": ("in_force", None),
        "乙文": ("in_force", None),
        "丙文": ("repealed", today() + 30 * DAY),
        "丁文": ("lapsed", today()),
    }
    announcement = cleanup.announcement
    assert announcement.is_visible(now())
    assert announcement.sign_off.written_by == cast.editor
    assert announcement.sign_off.reviewed_by == cast.reviewer
    assert announcement.sign_off.signed_by == cast.publisher
    assert [event.step for event in announcement.events.all()] == ["create", *f.WAY_OUT]
    page = client.get(announcement.get_absolute_url()).content.decode()
    for text in (
        "继续有效的文件（1件）",
        "拟修改的文件（1件）",
        "废止的文件（1件）",
        "宣布失效的文件（1件）",
        "甲&lt;文&gt;",
        "示〔2001〕3号",
        (today() + 30 * DAY).isoformat(),
    ):
        assert text in page
    assert set(Relation.objects.values_list("kind", "target")) == {
        ("repeals", repealed.pk),
        ("related", lapsed.pk),
    }
    ended = client.get("/en" + repealed.get_absolute_url()).content.decode()
    assert announcement.title in ended
    assert "过时" in ended


def test_what_cannot_be_applied_stops_everything(cast: Cast) -> None:
    first, second, third = (
        normative(title, agency=cast.agency, effective_on=today() - 9 * DAY)
        for title in ("甲文", "乙文", "丙文")
    )
    cleanup = begin(cast)
    decide(cast, cleanup, "repeal", "repeal", "keep")
    cleanup = checked(cast, cleanup)
    actions.withdraw(actor=cast.publisher, publication=second, reason="有误")
    actions.take(third, "lapse", actor=cast.publisher, reason="到期", expires_on=today())
    before = Publication.objects.count()
    with pytest.raises(NotPossible) as refused:
        rounds.step(cleanup, "close", actor=cast.publisher)
    reasons = [str(one) for one in refused.value.refusals]
    assert len(reasons) == 2
    assert "乙文" in reasons[0]
    assert "丙文" in reasons[1]
    assert Publication.objects.get(pk=first.pk).validity == "in_force"
    assert Publication.objects.count() == before
    assert CleanUpRound.objects.get(pk=cleanup.pk).state == "checked"


def test_another_agencys_publisher_or_one_without_rights_below_does_not_close(cast: Cast) -> None:
    below = f.make_agency("SLA", under=cast.agency)
    normative(agency=below)
    cleanup = begin(cast, with_below=True)
    decide(cast, cleanup, "repeal")
    cleanup = checked(cast, cleanup)
    here = f.make_user(Role.PUBLISHER, agency=cast.agency)
    with pytest.raises(NotPossible):
        rounds.step(cleanup, "close", actor=here)
    with pytest.raises(NotPermitted):
        rounds.step(cleanup, "close", actor=f.make_user(Role.PUBLISHER, agency=below))
    rounds.step(cleanup, "close", actor=cast.publisher)


def test_who_left_has_to_be_replaced(cast: Cast) -> None:
    normative(agency=cast.agency)
    cleanup = begin(cast)
    decide(cast, cleanup, "keep")
    cleanup = checked(cast, cleanup)
    User.objects.filter(pk=cast.reviewer.pk).update(is_active=False)
    with pytest.raises(NotPossible) as refused:
        rounds.step(cleanup, "close", actor=cast.publisher)
    assert codes(refused) == {"person"}


def test_withdrawing_the_result_brings_back_what_it_ended(cast: Cast) -> None:
    ended, lapsed = normative("甲", agency=cast.agency), normative("乙", agency=cast.agency)
    cleanup = begin(cast)
    decide(cast, cleanup, "repeal", "lapse")
    cleanup = rounds.step(checked(cast, cleanup), "close", actor=cast.publisher)
    actions.withdraw(actor=cast.publisher, publication=cleanup.announcement, reason="有误")
    for one in (ended, lapsed):
        assert Publication.objects.get(pk=one.pk).validity == "in_force"


# --- staff pages ---------------------------------------------------------------------------------
def url(name: str, *args: object) -> str:
    return reverse(f"admin:disclosure_{name}", args=args)


def test_a_round_by_hand(cast: Cast, client: Client) -> None:
    for title in ("甲文", "乙文", "丙文"):
        normative(title, agency=cast.agency)
    category = f.any_category()
    signed_in(client, cast.editor)
    form = form_data(client.get(url("cleanupround_add")))
    form.update(title="清理公告", agency=cast.agency.pk, announced_in=category.pk)
    assert client.post(url("cleanupround_add"), form).status_code == 302
    cleanup = CleanUpRound.objects.get()
    page = client.get(url("cleanupround_change", cleanup.pk)).content.decode()
    assert url("cleanupentry_changelist") in page
    first, *rest = CleanUpEntry.objects.order_by("pk")
    step = url("cleanupentry_repeal", first.pk)
    answer = client.post(step, {**form_data(client.get(step)), "reason": "过时", "ends_on": ""})
    assert answer["Location"] == url("cleanupentry_change", rest[0].pk)
    listed = {
        "action": "keep",
        "_selected_action": [entry.pk for entry in rest],
        "confirmed": "1",
        "reason": "",
    }
    answers = client.post(url("cleanupentry_changelist"), listed)
    assert answers.context["done"] == 2
    sheet = client.get(url("cleanupround_sheet", cleanup.pk)).content.decode()
    assert "废止的文件（1件）" in sheet
    assert "甲文" in sheet
    signed_in(client, cast.reviewer)
    step = url("cleanupround_check", cleanup.pk)
    answered = {f"question_{key}": "yes" for key in review.KEYS}
    assert client.post(step, {**form_data(client.get(step)), **answered}).status_code == 302
    signed_in(client, cast.publisher)
    step = url("cleanupround_close", cleanup.pk)
    assert client.post(step, form_data(client.get(step))).status_code == 302
    cleanup.refresh_from_db()
    assert cleanup.state == "closed"
    assert client.get(url("cleanupround_sheet", cleanup.pk)).status_code == 200
    assert client.get(url("cleanupround_change", cleanup.pk)).status_code == 200


def test_the_start_page_names_rounds_and_missing_interpretations(
    cast: Cast, client: Client
) -> None:
    normative("没有解读的文件", agency=cast.agency)
    cleanup = begin(cast)
    CleanUpRound.objects.filter(pk=cleanup.pk).update(due_on=today() - DAY)
    for user in (cast.editor, cast.reviewer):
        page = signed_in(client, user).get("/admin/").content.decode()
        assert cleanup.title in page
        assert ("没有解读的文件" in page) == (user == cast.editor)
    page = signed_in(client, cast.publisher).get("/admin/").content.decode()
    assert cleanup.title not in page


def test_another_agencys_round_is_not_found(cast: Cast, client: Client) -> None:
    normative(agency=cast.agency)
    cleanup = begin(cast)
    stranger = f.make_user(Role.EDITOR, Role.REVIEWER, agency=f.make_agency("ZZ"))
    signed_in(client, stranger)
    assert client.get(url("cleanupround_change", cleanup.pk)).status_code == 404
    assert client.get(url("cleanupround_sheet", cleanup.pk)).status_code in (403, 404)
    entry = cleanup.entries.get()
    assert client.post(url("cleanupentry_keep", entry.pk), {}).status_code in (403, 404)
