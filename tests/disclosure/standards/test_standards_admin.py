"""The staff pages of standard catalogues: items, what belongs to them, the import with preview."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import Agency, AuditEntry, StandardArea, StandardItem, StandardLink
from disclosure.standards import actions
from disclosure.standards.seed import seed_areas
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import make_agency, make_publication, make_tree, make_user
from tests.standard_tables import book, item

pytestmark = pytest.mark.django_db
LIST = "admin:disclosure_standarditem_changelist"
ADD = "admin:disclosure_standarditem_add"
IMPORT = "admin:disclosure_standarditem_import"


@pytest.fixture
def city() -> Agency:
    seed_areas()
    return make_tree()[1]


def area() -> StandardArea:
    return StandardArea.objects.get(key="projects")


def make_item(agency: Agency, level2: str = "招标公告") -> StandardItem:
    row = StandardItem(
        agency=agency,
        area=area(),
        serial=1,
        level1="甲",
        level2=level2,
        content="x",
        at_county=True,
    )
    return actions.create_item(actor=None, item=row)


def change(row: StandardItem) -> str:
    return reverse("admin:disclosure_standarditem_change", args=[row.pk])


TYPED = {
    "serial": "1",
    "level1": "批准信息",
    "level2": " 批准  结果 ",
    "content": "文号",
    "channels": ["website", "screen"],
    "channels_note": "大喇叭",
    "at_county": "on",
}


def test_an_item_is_typed(client: Client, city: Agency) -> None:
    editor = make_user(Role.EDITOR, agency=city)
    data = form_data(signed_in(client, editor).get(reverse(ADD)))
    answer = client.post(reverse(ADD), data | TYPED | {"agency": city.pk, "area": area().pk})
    assert answer.status_code == 302, errors(answer)
    row = StandardItem.objects.get()
    assert (row.level2, row.channels, row.channels_note) == (
        "批准 结果",
        ["website", "screen"],
        "大喇叭",
    )
    assert AuditEntry.objects.get(verb="standarditem.created").actor == editor


def test_what_is_wrong_is_said(client: Client, city: Agency) -> None:
    make_item(city, "批准 结果")
    StandardItem.objects.update(level1="批准信息")
    data = form_data(signed_in(client, make_user(Role.EDITOR, agency=city)).get(reverse(ADD)))
    typed = data | TYPED | {"agency": city.pk, "area": area().pk, "audience_who": "某些人"}
    answer = client.post(reverse(ADD), typed)
    assert answer.status_code == 200
    assert errors(answer)
    assert StandardItem.objects.count() == 1


def test_another_agencys_are_not_there(client: Client, city: Agency) -> None:
    other = make_item(make_agency("OTHER"))
    signed_in(client, make_user(Role.EDITOR, agency=city))
    assert client.get(change(other)).status_code == 404
    assert "招标公告" not in client.get(reverse(LIST)).content.decode()
    assert "OTHER" not in str(choices(client.get(reverse(ADD)), "agency"))


@pytest.mark.parametrize(
    ("role", "status"), [(Role.AUDITOR, 403), (Role.HANDLER, 403), (Role.HEAD, 200)]
)
def test_who_may_add(client: Client, city: Agency, role: Role, status: int) -> None:
    signed_in(client, make_user(role, agency=city))
    assert client.get(reverse(ADD)).status_code == status
    assert client.get(reverse(IMPORT)).status_code == status


def test_what_belongs_by_hand(client: Client, city: Agency) -> None:
    row = make_item(city)
    found = make_publication("甲工程招标公告", agency=city)
    actions.update_item(actor=None, item=row)
    from disclosure.standards import matching

    matching.match_publication(found)
    signed_in(client, make_user(Role.EDITOR, agency=city))
    data = form_data(client.get(change(row))) | {
        "links-TOTAL_FORMS": "1",
        "links-0-publication": found.pk,
        "links-0-kind": "excluded",
        "links-0-item": row.pk,
    }
    data["channels"] = []
    answer = client.post(change(row), data)
    assert answer.status_code == 302, errors(answer)
    assert StandardLink.objects.get().kind == "excluded"
    page = client.get(change(row))
    assert "甲工程招标公告" in page.content.decode()
    data = form_data(page) | {"links-0-DELETE": "on"}
    assert client.post(change(row), data).status_code == 302
    assert StandardLink.objects.get().kind == "found", "the rule has it again"


# --- the import ----------------------------------------------------------------------------------
def upload(agency: Agency, data: bytes, **more: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("表.xlsx", data)
    return {"agency": agency.pk, "area": area().pk, "file": file, **more}


def test_preview_then_store(client: Client, city: Agency) -> None:
    editor = make_user(Role.EDITOR, agency=city)
    signed_in(client, editor)
    data = book([item(1, "甲", "一"), item(2, "甲", "二")])
    page = client.post(reverse(IMPORT), upload(city, data))
    assert page.status_code == 200
    assert not StandardItem.objects.exists(), "a preview stores nothing"
    signed = page.context["signed"]
    answer = client.post(reverse(IMPORT), {"signed": signed})
    assert answer.status_code == 302
    assert StandardItem.objects.filter(agency=city).count() == 2
    assert set(AuditEntry.objects.values_list("actor", flat=True)) >= {editor.pk}


def test_bad_rows_are_named(client: Client, city: Agency) -> None:
    signed_in(client, make_user(Role.EDITOR, agency=city))
    page = client.post(reverse(IMPORT), upload(city, book([item("x", "甲", "一")])))
    assert page.context["signed"] == ""
    assert "序号" in page.content.decode()
    page = client.post(reverse(IMPORT), upload(city, b"nothing"))
    assert page.context["form"].errors["file"]


def test_a_preview_is_its_readers_and_unchanged(client: Client, city: Agency) -> None:
    signed_in(client, make_user(Role.EDITOR, agency=city))
    page = client.post(reverse(IMPORT), upload(city, book([item(1, "甲", "一")])))
    signed = page.context["signed"]
    assert client.post(reverse(IMPORT), {"signed": signed[:-1] + "_"}).status_code == 302
    signed_in(client, make_user(Role.EDITOR, agency=city))
    assert client.post(reverse(IMPORT), {"signed": signed}).status_code == 403
    assert not StandardItem.objects.exists()


def test_another_agencys_catalogue_is_not_imported(client: Client, city: Agency) -> None:
    signed_in(client, make_user(Role.EDITOR, agency=city))
    page = client.post(reverse(IMPORT), upload(make_agency(), book([item(1, "甲", "一")])))
    assert page.context["form"].errors["agency"]
