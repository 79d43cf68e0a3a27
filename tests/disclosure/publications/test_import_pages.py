"""The import on staff pages: looked at, confirmed, stored; for its owner alone."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from disclosure.models import AuditEntry, ImportRun, LogEntry, Publication
from disclosure.publications.importing import actions
from tests.admin_pages import signed_in
from tests.factories import make_agency, make_category, make_publication, make_user

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:disclosure_publication_import")
HEAD = "索引号,标题,发布机构,主题分类,成文日期,正文\n"


@pytest.fixture(autouse=True)
def house() -> None:
    make_agency("SL", name="示例省办公室")
    make_category("policy", name="政策文件")


def csv_file(*rows: str, name: str = "旧文件.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEAD + "\n".join(rows)).encode())


def row(number: int, **cells: str) -> str:
    agency, body = cells.get("agency", "SL"), cells.get("body", "正文")
    return f"旧/{number},通知{number},{agency},policy,2013-05-06,{body}"


def hand_in(client: Client, file: SimpleUploadedFile, **chosen: str) -> ImportRun:
    response = client.post(PAGE, {"file": file, "status": "draft", **chosen})
    assert response.status_code == 302, response.context["form"].errors
    return ImportRun.objects.latest("pk")


def a(role: Role, **about):
    return make_user(role, agency=make_or_get("SL"), **about)


def make_or_get(code: str):
    from disclosure.models import Agency

    return Agency.objects.get(code=code)


def test_first_looked_at_then_stored(client: Client) -> None:
    editor = a(Role.EDITOR)
    signed_in(client, editor)
    run = hand_in(client, csv_file(row(1), row(2)))
    assert (run.state, run.created, run.created_by) == ("checked", 2, editor)
    assert not Publication.objects.exists()
    page = client.get(run.get_absolute_url())
    assert "通知1" in page.content.decode()
    path = run.file.name
    assert run.file.storage.exists(path)
    client.post(run.get_absolute_url())
    run.refresh_from_db()
    assert (run.state, run.created, run.rows_stored) == ("done", 2, 2)
    found = Publication.objects.order_by("index_number")
    assert [(one.state, one.created_by) for one in found] == [("draft", editor)] * 2
    assert not run.file
    assert not ImportRun._meta.get_field("file").storage.exists(path)
    assert AuditEntry.objects.filter(verb="importrun.done").count() == 1
    client.post(run.get_absolute_url())
    assert Publication.objects.count() == 2


def test_published_rows_bear_the_blanket_of_another_person(client: Client) -> None:
    publisher = a(Role.PUBLISHER)
    signed_in(client, a(Role.PUBLISHER))
    run = hand_in(client, csv_file(row(1)), status="published")
    client.post(run.get_absolute_url(), {"deed": "ask"})
    assert not Publication.objects.exists()
    signed_in(client, publisher)
    client.post(run.get_absolute_url(), {"deed": "sign_off"})
    item = Publication.objects.get()
    assert (item.state, item.sign_off.signed_by) == ("published", publisher)
    assert item.sign_off.is_blanket
    assert item.sign_off.closed_at is not None
    assert ImportRun.objects.get().sign_off == item.sign_off
    assert LogEntry.objects.get().kind == "taken_over"


@pytest.mark.parametrize(
    ("role", "offered"),
    [(Role.EDITOR, ["draft", "published"]), (Role.PUBLISHER, ["published"])],
)
def test_what_is_offered_is_what_the_role_allows(
    client: Client, role: Role, offered: list[str]
) -> None:
    signed_in(client, a(role))
    form = client.get(PAGE).context["form"]
    assert [value for value, _label in form.fields["status"].choices] == offered
    assert "create_missing" not in form.fields
    wrong = "elsewhere" if "draft" in offered else "draft"
    response = client.post(PAGE, {"file": csv_file(row(1)), "status": wrong})
    assert response.status_code == 200
    assert not ImportRun.objects.exists()


def test_nobody_else(client: Client) -> None:
    editor = a(Role.EDITOR)
    run = hand_in(signed_in(client, editor), csv_file(row(1)))
    signed_in(client, a(Role.EDITOR))
    assert client.get(run.get_absolute_url()).status_code == 404
    assert client.post(run.get_absolute_url()).status_code == 404
    signed_in(client, a(Role.HANDLER))
    assert client.get(PAGE).status_code == 403
    assert not Publication.objects.exists()


def test_a_role_taken_away_meanwhile_stores_nothing(client: Client) -> None:
    publisher = a(Role.PUBLISHER)
    run = hand_in(signed_in(client, publisher), csv_file(row(1)), status="published")
    publisher.assignments.all().delete()
    publisher.assignments.create(agency=make_or_get("SL"), role=Role.REVIEWER)
    client.post(run.get_absolute_url(), {"deed": "ask"})
    assert not Publication.objects.exists()
    run.refresh_from_db()
    assert run.state == "checked"


def test_rows_of_another_agency_are_bad(client: Client) -> None:
    make_agency("OTHER", name="别的机关")
    signed_in(client, a(Role.EDITOR))
    run = hand_in(client, csv_file(row(1), row(2, agency="OTHER")))
    assert (run.state, run.bad_rows) == ("failed", 1)
    assert run.findings["problems"][0][:2] == [3, "发布机构"]
    assert not run.file
    client.post(run.get_absolute_url())
    assert not Publication.objects.exists()


def test_bad_rows_can_be_had_as_csv(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(actions, "PROBLEMS_SHOWN", 2)
    signed_in(client, a(Role.EDITOR))
    run = hand_in(client, csv_file(*(f"旧/{n},,=SL,policy,x,y" for n in range(3))))
    assert len(run.findings["problems"]) == 2
    url = reverse("admin:disclosure_publication_import_problems", args=[run.token])
    response = client.get(url)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + run.findings["problem_count"]
    signed_in(client, a(Role.EDITOR))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"x", "must end in"),
        ("a.csv", b"", "empty"),
    ],
)
def test_files_that_are_refused_at_once(client: Client, name: str, data: bytes, said: str) -> None:
    signed_in(client, a(Role.EDITOR))
    response = client.post(
        "/en" + PAGE, {"file": SimpleUploadedFile(name, data), "status": "draft"}
    )
    assert said in response.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"PK\x03\x04nonsense"), ("a.json", b"{"), ("a.csv", "标题,备注\n".encode())],
)
def test_files_that_are_no_table_say_so(client: Client, name: str, data: bytes) -> None:
    signed_in(client, a(Role.EDITOR))
    run = hand_in(client, SimpleUploadedFile(name, data))
    assert run.state == "failed"
    assert run.findings["error"]
    assert "traceback" not in client.get(run.get_absolute_url()).content.decode().lower()


def test_a_long_file_is_left_to_the_worker(
    client: Client, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr(actions, "BYTES_AT_ONCE", 10)
    monkeypatch.setattr(actions, "ROWS_AT_ONCE", 1)
    signed_in(client, a(Role.EDITOR))
    with django_capture_on_commit_callbacks(execute=True):
        run = hand_in(client, csv_file(row(1), row(2)))
    assert run.state == "waiting"
    page = client.get(run.get_absolute_url()).content.decode()
    assert 'http-equiv="refresh"' in page
    assert actions.run_waiting.func() == 1
    run.refresh_from_db()
    assert run.state == "checked"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(run.get_absolute_url())
    assert not Publication.objects.exists()
    assert actions.run_waiting.func() == 1
    assert actions.run_waiting.func() == 0
    assert Publication.objects.count() == 2


def test_what_is_stored_meanwhile_stops_it(client: Client) -> None:
    signed_in(client, a(Role.EDITOR))
    run = hand_in(client, csv_file(row(1)))
    make_publication(state="draft", index_number="旧/1")
    client.post(run.get_absolute_url())
    run.refresh_from_db()
    assert (run.state, run.bad_rows) == ("failed", 1)
    assert Publication.objects.count() == 1


def test_what_nobody_confirms_is_swept(client: Client) -> None:
    signed_in(client, a(Role.EDITOR))
    run = hand_in(client, csv_file(row(1)))
    name, storage = run.file.name, run.file.storage
    assert actions.sweep() == 0
    ImportRun.objects.update(created_at=now() - dt.timedelta(days=2))
    assert actions.sweep() == 1
    assert not storage.exists(name)
    assert not ImportRun.objects.exists()


def test_what_a_crash_cut_off_says_so(client: Client) -> None:
    signed_in(client, a(Role.EDITOR))
    run = hand_in(client, csv_file(row(1)))
    long_ago = now() - dt.timedelta(hours=3)
    ImportRun.objects.update(state="running", started_at=long_ago)
    actions.sweep()
    run.refresh_from_db()
    assert (run.state, bool(run.file)) == ("failed", False)


def test_the_list_leads_there(client: Client) -> None:
    signed_in(client, a(Role.EDITOR))
    page = client.get(reverse("admin:disclosure_publication_changelist")).content.decode()
    assert PAGE in page
    assert reverse("admin:disclosure_publication_export") in page
    signed_in(client, a(Role.AUDITOR))
    page = client.get(reverse("admin:disclosure_publication_changelist")).content.decode()
    assert PAGE not in page
