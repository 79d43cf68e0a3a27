"""Files with a request: judged by content, kept across a rejected form, encrypted at rest."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.urls import resolve

from disclosure.core.errors import Conflict
from disclosure.models import Agency
from disclosure.throttling.limits import Limit
from requests_app import actions, uploads
from requests_app.intake import views
from requests_app.models import DisclosureRequest, RequestFile, StagedUpload
from requests_app.uploads import Upload
from tests.factories import PDF, make_agency
from tests.intake import NEW, TOKEN, answers, hidden_fields, text_of
from tests.request_factories import make_submission

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 60


@pytest.fixture(autouse=True)
def _agency() -> None:
    make_agency("SL", name="示例省办公室")


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def kept_names() -> list[str]:
    return [staged.name for staged in uploads.staged_for(TOKEN)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("证明.pdf", PDF),
        ("照片.png", PNG),
        ("照片.JPG", b"\xff\xd8\xff\xe0" + b"\x00" * 20),
        ("说明.docx", DOCX),
        ("说明.txt", "𠮷田甲的说明\r\n".encode()),
        ("说明.txt", "旧编码".encode("gb18030")),
        ("公文.ofd", zipped("OFD.xml")),
    ],
)
def test_papers_and_pictures_are_taken(client: Client, name: str, data: bytes) -> None:
    response = client.post(NEW, answers(attachments=file(name, data)))
    assert response.status_code == 200, text_of(response)
    assert name in text_of(response)
    assert kept_names() == [name]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("程序.pdf", EXE, "content is not of a kind"),
        ("页面.txt", b"<!DOCTYPE html><script>alert(1)</script>", "content is not of a kind"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "content is not of a kind"),
        ("压缩.docx", zipped("a.txt"), "content is not of a kind"),
        ("压缩.zip", zipped("a.txt"), "content is not of a kind"),
        ("照片.pdf", PNG, "content is not of a kind"),
        ("证明.pdf.exe", PDF, "content is not of a kind"),
        ("空.pdf", b"", "is empty"),
    ],
)
def test_a_wrong_file_is_named_with_the_reason(
    client: Client, name: str, data: bytes, why: str
) -> None:
    response = client.post(NEW, answers(attachments=file(name, data), confirm="1"))
    assert response.status_code == 422
    page = text_of(response)
    assert why in page
    assert name in page
    assert 'value="示例甲"' in page
    assert kept_names() == []
    assert not DisclosureRequest.objects.exists()


def test_good_files_survive_a_rejected_form(client: Client) -> None:
    response = client.post(
        NEW, answers(name="", attachments=[file("证明.pdf", PDF), file("坏.pdf", EXE)])
    )
    assert response.status_code == 422
    page = text_of(response)
    (staged,) = uploads.staged_for(TOKEN)
    assert staged.name == "证明.pdf"
    assert f'name="remove_attachment" value="{staged.uuid}"' in page
    assert "The files named here were not kept" in page
    # Without choosing it again it goes along to the request.
    review = client.post(NEW, answers())
    assert "证明.pdf" in text_of(review)
    client.post(NEW, hidden_fields(review))
    request = DisclosureRequest.objects.get()
    assert [(f.name, f.purpose) for f in request.files.all()] == [("证明.pdf", "application")]
    assert uploads.read(request.files.get()) == PDF
    assert not StagedUpload.objects.exists()


def test_a_kept_file_can_be_removed(client: Client) -> None:
    client.post(NEW, answers(attachments=[file("一.pdf", PDF), file("二.pdf", PDF)]))
    first = uploads.staged_for(TOKEN)[0]
    path = Path(first.file.path)
    assert path.exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(NEW, answers(remove_attachment=[str(first.uuid), "nonsense", "\x00"]))
    assert kept_names() == ["二.pdf"]
    assert not path.exists()


def test_the_same_file_chosen_again_is_kept_once(client: Client) -> None:
    for _time in range(2):
        client.post(NEW, answers(attachments=[file("一.pdf", PDF), file("一.pdf", PDF)]))
    assert kept_names() == ["一.pdf"]
    client.post(NEW, answers(attachments=file("一.pdf", PDF + b"%")))
    assert kept_names() == ["一.pdf", "一.pdf"], "another content is another file"


def test_limits_on_uploads_stand_before_the_body_is_read() -> None:
    """Were the view not exempt, the middleware would read the whole body to find the token."""
    assert resolve("/requests/new/").func.csrf_exempt is True


def test_another_form_cannot_touch_what_was_kept(client: Client) -> None:
    client.post(NEW, answers(attachments=file("一.pdf", PDF)))
    staged = uploads.staged_for(TOKEN)[0]
    other = client.post(
        NEW, answers(submission_token=TOKEN[::-1], remove_attachment=str(staged.uuid))
    )
    assert "一.pdf" not in text_of(other)
    assert kept_names() == ["一.pdf"]


def test_files_in_one_go_without_a_token(client: Client) -> None:
    given = answers(submission_token=None, confirm="1", attachments=file("一.pdf", PDF))
    assert client.post(NEW, given).status_code == 303
    assert DisclosureRequest.objects.get().files.count() == 1


def test_too_many(client: Client) -> None:
    files = [file(f"{number}.pdf", PDF) for number in range(7)]
    response = client.post(NEW, answers(attachments=files))
    assert response.status_code == 422
    assert "At most 5 files can be handed in." in text_of(response)
    assert len(kept_names()) == 5
    response = client.post(NEW, answers(attachments=file("8.pdf", PDF)))
    assert response.status_code == 422
    assert len(kept_names()) == 5


def test_too_large_is_cut_off_on_the_way_and_the_form_survives(client: Client, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 200_000
    large = file("大.pdf", PDF + b"x" * 3_000_000)
    response = client.post(NEW, answers(attachments=[large, file("小.pdf", PDF)]))
    assert response.status_code == 422
    page = text_of(response)
    assert "“大.pdf” is too large" in page
    assert 'value="示例甲"' in page
    assert kept_names() == ["小.pdf"]


def test_a_flood_of_files(client: Client) -> None:
    files = [file(f"{number}.pdf", PDF) for number in range(150)]
    response = client.post(NEW, answers(attachments=files))
    assert response.status_code == 413
    assert "Nothing was submitted" in text_of(response)
    assert not StagedUpload.objects.exists()


def test_uploads_from_one_address_are_limited(
    client: Client, rate_limits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "FILES", Limit("few-files", times=2, seconds=3600))
    files = [file(f"{number}.pdf", PDF) for number in range(4)]
    response = client.post(NEW, answers(attachments=files))
    assert response.status_code == 422
    assert "Too many attempts" in text_of(response)
    assert 'value="示例甲"' in text_of(response)
    assert len(kept_names()) == 2


def test_names_are_made_harmless(client: Client) -> None:
    client.post(NEW, answers(attachments=file("../../etc/示\u202e例\x07.pdf", PDF)))
    assert kept_names() == ["示例.pdf"]


def test_nothing_readable_is_stored(client: Client) -> None:
    client.post(
        NEW, answers(attachments=file("示例甲的身份证.txt", "身份证明的内容".encode()), confirm="1")
    )
    stored = RequestFile.objects.get()
    assert stored.name == "示例甲的身份证.txt"
    raw = Path(stored.file.path).read_bytes()
    assert "身份证明的内容".encode() not in raw
    assert "示例" not in stored.file.name
    assert Path(stored.file.path).is_relative_to(settings.MEDIA_ROOT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT label FROM requests_app_requestfile")
        label = bytes(cursor.fetchone()[0])
    assert "身份证".encode() not in label
    assert b"\\u" not in label


def test_a_file_swept_meanwhile_is_asked_for_again() -> None:
    """The form still lists it, and then it is gone: no request without its file."""
    kept = uploads.stage(TOKEN, Upload("证明.pdf", PDF))
    uploads.unstage(TOKEN, [str(kept.uuid)])
    with pytest.raises(Conflict) as refused:
        actions.submit(make_submission(Agency.objects.get()), token=TOKEN, staged=[kept])
    assert "证明.pdf" in str(refused.value)
    assert not DisclosureRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_sweep_leaves_what_was_taken_over_meanwhile() -> None:
    agency = Agency.objects.get()
    kept = uploads.stage(TOKEN, Upload("证明.pdf", PDF))
    listed = StagedUpload.objects.get(pk=kept.pk)
    request = actions.submit(make_submission(agency), token=TOKEN, staged=[kept]).request
    uploads._forget(listed)  # what the sweep had listed before
    assert uploads.read(request.files.get()) == PDF
