"""The staff pages of messages: an agency's own texts, and what was sent."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, User
from requests_app.messages import actions, outbox
from requests_app.messages.models import Message, MessageText
from requests_app.messages.texts import TEMPLATES
from requests_app.models import DisclosureRequest
from tests.admin_pages import errors, form_data, signed_in
from tests.factories import make_tree, make_user
from tests.request_factories import make_request

pytestmark = pytest.mark.django_db
PREVIEW = "admin:requests_app_messagetext_preview"


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


def page(name: str, *args: object, model: str = "messagetext") -> str:
    return reverse(f"admin:requests_app_{model}_{name}", args=args)


def make_text(agency: Agency, **fields: str) -> MessageText:
    values = {"subject": "{number}有答复", "body": "请看{track_url}", **fields}
    text = MessageText(agency=agency, template="answered", language="zh-hans", **values)
    return actions.create_text(actor=None, text=text)


def test_a_head_begins_with_the_portals_text(client: Client, head: User, tree) -> None:
    signed_in(client, head)
    data = form_data(client.get(page("add")))
    data |= {"agency": tree[1].pk, "template": "answered", "language": "zh-hans"}
    answer = client.post(page("add"), data)
    assert answer.status_code == 302, errors(answer)
    text = MessageText.objects.get()
    own = TEMPLATES["answered"].chinese
    assert (text.agency, text.subject, text.body) == (tree[1], own.subject, own.body)
    entry = AuditEntry.objects.get(verb="messagetext.created")
    assert entry.actor == head


def test_a_change_is_kept_with_its_reason(client: Client, head: User, tree) -> None:
    text = make_text(tree[1])
    signed_in(client, head)
    shown = client.get(page("change", text.pk))
    data = form_data(shown) | {"subject": "申请{number}已答复", "reason": "更清楚"}
    assert "template" not in data, "another message is another record"
    answer = client.post(page("change", text.pk), data)
    assert answer.status_code == 302, errors(answer)
    text.refresh_from_db()
    assert text.subject == "申请{number}已答复"
    version = text.history.latest()
    assert (version.history_user, version.history_change_reason) == (head, "更清楚")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{name}，请看{track_url}", "has no field {name}"),
        ("请看网站", "{track_url} has to be shown"),
        ("{track_url", "cannot be read"),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused(
    client: Client, head: User, tree, body: str, said: str
) -> None:
    text = make_text(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page("change", text.pk))) | {"body": body}
    answer = client.post(page("change", text.pk), data)
    assert answer.status_code == 200
    assert any(said in one for one in answer.context["adminform"].form.errors["body"])
    text.refresh_from_db()
    assert text.body == "请看{track_url}"


def test_one_text_for_each_message_and_language(client: Client, head: User, tree) -> None:
    make_text(tree[1])
    signed_in(client, head)
    data = form_data(client.get(page("add")))
    data |= {"agency": tree[1].pk, "template": "answered", "language": "zh-hans"}
    answer = client.post(page("add"), data)
    assert answer.status_code == 200
    assert "This agency already has a text for this message." in errors(answer)


def test_the_page_names_the_fields(client: Client, head: User, tree) -> None:
    text = make_text(tree[1])
    answer = signed_in(client, head).get(page("change", text.pk)).content.decode()
    assert "{track_url}" in answer
    assert "(has to be shown)" in answer
    assert TEMPLATES["answered"].chinese.subject in answer


def test_deleting_goes_back_to_the_portals_text(client: Client, head: User, tree) -> None:
    text = make_text(tree[1])
    signed_in(client, head)
    assert client.post(page("delete", text.pk), {"post": "yes"}).status_code == 302
    assert not MessageText.objects.exists()
    assert AuditEntry.objects.filter(verb="messagetext.deleted").exists()


def test_preview_shows_example_values_and_stores_nothing(client: Client, head: User) -> None:
    signed_in(client, head)
    url = f"{reverse(PREVIEW)}?template=extended&language=zh-hans"
    answer = client.post(
        url, {"subject": "延期{number}", "body": "<b>至{due}</b>，见{track_url}"}
    ).content.decode()
    shown = answer.partition("<article")[2]
    assert "延期SL-2026-0001" in shown
    assert "&lt;b&gt;至2026年3月31日&lt;/b&gt;" in shown
    assert not MessageText.objects.exists()
    refused = client.post(url, {"subject": "x", "body": "{name}"}).content.decode()
    assert "This message has no field {name}." in refused
    assert "<article" not in refused
    data = {"template": "answered", "language": "en", "subject": "", "body": ""}
    assert "has been answered" in client.post(reverse(PREVIEW), data).content.decode()
    assert client.get(url).status_code == 405
    assert client.post(reverse(PREVIEW), {"template": "none"}).status_code == 404


@pytest.mark.parametrize("role", [Role.HANDLER, Role.EDITOR, Role.AUDITOR])
def test_texts_are_the_heads(client: Client, tree, role: Role) -> None:
    text = make_text(tree[1])
    signed_in(client, make_user(role, agency=tree[1]))
    assert client.get(page("changelist")).status_code == 403
    assert client.get(page("change", text.pk)).status_code in {403, 404}
    assert client.post(reverse(PREVIEW), {}).status_code == 403


def test_another_agencys_texts_are_not_there(client: Client, head: User, tree) -> None:
    text = make_text(tree[2])
    signed_in(client, head)
    assert client.get(page("change", text.pk)).status_code == 404
    with pytest.raises(NotPermitted):
        actions.update_text(actor=head, text=text)
    with pytest.raises(NotPermitted):
        actions.delete_text(actor=head, text=text)


def test_actions_check_what_the_form_checks(head: User, tree) -> None:
    text = MessageText(
        agency=tree[1], template="answered", language="en", subject="x", body="{nothing}"
    )
    with pytest.raises(NotPossible):
        actions.create_text(actor=head, text=text)
    text.subject, text.body = "  Re:\n{number} ", "See  {track_url}  \r\n\r\nBye \n"
    actions.create_text(actor=head, text=text)
    assert (text.subject, text.body) == ("Re: {number}", "See  {track_url}\n\nBye")


# --- what was sent -------------------------------------------------------------------------------
@pytest.fixture
def message(tree: tuple[Agency, ...]) -> Message:
    case = make_request(agency=tree[1])
    Message.objects.all().delete()
    found = outbox.queue(case, "answered")
    assert found is not None
    return found


def test_messages_are_read_and_not_written(client: Client, head: User, message: Message) -> None:
    signed_in(client, head)
    shown = client.get(page("changelist", model="message")).content.decode()
    assert message.request is not None
    assert message.request.number in shown
    one = client.get(page("change", message.pk, model="message"))
    assert one.status_code == 200
    assert "a@example.invalid" not in one.content.decode()
    assert client.get(page("add", model="message")).status_code == 403
    assert client.post(page("change", message.pk, model="message"), {}).status_code == 403
    assert client.post(page("delete", message.pk, model="message"), {}).status_code == 403


def test_messages_of_other_agencies_and_restricted_cases_are_not_there(
    client: Client, head: User, message: Message, tree
) -> None:
    elsewhere = make_user(Role.HEAD, agency=tree[2])
    url = page("change", message.pk, model="message")
    assert signed_in(client, elsewhere).get(url).status_code == 404
    DisclosureRequest.objects.update(is_restricted=True)
    assert signed_in(client, head).get(url).status_code == 404
    message.request.named_people.create(user=head)
    assert signed_in(client, head).get(url).status_code == 200
