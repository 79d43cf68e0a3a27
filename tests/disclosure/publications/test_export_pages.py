"""The export on staff pages: what is public, of the person's agencies, as chosen."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import Agency
from disclosure.publications import export_admin, prepared
from disclosure.publications.prepared import PreparedFile
from tests.admin_pages import signed_in
from tests.factories import make_agency, make_publication, make_user

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:disclosure_publication_export")


@pytest.fixture
def editor(client: Client):
    agency = make_agency("SL")
    make_publication("甲", agency=agency)
    make_publication("=乙", agency=agency)
    make_publication("草稿", agency=agency, state="draft")
    make_publication("别人的", agency=make_agency("OTHER"))
    user = make_user(Role.EDITOR, agency=agency)
    signed_in(client, user)
    return user


def body_of(response) -> bytes:
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return b"".join(response.streaming_content)


def test_what_is_public_of_the_persons_agencies(client: Client, editor) -> None:
    data = body_of(client.post(PAGE, {"kind": "json"}))
    assert [one["title"] for one in json.loads(data)] == ["甲", "=乙"]
    text = body_of(client.post(PAGE, {"kind": "csv"})).decode("utf-8-sig")
    assert [one[1] for one in csv.reader(io.StringIO(text))] == ["标题", "甲", "'=乙"]
    assert body_of(client.post(PAGE, {"kind": "xlsx"})).startswith(b"PK")


def test_another_agency_cannot_be_chosen(client: Client, editor) -> None:
    other = Agency.objects.get(code="OTHER")
    response = client.post(PAGE, {"kind": "json", "agency": other.pk})
    assert response.context["form"].errors["agency"]


def test_a_period_without_anything_is_empty(client: Client, editor) -> None:
    data = body_of(client.post(PAGE, {"kind": "json", "until": "1999-12-31"}))
    assert json.loads(data) == []


def test_a_long_one_is_made_by_the_worker(
    client: Client, editor, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr(export_admin, "ROWS_AT_ONCE", 1)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(PAGE, {"kind": "json"})
    asked = PreparedFile.objects.get()
    assert response["Location"].endswith(asked.get_absolute_url())
    assert 'http-equiv="refresh"' in client.get(asked.get_absolute_url()).content.decode()
    get = reverse("admin:disclosure_publication_file_get", args=[asked.token])
    assert client.get(get).status_code == 404
    assert prepared.make_waiting.func() == 1
    assert "http-equiv" not in client.get(asked.get_absolute_url()).content.decode()
    assert len(json.loads(body_of(client.get(get)))) == 2
    signed_in(client, make_user(Role.EDITOR, agency=Agency.objects.get(code="SL")))
    assert client.get(get).status_code == 404


def test_a_text_too_long_for_a_cell_is_said(client: Client, editor) -> None:
    make_publication(agency=Agency.objects.get(code="SL"), body=f"<p>{'长' * 40_000}</p>")
    response = client.post("/en" + PAGE, {"kind": "xlsx"})
    assert "longer than a spreadsheet cell" in response.content.decode()


def test_others_are_refused(client: Client) -> None:
    signed_in(client, make_user(Role.HANDLER, agency=make_agency("SL")))
    assert client.get(PAGE).status_code == 403
