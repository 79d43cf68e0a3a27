"""How the interface answers: conditional requests, other sites, limits, what is no address."""

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.models import Agency
from disclosure.throttling.models import ThrottleBucket
from portal.api import schema, throttling
from tests import factories as f
from tests.portal.api.conftest import API, World


def test_what_has_not_changed_is_not_sent_again(client: Client, world: World) -> None:
    item = "publications/SLA/2026/1/"
    for path in (
        "publications/",
        item,
        "schema/",
        "deadline/?received=2026-02-10",
    ):
        first = client.get(API + path)
        again = client.get(API + path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
        assert again["ETag"] == first["ETag"]
        assert again["Access-Control-Allow-Origin"] == "*"
        assert first["Cache-Control"] == "public, no-cache"
        head = client.head(API + path)
        assert (head["ETag"], head.content) == (first["ETag"], b"")
    seen = client.get(API + item)
    assert "Last-Modified" not in seen  # nobody can tell when a validity by date changed
    Agency.objects.filter(pk=world.city.pk).update(name_en="Another Name")
    other = client.get(API + item, headers={"if-none-match": seen["ETag"]})
    assert other.status_code == 200


def test_an_edition_is_dated(client: Client) -> None:
    path = f"{API}annual-reports/SL/2023/"
    dated = client.get(path)["Last-Modified"]
    assert client.get(path, headers={"if-modified-since": dated}).status_code == 304


def test_any_site_may_read_and_nobody_write(client: Client) -> None:
    asked = client.options(f"{API}publications/", headers={"origin": "https://example.org"})
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for method in (client.post, client.put, client.patch, client.delete):
        refused = method(f"{API}publications/")
        assert refused.status_code == 405
        assert refused["Allow"] == "GET, HEAD"
        assert refused.json()["type"].endswith("#method-not-allowed")
    assert client.post(f"{API}deadline/").json()["status"] == 405
    page = client.get("/catalogue/", headers={"origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in page


#: As they stand in an address.
STRANGE = (
    "%00",
    "%ED%A0%80",
    "%FF",
    "9999-12-31",
    "99999999999999999999999999",
    "-1",
    "..%2F..",
    "%F0%9F%A4%B7" * 400,
    "W251bGwsbnVsbF0",
    "%27%22%3E%3Cscript%3E",
)


def test_nothing_is_too_strange_to_be_answered(client: Client, world: World) -> None:
    """Whatever stands in a parameter or in the path: an answer as data, and no error of ours."""
    addresses = [f"{API}?{'a=1&' * 900}", f"{API}?a=1&a=2"]
    for path, methods in schema.written("en")["paths"].items():
        for parameter in methods["get"].get("parameters", []):
            for value in STRANGE:
                if parameter["in"] == "path":
                    addresses.append(path.replace(f"{{{parameter['name']}}}", value))
                else:
                    addresses.append(f"{path}?{parameter['name']}={value}")
    for address in addresses:
        address = address.format(code="SLA", year=2014, index_number="SLA/2026/1")
        answer = client.get(address)
        assert answer.status_code in {200, 400, 404}, address
        assert "json" in answer["Content-Type"], address


def test_a_session_and_a_wish_for_html_change_nothing(client: Client) -> None:
    plain = client.get(f"{API}publications/")
    client.force_login(f.make_admin(), backend="disclosure.agencies.backends.RoleBackend")
    asked = client.get(
        f"{API}publications/", headers={"accept": "text/html", "accept-language": "en"}
    )
    assert asked.content == plain.content
    assert asked["Content-Type"] == "application/json"
    assert "Cookie" not in asked.get("Vary", "")


def test_what_is_no_address_says_so_as_data(client: Client) -> None:
    gone = client.get(f"{API}nothing/")
    assert (gone.status_code, gone["Content-Type"]) == (404, "application/problem+json")
    assert gone.json()["title"] == "此地址没有公开的信息"
    assert client.get(f"{API}publications").status_code == 301


def test_the_way_in_leads_on(client: Client) -> None:
    ways = client.get(API).json()
    for name, url in ways.items():
        query = "?received=2026-02-10" if name == "deadline" else ""
        assert client.get(url + query).status_code == 200, name


def test_an_error_of_ours_is_data_too(client: Client, monkeypatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("portal.api.directory._with_parents", broken)
    client.raise_request_exception = False
    answer = client.get(f"{API}agencies/")
    assert (answer.status_code, answer.json()["type"]) == (500, "/api/v1/docs/#internal-error")


def test_one_that_floods_is_asked_to_wait(client: Client, rate_limits, monkeypatch) -> None:
    monkeypatch.setattr(throttling, "TALLY", tally := throttling.Tally())
    monkeypatch.setattr("portal.api.base.TALLY", tally)
    monkeypatch.setattr(throttling, "LOT", 3)
    monkeypatch.setattr(throttling, "READS", throttling.Limit("api-read", times=2, seconds=3600))
    statuses = [client.get(f"{API}schema/").status_code for _time in range(10)]
    assert statuses == [200] * 8 + [429, 429]
    assert ThrottleBucket.objects.get().count == 3
    refused = client.get(f"{API}schema/")
    assert 0 < int(refused["Retry-After"]) <= 3601
    assert refused.json()["type"].endswith("#too-many-requests")
    elsewhere = client.get(f"{API}schema/", REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_documentation_has_every_address_and_every_problem(
    client: Client, language: str
) -> None:
    page = client.get(f"{language}{reverse('api-docs')}".replace("/en/en", "/en"))
    text = page.content.decode()
    assert page.status_code == 200
    for path in client.get(f"{API}schema/").json()["paths"]:
        assert f"GET {path}</code>" in text
    for slug in ("invalid-parameter", "withdrawn", "too-many-requests"):
        assert f'id="{slug}"' in text
    assert "<script" not in text.partition("<main")[2].partition("</main>")[0]
    assert ("Items of the catalogue" in text) is bool(language)
