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
from disclosure.publications import actions
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import (
    PDF,
    make_agency,
    make_attachment,
    make_category,
    make_publication,
    make_tree,
    make_user,
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
    assert made.history.get().history_user == editor
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


def test_what_is_out_is_the_publishers_to_change(client: Client) -> None:
    public = make_publication()
    signed_in(client, make_user(Role.EDITOR, agency=public.agency))
    assert client.post(page("change", public), {"title": "x"}).status_code == 403
    publisher = make_user(Role.PUBLISHER, agency=public.agency)
    got = signed_in(client, publisher).get(page("change", public))
    data = form_data(got)
    assert "index_number" not in data
    assert "agency" not in data
    answer = client.post(page("change", public), data | {"title": "改正", "reason": "错字"})
    assert answer.status_code == 302, errors(answer)
    public.refresh_from_db()
    assert (public.title, public.state) == ("改正", "published")
    assert public.history.latest().history_change_reason == "错字"


def test_nothing_changed_writes_nothing(client: Client) -> None:
    draft = make_publication(state="draft")
    editor = make_user(Role.EDITOR, agency=draft.agency)
    data = form_data(signed_in(client, editor).get(page("change", draft)))
    before = draft.history.count(), len(verbs())
    assert client.post(page("change", draft), data).status_code == 302
    assert (draft.history.count(), len(verbs())) == before


# --- steps ---------------------------------------------------------------------------------------
def test_publish_by_its_button(client: Client) -> None:
    draft = make_publication(state="draft", date_made=dt.date(2026, 1, 5))
    publisher = make_user(Role.PUBLISHER, agency=draft.agency)
    text = signed_in(client, publisher).get(page("change", draft)).content.decode()
    assert page("publish", draft) in text
    assert client.get(page("publish", draft)).status_code == 200
    draft.refresh_from_db()
    assert draft.state == "draft", "a GET does nothing"
    assert client.post(page("publish", draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.is_visible(now())
    assert draft.history.latest().history_user == publisher
    assert verbs()[-1] == ("publication.published", publisher.pk)
    assert draft.get_absolute_url() in client.get(page("change", draft)).content.decode()


def test_publish_is_refused_with_every_reason(client: Client) -> None:
    draft = make_publication(state="draft", body="", date_made=None)
    signed_in(client, make_user(Role.PUBLISHER, agency=draft.agency))
    text = client.get("/en" + page("change", draft)).content.decode()
    assert 'aria-describedby="why-not-publish"' in text
    assert "The date made is missing." in text
    assert "There is neither a text nor an attachment." in text
    answer = client.post("/en" + page("publish", draft))
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
    bad = make_publication("不可以", state="draft", agency=agency, date_made=None)
    _other = make_agency()
    foreign = make_publication("别人的", state="draft", agency=_other)
    publisher = make_user(Role.PUBLISHER, agency=agency)
    chosen = {"action": "publish", "_selected_action": [good.pk, bad.pk, foreign.pk]}
    asked = signed_in(client, publisher).post("/en" + reverse(LIST), chosen)
    assert asked.status_code == 200
    good.refresh_from_db()
    assert good.state == "draft", "first it asks"
    done = client.post("/en" + reverse(LIST), chosen | {"confirmed": "1"})
    text = done.content.decode()
    assert "Done for 1 of 2." in text
    assert "The date made is missing." in text
    assert "别人的" not in text
    states = {one.title: one.state for one in Publication.objects.all()}
    assert states == {"可以": "published", "不可以": "draft", "别人的": "draft"}
    assert verbs()[-1] == ("publication.published", publisher.pk)


def test_bulk_steps_are_offered_by_right(client: Client) -> None:
    make_publication()
    agency = Agency.objects.get()
    got = signed_in(client, make_user(Role.AUDITOR, agency=agency)).get(reverse(LIST))
    assert got.context["cl"].formset is None
    assert 'name="action"' not in got.content.decode()
    got = signed_in(client, make_user(Role.PUBLISHER, agency=agency)).get(reverse(LIST))
    assert set(choices(got, "action")) == {"publish", "withdraw"}


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


def test_what_is_public_is_not_put_off_nor_made_secret(client: Client) -> None:
    public = make_publication()
    signed_in(client, make_user(Role.PUBLISHER, agency=public.agency))
    data = form_data(client.get(page("change", public)))
    later = {"published_at_0": "2099-01-01", "published_at_1": "08:00"}
    answer = client.post(page("change", public), data | later)
    assert answer.status_code == 200
    assert "published_at" in answer.context["adminform"].form.errors
    answer = client.post(page("change", public), data | {"disclosure": "on_request"})
    assert answer.status_code == 200
    public.refresh_from_db()
    assert public.is_visible(now())


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


def test_what_somebody_changed_meanwhile_is_not_published_unseen(client: Client) -> None:
    draft = make_publication(
        state="draft", body="<p>看过的正文。</p>", date_made=dt.date(2026, 1, 5)
    )
    signed_in(client, make_user(Role.PUBLISHER, agency=draft.agency))
    url = page("publish", draft)
    seen = {"_seen": client.get(url).context["seen"]}
    assert f'value="{seen["_seen"]}"' in client.get(url).content.decode()
    draft.body = "<p>没有看过的正文。</p>"
    actions.update(actor=None, publication=draft)
    answer = client.post(url, seen)
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert client.post(url, {"_seen": client.get(url).context["seen"]}).status_code == 302


def test_nor_in_a_bulk_step(client: Client) -> None:
    draft = make_publication(state="draft", date_made=dt.date(2026, 1, 5))
    signed_in(client, make_user(Role.PUBLISHER, agency=draft.agency))
    chosen = {"action": "publish", "_selected_action": [draft.pk]}
    asked = client.post(reverse(LIST), chosen)
    seen = chosen | {"confirmed": "1"} | dict(asked.context["seen"])
    draft.body = "<p>没有看过的正文。</p>"
    actions.update(actor=None, publication=draft)
    answer = client.post(reverse(LIST), seen)
    assert answer.context["done"] == 0
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_address_brings_no_moment(client: Client) -> None:
    editor = make_user(Role.EDITOR, agency=make_agency())
    answer = signed_in(client, editor).get(reverse(ADD), {"published_at": "abc", "title": "标题"})
    assert answer.status_code == 200
    assert "标题" in answer.content.decode()
