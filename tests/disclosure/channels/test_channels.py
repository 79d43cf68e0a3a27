"""Where items appeared: recorded with proof, shown to the public, counted; the lobby screen."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.channels import actions
from disclosure.channels.actions import Proof
from disclosure.channels.presenting import appearances, counts
from disclosure.core.dates import now, today
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Appearance, AuditEntry, Publication
from tests.admin_pages import errors, form_data, signed_in
from tests.factories import PDF, make_agency, make_publication, make_tree, make_user

pytestmark = pytest.mark.django_db
ADD = reverse("admin:disclosure_appearance_add")
LIST = reverse("admin:disclosure_appearance_changelist")


def proof_url(row: Appearance) -> str:
    return reverse("admin:disclosure_appearance_proof", args=[row.pk])


def change_url(row: Appearance) -> str:
    return reverse("admin:disclosure_appearance_change", args=[row.pk])


def make(publication: Publication, channel: str = "gazette", **fields: object) -> Appearance:
    proof = fields.pop("proof", None)
    values = {"on": today(), "reference": "2026年第8期", **fields}
    row = Appearance(publication=publication, channel=channel, **values)
    return actions.record_appearance(actor=None, appearance=row, proof=proof)


# --- recording -----------------------------------------------------------------------------------
def test_recorded_in_admin_with_its_proof(client: Client) -> None:
    item = make_publication()
    editor = make_user(Role.EDITOR)
    signed_in(client, editor)
    page = client.get(f"{ADD}?publication={item.pk}")
    data = form_data(page) | {
        "publication": item.pk,
        "channel": "archive",
        "on": today().isoformat(),
        "proof_file": SimpleUploadedFile("回执.pdf", PDF),
    }
    answer = client.post(ADD, data)
    assert answer.status_code == 302, errors(answer)
    row = Appearance.objects.get()
    assert (row.proof_name, row.proof_type, row.recorded_by) == (
        "回执.pdf",
        "application/pdf",
        editor,
    )
    got = client.get(proof_url(row))
    assert b"".join(got.streaming_content) == PDF
    assert "sandbox" in got["Content-Security-Policy"]
    assert got["Cache-Control"].startswith("private, no-store")
    assert "回执.pdf" in client.get(change_url(row)).content.decode()
    assert AuditEntry.objects.get(verb="appearance.created").actor == editor


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.pdf", b"<script>"), ("x.exe", b"MZ\x00"), ("x.png", PDF), ("x.pdf", b"")],
)
def test_a_proof_is_told_by_its_content(client: Client, name: str, data: bytes) -> None:
    item = make_publication()
    signed_in(client, make_user(Role.EDITOR))
    typed = form_data(client.get(ADD)) | {
        "publication": item.pk,
        "channel": "archive",
        "on": today().isoformat(),
        "reference": "x",
        "proof_file": SimpleUploadedFile(name, data),
    }
    answer = client.post(ADD, typed)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["proof_file"]
    assert not Appearance.objects.exists()


def test_too_large_a_proof() -> None:
    with pytest.raises(NotPossible):
        make(make_publication(), proof=Proof("a.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024)))


@pytest.mark.parametrize(
    "fields",
    [
        {"on": today() + dt.timedelta(days=1)},
        {"on": dt.date(1999, 1, 1)},
        {"reference": ""},
    ],
)
def test_what_cannot_be_recorded(fields: dict[str, object]) -> None:
    with pytest.raises(NotPossible):
        make(make_publication(), **fields)


def test_a_new_proof_takes_the_place(django_capture_on_commit_callbacks) -> None:
    row = make(make_publication(), proof=Proof("a.pdf", PDF))
    old = row.proof.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_appearance(actor=None, appearance=row, proof=Proof("b.txt", "正文".encode()))
    assert not default_storage.exists(old)
    new = Appearance.objects.get().proof.name
    assert (new.endswith(".txt"), default_storage.exists(new)) == (True, True)
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_appearance(actor=None, appearance=row)
    assert not default_storage.exists(new)


# --- rights --------------------------------------------------------------------------------------
def test_proofs_are_not_public(client: Client) -> None:
    province, first, second = make_tree()
    row = make(make_publication(agency=first), proof=Proof("回执.pdf", PDF))
    assert client.get(proof_url(row)).status_code == 302, "to the sign-in page"
    signed_in(client, make_user(Role.EDITOR, agency=second))
    assert client.get(proof_url(row)).status_code == 404
    assert client.get(change_url(row)).status_code == 404
    signed_in(client, make_user(Role.HANDLER, agency=first))
    assert client.get(proof_url(row)).status_code == 404
    signed_in(client, make_user(Role.AUDITOR, agency=province, with_descendants=True))
    answer = client.get(proof_url(row))
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
    other = make(make_publication(agency=first))
    assert client.get(proof_url(other)).status_code == 404, "there is none"


def test_only_who_may_records() -> None:
    _province, first, second = make_tree()
    item = make_publication(agency=first)
    for user in (make_user(Role.EDITOR, agency=second), make_user(Role.AUDITOR, agency=first)):
        row = Appearance(publication=item, channel="gazette", on=today(), reference="x")
        with pytest.raises(NotPermitted):
            actions.record_appearance(actor=user, appearance=row)


def test_the_list_asks_no_more_for_more(client: Client) -> None:
    signed_in(client, make_user(Role.EDITOR))

    def count() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    make(make_publication())
    few = count()
    for _number in range(5):
        make(make_publication())
    assert count() == few


# --- the public ----------------------------------------------------------------------------------
def test_what_the_public_reads() -> None:
    item = make_publication()
    make(item, "library", on=today() - dt.timedelta(days=1), note="收据在档案柜", reference="二楼")
    make(item, url="https://example.invalid/8", proof=Proof("秘密.pdf", PDF))
    with CaptureQueriesContext(connection) as queries:
        shown = appearances(item)
    assert len(queries) == 1
    assert [(one.date, one.reference) for one in shown] == [
        ((today() - dt.timedelta(days=1)).isoformat(), "二楼"),
        (today().isoformat(), "2026年第8期"),
    ]
    page = render_to_string("disclosure/_channels.html", {"channels": shown})
    assert "https://example.invalid/8" in page
    assert "收据" not in page
    assert "秘密" not in page
    assert render_to_string("disclosure/_channels.html", {"channels": []}).strip() == ""


def test_counts_of_a_year() -> None:
    agency = make_agency("HERE")
    item = make_publication(agency=agency)
    make_publication(agency=agency, state="withdrawn")
    make_publication(agency=agency, published_at=now() - dt.timedelta(days=800))
    make_publication(agency=make_agency())
    make(item)
    make(item, "library")
    make(item, "library", reference="又一次")
    make(make_publication(agency=make_agency()), "library")
    assert counts(agency, today().year) == {"website": 1, "gazette": 1, "library": 2}
    assert counts(agency, 1990) == {}


# --- the lobby screen ----------------------------------------------------------------------------
def test_the_screen(client: Client) -> None:
    here, there = make_agency("HERE"), make_agency("THERE")
    for number in range(8):
        at = now() - dt.timedelta(hours=20 - number)
        make_publication(f"新闻{number}", agency=here, published_at=at)
    make_publication("别处", agency=there)
    make_publication("草稿", agency=here, state="draft")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/screen/?agency=HERE")
    assert len(queries) <= 2
    page = answer.content.decode()
    assert answer["Refresh"] == "300"
    assert 'href="?agency=HERE&amp;still=1"' in page
    still = client.get("/screen/?agency=HERE&still=1")
    assert "Refresh" not in still
    assert 'href="?agency=HERE"' in still.content.decode()
    assert "<script" not in page
    assert page.count('src="data:image/svg+xml') == 6
    assert "新闻7" in page
    assert "新闻1" not in page
    assert "别处" not in page
    assert "草稿" not in page
    assert "别处" in client.get("/screen/").content.decode()
    assert "NOWHERE" in client.get("/screen/?agency=NOWHERE").content.decode()
    assert client.get("/en/screen/").status_code == 200
    assert client.get("/screen/?agency=%00").status_code == 200
    assert client.post("/screen/").status_code == 405


def test_an_empty_screen(client: Client) -> None:
    assert client.get("/screen/").status_code == 200
