"""A DOCX as the text of a publication: the field of the staff form."""

import io
from typing import Any

import docx
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from disclosure.agencies.roles import Role
from disclosure.files.kinds import REFUSALS
from disclosure.models import Publication
from disclosure.publications.text_file import BOTH, NO_TEXT, NOT_DOCX
from tests.admin_pages import errors, form_data, signed_in
from tests.disclosure.files import other_files as x
from tests.disclosure.files import pdf_files as p
from tests.factories import PDF, make_agency, make_category, make_publication, make_user

pytestmark = pytest.mark.django_db
ENCRYPTED = REFUSALS["encrypted"]
ADD = "/admin/disclosure/publication/add/"


def word(*paragraphs: str, picture: bool = False) -> bytes:
    made = docx.Document()
    for words in paragraphs:
        made.add_paragraph(words)
    if picture:
        drawn = io.BytesIO()
        Image.new("RGB", (4, 4)).save(drawn, "PNG")
        drawn.seek(0)
        made.add_picture(drawn)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(data: bytes, name: str = "正文.docx") -> dict[str, Any]:
    return {"body_file": SimpleUploadedFile(name, data)}


def page(publication: Publication) -> str:
    return reverse("admin:disclosure_publication_change", args=[publication.pk])


def new_item(client: Client) -> dict[str, Any]:
    """What an editor has typed for a new item, without its text."""
    agency, category = make_agency(), make_category()
    signed_in(client, make_user(Role.EDITOR, agency=agency))
    record = {"title": "通知", "agency": agency.pk, "category": category.pk}
    return form_data(client.get(ADD)) | record | {"date_made": "2026-01-05"}


def reasons(answer: Any) -> list[str]:
    return list(answer.context["adminform"].form.errors.get("body_file", []))


def box(answer: Any) -> str:
    return str(form_data(answer)["body"])


def test_a_new_item_takes_its_text_from_a_file(client: Client) -> None:
    sent = new_item(client)
    answer = client.post(ADD, sent | upload(word("第一段", "第二段", picture=True)))
    assert answer.status_code == 302, errors(answer)
    assert Publication.objects.get().body == "<p>第一段</p><p>第二段</p>"
    assert not Publication.objects.get().attachments.exists()
    told = [one.message for one in get_messages(answer.wsgi_request) if one.level_tag == "warning"]
    assert len(told) == 1
    assert "1" in told[0]


def test_the_text_of_a_draft_is_replaced_and_the_history_keeps_it(client: Client) -> None:
    draft = make_publication(state="draft", body="<p>旧的</p>")
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    sent = form_data(client.get(page(draft)))
    answer = client.post(page(draft), sent | upload(word("新的")))
    assert answer.status_code == 302, errors(answer)
    draft.refresh_from_db()
    assert draft.body == "<p>新的</p>"
    assert [row.body for row in draft.history.order_by("history_id")] == [
        "<p>旧的</p>",
        "<p>新的</p>",
    ]


def test_what_was_typed_is_not_replaced(client: Client) -> None:
    sent = new_item(client) | {"body": "手打的一段"}
    answer = client.post(ADD, sent | upload(word("文件里的")))
    assert answer.status_code == 200
    assert reasons(answer) == [BOTH]
    assert "手打的一段" in box(answer)
    assert not Publication.objects.exists()


def test_the_files_text_stays_when_the_form_comes_back(client: Client) -> None:
    sent = new_item(client)
    answer = client.post(ADD, sent | {"title": ""} | upload(word("文件里的")))
    assert answer.status_code == 200
    assert reasons(answer) == []
    assert box(answer) == "<p>文件里的</p>"
    # The same file chosen once more is no contradiction to its own text in the box.
    again = form_data(answer) | {"title": "通知"} | upload(word("文件里的"))
    assert client.post(ADD, again).status_code == 302
    assert Publication.objects.get().body == "<p>文件里的</p>"


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("正文.pdf", lambda: PDF, NOT_DOCX),
        ("正文.docx", lambda: PDF, NOT_DOCX),
        ("正文.doc", x.ole, NOT_DOCX),
        ("正文.docx", x.ole_encrypted, ENCRYPTED),
        ("正文.docx", lambda: b"", None),
        ("正文.docx", x.word_broken, None),
        ("正文.docx", x.word_with_entities, None),
        ("正文.docx", x.word_xml_bomb, None),
        ("正文.docx", word, NO_TEXT),
    ],
)
def test_what_is_no_text_is_said_at_the_field(client: Client, name, make, reason) -> None:
    sent = new_item(client) | {"summary": "概述还在"}
    answer = client.post(ADD, sent | upload(make(), name))
    assert answer.status_code == 200
    found = reasons(answer)
    assert found == [reason] if reason else len(found) == 1
    assert form_data(answer)["summary"] == "概述还在"
    assert not Publication.objects.exists()


def test_a_file_too_large_is_not_read(client: Client, settings) -> None:
    sent = new_item(client)
    settings.ATTACHMENT_MAX_BYTES = 2**20
    answer = client.post(ADD, sent | upload(b"PK\x03\x04" + bytes(2**20)))
    assert len(reasons(answer)) == 1
    assert "1" in reasons(answer)[0]


def test_who_may_only_read_the_item_has_no_such_field(client: Client) -> None:
    item = make_publication(state="published", body="<p>公开的</p>")
    signed_in(client, make_user(Role.EDITOR, agency=item.agency))
    answer = client.get(page(item))
    assert answer.status_code == 200
    assert "body_file" not in answer.content.decode()
    assert "公开的" in answer.content.decode()


def test_a_refused_attachment_is_read_again_whole(client: Client) -> None:
    """An action refuses it after the form did not: the form comes back with that reason alone."""
    sent = new_item(client) | {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-file": SimpleUploadedFile("密.pdf", p.encrypted()),
        "attachments-0-name": "",
        "attachments-0-order": "0",
    }
    answer = client.post(ADD, sent | upload(word("文件里的")))
    assert answer.status_code == 200
    assert errors(answer) == [ENCRYPTED]
    assert box(answer) == "<p>文件里的</p>"
    assert not Publication.objects.exists()
