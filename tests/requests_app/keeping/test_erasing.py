"""Erasing: which requests, what goes, what stays, and that every page goes on without it."""

import datetime as dt
import io
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.crypto import EncryptedJSONField
from disclosure.core.dates import now
from disclosure.core.errors import NotPossible
from disclosure.models import AuditEntry, User
from requests_app import actions, uploads
from requests_app.keeping import actions as keeping
from requests_app.keeping import due
from requests_app.keeping.files import forget_bytes
from requests_app.letters import issuing
from requests_app.models import (
    CaseNote,
    DisclosureRequest,
    LetterFile,
    Party,
    RemedyCase,
    RequestFile,
    StagedUpload,
)
from requests_app.policies import keep_until
from requests_app.rebuilding import differences
from requests_app.uploads import Upload
from tests.admin_pages import signed_in
from tests.factories import PDF, make_agency, make_user
from tests.request_factories import make_receipt, make_request

pytestmark = pytest.mark.django_db
#: Closed on 10 January 2020: kept to the end of 2030.
LONG_AGO = dt.datetime(2020, 1, 10, 4, tzinfo=dt.UTC)
LAST_DAY = dt.date(2030, 12, 31)
AFTER = dt.datetime(2031, 1, 1, 1, tzinfo=dt.UTC)
SECRETS = ("欧阳示例", "示例第三方", "示例备注", "机密规划", "秘密答复", "身份证明", "13800000000")


@pytest.fixture
def handler() -> User:
    return make_user(Role.HANDLER, agency=make_agency("SL"), full_name="经办甲")


@pytest.fixture
def old(handler) -> DisclosureRequest:
    """Closed long ago, with something of every kind that names people."""
    case = make_request(
        "closed",
        agency=handler.assignments.get().agency,
        handler=handler,
        at=LONG_AGO,
        name="欧阳示例",
        information_name="机密规划",
        description="机密规划的全文",
        document_number="机密规划〔2019〕1号",
        text="秘密答复",
    )
    for purpose, name in (("application", "身份证明.pdf"), ("answer", "秘密答复.pdf")):
        file = RequestFile(request=case, purpose=purpose)
        uploads.fill(file, Upload(name, PDF))
        file.save()
    letter_file = LetterFile(letter=case.letters.get(kind="answer"), format="pdf")
    uploads.fill(letter_file, Upload("秘密答复.pdf", PDF))
    letter_file.save()
    Party.objects.create(request=case, kind="third_party", number=1, data={"name": "示例第三方"})
    CaseNote.objects.create(request=case, content={"text": "示例备注"})
    return case


def erase(case: DisclosureRequest, at: dt.datetime = AFTER) -> DisclosureRequest:
    """Erased, the bytes too (a test's transaction does not end)."""
    erased = actions.take(case, "erase", at=at)
    forget_bytes()
    return erased


def add_remedy(case: DisclosureRequest, decided_on: dt.date | None = None) -> RemedyCase:
    return RemedyCase.objects.create(
        request=case,
        kind="reconsideration",
        by="applicant",
        against="answer",
        body="示例省人民政府",
        received_on=dt.date(2020, 3, 1),
        reply_due=dt.date(2020, 3, 11),
        decided_on=decided_on,
        outcome="upheld" if decided_on else "pending",
        result="upheld" if decided_on else "",
    )


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("erase_old_requests", *arguments, stdout=output)
    return output.getvalue()


def stored_words(case: DisclosureRequest) -> str:
    """Everything that the tables of this app hold, decrypted."""
    found = []
    for model in apps.get_app_config("requests_app").get_models():
        for row in model.objects.all():
            found += [str(getattr(row, each.attname)) for each in model._meta.concrete_fields]
    return "\n".join(found)


# --- which -------------------------------------------------------------------------------------


def test_the_period_ends_with_the_tenth_full_year(old) -> None:
    assert keep_until(old) == LAST_DAY
    assert list(due.to_erase(LAST_DAY)) == []
    assert list(due.to_erase(AFTER.date())) == [old]
    with pytest.raises(NotPossible):
        erase(old, at=AFTER - dt.timedelta(days=1))


def test_the_setting_says_how_long(old, settings) -> None:
    settings.RETENTION_YEARS = 3
    assert list(due.to_erase(dt.date(2023, 12, 31))) == []
    assert list(due.to_erase(dt.date(2024, 1, 1))) == [old]


def test_one_with_an_open_remedy_is_never_touched(old) -> None:
    add_remedy(old)
    assert list(due.to_erase(dt.date(2090, 1, 1))) == []
    with pytest.raises(NotPossible):
        erase(old, at=dt.datetime(2090, 1, 1, 4, tzinfo=dt.UTC))
    old.applicant.refresh_from_db()
    assert old.applicant.data


