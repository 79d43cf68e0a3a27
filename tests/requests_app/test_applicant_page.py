"""The applicant's page: how it stands, why that day, what was asked, the answer and its files."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from disclosure.agencies.roles import Role
from disclosure.models import Agency
from requests_app import actions
from requests_app.actions import Receipt, Upload
from requests_app.models import DisclosureRequest, RequestFile
from tests.factories import PDF, make_agency, make_user
from tests.intake import NEW, TRACK, answers, read_receipt, text_of
from tests.request_factories import RESIDENT_ID, make_receipt

pytestmark = pytest.mark.django_db

PERSON = {
    "name": "示例甲乙",
    "id_type": "resident_id",
    "id_number": RESIDENT_ID,
    "phone": "13812345678",
    "email": "jiayi@example.invalid",
    "postal_address": "示例市示例区示例街道 12 号楼 3 单元",
}


@pytest.fixture
def agency() -> Agency:
    return make_agency("SL", name="示例省办公室", name_en="Example Province Office")


def days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def page_of(client: Client, receipt: Receipt) -> str:
    response = client.post(
        TRACK,
        {"number": receipt.request.number, "access_code": receipt.access_code},
        follow=True,
    )
    assert response.status_code == 200
    return text_of(response)


def answered(receipt: Receipt, **given: object) -> DisclosureRequest:
    handler = make_user(Role.HANDLER, agency=receipt.request.agency)
    request = actions.register(receipt.request, actor=handler)
    values = {"outcome": "granted", "text": "现予公开。\n\n<b>附件</b>见下。", **given}
    return actions.answer(request, actor=handler, **values)


def test_a_new_request(client: Client, agency: Agency) -> None:
    page = page_of(client, make_receipt(agency, **PERSON))
    due = DisclosureRequest.objects.get().answer_due
    assert f'<time class="big" datetime="{due}">{due}</time>' in page
    assert '<section class="due green"' in page
    assert "working days left" in page
    assert '<span class="pill" id="state">Submitted</span>' in page
    assert "The agency will register your request." in page
    assert "You submitted the request" in page
    assert "Last day for the answer: 20 working days counted from the day after" in page
    assert "Art. 33" in page
    assert 'href="#why"' in page
    assert 'id="why"' in page
    assert "示例信息" in page
    assert "请公开示例信息。" in page
    assert 'id="answer"' not in page
    assert 'id="overdue"' not in page
    assert 'name="robots" content="noindex"' in page


def test_personal_data_are_masked(client: Client, agency: Agency) -> None:
    page = page_of(client, make_receipt(agency, **PERSON))
    for secret in PERSON.values():
        if secret != "resident_id":
            assert secret not in page
    assert "138****5678" in page
    assert "示***" in page


def test_erased_personal_data_are_said_to_be_gone(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency, **PERSON)
    applicant = receipt.request.applicant
    applicant.data, applicant.erased_at = None, timezone.now()
    applicant.save()
    page = page_of(client, receipt)
    assert "have been erased" in page
    assert "示***" not in page


def test_an_overdue_request_says_so_and_what_can_be_done(client: Client, agency: Agency) -> None:
    city = make_agency("CITY", name="甲市办公室", name_en="City A Office", under=agency)
    page = page_of(client, make_receipt(city, at=days_ago(60)))
    assert '<section class="due red"' in page
    assert "Overdue by" in page
    assert 'id="overdue"' in page
    assert "Art. 51" in page
    assert "administrative reconsideration" in page
    assert "administrative lawsuit" in page
    assert "Example Province Office" in page, "the superior agency is named"
    assert "will answer in time" not in page
    assert "will register" not in page
    client = Client()
    assert "the authority in charge of disclosure" in page_of(
        client, make_receipt(agency, at=days_ago(60))
    )


def test_the_answer_with_its_files(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    answered(receipt, files=[Upload("公开内容.pdf", PDF)])
    page = page_of(client, receipt)
    assert 'id="answer"' in page
    assert '<span class="pill ok" id="outcome">Granted</span>' in page
    assert "<p>现予公开。</p>" in page
    assert "<b>附件</b>" not in client.get(receipt.request.get_absolute_url()).content.decode()
    assert "公开内容.pdf" in page
    assert "Within the time limit" in page
    assert "You can read the answer below." in page
    assert "before a lawsuit" not in page


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("refused_third_party", "Because the information was withheld (Art. 14–16)"),
        ("partially_granted", "For a part that was withheld (Art. 14–16)"),
        ("unable_not_held", ""),
        ("refused_administrative_inquiry", ""),
    ],
)
def test_the_way_to_contest_depends_on_the_ground(
    client: Client, agency: Agency, outcome: str, words: str
) -> None:
    receipt = make_receipt(agency)
    answered(receipt, outcome=outcome)
    page = page_of(client, receipt)
    assert "within 60 days" in page
    assert words in page
    assert ("reconsideration has to come before a lawsuit" in page) is bool(words)


def test_files_are_given_to_who_opened_the_request(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    request = answered(receipt, files=[Upload("公开 内容.pdf", PDF)])
    stored = request.files.get()
    url = f"/en/requests/{request.number}/files/{stored.uuid}/"
    assert client.get(url).status_code == 404
    page = page_of(client, receipt)
    assert url in page
    response = client.get(url)
    assert response.status_code == 200
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E5%85%AC%E5%BC%80%20%E5%86%85%E5%AE%B9.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_no_file_of_another_request(client: Client, agency: Agency) -> None:
    mine, other = make_receipt(agency), make_receipt(agency)
    stored = answered(other, files=[Upload("别人的.pdf", PDF)]).files.get()
    page_of(client, mine)
    for number in (mine.request.number, other.request.number, "SL-2026-9999"):
        assert client.get(f"/en/requests/{number}/files/{stored.uuid}/").status_code == 404


def test_a_damaged_file_is_answered_in_words(
    client: Client, agency: Agency, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = make_receipt(agency)
    request = answered(receipt, files=[Upload("示例甲.pdf", PDF)])
    stored = request.files.get()
    page_of(client, receipt)
    Path(stored.file.path).write_bytes(b"not what it was")
    response = client.get(f"/en/requests/{request.number}/files/{stored.uuid}/")
    assert response.status_code == 500
    assert "cannot be opened at the moment" in text_of(response)
    assert str(stored.uuid) in caplog.text
    assert "示例甲" not in caplog.text


def test_what_was_handed_in_is_there(client: Client, agency: Agency) -> None:
    given = answers(confirm="1", attachments=SimpleUploadedFile("证明.pdf", PDF))
    number, code = read_receipt(client.get(client.post(NEW, given)["Location"]))
    response = client.post(TRACK, {"number": number, "access_code": code}, follow=True)
    stored = RequestFile.objects.get()
    assert "证明.pdf" in text_of(response)
    assert client.get(f"/requests/{number}/files/{stored.uuid}/").content == PDF


def test_how_often_the_database_is_asked(
    client: Client, agency: Agency, django_assert_num_queries
) -> None:
    """Session, request, events, files, calendar, page frame; never more with more of them."""
    small, large = make_receipt(agency), make_receipt(agency)
    answered(large, files=[Upload(f"{number}.pdf", PDF) for number in range(5)])
    for receipt in (small, large):
        page_of(client, receipt)
        with django_assert_num_queries(6):
            client.get(f"/en/requests/{receipt.request.number}/")


def test_opened_once_it_is_open_in_both_languages(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    page_of(client, receipt)
    chinese = client.get(f"/requests/{receipt.request.number}/")
    assert chinese.status_code == 200
    assert 'lang="zh-Hans"' in chinese.content.decode()[:200]
