"""Files from before files were looked into: looked into as they lie."""

import hashlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core import daily, triggers
from disclosure.files import clearing, older, policies, scanning
from disclosure.models import Attachment, AuditEntry, FileCheck, Publication
from disclosure.publications import actions
from tests.admin_pages import signed_in
from tests.disclosure.files import office_files, other_files
from tests.factories import make_publication, make_user

pytestmark = pytest.mark.django_db
DIRTY = office_files.word_tracked()


def old_item(name: str = "a.txt", data: bytes = b"", *, content_type: str = "") -> Publication:
    """A public item with a file as it was stored before issue 5."""
    data = data or other_files.text()
    item = make_publication(attachments={"a.txt": other_files.text()})
    with triggers.lifted("disclosure.Attachment"):
        file = item.attachments.get()
        file.file.save(name, ContentFile(data), save=False)
        file.name, file.size = name, len(data)
        file.sha256 = hashlib.sha256(data).hexdigest()
        file.content_type = content_type or file.content_type
        file.save()
    FileCheck.objects.all().delete()
    return item


def dirty_item() -> Publication:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return old_item("a.docx", DIRTY, content_type=kind)


def as_stored(file: Attachment) -> tuple[str, str, int, bytes]:
    with file.file.open("rb") as opened:
        return str(file.file.name), file.sha256, file.size, opened.read()


def test_a_clean_file_is_carried_on_by_a_revision() -> None:
    item = old_item()
    before = as_stored(item.attachments.get())
    assert policies.why_not_release(actions.revise(actor=None, publication=item))
    assert older.look_into() == 1
    assert as_stored(item.attachments.get()) == before
    check = item.attachments.get().file_check
    assert (check.gate_state, check.strip_state) == ("passed", "nothing")
    assert check.proved_sha256 == check.original_sha256 == before[1]
    assert check.cleared_at
    revision = item.revisions.get()
    assert policies.why_not_release(revision, thoroughly=True) == [], "one begun before, too"
    assert older.look_into() == 0
    assert "files from before they were looked into" in daily.names()


def test_what_is_not_clean_is_listed_with_the_reason_and_left_alone(client: Client) -> None:
    item = dirty_item()
    before = as_stored(item.attachments.get())
    assert older.look_into() == 1
    file = item.attachments.get()
    assert as_stored(file) == before
    assert (file.file_check.gate_state, file.file_check.cleared_at) == ("held", None)
    revision = actions.revise(actor=None, publication=item)
    assert policies.why_not_release(revision)
    signed_in(client, make_user(Role.PUBLISHER, agency=item.agency))
    url = reverse("admin:disclosure_filecheck_changelist")
    page = client.get(
        f"{url}?gate_state__exact=held&attachment__publication__state__exact=published"
    )
    [row] = page.context["cl"].result_list
    assert row == file.file_check
    assert all(
        str(one.sentence) in page.content.decode() for one in clearing.kinds.problems(row.problems)
    )


def test_other_bytes_than_were_signed_off_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    item = old_item()
    with triggers.lifted("disclosure.Attachment"):
        item.attachments.update(sha256="0" * 64)
    monkeypatch.setattr(older.gate, "prove", lambda *_args: pytest.fail("opened"))
    assert older.look_into() == 1
    check = item.attachments.get().file_check
    assert (check.gate_state, [one["code"] for one in check.problems]) == ("held", ["changed"])


def test_an_infected_file_stays_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    item = old_item()
    before = as_stored(item.attachments.get())
    infected = scanning.Result(scanning.State.INFECTED, "Eicar")
    monkeypatch.setattr(older.scanning, "scan", lambda _data: infected)
    assert older.look_into() == 1
    assert as_stored(item.attachments.get()) == before
    check = item.attachments.get().file_check
    assert (check.scan_state, check.signature, check.cleared_at) == ("infected", "Eicar", None)
    assert AuditEntry.objects.filter(verb="publication.file_infected").count() == 1
    assert clearing.scan_pending() == 0, "nothing takes its bytes away"


def test_it_is_bounded_and_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = old_item().attachments.get()
    missing.file.storage.delete(str(missing.file.name))
    for _number in range(3):
        item = old_item()
    FileCheck.objects.all().delete()
    make_publication(state="draft", attachments={"a.txt": other_files.text()})
    FileCheck.objects.all().delete()
    monkeypatch.setattr(older, "AT_ONCE", 2)
    assert older.look_into() == 2
    assert older.look_into() == 1
    assert older.look_into() == 0, "the missing one keeps nobody waiting, drafts are attached anew"
    assert item.attachments.get().file_check


def test_without_an_answer_of_the_scanner_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    old_item()
    asked: list[Any] = []
    away = scanning.Result(scanning.State.UNAVAILABLE)
    monkeypatch.setattr(older.scanning, "scan", lambda data: asked.append(data) or away)
    assert older.look_into() == 0
    assert len(asked) == 1
    assert not FileCheck.objects.exists()
