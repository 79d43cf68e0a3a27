"""The applicant's page: how it stands, why that day, what was asked, the answer and its files."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disclosure.agencies.roles import Role
from disclosure.models import Agency
from requests_app import actions
from requests_app.actions import Receipt
from requests_app.letters import issuing
from requests_app.models import DisclosureRequest, Message, RequestFile
from requests_app.uploads import Upload
from tests.applicants import held_back
from tests.factories import PDF, make_agency, make_user
from tests.intake import NEW, TRACK, answers, read_receipt, text_of
from tests.request_factories import (
    RESIDENT_ID,
    answer_request,
    decide_all,
    make_receipt,
    serve_answer,
)

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


def answered(receipt: Receipt, determination: str = "given", **given: Any) -> DisclosureRequest:
    handler = make_user(Role.HANDLER, agency=receipt.request.agency)
    request = actions.take(receipt.request, "register", actor=handler)
    return answer_request(request, determination, handler=handler, **given)


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
    answered(receipt, files=[Upload("公开内容.pdf", PDF)], how="<b>附件</b>见下。")
    page = page_of(client, receipt)
    assert 'id="answer"' in page
    assert '<span class="pill ok" id="outcome">Granted</span>' in page
    assert "予以公开" in page
    assert "<b>附件</b>" not in client.get(receipt.request.get_absolute_url()).content.decode()
    assert "公开内容.pdf" in page
    assert "Within the time limit" in page
    assert "You can read the answer below." in page
    assert "before a lawsuit" not in page


@pytest.mark.parametrize(
    ("determination", "words"),
    [
        ("refused_process", "Because the information was withheld (Art. 14–16)"),
        ("partly", "For a part that was withheld (Art. 14–16)"),
        ("not_existing", ""),
        ("refused_administrative_inquiry", "Reconsideration is open in any case"),
    ],
)
def test_the_way_to_contest_depends_on_the_ground(
    client: Client, agency: Agency, determination: str, words: str
) -> None:
    receipt = make_receipt(agency)
    answered(receipt, determination)
    page = page_of(client, receipt)
    assert "within 60 days" in page
    assert words in page
    first = "reconsideration has to come before a lawsuit" in page
    assert first is (determination in {"refused_process", "partly"})


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


def test_how_often_the_database_is_asked(client: Client, agency: Agency) -> None:
    """Never more with more of them: files, letters, events, other parts."""
    small, large = make_receipt(agency), make_receipt(agency)
    for number, receipt in enumerate((small, large)):
        answered(receipt, files=[Upload(f"{each}.pdf", PDF) for each in range(1 + 4 * number)])
    serve_answer(large.request)
    for each in range(3):
        actions.take(large.request, "restrict", people=[])
        make_receipt(agency, information_name=f"{each}")
    counts = []
    for receipt in (small, large):
        page_of(client, receipt)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/requests/{receipt.request.number}/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 17


def test_opened_once_it_is_open_in_both_languages(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    page_of(client, receipt)
    chinese = client.get(f"/requests/{receipt.request.number}/")
    assert chinese.status_code == 200
    assert 'lang="zh-Hans"' in chinese.content.decode()[:200]


def test_what_stays_inside_the_agency_reads_in_progress(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    request = actions.take(receipt.request, "register")
    decide_all(request)
    actions.take(request, "propose")
    page = page_of(client, receipt)
    assert '<span class="pill" id="state">In progress</span>' in page
    assert "legal review" not in page


def test_a_correction_is_asked_for_with_its_words_and_its_day(
    client: Client, agency: Agency
) -> None:
    receipt = make_receipt(agency)
    request = actions.take(receipt.request, "register")
    until = request.received_on + dt.timedelta(days=15)
    actions.take(request, "ask_correction", text="请写明年份。", until=until)
    page = page_of(client, receipt)
    assert 'id="waiting-correction"' in page
    assert "请写明年份。" in page
    assert f"until {until}" in page
    assert "taken as given up" in page
    assert f"/en/requests/{request.number}/correct/" in page
    assert 'id="overdue"' not in page


def test_a_fee_is_explained(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    request = actions.take(receipt.request, "register")
    actions.take(
        request, "notify_fee", basis="pages", pages=100, payment="缴至示例银行账户。", text=""
    )
    page = page_of(client, receipt)
    assert 'id="waiting-fee"' in page
    assert '<dd id="fee-amount">700.00 yuan</dd>' in page
    assert "缴至示例银行账户。" in page
    assert str(DisclosureRequest.objects.get().waiting_until) in page
    assert "given up and no longer processed (Art. 42)" in page


def test_letters_are_read_saved_and_confirmed(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    request = answered(receipt)
    letter = request.letters.get()
    assert "file is being made" in page_of(client, receipt)
    issuing.make_files(letter)
    page = text_of(client.get(request.get_absolute_url()))
    assert letter.number in page
    assert "政府信息公开申请答复书" in page
    for form, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        response = client.get(f"/requests/{request.number}/letters/1/{form}/")
        assert response.status_code == 200
        assert response.content.startswith(magic)
        assert response["Content-Disposition"].startswith("attachment")
    url = f"/en/requests/{request.number}/letters/1/sign-for/"
    assert url in text_of(client.get(f"/en/requests/{request.number}/"))
    assert client.get(url).status_code == 405
    done = client.post(url, follow=True)
    assert "You have confirmed that the letter arrived." in text_of(done)
    assert letter.deliveries.get().served_on is not None
    assert url not in text_of(done)
    assert "You have confirmed the receipt" in text_of(client.post(url, follow=True))
    assert letter.deliveries.count() == 1


def test_letters_to_others_are_not_there(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    request = actions.take(receipt.request, "register")
    actions.take(request, "ask_third_party", name="示例第三方", text="请表示意见。", phone="1")
    kinds = {letter.kind for letter in request.letters.all()}
    assert kinds == {"third_party", "consulting"}
    for letter in request.letters.all():
        issuing.make_files(letter)
    page = page_of(client, receipt)
    assert "示例第三方" not in page
    assert "请表示意见。" not in page
    assert client.get(f"/requests/{request.number}/letters/1/pdf/").status_code == 200
    assert client.get(f"/requests/{request.number}/letters/2/pdf/").status_code == 404


def test_information_is_held_back_until_its_day(
    client: Client, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = make_receipt(agency)
    request = held_back(receipt)
    day = request.answers.get().released_on
    url = f"/en/requests/{request.number}/files/{request.files.get().uuid}/"
    page = page_of(client, receipt)
    assert f"is given here on {day}" in page
    assert "公开内容.pdf" not in page.replace("附件：公开内容.pdf", "")
    assert url not in page
    assert client.get(url).status_code == 404
    monkeypatch.setattr("requests_app.tracking.views.today", lambda: day)
    assert url in text_of(client.get(f"/en/requests/{request.number}/"))
    assert client.get(url).content == PDF


def test_files_that_are_not_the_applicants_are_not_there(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    request = actions.take(receipt.request, "register")
    actions.draft(request, actor=None, files=[Upload("草稿.pdf", PDF)])
    actions.take(request, "ask_third_party", name="示例", text="请表示意见。")
    actions.take(
        request,
        "third_party_answered",
        party=request.parties.get(),
        opinion="agrees",
        uploads=[Upload("意见.pdf", PDF)],
    )
    page = page_of(client, receipt)
    stored = list(request.files.all())
    assert len(stored) == 2
    for file in stored:
        assert file.name not in page
        assert client.get(f"/requests/{request.number}/files/{file.uuid}/").status_code == 404


def test_messages_that_were_sent_are_listed(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    assert 'id="messages"' not in page_of(client, receipt)
    Message.objects.update(state="sent", sent_at=timezone.now())
    page = text_of(client.get(f"/en/requests/{receipt.request.number}/"))
    assert 'id="messages"' in page
    assert "Request received" in page


def test_a_reopened_request_keeps_the_earlier_answer(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency)
    request = serve_answer(answered(receipt, "refused_process"))
    actions.take(
        request,
        "file_remedy",
        kind="reconsideration",
        by="applicant",
        against="answer",
        body="示例省人民政府",
    )
    remedy = request.remedies.get()
    actions.take(request, "decide_remedy", remedy=remedy, result="revoked_new_answer")
    remedy.refresh_from_db()
    request = actions.take(request, "reopen", remedy=remedy)
    page = page_of(client, receipt)
    assert "A new answer was ordered" in page
    assert "Earlier answer of the agency" in page
    assert "A decision orders a new answer" in page
