"""Downloads of several files, of earlier versions; the staff page of a file's check."""

import datetime as dt
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPossible
from disclosure.models import Attachment, AuditEntry, FileCheck
from disclosure.publications import actions, review
from tests.admin_pages import signed_in
from tests.factories import PDF, make_agency, make_publication, make_user, the_signer, walk_out

pytestmark = pytest.mark.django_db


def docx(author: str = "张三") -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph("公开的正文。")
    document.core_properties.author = author
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_all_files_come_in_one_archive(client: Client) -> None:
    name = "关于" + "很长的" * 20 + "名称.txt"
    item = make_publication(attachments={name: "一".encode(), "表.pdf": PDF})
    text = client.get(item.get_absolute_url()).content.decode()
    first = item.attachments.order_by("order", "pk").first()
    address = f"/attachments/all/{first.uuid}/"
    assert address in text
    response = client.get(address + "全部.zip")
    with zipfile.ZipFile(io.BytesIO(body(response))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [one.name for one in item.attachments.order_by("order", "pk")]
        assert archive.read(name) == "一".encode()
    again = client.get(address + "全部.zip", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    actions.withdraw(actor=None, publication=item, reason="有误")
    assert client.get(address + "全部.zip").status_code == 404


def test_two_files_of_a_name_are_both_there(client: Client) -> None:
    item = make_publication(state="draft")
    for data in (b"one", b"two"):
        actions.attach(actor=None, publication=item, name="a.txt", data=data)
    with actions.blanket(signed_by=the_signer(item.agency), note="tests") as sign_off:
        actions.take_over(publication=item, sign_off=sign_off)
    first = item.attachments.order_by("pk").first()
    response = client.get(reverse("attachments-all", args=[first.uuid, "a.zip"]))
    with zipfile.ZipFile(io.BytesIO(body(response))) as archive:
        assert archive.namelist() == ["a.txt", "a (2).txt"]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_no_archive_of_what_is_not_public(client: Client, state: str) -> None:
    item = make_publication(state=state, attachments={"a.txt": b"one", "b.txt": b"two"})
    first = item.attachments.order_by("pk").first()
    assert client.get(reverse("attachments-all", args=[first.uuid, "a.zip"])).status_code == 404


def test_the_files_of_an_earlier_version_are_had_while_the_item_is_public(client: Client) -> None:
    live = make_publication(attachments={"旧.txt": "旧的".encode()})
    revision = actions.revise(actor=None, publication=live)
    assert client.get(revision.attachments.get().get_absolute_url()).status_code == 404
    revision.summary, revision.change_note = "改", "更新"
    revision = actions.update(actor=None, publication=revision)
    walk_out(revision)
    old = Attachment.objects.get(publication=revision)
    assert body(client.get(old.get_absolute_url())) == "旧的".encode()
    live.refresh_from_db()
    actions.withdraw(actor=None, publication=live, reason="有误")
    assert client.get(old.get_absolute_url()).status_code == 404


def test_what_goes_out_is_the_cleaned_copy_and_the_original_stays_private(client: Client) -> None:
    item = make_publication(attachments={"文.docx": docx()})
    attachment = item.attachments.get()
    got = body(client.get(attachment.get_absolute_url()))
    with zipfile.ZipFile(io.BytesIO(got)) as cleaned:
        assert not any("张三".encode() in cleaned.read(name) for name in cleaned.namelist())
    check = attachment.file_check
    assert check.original_sha256 != attachment.sha256
    address = reverse("admin:disclosure_filecheck_original", args=[check.pk])
    assert client.get(address).status_code == 302
    signed_in(client, make_user(Role.EDITOR, agency=make_agency("OTHER")))
    assert client.get(address).status_code == 404
    signed_in(client, make_user(Role.EDITOR, agency=item.agency))
    with zipfile.ZipFile(io.BytesIO(body(client.get(address)))) as original:
        assert "张三".encode() in original.read("docProps/core.xml")
    page = reverse("admin:disclosure_filecheck_change", args=[check.pk])
    text = client.get("/en" + page).content.decode()
    assert "Properties such as author" in text
    part = reverse("admin:disclosure_publication_change", args=[item.pk])
    assert page in client.get(part).content.decode()


def test_what_no_program_can_open_waits_for_a_reviewer(client: Client) -> None:
    draft = make_publication(
        state="draft", date_made=dt.date(2026, 1, 5), attachments={"旧.pdf": PDF}
    )
    attachment = draft.attachments.get()
    FileCheck.objects.filter(attachment=attachment).update(
        problems=[{"code": "opaque", "where": "", "detail": ""}],
        gate_state="held",
        cleared_at=None,
    )
    item = walk_out(draft, "check")
    reviewer = make_user(Role.REVIEWER, agency=item.agency)
    checklist = dict.fromkeys(review.KEYS, review.YES)
    with pytest.raises(NotPossible, match=r"旧\.pdf"):
        actions.take(item, "pass_review", actor=reviewer, checklist=checklist)
    step = reverse("admin:disclosure_filecheck_open_by_hand", args=[attachment.file_check.pk])
    assert (
        signed_in(client, make_user(Role.EDITOR, agency=item.agency)).get(step).status_code == 403
    )
    signed_in(client, make_user(Role.REVIEWER, agency=item.agency))
    assert client.post(step, {"note": " "}).status_code == 200
    assert client.post(step, {"note": "用WPS打开核对，无隐藏内容"}).status_code == 302
    check = FileCheck.objects.get(attachment=attachment)
    assert check.cleared_at is not None
    assert AuditEntry.objects.filter(verb="publication.file_looked_into").exists()


def test_an_infected_or_broken_file_is_not_taken() -> None:
    draft = make_publication(state="draft")
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 2000
    for name, data in (("坏.doc", ole), ("坏.pdf", b"%PDF-1.4 nothing"), ("坏.zip", b"PK\x03\x04")):
        with pytest.raises(NotPossible):
            actions.attach(actor=None, publication=draft, name=name, data=data)
    assert not draft.attachments.exists()
