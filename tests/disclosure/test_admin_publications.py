"""The staff pages of publications: form, files, steps, bulk steps, list."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from disclosure.models import Agency, AuditEntry, Publication
from disclosure.publications import actions, review
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import (
    PDF,
    make_agency,
    make_attachment,
    make_category,
    make_publication,
    make_tree,
    make_user,
    walk_out,
)

pytestmark = pytest.mark.django_db
LIST = "admin:disclosure_publication_changelist"
ADD = "admin:disclosure_publication_add"


def page(name: str, publication: Publication) -> str:
    return reverse(f"admin:disclosure_publication_{name}", args=[publication.pk])


def file_row(name: str, data: bytes, row: int = 0) -> dict[str, Any]:
    return {
        "attachments-TOTAL_FORMS": str(row + 1),
        f"attachments-{row}-file": SimpleUploadedFile(name, data),
        f"attachments-{row}-name": "",
        f"attachments-{row}-order": "0",
    }


def typed(category: Any) -> dict[str, Any]:
    return {
        "title": "关于𠮷祥路的通知",
        "category": str(category.pk),
        "date_made": "2026-01-05",
        "body": "第一段。\n\n<script>alert(1)</script>第二段。",
    }


def verbs() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor"))


def test_a_draft_is_written_with_a_file(client: Client) -> None:
    agency, category = make_agency("SL"), make_category("policy", document_type="plan")
    editor = make_user(Role.EDITOR, agency=agency)
    url = reverse("admin:disclosure_publication_add")
    data = form_data(signed_in(client, editor).get(url)) | typed(category)
    answer = client.post(url, data | {"agency": agency.pk} | file_row("通知.pdf", PDF))
    assert answer.status_code == 302, errors(answer)
    made = Publication.objects.get()
    assert made.index_number == "SL/2026-00001"
    assert made.created_by == editor
    assert made.document_type == "plan"
    assert made.state == "draft"
    assert "<script" not in made.body
    assert "第二段" in made.body
    file = made.attachments.get()
    assert (file.name, file.content_type) == ("通知.pdf", "application/pdf")
    assert {row.history_user for row in made.history.all()} == {editor}
    assert file.history.get().history_user == editor
    assert verbs() == [("publication.created", editor.pk), ("publication.file_added", editor.pk)]


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_moment_at_the_ends_of_the_calendar_is_refused(client: Client, day: str) -> None:
    agency, category = make_agency(), make_category()
    url = reverse("admin:disclosure_publication_add")
    editor = make_user(Role.EDITOR, Role.PUBLISHER, agency=agency)
    data = form_data(signed_in(client, editor).get(url)) | typed(category)
    data |= {"agency": agency.pk, "published_at_0": day, "published_at_1": "00:00"}
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["published_at"] == [
        "请填写1900至2200年之间的年份。"
    ]
    assert not Publication.objects.exists()


def test_a_given_index_number_is_kept(client: Client) -> None:
    agency, category = make_agency(), make_category()
    editor = make_user(Role.EDITOR, agency=agency)
    url = reverse("admin:disclosure_publication_add")
    data = form_data(signed_in(client, editor).get(url)) | typed(category)
    data |= {"agency": agency.pk, "index_number": "旧〔2013〕5号/之一"}
    assert client.post(url, data).status_code == 302
    assert Publication.objects.get().index_number == "旧〔2013〕5号/之一"
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert "index_number" in answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("看似.pdf", b"MZ\x90\x00 an executable"),
        ("页面.txt", b"<html><script>alert(1)</script></html>"),
        ("图.png", PDF),
        ("空.pdf", b""),
    ],
)
def test_a_file_of_the_wrong_kind_is_told_by_content(
    client: Client, name: str, data: bytes
) -> None:
    agency, category = make_agency(), make_category()
    url = reverse("admin:disclosure_publication_add")
    sent = form_data(signed_in(client, make_user(Role.EDITOR, agency=agency)).get(url))
    answer = client.post(url, sent | typed(category) | {"agency": agency.pk} | file_row(name, data))
    assert answer.status_code == 200
    assert "attachments-0-file" in answer.content.decode()
    assert errors(answer)
    assert "关于𠮷祥路的通知" in answer.content.decode(), "what was typed stays"
    assert not Publication.objects.exists()


def test_files_are_renamed_and_removed(client: Client) -> None:
    draft = make_publication(state="draft")
    first, second = make_attachment(draft, "一.pdf"), make_attachment(draft, "二.pdf")
    editor = make_user(Role.EDITOR, agency=draft.agency)
    data = form_data(signed_in(client, editor).get(page("change", draft)))
    data |= {"attachments-0-name": "新名", "attachments-1-DELETE": "on"}
    answer = client.post(page("change", draft), data)
    assert answer.status_code == 302, errors(answer)
    first.refresh_from_db()
    assert first.name == "新名.pdf"
    assert not type(second).objects.filter(pk=second.pk).exists()
    assert [verb for verb, _actor in verbs()[-2:]] == [
        "publication.file_removed",
        "publication.file_changed",
    ]
    text = client.get(page("history", draft)).content.decode()
    assert "二.pdf" in text


# --- whose it is ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["change", "history", "delete", "publish", "withdraw", "reopen"])
def test_another_agencys_is_not_there(client: Client, name: str) -> None:
    _province, first, second = make_tree()
    foreign = make_publication(agency=second, state="draft")
    signed_in(client, make_user(*Role, agency=first))
    assert client.get(page(name, foreign)).status_code == 404
    assert client.post(page(name, foreign), {"post": "yes"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "draft"


def test_lists_and_filters_show_only_ones_own(client: Client) -> None:
    province, first, second = make_tree()
    make_publication("甲的文件", agency=first)
    make_publication("乙的文件", agency=second)
    signed_in(client, make_user(Role.EDITOR, agency=first))
    text = client.get(reverse(LIST)).content.decode()
    assert "甲的文件" in text
    assert "乙的文件" not in text
    assert "乙市办公室" not in text, "no filter choice either"
    text = client.get(reverse(LIST), {"agency__id__exact": second.pk}).content.decode()
    assert "乙的文件" not in text
    signed_in(client, make_user(Role.EDITOR, agency=province, with_descendants=True))
    text = client.get(reverse(LIST), {"agency__id__exact": province.pk}).content.decode()
    assert "甲的文件" in text, "an agency means it and all below it"


def test_a_foreign_agency_is_no_choice_and_is_refused(client: Client) -> None:
    _province, first, second = make_tree()
    category = make_category()
    url = reverse("admin:disclosure_publication_add")
    got = signed_in(client, make_user(Role.EDITOR, agency=first)).get(url)
    assert list(choices(got, "agency")) == [str(first.pk)]
    answer = client.post(url, form_data(got) | typed(category) | {"agency": second.pk})
    assert answer.status_code == 200
    assert "agency" in answer.context["adminform"].form.errors
    assert not Publication.objects.exists()


def test_roles_see_what_the_table_gives(client: Client) -> None:
    draft = make_publication(state="draft", title="草稿一件")
    add = reverse("admin:disclosure_publication_add")
    signed_in(client, make_user(Role.AUDITOR, agency=draft.agency))
    text = client.get(page("change", draft)).content.decode()
    assert "草稿一件" in text
    assert 'name="_save"' not in text
    assert 'class="doc"' in text, "the text is read, not its markup"
    assert client.post(page("change", draft), {"title": "x"}).status_code == 403
    assert client.get(add).status_code == 403
    assert client.get(page("publish", draft)).status_code == 403
    signed_in(client, make_user(Role.HANDLER, agency=draft.agency))
    for url in (reverse(LIST), page("change", draft), page("history", draft), add):
        assert client.get(url).status_code in {403, 404}, url


@pytest.mark.parametrize("until", ["submit", "check", "pass_review", "sign_off", "publish"])
def test_what_was_handed_in_is_changed_by_nobody(client: Client, until: str) -> None:
    draft = make_publication("原题", state="draft", date_made=dt.date(2026, 1, 5))
    item = walk_out(draft, until)
    for role in Role:
        signed_in(client, make_user(role, agency=item.agency))
        answer = client.post(page("change", item), {"title": "x"})
        assert answer.status_code in {403, 404}, role
    item.refresh_from_db()
    assert item.title == "原题"


def test_nothing_changed_writes_nothing(client: Client) -> None:
    draft = make_publication(state="draft")
    editor = make_user(Role.EDITOR, agency=draft.agency)
    data = form_data(signed_in(client, editor).get(page("change", draft)))
    before = draft.history.count(), len(verbs())
    assert client.post(page("change", draft), data).status_code == 302
    assert (draft.history.count(), len(verbs())) == before


# --- steps ---------------------------------------------------------------------------------------
def test_the_way_out_by_its_buttons(client: Client) -> None:
    agency = make_agency()
    editor, reviewer, publisher = (
        make_user(role, agency=agency) for role in (Role.EDITOR, Role.REVIEWER, Role.PUBLISHER)
    )
    draft = make_publication(state="draft", agency=agency, date_made=dt.date(2026, 1, 5))
    checklist = {f"question_{key}": "yes" for key in review.KEYS}
    for who, step, data in (
        (editor, "submit", {}),
        (reviewer, "check", {"opinion": "格式正确"}),
        (reviewer, "pass_review", checklist),
        (publisher, "sign_off", {}),
        (publisher, "publish", {}),
    ):
        before = draft.state
        signed_in(client, who)
        text = client.get(page("change", draft)).content.decode()
        assert f'href="{page(step, draft)}"' in text
        assert client.get(page(step, draft)).status_code == 200
        draft.refresh_from_db()
        assert draft.state == before, "a GET does nothing"
        answer = client.post(page(step, draft), data)
        assert answer.status_code == 302, answer.content.decode()
        draft.refresh_from_db()
    assert draft.is_visible(now())
    assert draft.history.latest().history_user == publisher
    assert verbs()[-1] == ("publication.publish", publisher.pk)
    assert draft.get_absolute_url() in client.get(page("change", draft)).content.decode()
    assert draft.events.get(step="check").note == "格式正确"
    [record] = draft.reviews.all()
    assert (record.reviewer, record.conclusion) == (reviewer, "passed")
    assert set(record.checklist) == set(review.KEYS)


def test_a_review_without_every_answer_is_none(client: Client) -> None:
    draft = make_publication(state="draft", date_made=dt.date(2026, 1, 5))
    item = walk_out(draft, "check")
    signed_in(client, make_user(Role.REVIEWER, agency=item.agency))
    some = {f"question_{key}": "yes" for key in sorted(review.KEYS)[1:]}
    answer = client.post(page("pass_review", item), some)
    assert answer.status_code == 200
    assert len(answer.context["form"].errors) == 1
    wrong = {f"question_{key}": "no" for key in review.KEYS}
    answer = client.post(page("pass_review", item), wrong)
    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.state == "checked"
    assert not item.reviews.exists()


def test_referred_waits_for_the_authority(client: Client) -> None:
    draft = make_publication(state="draft", date_made=dt.date(2026, 1, 5))
    item = walk_out(draft, "check")
    signed_in(client, make_user(Role.REVIEWER, agency=item.agency))
    asked = {"authority": "示例省国家保密局", "opinion": "拿不准"}
    assert client.post(page("refer", item), asked).status_code == 302
    checklist = {f"question_{key}": "yes" for key in review.KEYS}
    answer = client.post(page("pass_review", item), checklist)
    assert "authority_answer" in answer.context["form"].errors
    answered = {"authority_answer": "不属于国家秘密", "answered_on": "2026-02-01"}
    assert client.post(page("pass_review", item), checklist | answered).status_code == 302
    first, second = item.reviews.all()
    assert (first.conclusion, first.authority) == ("referred", "示例省国家保密局")
    assert (second.conclusion, second.authority_answer) == ("passed", "不属于国家秘密")
    assert second.authority == "示例省国家保密局"


def test_refused_is_closed_on_its_ground(client: Client) -> None:
    draft = make_publication(state="draft", date_made=dt.date(2026, 1, 5))
    item = walk_out(draft, "check")
    signed_in(client, make_user(Role.REVIEWER, agency=item.agency))
    answer = client.post(page("refuse", item), {"opinion": "涉密"})
    assert "ground" in answer.context["form"].errors
    data = {"ground": "state_secret", "opinion": "涉密"}
    assert client.post(page("refuse", item), data).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.disclosure, item.exempt_ground) == ("closed", "exempt", "state_secret")


def test_a_step_is_refused_with_every_reason(client: Client) -> None:
    draft = make_publication(state="draft", body="", date_made=None)
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    text = client.get("/en" + page("change", draft)).content.decode()
    assert 'aria-describedby="why-not-submit"' in text
    assert "The date made is missing." in text
    assert "There is neither a text nor an attachment." in text
    answer = client.post("/en" + page("submit", draft))
    assert answer.status_code == 409
    assert "The date made is missing." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_withdraw_asks_for_the_reason_and_reopen_mends(client: Client) -> None:
    public = make_publication()
    editor = make_user(Role.EDITOR, agency=public.agency)
    signed_in(client, make_user(Role.PUBLISHER, agency=public.agency))
    answer = client.post(page("withdraw", public), {"reason": "  "})
    assert answer.status_code == 200
    public.refresh_from_db()
    assert public.state == "published"
    assert client.post(page("withdraw", public), {"reason": "附件有误"}).status_code == 302
    public.refresh_from_db()
    assert (public.state, public.withdrawn_reason) == ("withdrawn", "附件有误")
    assert client.post(page("reopen", public)).status_code == 403
    assert signed_in(client, editor).post(page("reopen", public)).status_code == 302
    public.refresh_from_db()
    assert public.state == "draft"


def test_bulk_step_answers_for_each(client: Client) -> None:
    agency = make_agency()
    good = make_publication("可以", state="draft", agency=agency, date_made=dt.date(2026, 1, 5))
    good = walk_out(good, "sign_off")
    bad = make_publication("不可以", state="draft", agency=agency, date_made=dt.date(2026, 1, 5))
    _other = make_agency()
    foreign = make_publication("别人的", state="draft", agency=_other)
    publisher = make_user(Role.PUBLISHER, agency=agency)
    chosen = {"action": "publish", "_selected_action": [good.pk, bad.pk, foreign.pk]}
    asked = signed_in(client, publisher).post("/en" + reverse(LIST), chosen)
    assert asked.status_code == 200
    good.refresh_from_db()
    assert good.state == "signed_off", "first it asks"
    done = client.post("/en" + reverse(LIST), chosen | {"confirmed": "1"})
    text = done.content.decode()
    assert "Done for 1 of 2." in text
    assert "This is not possible while the publication is &#x27;Draft&#x27;." in text
    assert "别人的" not in text
    states = {one.title: one.state for one in Publication.objects.all()}
    assert states == {"可以": "published", "不可以": "draft", "别人的": "draft"}
    assert verbs()[-1] == ("publication.publish", publisher.pk)


def test_bulk_steps_are_offered_by_right(client: Client) -> None:
    make_publication()
    agency = Agency.objects.get()
    got = signed_in(client, make_user(Role.AUDITOR, agency=agency)).get(reverse(LIST))
    assert got.context["cl"].formset is None
    assert 'name="action"' not in got.content.decode()
    got = signed_in(client, make_user(Role.PUBLISHER, agency=agency)).get(reverse(LIST))
    offered = {"check", "publish", "withdraw", "repeal", "lapse", "reclassify"}
    assert set(choices(got, "action")) == offered


def test_only_a_draft_is_deleted(client: Client) -> None:
    draft, public = make_publication(state="draft"), make_publication()
    attachment = make_attachment(draft)
    storage, name = attachment.file.storage, attachment.file.name
    editor = make_user(Role.EDITOR, agency=draft.agency)
    signed_in(client, editor)
    with_reasons = client.get(page("delete", public)).content.decode()
    assert 'name="post"' not in with_reasons
    client.post(page("delete", public), {"post": "yes"})
    assert Publication.objects.filter(pk=public.pk).exists()
    assert storage.exists(name)
    assert client.post(page("delete", draft), {"post": "yes"}).status_code == 302
    assert not Publication.objects.filter(pk=draft.pk).exists()
    assert Publication.history.filter(id=draft.pk).latest().history_user == editor


# --- text ----------------------------------------------------------------------------------------
def test_preview_shows_what_would_be_stored(client: Client) -> None:
    agency = make_agency()
    url = reverse("admin:disclosure_publication_preview")
    signed_in(client, make_user(Role.EDITOR, agency=agency))
    answer = client.post(
        url, {"title": "题目", "body": "<p onclick='x()'>正文</p><script>alert(1)</script>"}
    )
    text = answer.content.decode().partition("<article")[2]
    assert "<p>正文</p>" in text
    assert "onclick" not in text
    assert "<script" not in text
    assert not Publication.objects.exists()
    assert client.get(url).status_code == 405
    signed_in(client, make_user(Role.AUDITOR, agency=agency))
    assert client.post(url, {"body": "x"}).status_code == 403


def test_a_revision_goes_the_whole_way_before_anybody_reads_it(client: Client) -> None:
    public = make_publication("旧题")
    agency = public.agency
    editor = make_user(Role.EDITOR, agency=agency)
    signed_in(client, editor)
    answer = client.post(page("revise", public), {"changed_on": "2026-01-05"})
    revision = public.revisions.get()
    assert answer.url == page("change", revision)
    data = form_data(client.get(page("change", revision)))
    assert "published_at_0" not in data
    assert "index_number" not in data
    data |= {"title": "新题", "change_note": "更正标题"}
    assert client.post(page("change", revision), data).status_code == 302
    public.refresh_from_db()
    assert public.title == "旧题"
    assert "旧题" in client.get(public.get_absolute_url()).content.decode()
    assert client.post(page("revise", public), {"changed_on": "2026-01-05"}).status_code == 409
    revision.refresh_from_db()
    item = walk_out(revision)
    assert (item.pk, item.title, item.version) == (public.pk, "新题", 2)
    assert "新题" in client.get(public.get_absolute_url()).content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "2999-01-01", "没有"])
def test_absurd_dates_are_told(client: Client, day: str) -> None:
    draft = make_publication(state="draft")
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    data = form_data(client.get(page("change", draft)))
    answer = client.post(page("change", draft), data | {"date_made": day})
    assert answer.status_code == 200
    assert "date_made" in answer.context["adminform"].form.errors


def test_control_characters_are_told_in_lines_and_dropped_in_text(client: Client) -> None:
    draft = make_publication(state="draft")
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    data = form_data(client.get(page("change", draft)))
    for typed_title in ("坏\x08字", "坏\x00字"):
        answer = client.post(page("change", draft), data | {"title": typed_title})
        assert answer.status_code == 200
        assert "title" in answer.context["adminform"].form.errors
    answer = client.post(page("change", draft), data | {"body": "软\x0b换行𠮷"})
    assert answer.status_code == 302, errors(answer)
    draft.refresh_from_db()
    assert "软换行𠮷" in draft.body


def test_what_somebody_changed_meanwhile_is_not_passed_unseen(client: Client) -> None:
    draft = make_publication(
        state="draft", body="<p>看过的正文。</p>", date_made=dt.date(2026, 1, 5)
    )
    draft = walk_out(draft, "submit")
    signed_in(client, make_user(Role.REVIEWER, agency=draft.agency))
    url = page("check", draft)
    seen = {"_seen": client.get(url).context["seen"]}
    assert f'value="{seen["_seen"]}"' in client.get(url).content.decode()
    draft = actions.take(draft, "recall", actor=None)
    draft.body = "<p>没有看过的正文。</p>"
    actions.update(actor=None, publication=draft)
    walk_out(draft, "submit")
    answer = client.post(url, seen)
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert client.post(url, {"_seen": client.get(url).context["seen"]}).status_code == 302


def test_nor_in_a_bulk_step(client: Client) -> None:
    draft = make_publication(state="draft", date_made=dt.date(2026, 1, 5))
    draft = walk_out(draft, "submit")
    signed_in(client, make_user(Role.REVIEWER, agency=draft.agency))
    chosen = {"action": "check", "_selected_action": [draft.pk]}
    asked = client.post(reverse(LIST), chosen)
    seen = chosen | {"confirmed": "1"} | dict(asked.context["seen"])
    draft = actions.take(draft, "recall", actor=None)
    draft.body = "<p>没有看过的正文。</p>"
    actions.update(actor=None, publication=draft)
    walk_out(draft, "submit")
    answer = client.post(reverse(LIST), seen)
    assert answer.context["done"] == 0
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_an_address_brings_no_moment(client: Client) -> None:
    editor = make_user(Role.EDITOR, agency=make_agency())
    answer = signed_in(client, editor).get(reverse(ADD), {"published_at": "abc", "title": "标题"})
    assert answer.status_code == 200
    assert "标题" in answer.content.decode()
