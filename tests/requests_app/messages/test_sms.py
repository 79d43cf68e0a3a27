"""Text messages: the HTTP gateway's adapter against a server of our own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from requests_app.messages import sms
from requests_app.messages.sms import GatewayError, HttpGateway, gateway, mobile

NUMBER, TEXT = "13800000000", "【示例省办公室】申请已答复"


class Stub(HTTPServer):
    """Answers `status` and keeps what came."""

    status = 200
    headers: dict[str, str] = {}
    came: list[dict[str, Any]]


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append({"path": self.path, "headers": self.headers, "body": body})
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub(("127.0.0.1", 0), Handler)
    server.came = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def url(stub: Stub, path: str = "/send?a=1") -> str:
    return f"http://127.0.0.1:{stub.server_address[1]}{path}"


def test_number_and_text_arrive_with_the_token(stub: Stub) -> None:
    made = HttpGateway(url(stub), "secret", number_field="mobile", text_field="content")
    made.send(NUMBER, TEXT)
    (came,) = stub.came
    assert came["path"] == "/send?a=1"
    assert came["headers"]["Authorization"] == "Bearer secret"
    assert json.loads(came["body"]) == {"mobile": NUMBER, "content": TEXT}


@pytest.mark.parametrize(
    ("status", "is_final"), [(400, True), (422, True), (401, False), (429, False), (503, False)]
)
def test_refusals_are_mapped(stub: Stub, status: int, is_final: bool) -> None:
    stub.status = status
    with pytest.raises(GatewayError) as caught:
        HttpGateway(url(stub)).send(NUMBER, TEXT)
    assert (caught.value.code, caught.value.is_final) == (f"HTTP {status}", is_final)


def test_redirects_are_not_followed(stub: Stub) -> None:
    stub.status, stub.headers = 302, {"Location": url(stub, "/elsewhere")}
    with pytest.raises(GatewayError, match="HTTP 302"):
        HttpGateway(url(stub), "secret").send(NUMBER, TEXT)
    assert len(stub.came) == 1


def test_an_absent_gateway_is_an_error_that_names_nobody() -> None:
    with pytest.raises(GatewayError) as caught:
        HttpGateway("http://127.0.0.1:9/send").send(NUMBER, TEXT)
    assert caught.value.code == "ConnectionRefusedError"
    assert not caught.value.is_final
    assert NUMBER not in repr(caught.value)


def test_a_silent_gateway_is_left(monkeypatch, stub: Stub) -> None:
    monkeypatch.setattr(sms, "TIMEOUT", 0.05)
    entered = threading.Event()
    monkeypatch.setattr(Handler, "do_POST", lambda self: entered.wait(1))
    with pytest.raises(GatewayError, match="TimeoutError"):
        HttpGateway(url(stub)).send(NUMBER, TEXT)
    entered.set()


@pytest.mark.parametrize("wrong", ["file:///etc/passwd", "ftp://x/", "nothing", "http:///path"])
def test_only_http_addresses(wrong: str) -> None:
    with pytest.raises(ValueError):
        HttpGateway(wrong)


def test_off_by_default(settings) -> None:
    assert gateway() is None
    settings.SMS_GATEWAY_URL = "https://sms.example.cn/send"
    assert isinstance(gateway(), HttpGateway)


@pytest.mark.parametrize(
    ("phone", "found"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("86（138）00000000", "13800000000"),
        ("010-62345678", ""),
        ("12345678901", ""),
        ("1380000000", ""),
        ("13800000000 13900000000", ""),
        ("", ""),
    ],
)
def test_mobile_numbers_are_recognised(phone: str, found: str) -> None:
    assert mobile(phone) == found
