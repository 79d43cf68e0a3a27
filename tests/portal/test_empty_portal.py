"""The first day in production: tables, but no agency yet. Nothing may fall over."""

import pytest
from django.test import Client

PAGES = [
    *("/", "/guide/", "/rules/", "/catalogue/", "/search/?q=x", "/agencies/", "/annual-reports/"),
    *("/requests/new/", "/requests/track/", "/deadline/", "/site-map/", "/privacy/"),
    *("/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/api/v1/deadline/"),
    *("/admin/login/", "/no-such-page/"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_without_any_agency(client: Client, prefix: str, address: str) -> None:
    assert client.get(prefix + address).status_code < 500
