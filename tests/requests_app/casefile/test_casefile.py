"""The case file: cover, receipt to sign, everything as one ZIP with its list."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import Agency, AuditEntry, User
from requests_app import actions, uploads
from requests_app.casefile import contents, zipping
from requests_app.models import DisclosureRequest, Letter, LetterFile, RequestFile
from requests_app.uploads import Upload
from tests.admin_pages import signed_in
from tests.factories import PDF, make_tree, make_user
from tests.request_factories import answer_request, make_request, serve_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree) -> User:
    return make_user(Role.HANDLER, agency=tree[1], full_name="经办甲")


@pytest.fixture
def case(tree, handler) -> DisclosureRequest:
    """Answered and served, with a correction, a file of each kind and a letter's files."""
    case = make_request("registered", agency=tree[1], handler=handler, name="欧阳示例")
    add_file(case, RequestFile.Purpose.APPLICATION, "身份证明.pdf")
    add_file(case, RequestFile.Purpose.INNER, "内部意见.pdf")
    case = actions.take(
        case, "extend", actor=make_user(Role.HEAD, agency=tree[1]), text="示例缘由。"
    )
    case = answer_request(case, handler=handler, files=[Upload("附件.pdf", PDF)])
    file = LetterFile(letter=case.letters.get(kind="answer"), format="pdf")
    uploads.fill(file, Upload(f"{file.letter.number}.pdf", PDF))
    file.save()
    return serve_answer(case, handler=handler)


def add_file(case: DisclosureRequest, purpose: str, name: str) -> RequestFile:
    file = RequestFile(request=case, purpose=purpose)
    uploads.fill(file, Upload(name, PDF))
    file.save()
    return file


def url(case: DisclosureRequest, page: str, *more: int) -> str:
    return reverse(f"admin:requests_app_disclosurerequest_{page}", args=[case.pk, *more])


def archive(user: User, case: DisclosureRequest) -> zipfile.ZipFile:
    response = signed_in(Client(), user).post(url(case, "casefile"))
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def listed(found: zipfile.ZipFile) -> dict[str, list[str]]:
    """The list of files: path → size, SHA-256, note."""
    (name,) = [one for one in found.namelist() if one.count("/") == 1 and "清单" in one] or [
        one for one in found.namelist() if "List of files" in one
    ]
    rows = list(csv.reader(io.StringIO(found.read(name).decode("utf-8-sig"))))
    return {row[0]: row[1:] for row in rows[1:]}


def test_the_zip_holds_everything_and_its_list_is_right(case, handler) -> None:
    found = archive(handler, case)
    assert found.testzip() is None
    rows = listed(found)
    names = [name.partition("/")[2] for name in found.namelist()]
    assert set(rows) == set(names[:-1])
    for path, (size, digest, note) in rows.items():
        data = found.read(f"{found.namelist()[0].partition('/')[0]}/{path}")
        assert (str(len(data)), hashlib.sha256(data).hexdigest(), note) == (size, digest, "")
    stored = [path for path in names if path.endswith(".pdf")]
    for word in ("身份证明", "内部意见", "附件", "〔"):
        assert [path for path in stored if word in path], word
    assert all(case.number in name for name in found.namelist())


def test_the_sheets_say_what_happened_with_its_words(case, handler) -> None:
    found = archive(handler, case)
    pages = "".join(found.read(name).decode() for name in found.namelist() if name.endswith("html"))
    assert "示例缘由。" in pages
    assert "经办甲" in pages
    assert case.answer_due.isoformat() in pages
    assert "欧***" in pages
    assert "a@example.invalid" not in pages
    (trail,) = [name for name in found.namelist() if name.split("/")[1].startswith("11-")]
    rows = list(csv.reader(io.StringIO(found.read(trail).decode("utf-8-sig"))))
    assert len(rows) - 1 == AuditEntry.objects.filter(target_id=str(case.pk)).count() - 1


def test_that_it_was_taken_is_on_the_trail(case, handler) -> None:
    client = signed_in(Client(), handler)
    assert client.get(url(case, "casefile")).status_code == 200
    assert not AuditEntry.objects.filter(verb="casefile.downloaded").exists()
    archive(handler, case)
    entry = AuditEntry.objects.get(verb="casefile.downloaded")
    assert (entry.actor, entry.target_id, entry.agency) == (handler, str(case.pk), case.agency)


