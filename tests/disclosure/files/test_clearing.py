"""From the file that came in to the file that goes out: kept, cleaned, proved, opened once more."""

import datetime as dt
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.files import clearing, limits, policies
from disclosure.files.actions import open_by_hand
from disclosure.files.reading import attachment_text
from disclosure.models import Attachment, FileCheck, FileText
from disclosure.publications import actions
from tests.disclosure.files import office_files, other_files, pdf_files, sly_files
from tests.factories import make_agency, make_attachment, make_publication, make_user, walk_out

pytestmark = pytest.mark.django_db


def stored(attachment: Attachment) -> bytes:
    with attachment.file.open("rb") as file:
        return file.read()


def codes(publication, **how: bool) -> list[str]:  # type: ignore[no-untyped-def]
    return [one.code for one in policies.why_not_release(publication, **how)]


def test_what_is_stored_is_the_cleaned_copy_with_its_own_hash() -> None:
    original = office_files.word_tracked()
    attachment = make_attachment(make_publication(state="draft"), "通知.docx", original)
    data = stored(attachment)
    assert data != original
    assert (attachment.size, attachment.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    check = attachment.file_check
    assert (check.strip_state, check.gate_state) == ("stripped", "passed")
    assert check.original.name.startswith("originals/")
    with check.original.open("rb") as file:
        assert file.read() == original
    assert check.original_sha256 == hashlib.sha256(original).hexdigest()
    kinds = {one.kind for one in clearing.hidden_findings(attachment)}
    assert "tracked_changes" in kinds
    assert attachment_text(attachment) == "公开的正文加上的话"


def test_what_programs_write_into_pictures_can_be_stored() -> None:
    """PostgreSQL refused the NUL between a name and its word, and the staff page with it."""
    data = sly_files.png_of_a_program()
    check = make_attachment(make_publication(state="draft"), "图.png", data).file_check
    check.refresh_from_db()
    assert [one["detail"] for one in check.found] == ["tEXt Software Some Program"]


def test_a_clean_file_is_kept_as_it_is() -> None:
    attachment = make_attachment(make_publication(state="draft"), "a.txt", other_files.text())
    assert stored(attachment) == other_files.text()
    check = attachment.file_check
    assert (check.strip_state, bool(check.original)) == ("nothing", False)


def test_the_original_goes_with_its_attachment(django_capture_on_commit_callbacks) -> None:
    attachment = make_attachment(
        make_publication(state="draft"), "a.docx", office_files.word_tracked()
    )
    original = attachment.file_check.original
    storage, name = original.storage, str(original.name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.detach(actor=None, attachment=attachment)
    assert not storage.exists(name)


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.pdf", pdf_files.encrypted, "password"),
        ("a.pdf", pdf_files.broken, "damaged"),
        ("a.pdf", pdf_files.ten_thousand_pages, "too many pages"),
        ("a.zip", other_files.zip_nested_bomb, "unpacks to more"),
        ("a.zip", other_files.zip_too_deep, "archives in archives"),
        ("a.docx", other_files.word_with_entities, "instructions"),
    ],
)
def test_traps_are_refused_in_the_readers_language(name, make, words: str, english) -> None:
    with pytest.raises(NotPossible, match=words):
        make_attachment(make_publication(state="draft"), name, make())


def test_text_under_a_box_never_goes_out() -> None:
    """Neither as it is nor once the box, a note pinned onto the page, is gone."""
    for make in (pdf_files.under_a_box, pdf_files.under_an_annotation):
        draft = make_publication(state="draft")
        make_attachment(draft, "a.pdf", make())
        assert codes(draft) == ["covered_text"]
        reviewer = make_user(Role.REVIEWER, agency=draft.agency)
        with pytest.raises(NotPossible):
            open_by_hand(actor=reviewer, attachment=draft.attachments.get(), note="看过")


def test_an_older_format_goes_out_once_a_reviewer_has_looked_into_it() -> None:
    draft = make_publication(state="draft")
    attachment = make_attachment(draft, "a.doc", other_files.ole())
    assert attachment.file_check.strip_state == "impossible"
    assert codes(draft) == ["opaque"]
    with pytest.raises(NotPermitted):
        open_by_hand(
            actor=make_user(Role.EDITOR, agency=draft.agency), attachment=attachment, note="看过"
        )
    with pytest.raises(NotPermitted):  # noqa: PT012
        elsewhere = make_user(Role.REVIEWER, agency=make_agency())
        open_by_hand(actor=elsewhere, attachment=attachment, note="看过")
    reviewer = make_user(Role.REVIEWER, agency=draft.agency)
    with pytest.raises(NotPossible):
        open_by_hand(actor=reviewer, attachment=attachment, note=" ")
    open_by_hand(actor=reviewer, attachment=attachment, note="用WPS打开核对")
    assert codes(draft) == []
    assert codes(draft, thoroughly=True) == []
    with pytest.raises(NotPossible):
        open_by_hand(actor=reviewer, attachment=attachment, note="再看")


