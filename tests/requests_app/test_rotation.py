"""Rotating the keys of personal data: everything is opened with the new key alone afterwards."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from disclosure.agencies.roles import Role
from disclosure.core.crypto import EncryptedJSONField, Undecipherable, encrypt, is_current
from requests_app import actions, rotation, uploads
from requests_app.models import (
    Answer,
    AnswerDraft,
    Applicant,
    CaseNote,
    DisclosureRequest,
    Letter,
    LetterFile,
    Party,
    Point,
    RequestFile,
    StagedUpload,
)
from requests_app.uploads import Upload
from tests.factories import PDF, make_agency, make_user
from tests.intake import TOKEN
from tests.request_factories import answer_request, make_receipt

pytestmark = pytest.mark.django_db

FILES = {RequestFile: "附件.pdf", LetterFile: "答复.pdf", StagedUpload: "证明.pdf"}
OLD, NEW = "an-old-key-of-the-tests-0123456789", "a-new-key-of-the-tests-9876543210"


@pytest.fixture
def answered(settings) -> DisclosureRequest:
    """An answered request with something in every encrypted field, a staged upload and a letter's
    file, all encrypted with the old key."""
    settings.PERSONAL_DATA_KEYS = [OLD]
    agency = make_agency("SL")
    handler = make_user(Role.HANDLER, agency=agency)
    request = actions.take(make_receipt(agency).request, "register", actor=handler)
    uploads.stage(TOKEN, Upload("证明.pdf", PDF))
    Party.objects.create(
        request=request, kind=Party.Kind.THIRD_PARTY, number=1, data={"name": "示例第三方"}
    )
    CaseNote.objects.create(request=request, content={"text": "示例备注"})
    request = answer_request(request, handler=handler, files=[Upload("附件.pdf", PDF)])
    letter_file = LetterFile(letter=request.letters.get(kind="answer"), format="pdf")
    uploads.fill(letter_file, Upload("答复.pdf", PDF))
    letter_file.save()
    return request


def rotate(*arguments: str) -> str:
    output = StringIO()
    call_command("rotate_personal_data_keys", *arguments, stdout=output)
    return output.getvalue()


def counts() -> dict[str, tuple[int, int, int]]:
    return {
        count.what.removeprefix("requests_app."): (
            count.rotated,
            count.current,
            len(count.failed),
        )
        for count in rotation.rotate_all()
    }


def test_everything_is_opened_by_the_new_key_alone(answered: DisclosureRequest, settings) -> None:
    path = Path(answered.files.get().file.path)
    mode = path.stat().st_mode
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    assert counts() == {
        "Applicant.data": (1, 0, 0),
        "Answer.content": (1, 0, 0),
        "AnswerDraft.content": (1, 0, 0),
        "CaseNote.content": (1, 0, 0),
        "Letter.document": (1, 0, 0),
        "LetterFile.label": (1, 0, 0),
        "LetterFile.file": (1, 0, 0),
        "Party.data": (1, 0, 0),
        "Point.details": (1, 0, 0),
        "RequestFile.label": (1, 0, 0),
        "RequestFile.file": (1, 0, 0),
        "StagedUpload.label": (1, 0, 0),
        "StagedUpload.file": (1, 0, 0),
    }
    settings.PERSONAL_DATA_KEYS = [NEW]
    assert Applicant.objects.get().data["name"] == "示例甲"
    assert "示例内容。" in Answer.objects.get().text
    assert AnswerDraft.objects.get().closing == ""
    assert AnswerDraft.objects.get().seal
    assert CaseNote.objects.get().text == "示例备注"
    assert Party.objects.get().get("name") == "示例第三方"
    assert Point.objects.get().given["how"] == "示例内容。"
    letter = Letter.objects.get()
    assert letter.read().number == letter.number
    for model, name in FILES.items():
        stored = model.objects.get()
        assert uploads.read(stored) == PDF
        assert stored.name == name
    assert path.stat().st_mode == mode
    assert list(path.parent.glob("tmp*")) == []


def test_without_rotation_the_new_key_alone_opens_nothing(
    answered: DisclosureRequest, settings
) -> None:
    settings.PERSONAL_DATA_KEYS = [NEW]
    with pytest.raises(Undecipherable):
        Applicant.objects.get()


def test_a_second_run_finds_nothing_to_do(answered: DisclosureRequest, settings) -> None:
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    rotate()
    assert set(counts().values()) == {(0, 1, 0)}


def test_it_goes_on_where_it_was_stopped(
    answered: DisclosureRequest, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(4):
        make_receipt(answered.agency)
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    real, seen = rotation.rotate, []

    def stopped(token: bytes) -> bytes:
        seen.append(token)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return real(token)

    monkeypatch.setattr(rotation, "rotate", stopped)
    with pytest.raises(KeyboardInterrupt):
        list(rotation.rotate_all(batch=2))
    monkeypatch.undo()
    rotated, current, failed = counts()["Applicant.data"]
    assert (rotated + current, failed) == (5, 0)
    assert current >= 2, "the batches before the stop stay"
    settings.PERSONAL_DATA_KEYS = [NEW]
    assert [a.data["name"] for a in Applicant.objects.all()] == ["示例甲"] * 5


def test_small_batches_reach_every_row(answered: DisclosureRequest, settings) -> None:
    for _number in range(4):
        make_receipt(answered.agency)
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    rotate("--batch", "2")
    assert counts()["Applicant.data"] == (0, 5, 0)


def test_what_no_key_opens_is_named_and_the_rest_is_done(
    answered: DisclosureRequest, settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PERSONAL_DATA_KEYS = ["a-third-key-that-was-lost-0123456789"]
    lost = make_receipt(answered.agency).request
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    Path(RequestFile.objects.get().file.path).unlink()
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("rotate_personal_data_keys", stdout=StringIO(), stderr=errors)
    assert f"requests_app.Applicant.data #{lost.applicant.pk}" in errors.getvalue()
    assert "requests_app.RequestFile.file #" in errors.getvalue()
    settings.PERSONAL_DATA_KEYS = [NEW]
    assert Applicant.objects.get(request=answered).data["name"] == "示例甲"


def test_erased_data_stay_erased(answered: DisclosureRequest, settings) -> None:
    applicant = answered.applicant
    applicant.data, applicant.erased_at = None, answered.submitted_at
    applicant.save()
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    assert counts()["Applicant.data"] == (0, 0, 0)
    assert Applicant.objects.get().data is None


def test_the_files_of_an_erased_request_are_no_failure(
    answered: DisclosureRequest, settings
) -> None:
    RequestFile.objects.update(file="", label=None)
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    assert counts()["RequestFile.file"] == counts()["RequestFile.label"] == (0, 0, 0)


def test_every_encrypted_field_is_rotated(answered: DisclosureRequest) -> None:
    """A new model with personal data stands in the list above, and so is filled there."""
    empty = {name for name, count in counts().items() if count == (0, 0, 0)}
    assert empty == set()


def test_a_batch_of_nothing_is_refused() -> None:
    with pytest.raises(CommandError):
        rotate("--batch", "0")


def test_what_the_database_holds_is_the_token(answered: DisclosureRequest, settings) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM requests_app_applicant")
        token = bytes(cursor.fetchone()[0])
    assert is_current(token)
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    assert not is_current(token)
    assert is_current(encrypt(b"x"))
    assert isinstance(Applicant._meta.get_field("data"), EncryptedJSONField)
