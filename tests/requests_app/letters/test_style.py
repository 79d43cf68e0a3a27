"""The staff pages of letter styles and wordings: rights, reasons, previews, history."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, User
from disclosure.paper import pdf as paper
from disclosure.paper.pdf import PdfUnavailable
from requests_app.letters import pdf, samples, style_admin, styling
from requests_app.letters.kinds import KINDS
from requests_app.letters.models import WORDING_CHOICES
from requests_app.models import LetterStyle, LetterWording
from tests.admin_pages import errors, form_data, signed_in
from tests.factories import make_agency, make_tree, make_user
from tests.request_factories import make_style

pytestmark = pytest.mark.django_db
STYLE, WORDING = "letterstyle", "letterwording"
BODY = "根据《中华人民共和国政府信息公开条例》第三十条，请{you}补正：\n{text}\n请于{until}前送交。"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def head(tree: tuple[Agency, ...]) -> User:
    return make_user(Role.HEAD, agency=tree[1], username="head")


def page(model: str, name: str, *args: object) -> str:
    return reverse(f"admin:requests_app_{model}_{name}", args=args)


def make_wording(agency: Agency, kind: str = "correction", body: str = BODY) -> LetterWording:
    wording = LetterWording(agency=agency, kind=kind, body=body)
    return styling.create_wording(actor=None, wording=wording)


# --- style ---------------------------------------------------------------------------------------
def test_a_head_sets_the_style_of_the_agency(client: Client, head: User, tree) -> None:
    signed_in(client, head)
    data = form_data(client.get(page(STYLE, "add")))
    data |= {"agency": tree[1].pk, "number_prefix": " 示公开 ", "court": "示例市中级人民法院"}
    answer = client.post(page(STYLE, "add"), data)
    assert answer.status_code == 302, errors(answer)
    style = LetterStyle.objects.get()
    assert (style.agency, style.number_prefix) == (tree[1], "示公开")
    assert AuditEntry.objects.get(verb="letterstyle.created").actor == head
    listed = client.get(page(STYLE, "changelist")).content.decode()
    assert "Reconsideration body、" in listed or "reconsideration body、" in listed
    assert "、court" not in listed


def test_a_change_is_kept_with_its_reason(client: Client, head: User, tree) -> None:
    style = make_style(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page(STYLE, "change", style.pk)))
    assert "agency" not in data
    data |= {"letterhead": "示例局文件", "reason": "新文件头"}
    answer = client.post(page(STYLE, "change", style.pk), data)
    assert answer.status_code == 302, errors(answer)
    style.refresh_from_db()
    assert style.letterhead == "示例局文件"
    version = style.history.latest()
    assert (version.history_user, version.history_change_reason) == (head, "新文件头")
    assert AuditEntry.objects.get(verb="letterstyle.changed").facts["fields"] == ["letterhead"]


def test_one_style_for_each_agency(client: Client, head: User, tree) -> None:
    make_style(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page(STYLE, "add"))) | {"agency": tree[1].pk}
    assert client.post(page(STYLE, "add"), data).status_code == 200
    assert LetterStyle.objects.count() == 1


def test_a_style_is_not_deleted(client: Client, head: User, tree) -> None:
    style = make_style(tree[1])
    answer = signed_in(client, head).post(page(STYLE, "delete", style.pk), {"post": "yes"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("kind", "level", "said"),
    [
        ("department", "city", "The people's government of the same level"),
        ("vertical", "county", "The competent department one level up"),
        ("government", "county", "The intermediate people's court at the agency's seat"),
        ("public_body", "city", "Public bodies follow rules of their own"),
    ],
)
def test_the_page_says_which_kind_of_body_and_court(
    client: Client, kind: str, level: str, said: str
) -> None:
    agency = make_agency("HERE", kind=kind, level=level)
    style = make_style(agency)
    signed_in(client, make_user(Role.HEAD, agency=agency))
    shown = client.get(page(STYLE, "change", style.pk)).content.decode()
    assert said.replace("'", "&#x27;") in shown


def test_what_cannot_stand_in_a_number_is_refused(client: Client, head: User, tree) -> None:
    style = make_style(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page(STYLE, "change", style.pk)))
    answer = client.post(page(STYLE, "change", style.pk), data | {"number_prefix": "示〔2026〕"})
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert "The year and its brackets are added" in form.errors["number_prefix"][0]


def test_a_character_that_no_font_has_is_refused(head: User, tree) -> None:
    try:
        paper.ready()
    except PdfUnavailable as reason:
        pytest.skip(str(reason))
    style = make_style(tree[1])
    style.signature = "示例局\U000f0000"
    with pytest.raises(NotPossible, match="U\\+F0000"):
        styling.update_style(actor=head, style=style)


def test_the_preview_of_a_style(client: Client, head: User, tree) -> None:
    signed_in(client, head)
    data = {
        "agency": tree[1].pk,
        "letterhead": "<b>示例局</b>文件",
        "number_prefix": "示公开",
        "reconsideration_body": "示例省人民政府",
        "court": "示例市中级人民法院",
    }
    shown = client.post(page(STYLE, "preview"), data).content.decode()
    letter = shown.partition("<article")[2]
    assert "&lt;b&gt;示例局&lt;/b&gt;文件" in letter
    assert "示公开〔" in letter
    assert "向示例省人民政府申请行政复议" in letter
    assert "【互联网渠道】" in letter, "what is missing shows"
    assert "草稿" in letter
    assert not LetterStyle.objects.exists()
    assert client.get(page(STYLE, "preview")).status_code == 405


def test_another_agencys_name_is_not_lent(client: Client, head: User, tree) -> None:
    signed_in(client, head)
    shown = client.post(page(STYLE, "preview"), {"agency": tree[2].pk}).content.decode()
    assert tree[2].name not in shown
    assert samples.nobodys_agency().name in shown
    for key in ("x", "9" * 30, ""):
        assert client.post(page(STYLE, "preview"), {"agency": key}).status_code == 200


# --- wordings ------------------------------------------------------------------------------------
def test_a_kind_brings_the_portals_wording(client: Client, head: User) -> None:
    signed_in(client, head)
    shown = client.get(page(WORDING, "add"))
    assert "?kind=answer.not_existing" in shown.content.decode()
    chosen = client.get(page(WORDING, "add") + "?kind=correction")
    data = form_data(chosen)
    assert data["kind"] == "correction"
    assert data["body"].replace("\r\n", "\n") == KINDS["correction"].wording
    text = chosen.content.decode()
    assert "{until}" in text
    assert "(has to be there)" in text
    assert client.get(page(WORDING, "add") + "?kind=nothing").status_code == 200


def test_an_empty_text_is_the_portals_own(client: Client, head: User, tree) -> None:
    signed_in(client, head)
    data = form_data(client.get(page(WORDING, "add")))
    data |= {"agency": tree[1].pk, "kind": "extension"}
    answer = client.post(page(WORDING, "add"), data)
    assert answer.status_code == 302, errors(answer)
    wording = LetterWording.objects.get()
    assert wording.body == KINDS["extension"].wording
    entry = AuditEntry.objects.get(verb="letterwording.created")
    assert (entry.actor, entry.facts["wording"]) == (head, "extension")


def test_a_changed_wording_is_kept_with_its_reason(client: Client, head: User, tree) -> None:
    wording = make_wording(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page(WORDING, "change", wording.pk)))
    assert "kind" not in data, "another kind is another record"
    data |= {"body": f"  {BODY}\r\n\r\n\r\n特此告知。 ", "reason": "更清楚"}
    answer = client.post(page(WORDING, "change", wording.pk), data)
    assert answer.status_code == 302, errors(answer)
    wording.refresh_from_db()
    assert wording.body == f"{BODY}\n特此告知。"
    assert wording.history.latest().history_change_reason == "更清楚"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BODY + "{name}", "no field {name}"),
        (BODY.replace("{until}", "近日"), "{until} has to be there"),
        (BODY + "{", "braces cannot be read"),
        (BODY.replace("第三十条", "规定"), "has to name 第三十条"),
    ],
    ids=["unknown", "missing", "brace", "article"],
)
def test_what_will_not_do_is_refused_with_the_reason(
    client: Client, head: User, tree, body: str, said: str
) -> None:
    wording = make_wording(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page(WORDING, "change", wording.pk))) | {"body": body}
    answer = client.post(page(WORDING, "change", wording.pk), data)
    assert answer.status_code == 200
    assert any(said in each for each in answer.context["adminform"].form.errors["body"])
    assert form_data(answer)["body"] == body, "what was typed is kept"
    wording.refresh_from_db()
    assert wording.body == BODY


def test_one_wording_for_each_kind(client: Client, head: User, tree) -> None:
    make_wording(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page(WORDING, "add") + "?kind=correction"))
    answer = client.post(page(WORDING, "add"), data | {"agency": tree[1].pk})
    assert answer.status_code == 200
    assert "This agency already has a wording of this kind." in errors(answer)


def test_deleting_goes_back_to_the_portals_wording(client: Client, head: User, tree) -> None:
    wording = make_wording(tree[1])
    signed_in(client, head)
    answer = client.post(page(WORDING, "delete", wording.pk), {"post": "yes"})
    assert answer.status_code == 302
    assert not LetterWording.objects.exists()
    assert AuditEntry.objects.filter(verb="letterwording.deleted").exists()


@pytest.mark.parametrize("kind", [key for key, _label in WORDING_CHOICES])
def test_every_kind_has_a_preview_without_a_gap(
    client: Client, head: User, tree, kind: str
) -> None:
    make_style(tree[1])
    signed_in(client, head)
    shown = client.post(page(WORDING, "preview"), {"agency": tree[1].pk, "kind": kind})
    letter = shown.content.decode().partition("<article")[2]
    assert letter, shown.context["reasons"]
    assert "【" not in letter
    assert "{" not in letter
    assert "草稿" in letter
    assert not LetterWording.objects.exists()


def test_the_preview_shows_what_is_typed_or_why_not(client: Client, head: User, tree) -> None:
    wording = make_wording(tree[1])
    signed_in(client, head)
    url = f"{page(WORDING, 'preview')}?agency={tree[1].pk}&kind=correction"
    assert (
        url.replace("&", "&amp;")
        in client.get(page(WORDING, "change", wording.pk)).content.decode()
    )
    shown = client.post(url, {"body": f"{BODY}\n<i>特此</i>"}).content.decode()
    assert "&lt;i&gt;特此&lt;/i&gt;" in shown
    assert "2026年3月20日" in shown
    refused = client.post(url, {"body": "{name}"}).content.decode()
    assert "This letter has no field {name}." in refused
    assert "<article" not in refused
    assert client.post(page(WORDING, "preview"), {"kind": "none"}).status_code == 404


def test_the_preview_as_pdf_is_a_draft(client: Client, head: User, tree, monkeypatch) -> None:
    monkeypatch.setattr(paper, "ready", lambda: None)
    drafts: list[bool] = []

    def render(document: Any) -> bytes:
        drafts.append(document.is_draft)
        return b"%PDF"

    monkeypatch.setattr(pdf, "render", render)
    signed_in(client, head)
    given = {"agency": tree[1].pk, "kind": "correction", "body": BODY}
    shown = client.post(page(WORDING, "preview"), given).content.decode()
    assert "The same as PDF" in shown
    answer = client.post(page(WORDING, "preview"), given | {"pdf": "1"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert (answer.content, drafts) == (b"%PDF", [True])


def test_without_libraries_there_is_no_pdf_and_no_button(
    client: Client, head: User, monkeypatch
) -> None:
    def unavailable() -> None:
        raise PdfUnavailable

    monkeypatch.setattr(paper, "ready", unavailable)
    assert not style_admin.can_make_pdf()
    signed_in(client, head)
    answer = client.post(page(WORDING, "preview"), {"kind": "correction", "pdf": "1"})
    assert answer.status_code == 200
    assert "The same as PDF" not in answer.content.decode()


# --- rights --------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, Role.REVIEWER])
def test_others_do_not_see_them(client: Client, tree, role: Role) -> None:
    style, wording = make_style(tree[1]), make_wording(tree[1])
    signed_in(client, make_user(role, agency=tree[1]))
    for model, thing in ((STYLE, style), (WORDING, wording)):
        assert client.get(page(model, "changelist")).status_code == 403
        assert client.get(page(model, "change", thing.pk)).status_code in {403, 404}
        assert client.post(page(model, "preview"), {}).status_code == 403


def test_handlers_read_and_do_not_write(client: Client, tree) -> None:
    handler = make_user(Role.HANDLER, agency=tree[1])
    wording = make_wording(tree[1])
    signed_in(client, handler)
    assert client.get(page(WORDING, "change", wording.pk)).status_code == 200
    assert client.post(page(WORDING, "change", wording.pk), {"body": BODY}).status_code == 403
    with pytest.raises(NotPermitted):
        styling.update_wording(actor=handler, wording=wording)


def test_another_agencys_are_not_there(client: Client, head: User, tree) -> None:
    style, wording = make_style(tree[2]), make_wording(tree[2])
    signed_in(client, head)
    assert client.get(page(STYLE, "change", style.pk)).status_code == 404
    assert client.get(page(WORDING, "change", wording.pk)).status_code == 404
    wording.body = BODY + "特此告知。"
    for act in (
        lambda: styling.update_style(actor=head, style=style),
        lambda: styling.update_wording(actor=head, wording=wording),
        lambda: styling.delete_wording(actor=head, wording=wording),
        lambda: styling.create_wording(
            actor=head,
            wording=LetterWording(
                agency=tree[2], kind="extension", body=KINDS["extension"].wording
            ),
        ),
    ):
        with pytest.raises(NotPermitted):
            act()