def test_what_cannot_be_read_is_named_and_the_rest_arrives(case, handler) -> None:
    lost, altered, erased = case.files.order_by("pk")
    Path(lost.file.path).unlink()
    altered.file.save("x.bin", ContentFile(Path(add_other(case).file.path).read_bytes()))
    RequestFile.objects.filter(pk=erased.pk).update(file="", label=None)
    rows = listed(archive(handler, case))
    (gone,) = [row for path, row in rows.items() if "身份证明" in path]
    (other,) = [row for path, row in rows.items() if "内部意见" in path]
    (none,) = [row for path, row in rows.items() if not row[0] and row != gone]
    assert gone[0] == ""
    assert gone[2]
    assert other[1] != altered.sha256
    assert altered.sha256 in other[2]
    assert none[1] == erased.sha256
    assert none[2] != gone[2]


def add_other(case: DisclosureRequest) -> RequestFile:
    file = RequestFile(request=case, purpose=RequestFile.Purpose.DRAFT)
    uploads.fill(file, Upload("别的.pdf", PDF + b"%"))
    return file


def test_one_file_at_a_time_is_read(case, handler, monkeypatch) -> None:
    read: list[str] = []
    real = uploads.read
    monkeypatch.setattr(uploads, "read", lambda file: read.append(str(file.pk)) or real(file))
    entries = contents.entries(case)
    assert read == []
    parts = zipping.stream("x", entries)
    next(parts)
    assert len(read) <= 1
    assert sum(len(part) for part in parts)
    assert len(read) == 4


def test_names_that_are_alike_do_not_hide_each_other(case, handler) -> None:
    add_file(case, RequestFile.Purpose.APPLICATION, "身份证明.pdf")
    found = archive(handler, case)
    names = [name for name in found.namelist() if "身份证明" in name]
    assert len(names) == len(set(names)) == 2


@pytest.mark.parametrize("page", ["cover", "casefile", "to_sign"])
def test_another_agencys_is_not_there(tree, case, page: str) -> None:
    stranger = signed_in(Client(), make_user(Role.HANDLER, agency=tree[2]))
    more = [case.letters.get(kind="answer").pk] if page == "to_sign" else []
    for send in (stranger.get, stranger.post):
        assert send(url(case, page, *more)).status_code == 404


def test_a_restricted_case_is_there_for_the_named_alone(tree, case, handler) -> None:
    head = make_user(Role.HEAD, agency=tree[1])
    actions.take(case, "restrict", actor=head, people=[head])
    assert signed_in(Client(), handler).post(url(case, "casefile")).status_code == 404
    assert signed_in(Client(), head).post(url(case, "casefile")).status_code == 200


def test_who_may_open_no_file_takes_no_case_file(tree, case) -> None:
    auditor = signed_in(Client(), make_user(Role.AUDITOR, agency=tree[1]))
    letter = case.letters.get(kind="answer").pk
    assert auditor.get(url(case, "cover")).status_code == 200
    assert auditor.get(url(case, "casefile")).status_code == 403
    assert auditor.post(url(case, "casefile")).status_code == 403
    assert auditor.post(url(case, "to_sign", letter)).status_code == 403


def test_the_cover_masks_the_applicant(case, handler) -> None:
    text = signed_in(Client(), handler).get(url(case, "cover")).content.decode()
    assert "欧***" in text
    assert "欧阳示例" not in text
    assert case.letters.get(kind="answer").number in text


def test_the_receipt_names_the_addressee_once_asked_for(case, handler) -> None:
    client, letter = signed_in(Client(), handler), case.letters.get(kind="answer")
    assert "欧阳示例" not in client.get(url(case, "to_sign", letter.pk)).content.decode()
    text = client.post(url(case, "to_sign", letter.pk)).content.decode()
    for word in ("送达回证", "欧阳示例", letter.number):
        assert word in text
    entry = AuditEntry.objects.get(verb="casefile.slip_shown")
    assert entry.facts == {"letter": letter.pk}


def test_a_letter_of_another_case_has_no_receipt_here(tree, case, handler) -> None:
    other = make_request("answered", agency=tree[1], handler=handler)
    letter = other.letters.get(kind="answer").pk
    client = signed_in(Client(), handler)
    assert client.post(url(case, "to_sign", letter)).status_code == 404
    assert client.post(url(case, "to_sign", 2**70)).status_code == 404


def test_the_receipt_of_an_erased_letter_names_nobody(case, handler) -> None:
    Letter.objects.update(document=None)
    letter = case.letters.get(kind="answer")
    text = signed_in(Client(), handler).post(url(case, "to_sign", letter.pk)).content.decode()
    assert letter.number in text
    assert "欧阳示例" not in text


def test_more_files_ask_no_more_queries(case, handler) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            archive(handler, case)
        return len(queries)

    asked()
    few = asked()
    for number in range(5):
        add_file(case, RequestFile.Purpose.INNER, f"{number}.pdf")
    assert asked() == few