def test_a_remedy_decided_later_keeps_it_longer(old) -> None:
    add_remedy(old, decided_on=dt.date(2022, 5, 1))
    assert keep_until(old) == dt.date(2032, 12, 31)
    assert list(due.to_erase(dt.date(2032, 12, 31))) == []
    assert list(due.to_erase(dt.date(2033, 1, 1))) == [old]


def test_what_is_found_is_what_the_policy_lets_go(old, handler) -> None:
    """The query and `keep_until` say the same, year by year."""
    add_remedy(old, decided_on=dt.date(2021, 5, 1))
    make_request("answered", agency=old.agency, handler=handler, at=LONG_AGO)
    make_request(agency=old.agency, at=LONG_AGO)
    for year in range(2029, 2035):
        on = dt.date(year, 1, 1)
        expected = [
            case
            for case in DisclosureRequest.objects.order_by("pk")
            if (until := keep_until(case)) and until < on
        ]
        assert list(due.to_erase(on)) == expected, year


# --- what --------------------------------------------------------------------------------------


def test_nothing_that_names_anybody_is_left(old) -> None:
    assert all(word in stored_words(old) for word in SECRETS)
    erase(old)
    left = stored_words(old)
    assert [word for word in SECRETS if word in left] == []


def test_what_counts_and_proves_is_left(old) -> None:
    kept = (
        *("number", "state", "outcome", "received_on", "answer_due", "answered_on", "closed_on"),
        *("counted_outcome", "counted_on", "applicant_kind", "intake_channel", "handler_id"),
    )
    before = {name: getattr(old, name) for name in kept}
    letters = list(old.letters.values("number", "content_sha256", "verify_code", "issued_on"))
    hashes = list(old.files.values_list("sha256", "size"))
    events = list(old.events.values_list("pk", "kind", "facts"))
    determinations = list(old.points.values_list("determination", flat=True))
    after = erase(old)
    assert {name: getattr(after, name) for name in kept} == before
    assert list(old.letters.values("number", "content_sha256", "verify_code", "issued_on")) == (
        letters
    )
    assert list(old.files.values_list("sha256", "size")) == hashes
    assert LetterFile.objects.get().sha256
    assert list(old.points.values_list("determination", flat=True)) == determinations
    *earlier, last = old.events.order_by("pk").values_list("pk", "kind", "facts")
    assert earlier == events
    assert last[1:] == ("erased", {"files": 3, "letters": 1})
    assert AuditEntry.objects.filter(verb="request.erase", target_id=str(old.pk)).exists()
    assert list(differences(repair=False)) == []


def test_the_bytes_are_gone_and_the_row_says_so(old) -> None:
    paths = [Path(file.file.path) for file in [*old.files.all(), *LetterFile.objects.all()]]
    assert all(path.is_file() for path in paths)
    actions.take(old, "erase", at=AFTER)
    assert all(path.is_file() for path in paths), "before the transaction has ended"
    assert forget_bytes() == 3
    assert not any(path.is_file() for path in paths)
    assert set(RequestFile.objects.values_list("file", flat=True)) == {""}
    with pytest.raises(FileNotFoundError):
        uploads.read(old.files.first())
    assert forget_bytes() == 0


def test_a_crash_between_bytes_and_row_is_made_up_for(old) -> None:
    actions.take(old, "erase", at=AFTER)
    Path(old.files.first().file.path).unlink()
    assert forget_bytes() == 3


def test_the_bytes_go_with_the_end_of_the_transaction(
    old, django_capture_on_commit_callbacks
) -> None:
    path = Path(old.files.first().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take(old, "erase", at=AFTER)
    assert not path.exists()


def test_every_encrypted_field_is_emptied(old) -> None:
    """A new model with personal data fails here until it is filled above and erased."""
    fields = [
        (model, field.name)
        for model in apps.get_app_config("requests_app").get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedJSONField) and model is not StagedUpload
    ]
    filled = {
        (model, name) for model, name in fields if model.objects.exclude(**{name: None}).exists()
    }
    assert filled == set(fields)
    erase(old)
    for model, name in fields:
        assert not model.objects.exclude(**{name: None}).exists(), (model, name)


def test_it_is_erased_once(old) -> None:
    erase(old)
    with pytest.raises(NotPossible):
        erase(old)
    assert old.events.filter(kind="erased").count() == 1
    assert list(due.to_erase(dt.date(2090, 1, 1))) == []


