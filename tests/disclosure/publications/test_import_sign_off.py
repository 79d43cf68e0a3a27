"""The import as public on staff pages: signed off by another person, or not stored at all."""

import datetime as dt
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from python_calamine import load_workbook

from disclosure.agencies.models import Agency, User
from disclosure.agencies.roles import Role
from disclosure.backstage.panels import panels_for
from disclosure.core.dates import now
from disclosure.core.errors import DomainError
from disclosure.models import AuditEntry, ImportRun, Publication, SignOff
from disclosure.publications.importing import actions, signing
from disclosure.publications.importing.importer import Importer
from disclosure.publications.importing.sources import open_source
from tests import factories as f
from tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "admin:disclosure_publication_import"
HEAD = "索引号,标题,发布机构,主题分类,成文日期,发布日期,正文\n"


@pytest.fixture
def cast() -> SimpleNamespace:
    """An editor and two publishers of the province, one of each agency below it."""
    province, first, second = f.make_tree()
    f.make_category("policy", name="政策文件")
    return SimpleNamespace(
        editor=f.make_user(Role.EDITOR, agency=province, with_descendants=True, full_name="经办甲"),
        publisher=f.make_user(
            Role.PUBLISHER, agency=province, with_descendants=True, full_name="签发乙"
        ),
        other=f.make_user(Role.PUBLISHER, agency=province, with_descendants=True),
        first=f.make_user(Role.PUBLISHER, agency=first),
        second=f.make_user(Role.PUBLISHER, agency=second),
    )


def row(number: int = 1, agency: str = "SLA", title: str = "关于示例的通知") -> str:
    return f"旧/{number},{title},{agency},policy,2013-04-30,2013-05-06,正文\n"


def hand_in(actor: User, *rows: str, name: str = "旧文件.csv", **chosen: bool) -> ImportRun:
    upload = SimpleUploadedFile(name, (HEAD + "".join(rows or [row()])).encode())
    terms = {"publish": True, "update": False, "create_missing": False, **chosen}
    return actions.hand_in(actor=actor, upload=upload, **terms)


def asked(actor: User, *rows: str, name: str = "旧文件.csv", **chosen: bool) -> ImportRun:
    run = hand_in(actor, *rows, name=name, **chosen)
    assert run.state == "checked", run.findings
    return signing.ask(actor=actor, run=run)


def again(run: ImportRun) -> ImportRun:
    run.refresh_from_db()
    return run


def address(run: ImportRun, name: str = "run") -> str:
    return reverse(f"{PAGE}_{name}", args=[run.token])


def test_one_hands_in_another_signs_off(client: Client, cast: SimpleNamespace) -> None:
    signed_in(client, cast.editor)
    upload = SimpleUploadedFile("旧文件.csv", (HEAD + row()).encode())
    client.post(reverse(PAGE), {"file": upload, "status": "published"})
    run = ImportRun.objects.get()
    signed_in(client, cast.publisher)
    assert client.get(address(run)).status_code == 404
    signed_in(client, cast.editor)
    client.post(address(run), {"deed": "ask"})
    assert again(run).state == "awaiting"
    signed_in(client, cast.publisher)
    assert run.get_absolute_url() in client.get(reverse(PAGE)).content.decode()
    text = client.get(address(run)).content.decode()
    for word in ("关于示例的通知", "经办甲", run.sha256, address(run, "file")):
        assert word in text, word
    response = client.get(address(run, "file"))
    assert b"".join(response.streaming_content) == (HEAD + row()).encode()
    assert response["Cache-Control"].startswith("private, no-store")
    client.post(address(run), {"deed": "sign_off"})
    item, run = Publication.objects.get(), again(run)
    assert (run.state, run.created_by, run.decided_by) == ("done", cast.editor, cast.publisher)
    assert (item.state, item.sign_off.signed_by) == ("published", cast.publisher)
    assert run.sha256 in item.sign_off.note
    assert "旧文件.csv" in item.sign_off.note
    assert item.sign_off == run.sign_off
    trail = list(AuditEntry.objects.filter(verb__startswith="importrun").order_by("pk"))
    assert [(one.verb, one.actor) for one in trail] == [
        ("importrun.asked", cast.editor),
        ("importrun.signed_off", cast.publisher),
        ("importrun.done", cast.editor),
    ]
    text = client.get(address(run)).content.decode()
    assert "签发乙" in text
    assert "经办甲" in text


def test_nobody_signs_off_what_they_handed_in(client: Client, cast: SimpleNamespace) -> None:
    run = asked(cast.publisher)
    for function in (signing.sign_off, actions.confirm):
        with pytest.raises(DomainError):
            function(actor=cast.publisher, run=run)
    signed_in(client, cast.publisher)
    for deed in ("", "sign_off", "return"):
        client.post(address(run), {"deed": deed, "reason": "x"})
    assert again(run).state == "awaiting"
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(decided_by=cast.publisher)
    assert not Publication.objects.exists()
    assert not SignOff.objects.exists()


