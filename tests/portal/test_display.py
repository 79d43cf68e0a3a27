"""The reader's display: kept in a cookie, shown in the page's class, never a way off the site."""

import pytest

from tests.factories import make_agency

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chosen", ["large", "contrast"])
def test_choice_is_kept_and_shown(client, chosen: str) -> None:
    make_agency()
    response = client.get("/display/", {"to": chosen, "next": "/privacy/?a=1"})
    assert response.status_code == 302
    assert response["Location"] == "/privacy/?a=1"
    cookie = response.cookies["display"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (chosen, True, "Lax")
    assert f'class="{chosen}"' in client.get("/privacy/").content.decode()


def test_back_to_normal(client) -> None:
    make_agency()
    client.get("/display/", {"to": "large"})
    response = client.post("/display/", {"to": "normal", "next": "/en/privacy/"})
    assert response["Location"] == "/en/privacy/"
    assert response.cookies["display"].value == ""
    assert 'class="large"' not in client.get("/privacy/").content.decode()


def test_an_invented_cookie_changes_nothing(client) -> None:
    make_agency()
    client.cookies["display"] = '"><script>'
    page = client.get("/privacy/").content.decode()
    assert '<html lang="zh-Hans">' in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "privacy/",
        "http:/\\evil.example",
        "",
        "/\tevil",
        "/\n//evil.example",
    ],
)
def test_only_local_addresses_lead_back(client, elsewhere: str) -> None:
    response = client.get("/display/", {"to": "large", "next": elsewhere})
    assert response.status_code == 302
    assert response["Location"] == "/"


def test_the_page_offers_the_switch_for_itself(client) -> None:
    make_agency()
    page = client.get("/privacy/?from=a%26b").content.decode()
    assert "/display/?next=%2Fprivacy%2F%3Ffrom%3Da%2526b&to=large" in page.replace("&amp;", "&")
