"""`/verify/`: genuine or not, and nothing of who asked for what."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from disclosure.core.dates import now
from requests_app import actions, uploads
from requests_app.letters import docx, issuing, pdf
from requests_app.letters.document import Document, Paragraph
from requests_app.letters.verifying import lookup
from requests_app.letters.verifying.views import COPIES, WRONG_CODES
from requests_app.models import DisclosureRequest, Letter, Party
from tests.request_factories import answer_request, make_request, make_style

pytestmark = pytest.mark.django_db
UNKNOWN = "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
VERIFY = "/en/verify/"


@pytest.fixture(autouse=True)
def _quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "render", lambda document: b"%PDF" + document.canonical)
    monkeypatch.setattr(docx, "render", lambda document: b"PK" + document.canonical)


@pytest.fixture
def case() -> DisclosureRequest:
    return make_request("registered", name="示例张三", information_name="保密的事情")


@pytest.fixture
def letter(case: DisclosureRequest) -> Letter:
    answer_request(case)
    found = case.letters.get(kind="answer")
    assert issuing.make_files(found)
    return found


def address(code: str) -> str:
    return f"{VERIFY}{code}/"


def main(response: Any) -> str:
    """The page without its frame, which names agencies of its own."""
    return str(response.content.decode().partition("<main")[2].partition("</main>")[0])


def post(client: Client, code: str, data: bytes | None = None, name: str = "a.pdf") -> Any:
    given: dict[str, Any] = {"code": code}
    if data is not None:
        given["copy"] = SimpleUploadedFile(name, data)
    return client.post(VERIFY, given)


def test_a_genuine_letter(client: Client, letter: Letter) -> None:
    response = client.get(address(letter.verify_code))
    assert response.status_code == 200
    text = main(response)
    assert "This letter is genuine" in text
    for shown in (letter.number, letter.row.title, letter.request.agency.name, letter.verify_code):
        assert shown in text
    assert letter.issued_on.isoformat() in text


def test_nothing_of_who_asked_for_what(client: Client, letter: Letter) -> None:
    case = letter.request
    text = client.get(address(letter.verify_code)).content.decode()
    for kept in ("示例张三", "13800000000", case.number, case.subject, "示例内容"):
        assert kept not in text


def test_both_languages_and_the_address_in_the_letter(client: Client, letter: Letter) -> None:
    document = letter.read()
    assert document is not None
    path = "/verify/" + document.verify_url.partition("/verify/")[2]
    assert path == reverse("verify-letter", args=[letter.verify_code])
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "zh-hans"
    assert letter.number in response.content.decode()


def test_an_unknown_code_is_told_kindly(client: Client, letter: Letter) -> None:
    response = client.get(address(UNKNOWN))
    assert response.status_code == 404
    text = main(response)
    assert "There is no such letter" in text
    assert "<form" in text
    assert letter.number not in text


def test_the_page_itself(client: Client) -> None:
    response = client.get(VERIFY)
    text = response.content.decode()
    assert response.status_code == 200
    assert "There is no such letter" not in text
    assert 'name="robots" content="noindex"' in text
    assert 'name="ColumnName" content="Verify a letter"' in text
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert f'href="{VERIFY}"' in client.get("/en/").content.decode()
    assert "verify" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code} ",
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("1", "i"),
    ],
)
def test_codes_are_read_as_people_type_them(client: Client, letter: Letter, spoil: Any) -> None:
    assert client.get(address(spoil(letter.verify_code))).status_code == 200
    typed = post(client, spoil(letter.verify_code))
    assert typed.status_code == 303
    assert typed.headers["Location"] == address(letter.verify_code)


def test_full_width_letters_too(client: Client, letter: Letter) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in letter.verify_code)
    assert post(client, wide).headers["Location"] == address(letter.verify_code)


@pytest.mark.parametrize("code", ["", " ", "-"])
def test_no_code_is_a_mistake_in_the_form_or_no_letter(client: Client, code: str) -> None:
    assert post(client, code).status_code in {404, 422}


@pytest.mark.parametrize(
    "code",
    ["A", "A" * 500, "../../etc", "%00", "示例", "ZZZZ-ZZZZ-ZZZZ-ZZZZ-Z", "'--", "<b>"],
)
def test_strange_codes_are_no_letters(client: Client, letter: Letter, code: str) -> None:
    from urllib.parse import quote

    response = client.get(address(quote(code, safe="")))
    assert response.status_code == 404
    assert "<b>" not in main(response)
    assert post(client, code).status_code in {404, 422}


def test_a_longer_code_is_not_cut_down_to_a_known_one(client: Client, letter: Letter) -> None:
    assert client.get(address(f"{letter.verify_code}0")).status_code == 404
    assert lookup.written(f"{letter.verify_code}-0000") == ""


# --- copies --------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_an_identical_copy(client: Client, letter: Letter, kind: str) -> None:
    data = uploads.read(letter.files.get(format=kind))
    response = post(client, letter.verify_code, data, f"副本.{kind}")
    assert response.status_code == 200
    assert "The copy is the letter as issued" in main(response)


def test_a_changed_copy(client: Client, letter: Letter) -> None:
    data = uploads.read(letter.files.get(format="pdf")) + b"\n"
    text = main(post(client, letter.verify_code, data))
    assert "This letter is genuine" in text
    assert "The copy is not the file as issued" in text
    assert "The copy is the letter" not in text


def test_the_copy_of_another_letter(client: Client, letter: Letter) -> None:
    other = make_request("registered")
    answer_request(other)
    second = other.letters.get(kind="answer")
    assert issuing.make_files(second)
    data = uploads.read(second.files.get(format="pdf"))
    assert "The copy is not the file" in main(post(client, letter.verify_code, data))


def test_a_copy_before_there_are_files(client: Client, case: DisclosureRequest) -> None:
    answer_request(case)
    letter = case.letters.get(kind="answer")
    assert not letter.files.exists()
    assert "not ready yet" in main(post(client, letter.verify_code, b"%PDF"))


def test_an_erased_letter_is_still_verified(client: Client, letter: Letter) -> None:
    data = uploads.read(letter.files.get(format="pdf"))
    Letter.objects.update(document=None)
    assert "The copy is the letter" in main(post(client, letter.verify_code, data))


def test_a_copy_without_its_letter(client: Client, letter: Letter) -> None:
    response = post(client, UNKNOWN, b"%PDF")
    assert response.status_code == 404
    assert "There is no such letter" in main(response)


def test_copies_are_limited_in_size(client: Client, letter: Letter, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    response = post(client, letter.verify_code, b"x" * 1001)
    assert response.status_code == 422
    assert "The file is too large" in main(response)
    assert post(client, letter.verify_code, b"x" * 1000).status_code == 200
    response = client.post(VERIFY, {"code": letter.verify_code, "copy": ""})
    assert response.status_code == 303
    assert "This file is empty" in main(post(client, letter.verify_code, b""))
    assert post(client, letter.verify_code, b"x" * 30_000).status_code == 413


def test_a_copy_is_kept_nowhere(
    client: Client, letter: Letter, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    from django.core.files import uploadhandler

    for name in ("MemoryFileUploadHandler", "TemporaryFileUploadHandler"):
        monkeypatch.setattr(
            getattr(uploadhandler, name), "new_file", lambda *_a, **_k: pytest.fail("kept")
        )
    assert post(client, letter.verify_code, b"x" * 200_000).status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_forms_of_other_sites_are_refused(letter: Letter) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert post(strict, letter.verify_code, b"%PDF").status_code == 403


# --- which letters -------------------------------------------------------------------------------
def test_a_letter_to_a_third_party_is_verified_the_same_way(
    client: Client, case: DisclosureRequest
) -> None:
    case = actions.take(case, "ask_third_party", name="示例第三方", text="合同原文")
    letter = case.letters.get(kind="third_party")
    text = main(client.get(address(letter.verify_code)))
    assert letter.row.title in text
    for kept in ("示例第三方", "合同原文", case.number):
        assert kept not in text


def test_a_draft_cannot_be_verified(client: Client, case: DisclosureRequest) -> None:
    make_style(case.agency)
    actions.draft(case, actor=None, closing="特此答复。")
    Party.objects.create(request=case, kind="third_party", number=1)
    assert not Letter.objects.exists()
    assert client.get(address(case.number)).status_code == 404


# --- limits --------------------------------------------------------------------------------------
def test_wrong_codes_are_limited_for_each_visitor(
    client: Client, letter: Letter, rate_limits: None
) -> None:
    for number in range(WRONG_CODES.times):
        assert client.get(address(f"{number:016}")).status_code == 404
    response = client.get(address(letter.verify_code))
    assert response.status_code == 429
    assert response.headers["Retry-After"] == str(WRONG_CODES.seconds)
    assert letter.number not in main(response)
    elsewhere = client.get(address(letter.verify_code), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


def test_right_codes_cost_nothing(client: Client, letter: Letter, rate_limits: None) -> None:
    for _number in range(WRONG_CODES.times + 1):
        assert client.get(address(letter.verify_code)).status_code == 200


def test_copies_are_limited_for_each_visitor(
    client: Client, letter: Letter, rate_limits: None
) -> None:
    for _number in range(COPIES.times):
        assert post(client, letter.verify_code, b"%PDF").status_code == 200
    assert post(client, letter.verify_code, b"%PDF").status_code == 429


def test_the_page_asks_for_little(
    client: Client, letter: Letter, django_assert_max_num_queries: Any
) -> None:
    client.get(address(letter.verify_code))
    with django_assert_max_num_queries(3):
        client.get(address(letter.verify_code))


def test_the_number_of_a_letter_of_long_ago(client: Client, case: DisclosureRequest) -> None:
    document = Document(
        "示例局", "示例", "", "示例张三", (Paragraph("正文"),), "示例局", dt.date(2024, 1, 2)
    )
    letter = issuing.freeze(case, "extension", document, event=None, actor=None, at=now())
    text = main(client.get(address(letter.verify_code)))
    assert "2024-01-02" in text
    assert "正文" not in text