def test_without_the_sign_off_nothing_can_be_stored(cast: SimpleNamespace, tmp_path) -> None:
    run = hand_in(cast.publisher)
    with pytest.raises(DomainError):
        actions.confirm(actor=cast.publisher, run=run)
    ImportRun.objects.filter(pk=run.pk).update(state="waiting", is_confirmed=True)
    actions.work_off(run)
    assert again(run).state == "failed"
    path = tmp_path / "a.csv"
    path.write_text(HEAD + row())
    with pytest.raises(ValueError, match="does not sign off"):
        Importer(
            open_source(path), publish=True, actor=cast.publisher, signed_off_by=cast.publisher
        )
    assert not Publication.objects.exists()


def test_the_right_is_asked_at_every_agency(client: Client, cast: SimpleNamespace) -> None:
    run = asked(cast.editor, row(1, "SLA"), row(2, "SLB"))
    assert list(signing.to_sign(cast.first)) == [run]
    with pytest.raises(DomainError) as refused:
        signing.sign_off(actor=cast.first, run=run)
    assert Agency.objects.get(code="SLB").name in str(refused.value)
    signed_in(client, cast.first)
    text = client.get(address(run)).content.decode()
    assert 'value="sign_off"' not in text
    assert 'value="return"' in text
    assert again(run).state == "awaiting"
    signing.sign_off(actor=cast.publisher, run=run)
    assert Publication.objects.count() == 2


def test_another_agencys_publisher_sees_nothing(client: Client, cast: SimpleNamespace) -> None:
    run = asked(cast.editor, row(1, "SLA"))
    signed_in(client, cast.second)
    for name in ("run", "file", "problems"):
        assert client.get(address(run, name)).status_code == 404
    assert client.post(address(run), {"deed": "sign_off"}).status_code == 404
    assert run.file_name not in client.get(reverse(PAGE)).content.decode()
    for function, about in ((signing.sign_off, {}), (signing.send_back, {"reason": "x"})):
        with pytest.raises(DomainError):
            function(actor=cast.second, run=run, **about)
    assert again(run).state == "awaiting"


def test_rows_are_judged_anew_with_the_signers_right(cast: SimpleNamespace) -> None:
    run = asked(cast.editor, row(1, "SLA"), row(2, "SLB"))
    run.concerns.set([Agency.objects.get(code="SLA")])
    signing.sign_off(actor=cast.first, run=run)
    assert (again(run).state, run.bad_rows) == ("failed", 1)
    assert run.findings["problems"][0][0] == 3
    assert not Publication.objects.exists()
    assert not SignOff.objects.exists()


def test_who_hands_in_needs_a_right_at_the_agency(cast: SimpleNamespace) -> None:
    run = hand_in(cast.first, row(1, "SLB"))
    assert (run.state, run.bad_rows) == ("failed", 1)


def test_a_changed_file_is_not_stored(cast: SimpleNamespace) -> None:
    run = asked(cast.editor)
    storage, name = run.file.storage, run.file.name
    storage.delete(name)
    assert storage.save(name, ContentFile((HEAD + row(title="别的")).encode())) == name
    signing.sign_off(actor=cast.publisher, run=run)
    assert again(run).state == "failed"
    assert run.findings["error"]
    assert not Publication.objects.exists()


def test_it_is_signed_off_once(cast: SimpleNamespace) -> None:
    run = asked(cast.editor)
    signing.sign_off(actor=cast.publisher, run=run)
    for person in (cast.publisher, cast.other):
        with pytest.raises(DomainError):
            signing.sign_off(actor=person, run=run)
    assert Publication.objects.count() == SignOff.objects.count() == 1


def test_returned_with_a_reason(client: Client, cast: SimpleNamespace) -> None:
    run = asked(cast.editor)
    with pytest.raises(DomainError):
        signing.send_back(actor=cast.publisher, run=run, reason="  ")
    signed_in(client, cast.publisher)
    client.post(address(run), {"deed": "return", "reason": "第三行不是公开信息"})
    assert again(run).state == "checked"
    assert client.get(address(run)).status_code == 404
    with pytest.raises(DomainError):
        signing.sign_off(actor=cast.publisher, run=run)
    signed_in(client, cast.editor)
    assert "第三行不是公开信息" in client.get(address(run)).content.decode()
    assert not Publication.objects.exists()
    client.post(address(run), {"deed": "ask"})
    assert (again(run).state, run.opinion, run.decided_by) == ("awaiting", "", None)


@pytest.mark.parametrize("deed", ["take_back", "discard"])
def test_the_owner_takes_it_back(client: Client, cast: SimpleNamespace, deed: str) -> None:
    run = asked(cast.editor)
    signed_in(client, cast.publisher)
    client.post(address(run), {"deed": deed})
    assert again(run).state == "awaiting"
    signed_in(client, cast.editor)
    client.post(address(run), {"deed": deed})
    assert not signing.to_sign(cast.publisher).exists()
    with pytest.raises(DomainError):
        signing.sign_off(actor=cast.publisher, run=run)
    assert not Publication.objects.exists()


