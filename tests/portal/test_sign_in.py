"""Signing in to the staff area: who gets in, what a refusal tells, how a session ends."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from disclosure.agencies import staff
from disclosure.agencies.passwords import FAILED_SIGN_INS
from disclosure.agencies.roles import Role
from disclosure.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
START = reverse("admin:index")
LOGIN = reverse("admin:login")
LOGOUT = reverse("admin:logout")
WRONG = "not the password"
each_language = pytest.mark.parametrize("language", ["", "/en"])


def sign_in(
    client: Client, username: str, password: str = PASSWORD, *, language: str = "", **form: str
) -> Any:
    return client.post(language + LOGIN, {"username": username, "password": password, **form})


def is_in(client: Client) -> bool:
    return client.get(START).status_code == 200


def refused_words(response: Any) -> str:
    """What a refusal says, without what differs from form to form."""
    assert response.status_code == 200
    (words,) = response.context["form"].non_field_errors()
    return str(words)


def fail(client: Client, username: str, times: int = settings.AXES_FAILURE_LIMIT) -> Any:
    answers = [sign_in(client, username, WRONG) for _ in range(times)]
    return answers[-1]


# --- who gets in ---------------------------------------------------------------------------------
@each_language
def test_who_holds_a_role_gets_in(client: Client, language: str) -> None:
    make_user(Role.EDITOR, username="editor")
    assert client.get(language + LOGIN).status_code == 200
    answer = sign_in(client, "editor", language=language)
    assert (answer.status_code, answer.url) == (302, language + START)
    assert is_in(client)


def test_a_superuser_gets_in_without_a_role(client: Client) -> None:
    make_user(username="root", is_superuser=True)
    assert sign_in(client, "root").status_code == 302


@each_language
def test_a_refusal_does_not_tell_what_was_wrong(client: Client, language: str) -> None:
    make_user(Role.EDITOR, username="editor")
    make_user(username="no-role")
    make_user(Role.EDITOR, username="inactive", is_active=False)
    make_user(username="root", is_superuser=True, is_active=False)
    told = {
        refused_words(sign_in(client, name, password, language=language))
        for name, password in [
            ("editor", WRONG),
            ("nobody", PASSWORD),
            ("no-role", PASSWORD),
            ("no-role", WRONG),
            ("inactive", PASSWORD),
            ("inactive", WRONG),
            ("root", PASSWORD),
        ]
    }
    assert len(told) == 1
    assert not is_in(client)


@pytest.mark.parametrize(
    ("username", "password"),
    [("", ""), ("editor", ""), ("nul\x00", "x"), ("x" * 10_000, "x"), ("editor", "x\x00" * 999)],
)
def test_senseless_input_is_refused(client: Client, username: str, password: str) -> None:
    make_user(Role.EDITOR, username="editor")
    answer = sign_in(client, username, password)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not is_in(client)


def test_nul_beside_a_wrong_password_is_just_a_refusal(client: Client) -> None:
    """Failed attempts are noted, and no database takes NUL."""
    data = {"username": "nobody", "password": WRONG, "more": "\x00", "next": "\x00"}
    answer = client.post(LOGIN, data, query_params={"a\x00": "\x00"})
    assert refused_words(answer)


def test_a_form_from_elsewhere_is_refused() -> None:
    make_user(Role.EDITOR, username="editor")
    assert sign_in(Client(enforce_csrf_checks=True), "editor").status_code == 403


# --- too many attempts ---------------------------------------------------------------------------
@each_language
def test_after_too_many_failures_the_name_is_closed_from_here(
    client: Client, language: str
) -> None:
    make_user(Role.EDITOR, username="editor")
    make_user(Role.EDITOR, username="colleague")
    last_before = fail(client, "editor", settings.AXES_FAILURE_LIMIT - 1)
    assert last_before.status_code == 200
    assert sign_in(client, "editor", WRONG, language=language).status_code == 429
    answer = sign_in(client, "editor", language=language)
    assert answer.status_code == 429, "also with the right password"
    text = answer.content.decode()
    assert f'lang="{"en" if language else "zh-Hans"}"' in text
    assert "editor" not in text
    assert not is_in(client)
    assert sign_in(client, "colleague").status_code == 302
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert sign_in(elsewhere, "editor").status_code == 302


def test_the_lock_does_not_tell_whether_there_is_such_a_person(client: Client) -> None:
    make_user(Role.EDITOR, username="editor")
    make_user(Role.EDITOR, username="inactive", is_active=False)
    pages = []
    for name in ("editor", "nobody", "inactive"):
        answer = fail(client, name)
        assert answer.status_code == 429
        pages.append(answer.content)
    assert len(set(pages)) == 1


def test_a_success_begins_the_count_anew(client: Client) -> None:
    make_user(Role.EDITOR, username="editor")
    for _ in range(2):
        fail(client, "editor", settings.AXES_FAILURE_LIMIT - 1)
        assert sign_in(client, "editor").status_code == 302


def test_another_spelling_of_the_name_is_the_same_name(client: Client) -> None:
    """Full-width letters are taken for plain ones, so they count together."""
    make_user(Role.EDITOR, username="editor")
    fail(client, "editor")
    assert sign_in(client, "ｅditor").status_code == 429
    assert sign_in(client, " editor ").status_code == 429


def test_no_attempt_keeps_a_password(client: Client, caplog: Any) -> None:
    make_user(Role.EDITOR, username="editor")
    fail(client, "editor", 2)
    attempt = AccessAttempt.objects.get()
    assert WRONG not in f"{attempt.get_data} {attempt.post_data} {attempt.path_info} {caplog.text}"


# --- where to ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/",
        "//example.com/",
        "///example.com",
        "/\\example.com",
        "javascript:alert(1)",
        "http:example.com",
        "\x00https://example.com",
    ],
)
@pytest.mark.parametrize("sent_in", ["query", "form"])
def test_the_way_never_leads_to_another_host(client: Client, target: str, sent_in: str) -> None:
    make_user(Role.EDITOR, username="editor")
    data = {"username": "editor", "password": PASSWORD}
    if sent_in == "query":
        answer = client.post(LOGIN, data, query_params={"next": target})
    else:
        answer = client.post(LOGIN, data | {"next": target})
    assert answer.status_code == 302
    assert answer.url == START


def test_the_way_leads_to_the_page_asked_for(client: Client) -> None:
    make_user(Role.EDITOR, username="editor")
    wanted = reverse("admin:disclosure_rule_changelist")
    asked = client.get(wanted)
    assert asked.url.startswith(LOGIN)
    text = client.get(asked.url).content.decode()
    assert f'name="next" value="{wanted}"' in text
    assert sign_in(client, "editor", next=wanted).url == wanted


# --- the end of a session ------------------------------------------------------------------------
def test_a_session_ends_with_the_old_password(client: Client) -> None:
    editor = make_user(Role.EDITOR, username="editor")
    sign_in(client, "editor")
    assert is_in(client)
    staff.set_password(actor=None, user=editor, password="purple umbrellas sing at dawn")
    assert not is_in(client)


@pytest.mark.parametrize("change", ["last role taken", "switched off"])
def test_a_session_ends_with_the_right_to_be_there(client: Client, change: str) -> None:
    editor = make_user(Role.EDITOR, username="editor")
    sign_in(client, "editor")
    assert is_in(client)
    if change == "switched off":
        User.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        staff.revoke(actor=None, assignment=editor.assignments.get())
    assert not is_in(client)


def test_signing_out_is_done_by_post(client: Client) -> None:
    make_user(Role.EDITOR, username="editor")
    sign_in(client, "editor")
    assert client.get(LOGOUT).status_code == 405
    assert is_in(client)
    assert client.post(LOGOUT).status_code in {200, 302}
    assert not is_in(client)


def test_signing_in_gives_another_session(client: Client) -> None:
    """A session that somebody planted before is worth nothing afterwards."""
    make_user(Role.EDITOR, username="editor")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, "editor")
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_a_sign_in_cookie_is_out_of_reach_of_scripts(client: Client) -> None:
    make_user(Role.EDITOR, username="editor")
    cookie = sign_in(client, "editor").cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE


def test_staff_pages_are_not_kept_by_caches(client: Client) -> None:
    make_user(Role.EDITOR, username="editor")
    sign_in(client, "editor")
    assert "no-store" in client.get(START).headers["Cache-Control"]


def test_many_names_from_one_place_are_too_many(client: Client, rate_limits: None) -> None:
    """Axes counts each name apart; guessing one password for everybody is counted here."""
    for number in range(FAILED_SIGN_INS.times):
        sign_in(client, f"somebody{number}", WRONG)
    somebody = make_user(Role.EDITOR, username="somebody")
    sign_in(client, somebody.username)
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.77")
    sign_in(elsewhere, somebody.username)
    assert is_in(elsewhere)
