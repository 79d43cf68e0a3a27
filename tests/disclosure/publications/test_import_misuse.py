"""Attacks on the import in the staff area: others' runs, others' rows, what was not offered."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import ImportRun, Publication
from tests import factories as f
from tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "admin:disclosure_publication_import"
KEYS = ("index_number", "title", "agency", "category", "date_made", "published_on", "body")


@pytest.fixture(autouse=True)
def house() -> None:
    province, _first, _second = f.make_tree()
    f.make_category("policy", name="政策文件")
    assert province.code == "SL"


def table(*rows: dict[str, str], name: str = "旧文件.csv") -> SimpleUploadedFile:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, KEYS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode("utf-8-sig"))


def row(number: str = "旧/1", **changes: str) -> dict[str, str]:
    plain = {
        "index_number": number,
        "title": "关于示例的通知",
        "agency": "SL",
        "category": "policy",
        "date_made": "2013-04-30",
        "published_on": "2013-05-06",
        "body": "正文",
    }
    return {**plain, **changes}


def send(client: Client, upload: SimpleUploadedFile, **chosen: str) -> ImportRun:
    """Bring the file in by the form; the run whose page answers."""
    before = set(ImportRun.objects.values_list("pk", flat=True))
    response = client.post("/en" + reverse(PAGE), {"file": upload, "status": "draft", **chosen})
    assert response.status_code == 302, response.context["form"].errors
    run = ImportRun.objects.exclude(pk__in=before).get()
    assert response["Location"].endswith(run.get_absolute_url().removeprefix("/en"))
    return run


def page(client: Client, run: ImportRun) -> Any:
    return client.get("/en" + reverse(f"{PAGE}_run", args=[run.token]))


def confirm(client: Client, run: ImportRun) -> ImportRun:
    response = client.post("/en" + reverse(f"{PAGE}_run", args=[run.token]))
    assert response.status_code == 302
    run.refresh_from_db()
    return run


def test_what_is_not_offered_cannot_be_sent(client: Client) -> None:
    signed_in(client, f.make_user(Role.EDITOR))
    response = client.post(reverse(PAGE), {"file": table(row()), "status": "out"})
    assert response.status_code == 200
    run = send(client, table(row(category="新的")), create_missing="on")
    assert run.state == "failed"
    assert not ImportRun.objects.filter(options__create_missing=True).exists()


def test_a_change_of_another_agencys_draft_is_a_bad_row(client: Client) -> None:
    other = f.Agency.objects.get(code="SLB")
    f.make_publication(state="draft", agency=other, index_number="旧/1", body="<p>原文</p>")
    signed_in(client, f.make_user(Role.EDITOR, agency=f.Agency.objects.get(code="SLA")))
    for agency in ("SLA", "SLB"):
        run = send(client, table(row(agency=agency)), update="on")
        assert (run.state, run.bad_rows) == ("failed", 1)
    assert Publication.objects.get().body == "<p>原文</p>"


def test_anothers_run_is_not_there(client: Client) -> None:
    signed_in(client, f.make_user(Role.EDITOR))
    run = send(client, table(row()))
    signed_in(client, f.make_user(Role.EDITOR))
    assert page(client, run).status_code == 404
    for name in ("run", "problems"):
        address = reverse(f"{PAGE}_{name}", args=[run.token])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}
    run.refresh_from_db()
    assert run.state == "checked"
    assert not Publication.objects.exists()


def test_it_is_stored_once_however_often_it_is_confirmed(client: Client) -> None:
    signed_in(client, f.make_user(Role.EDITOR))
    run = send(client, table(row("")))
    assert confirm(client, run).state == "done"
    assert confirm(client, run).state == "done"
    assert Publication.objects.count() == 1


def test_few_queries_however_many_runs(client: Client, django_assert_max_num_queries) -> None:
    signed_in(client, f.make_user(Role.EDITOR))
    for _n in range(3):
        run = send(client, table(row()))
    with django_assert_max_num_queries(12):
        client.get(reverse(PAGE))
    with django_assert_max_num_queries(12):
        page(client, run)