def test_discarding_deletes_the_file(
    cast: SimpleNamespace, django_capture_on_commit_callbacks
) -> None:
    run = hand_in(cast.editor, publish=False)
    storage, name = run.file.storage, str(run.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(actor=cast.editor, run=run)
    assert not storage.exists(name)
    assert not ImportRun.objects.exists()


def test_what_was_stored_is_not_discarded(cast: SimpleNamespace) -> None:
    run = hand_in(cast.editor, publish=False)
    actions.confirm(actor=cast.editor, run=run)
    with pytest.raises(DomainError):
        actions.discard(actor=cast.editor, run=run)
    assert Publication.objects.get().sign_off is None


def test_it_waits_thirty_days(cast: SimpleNamespace) -> None:
    run = asked(cast.editor)
    storage, name = run.file.storage, run.file.name
    ImportRun.objects.update(created_at=now() - dt.timedelta(days=29))
    assert actions.sweep() == 0
    assert storage.exists(name)
    ImportRun.objects.update(kept_until=now() - dt.timedelta(minutes=1))
    assert actions.sweep() == 0
    assert again(run).state == "failed"
    assert run.findings["error"]
    assert not storage.exists(name)
    assert AuditEntry.objects.filter(verb="importrun.expired", actor=None).count() == 1


def test_nothing_to_sign_off(cast: SimpleNamespace) -> None:
    signing.sign_off(actor=cast.publisher, run=asked(cast.editor))
    with pytest.raises(DomainError):
        asked(cast.editor, row())


def test_what_is_public_is_corrected_only_with_it(cast: SimpleNamespace) -> None:
    signing.sign_off(actor=cast.publisher, run=asked(cast.editor))
    changed = row(title="更正后的通知")
    for chosen in ({"publish": False, "update": True}, {"publish": True, "update": False}):
        run = hand_in(cast.editor, changed, **chosen)
        assert run.state == "failed"
        assert "--" not in run.findings["problems"][0][2]
    run = asked(cast.editor, changed, update=True)
    signing.sign_off(actor=cast.publisher, run=run)
    live = Publication.objects.items().get()
    assert (live.title, live.sign_off.signed_by) == ("更正后的通知", cast.publisher)


def test_the_start_page_and_queries(
    client: Client, cast: SimpleNamespace, django_assert_max_num_queries
) -> None:
    keys = [panel.key for panel in panels_for(cast.publisher)]
    assert "imports" not in keys
    for number in range(4):
        run = asked(cast.editor, row(number, "SLA"), row(number + 10, "SLB"))
    found = {panel.key: panel for panel in panels_for(cast.publisher)}["imports"]
    assert (found.count, found.rows[0].label) == (4, "旧文件.csv")
    assert "imports" not in {panel.key for panel in panels_for(cast.editor)}
    signed_in(client, cast.publisher)
    for url in (reverse(PAGE), address(run)):
        with django_assert_max_num_queries(14):
            assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", ["../../etc/旧.csv", "a\r\nX: y.csv", "“;.csv", "<b>.csv"])
def test_nonsense_names(client: Client, cast: SimpleNamespace, name: str) -> None:
    run = asked(cast.editor, name=name)
    signed_in(client, cast.publisher)
    response = client.get(address(run, "file"))
    assert b"".join(response.streaming_content)
    assert "\n" not in response["Content-Disposition"]
    assert "<b>" not in client.get(address(run)).content.decode()


def test_nonsense_deeds(client: Client, cast: SimpleNamespace) -> None:
    run = asked(cast.editor)
    signed_in(client, cast.editor)
    assert client.post(address(run), {"deed": "store"}).status_code == 400


def test_storage_without_paths(cast: SimpleNamespace, monkeypatch) -> None:
    def no_path(self: object, name: str) -> str:
        raise NotImplementedError("this storage has no paths")

    data: dict[str, bytes] = {}
    kind = type(storages["default"])

    def save(self: object, name: str, content: object, **how: object) -> str:
        data[name] = b"".join(content.chunks())
        return name

    monkeypatch.setattr(kind, "path", no_path)
    monkeypatch.setattr(kind, "save", save)
    monkeypatch.setattr(kind, "open", lambda self, name, mode="rb": ContentFile(data[name]))
    monkeypatch.setattr(kind, "delete", lambda self, name: data.pop(name))
    run = asked(cast.editor)
    assert data
    signing.sign_off(actor=cast.publisher, run=run)
    assert again(run).state == "done"
    assert not data


def test_the_register_names_the_blanket(client: Client, cast: SimpleNamespace) -> None:
    signing.sign_off(actor=cast.publisher, run=asked(cast.editor))
    signed_in(client, cast.publisher)
    said = {"since": "2013-01-01", "until": "2013-12-31"}
    page = client.get("/en" + reverse("admin:disclosure_publication_register"), said)
    assert "签发乙 (blanket sign-off of an import)" in page.content.decode()
    sheet = client.get("/en" + reverse("admin:disclosure_publication_register_xlsx"), said)
    book = load_workbook(BytesIO(b"".join(sheet.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert any("签发乙 (blanket sign-off of an import)" in cells for cells in rows)
