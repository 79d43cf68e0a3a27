"""Personal data is in one place, encrypted: not in another column, a log, a session, an address."""

import json
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from disclosure.agencies.roles import Role
from requests_app import actions
from requests_app.letters import issuing
from requests_app.models import DisclosureRequest
from tests.factories import make_agency, make_user
from tests.intake import NEW, TRACK, answers, hidden_fields, read_receipt
from tests.request_factories import RESIDENT_ID, answer_request

PERSON = {
    "name": "绝无仅有甲",
    "id_number": RESIDENT_ID,
    "phone": "13898765432",
    "email": "unmistakable@example.invalid",
    "postal_address": "绝无仅有市绝无仅有路 99 号",
}
FILE_NAME, FILE_TEXT = "绝无仅有的身份证.txt", "绝无仅有的内容"
ANSWER = "绝无仅有的答复"
SECRETS = [*PERSON.values(), FILE_NAME, FILE_TEXT, ANSWER, "绝无仅有"]


def readable(value: object) -> str:
    """A value of the database with everything that can be read in it."""
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode("utf-8", errors="replace")
    return str(value)


def whole_database() -> str:
    """Every value of every table."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            parts += [readable(value) for row in cursor.fetchall() for value in row]
    return "\n".join(parts)


def spellings(secret: str) -> list[str]:
    return [secret, json.dumps(secret)[1:-1]]


@pytest.mark.django_db
def test_the_whole_way_leaves_nothing_readable(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    agency = make_agency("SL", name="示例省办公室")
    handler = make_user(Role.HANDLER, agency=agency)
    addresses: list[str] = []

    def note(response: HttpResponse) -> HttpResponse:
        addresses.append(response.get("Location", ""))
        return response

    upload = SimpleUploadedFile(FILE_NAME, FILE_TEXT.encode())
    rejected = note(client.post(NEW, answers(**PERSON, agency="", attachments=upload)))
    assert rejected.status_code == 422
    review = note(client.post(NEW, answers(**PERSON)))
    sent = note(client.post(NEW, hidden_fields(review)))
    sessions = "".join(str(session.get_decoded()) for session in Session.objects.all())
    number, code = read_receipt(client.get(sent["Location"]))
    request = actions.take(DisclosureRequest.objects.get(), "register", actor=handler)
    request = answer_request(request, handler=handler, how=ANSWER)
    assert all(issuing.make_files(letter) for letter in request.letters.all())
    note(client.post(TRACK, {"number": number, "access_code": "AAAA-BBBB-CCCC-DDDD"}))
    opened = note(client.post(TRACK, {"number": number, "access_code": code}))
    page = client.get(opened["Location"])
    assert ANSWER in page.content.decode(), "the applicant does read it"
    note(client.get(f"{opened['Location']}files/{request.files.get().uuid}/"))
    note(client.get(f"{opened['Location']}files/{agency.pk:032}/"))
    sessions += "".join(str(session.get_decoded()) for session in Session.objects.all())

    database = whole_database()
    assert number in database
    files = "".join(
        readable(path.read_bytes()) + str(path)
        for path in Path(settings.MEDIA_ROOT).rglob("*")
        if path.is_file()
    )
    for secret in [*SECRETS, code]:
        for spelled in spellings(secret):
            assert spelled not in database
            assert spelled not in files
            assert spelled not in caplog.text
            assert spelled not in sessions
            assert spelled not in "".join(addresses)
    assert request.applicant.data["name"] == PERSON["name"], "but it is not lost"


@pytest.mark.django_db
def test_equal_data_are_not_seen_to_be_equal() -> None:
    """Encrypting twice gives two texts; only the keyed hash counts the same applicant."""
    agency = make_agency("SL")
    for number in range(2):
        Client().post(NEW, answers(confirm="1", submission_token=f"a-token-of-its-own-{number}"))
    first, second = DisclosureRequest.objects.filter(agency=agency)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM requests_app_applicant")
        one, two = (bytes(row[0]) for row in cursor.fetchall())
    assert one != two
    assert first.applicant.person_hash == second.applicant.person_hash
    assert len(first.applicant.person_hash) == 64
