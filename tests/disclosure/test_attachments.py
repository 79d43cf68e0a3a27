"""Downloads: who gets the bytes, under which name, with which headers."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.models import Attachment
from tests import factories as f

pytestmark = pytest.mark.django_db


def attached(name: str = "附件.pdf", **fields: Any) -> Attachment:
    return f.make_publication(attachments={name: f.PDF}, **fields).attachments.get()


def body_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_anyone_gets_the_file_of_what_is_public(client: Client) -> None:
    attachment = attached(name="登记表 (一).pdf")
    response = client.get(attachment.get_absolute_url())
    assert response.status_code == 200
    assert body_of(response) == f.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(f.PDF))
    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8%20%28%E4%B8%80%29.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["ETag"] == f'"{attachment.sha256}"'
    assert "no-cache" in response["Cache-Control"]


def test_head_and_a_known_copy_need_no_bytes(client: Client) -> None:
    attachment = attached()
    head = client.head(attachment.get_absolute_url())
    assert (head.status_code, head["Content-Length"]) == (200, str(len(f.PDF)))
    known = client.get(
        attachment.get_absolute_url(), headers={"if-none-match": f'"{attachment.sha256}"'}
    )
    assert known.status_code == 304
    assert client.post(attachment.get_absolute_url()).status_code == 405


def test_another_name_leads_to_the_right_one(client: Client) -> None:
    attachment = attached()
    response = client.get(reverse("attachment", args=[attachment.uuid, "else.pdf"]))
    assert (response.status_code, response["Location"]) == (302, attachment.get_absolute_url())


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_the_file_of_what_is_not_public_does_not_exist(client: Client, state: str) -> None:
    attachment = attached(state=state)
    for name in (attachment.name, "guess.pdf"):
        address = reverse("attachment", args=[attachment.uuid, name])
        assert client.get(address).status_code == 404
    unknown = reverse("attachment", args=[uuid.uuid4(), attachment.name])
    assert client.get(unknown).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("auditor", 200), ("handler", 404)])
def test_staff_with_the_right_see_the_file_of_a_draft(
    client: Client, role: str, status: int
) -> None:
    _province, first, second = f.make_tree()
    attachment = attached(state="draft", agency=first)
    client.force_login(f.make_user(role, agency=first))
    response = client.get(attachment.get_absolute_url())
    assert response.status_code == status
    if status == 200:
        assert response["Cache-Control"] == "private, no-store"
        assert body_of(response) == f.PDF
    client.force_login(f.make_user(role, agency=second))
    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_behind_nginx_the_application_sends_no_bytes(client: Client, settings) -> None:
    settings.X_ACCEL_PREFIX = "/protected/"
    attachment = attached()
    response = client.get(attachment.get_absolute_url())
    assert response["X-Accel-Redirect"] == f"/protected/{attachment.file.name}"
    assert response.content == b""
    assert response["Content-Type"] == "application/pdf"
    assert "filename*" in response["Content-Disposition"]


def test_a_file_that_is_missing_is_logged_and_not_found(client: Client, caplog) -> None:
    attachment = attached()
    attachment.file.storage.delete(attachment.file.name)
    assert client.get(attachment.get_absolute_url()).status_code == 404
    assert "is missing" in caplog.text


def test_the_address_has_no_language(client: Client) -> None:
    attachment = attached()
    assert attachment.get_absolute_url().startswith("/attachments/")
    assert client.get("/en" + attachment.get_absolute_url()).status_code == 404