def test_who_wrote_an_item_does_not_look_into_its_files() -> None:
    draft = make_publication(state="draft")
    both = make_user(Role.EDITOR, Role.REVIEWER, agency=draft.agency)
    attachment = actions.attach(actor=both, publication=draft, name="a.doc", data=other_files.ole())
    with pytest.raises(NotPossible):
        open_by_hand(actor=both, attachment=attachment, note="看过")


def test_the_gate_refuses_a_file_that_was_altered_afterwards() -> None:
    draft = make_publication(state="draft")
    attachment = make_attachment(draft, "a.docx", office_files.word_clean())
    assert codes(draft, thoroughly=True) == []
    storage, name = attachment.file.storage, str(attachment.file.name)
    storage.delete(name)
    storage.save(name, ContentFile(office_files.word_tracked()))
    assert codes(draft) == []  # what is known says nothing of the bytes
    assert codes(draft, thoroughly=True) == ["changed"]
    # Nor does it help to write the new hash beside it.
    altered = hashlib.sha256(stored(attachment)).hexdigest()
    Attachment.objects.filter(pk=attachment.pk).update(sha256=altered)
    assert codes(draft) == ["changed"]
    FileCheck.objects.filter(attachment=attachment).update(proved_sha256=altered)
    assert "tracked_changes" in codes(draft, thoroughly=True)
    storage.delete(name)
    assert codes(draft, thoroughly=True) == ["missing"]


def test_an_item_with_an_altered_file_does_not_go_out() -> None:
    draft = make_publication(
        state="draft",
        date_made=dt.date(2026, 1, 5),
        attachments={"a.txt": other_files.text()},
    )
    item = walk_out(draft, "sign_off")
    attachment = item.attachments.get()
    storage, name = attachment.file.storage, str(attachment.file.name)
    storage.delete(name)
    storage.save(name, ContentFile("别的内容".encode()))
    publisher = make_user(Role.PUBLISHER, agency=item.agency)
    with pytest.raises(NotPossible, match=r"a\.txt"):
        actions.take(item, "publish", actor=publisher)


def test_neither_does_what_an_import_takes_over() -> None:
    with pytest.raises(NotPossible, match=r"a\.doc"):
        make_publication(attachments={"a.doc": other_files.ole()})


def test_the_database_clears_nothing_that_is_held() -> None:
    attachment = make_attachment(make_publication(state="draft"), "a.doc", other_files.ole())
    from disclosure.core.dates import now

    with pytest.raises(IntegrityError), transaction.atomic():
        FileCheck.objects.filter(attachment=attachment).update(cleared_at=now())


def test_a_file_from_before_is_made_ready_in_place(django_capture_on_commit_callbacks) -> None:
    attachment = make_attachment(
        make_publication(state="draft"), "a.docx", office_files.word_clean()
    )
    FileCheck.objects.all().delete()
    FileText.objects.all().delete()
    assert codes(attachment.publication) == ["not_checked"]
    original = office_files.word_hidden_text()
    attachment.file.save("a.docx", ContentFile(original), save=True)
    before = str(attachment.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        clearing.clear(attachment)
    attachment.refresh_from_db()
    assert not attachment.file.storage.exists(before)
    assert attachment.sha256 == hashlib.sha256(stored(attachment)).hexdigest()
    assert codes(attachment.publication, thoroughly=True) == []


def test_the_text_is_read_once(monkeypatch) -> None:
    attachment = make_attachment(make_publication(state="draft"), "a.txt", other_files.text())
    FileText.objects.all().delete()
    assert attachment_text(attachment) == other_files.text().decode()
    row = FileText.objects.get(attachment=attachment)
    assert (row.sha256, row.problem) == (attachment.sha256, "")
    monkeypatch.setattr("disclosure.files.extracting.extract", None)
    assert attachment_text(attachment) == row.text


def test_a_revision_begins_with_what_is_known_of_its_files() -> None:
    live = make_publication(attachments={"a.docx": office_files.word_tracked()})
    revision = actions.revise(actor=None, publication=live)
    assert codes(revision) == []
    assert attachment_text(revision.attachments.get()) == "公开的正文加上的话"


def test_size_and_number_are_limited_by_settings(settings, english) -> None:
    settings.ATTACHMENT_MAX_BYTES, settings.ATTACHMENT_MAX_COUNT = 2**20, 1
    draft = make_publication(state="draft")
    assert [one.code for one in limits.why_not_size(2**20 + 1)] == ["size"]
    assert limits.why_not_size(2**20) == []
    make_attachment(draft, "a.txt", b"one")
    with pytest.raises(NotPossible, match="at most 1 file"):
        make_attachment(draft, "b.txt", b"two")
    with pytest.raises(NotPossible):
        make_attachment(make_publication(state="draft"), "a.txt", b"x" * (2**20 + 1))
    assert [one.code for one in limits.why_not_kind("a.txt", b"")] == ["empty"]
    assert [one.code for one in limits.why_not_kind("a.pdf", b"text")] == ["type"]
