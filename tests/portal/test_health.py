"""What machines ask: health, readiness, robots."""

import datetime as dt
from unittest import mock

import pytest
from django.db import OperationalError

from disclosure.core.dates import now
from tests.factories import make_agency


def test_healthz_does_not_ask_the_database(client) -> None:
    response = client.get("/healthz")  # no django_db mark: a query would fail the test
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz(client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "applied"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_waits_for_migrations(client) -> None:
    plan = "django.db.migrations.executor.MigrationExecutor.migration_plan"
    with mock.patch(plan, return_value=[("disclosure", "0002")]):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "pending"


@pytest.mark.django_db
def test_readyz_without_a_database(client) -> None:
    with mock.patch("portal.health.views.connection.cursor", side_effect=OperationalError("down")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "unready",
        "database": "unavailable",
        "migrations": "unknown",
    }
    assert "down" not in response.content.decode()


def test_health_is_only_read(client) -> None:
    assert client.post("/healthz").status_code == 405


def test_robots(client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for private in ("/admin/", "/en/admin/", "/display/", "/requests/track/", "/search/"):
        assert f"Disallow: {private}" in lines
    assert "Disallow: /" not in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


@pytest.mark.django_db
def test_security_txt(client, settings) -> None:
    """RFC 9116: a contact and a day less than a year ahead, in one place."""
    address = "/.well-known/security.txt"
    assert client.get(address).status_code == 404
    make_agency(email="office@example.cn")
    assert "Contact: mailto:office@example.cn\n" in client.get(address).content.decode()
    settings.SECURITY_CONTACT = ["mailto:a@example.cn", "https://example.cn/report"]
    response = client.get(address)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    assert lines[:2] == [["Contact", one] for one in settings.SECURITY_CONTACT]
    fields = dict(lines)
    left = dt.datetime.fromisoformat(fields["Expires"]) - now()
    assert dt.timedelta(days=120) < left < dt.timedelta(days=181)
    assert fields["Canonical"] == settings.SITE_URL + address
    assert client.get("/security.txt")["Location"] == address
