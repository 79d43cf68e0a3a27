"""Error pages: in the reader's language, with a way on, and without the database where it may
be the fault."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views import defaults

from portal.wsgi import Utf8Request, application
from tests.factories import make_agency


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "lang"), [("/nowhere/", "zh-Hans"), ("/en/nowhere/", "en")])
def test_404(client, path: str, lang: str) -> None:
    make_agency()
    response = client.get(path)
    assert response.status_code == 404
    page = response.content.decode()
    assert f'<html lang="{lang}">' in page
    assert 'role="search"' in page
    assert 'name="robots" content="noindex"' in page
    other = "/" if lang == "en" else "/en/"
    assert f'href="{other}" lang=' in page


@pytest.mark.django_db
def test_403(rf: RequestFactory) -> None:
    with override("en"):
        response = defaults.permission_denied(rf.get("/en/x/"), PermissionDenied())
    assert response.status_code == 403
    assert "You are not allowed to open this page" in response.content.decode()


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_500_asks_nothing_of_the_database(rf: RequestFactory, lang: str) -> None:
    with override(lang):
        response = defaults.server_error(rf.get("/"))
    assert response.status_code == 500
    page = response.content.decode()
    assert f'<html lang="{"en" if lang == "en" else "zh-Hans"}">' in page
    assert 'class="status">500<' in page
    assert "portal/tokens.css" in page


def test_400_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    with override("en"):
        response = defaults.bad_request(rf.get("/"), ValueError())
    assert response.status_code == 400
    assert "cannot read" in response.content.decode()


@pytest.mark.django_db
def test_a_stale_form_is_explained() -> None:
    make_agency()
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/display/", {"to": "large"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "The form has expired" in page
    assert 'href="/en/display/"' in page


@pytest.mark.parametrize("codec", ["hex", "unicode_escape", "rot13", "undefined", "utf-16"])
@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x"])
def test_a_strange_charset_is_not_believed(rf: RequestFactory, kind: str, codec: str) -> None:
    """Its codec would be used on the address and the form; some are no text at all."""
    environ = rf.generic("POST", "/", b"--x--\r\n").environ
    environ |= {"CONTENT_TYPE": f"{kind}; charset={codec}", "QUERY_STRING": "number=%E5%85%AC"}
    request = application.request_class(environ)
    assert request.GET["number"] == "公"
    assert not request.POST
    assert application.request_class is Utf8Request