def test_the_applicant_is_not_found_again_by_the_hash(old) -> None:
    before = old.applicant.person_hash
    erase(old)
    old.applicant.refresh_from_db()
    assert old.applicant.person_hash != before
    assert len(old.applicant.person_hash) == 64


def test_an_erased_letter_gets_no_files_again(old) -> None:
    erase(old)
    assert issuing.sweep() == 0


# --- the command -------------------------------------------------------------------------------


def test_the_command_shows_first_and_erases_when_told(old, monkeypatch) -> None:
    for name in ("requests_app.keeping.actions.now", "requests_app.actions.engine.now"):
        monkeypatch.setattr(name, lambda: AFTER)
    monkeypatch.setattr("requests_app.management.commands.erase_old_requests.today", AFTER.date)
    line = f"{old.number} closed 2020-01-10, kept until 2030-12-31, 3 files"
    for arguments in ([], ["--dry-run"]):
        shown = run(*arguments).splitlines()
        assert shown[1:] == [line, "1 to be erased; nothing is done without --do"]
    old.applicant.refresh_from_db()
    assert old.applicant.data
    assert run("--do").splitlines()[1:] == [line, "1 erased"]
    old.applicant.refresh_from_db()
    assert old.applicant.data is None
    assert run("--do").splitlines()[1:] == ["0 erased"]


def test_one_that_has_changed_meanwhile_is_kept(old, monkeypatch) -> None:
    real = keeping.to_erase

    def meanwhile(on: dt.date):
        for found in real(on):
            add_remedy(old)
            yield found

    monkeypatch.setattr(keeping, "to_erase", meanwhile)
    ((_old, is_erased),) = keeping.erase_old(at=AFTER)
    assert not is_erased


def test_small_batches_reach_every_request(old, handler, monkeypatch) -> None:
    monkeypatch.setattr(keeping, "BATCH", 2)
    for _number in range(4):
        make_request("closed", agency=old.agency, handler=handler, at=LONG_AGO)
    assert len(list(keeping.to_erase(AFTER.date()))) == 5
    assert [is_erased for _old, is_erased in keeping.erase_old(at=AFTER)] == [True] * 5


def test_the_look_asks_as_often_for_many(old, handler) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(keeping.to_erase(AFTER.date()))
        return len(queries)

    few = asked()
    for _number in range(4):
        make_request("closed", agency=old.agency, handler=handler, at=LONG_AGO)
    assert asked() == few


def test_what_was_never_closed_is_named(old, handler, monkeypatch) -> None:
    make_request("answered", agency=old.agency, handler=handler, at=LONG_AGO)
    monkeypatch.setattr("requests_app.management.commands.erase_old_requests.today", AFTER.date)
    assert run().splitlines()[-1] == "1 answered before 2021-01-01 were never closed: kept"


# --- the pages ---------------------------------------------------------------------------------


def test_staffs_pages_go_on(old, handler) -> None:
    erase(old)
    client = signed_in(Client(), handler)
    head = make_user(Role.HEAD, agency=old.agency)
    name = "admin:requests_app_disclosurerequest"
    for url in (
        reverse(f"{name}_changelist"),
        reverse(f"{name}_change", args=[old.pk]),
        reverse(f"{name}_reveal", args=[old.pk]),
        reverse(f"{name}_cover", args=[old.pk]),
        reverse("admin:requests_app_register") + "?year=2020",
    ):
        response = client.get(url)
        assert response.status_code == 200, url
        assert old.number in response.content.decode(), url
    xlsx = signed_in(Client(), head).get(reverse("admin:requests_app_register_xlsx") + "?year=2020")
    assert b"".join(xlsx.streaming_content)


def test_the_case_file_lists_what_was_erased(old, handler) -> None:
    sha256 = old.files.first().sha256
    erase(old)
    client = signed_in(Client(), handler)
    response = client.post(reverse("admin:requests_app_disclosurerequest_casefile", args=[old.pk]))
    found = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    text = "".join(found.read(name).decode() for name in found.namelist())
    assert sha256 in text
    assert [word for word in SECRETS if word in text] == []


def test_the_applicants_page_goes_on(handler) -> None:
    receipt = make_receipt(handler.assignments.get().agency, at=LONG_AGO, name="欧阳示例")
    case = actions.take(receipt.request, "withdraw", at=LONG_AGO)
    erase(case)
    client = Client()
    client.post(
        reverse("request-track"), {"number": case.number, "access_code": receipt.access_code}
    )
    response = client.get(reverse("request", args=[case.number]))
    assert response.status_code == 200
    assert "欧阳示例" not in response.content.decode()


def test_the_clock_is_not_today() -> None:
    """The days above lie in the future of the code, which takes any moment."""
    assert now() < AFTER
