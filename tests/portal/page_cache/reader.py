"""A reader before the page cache, without a server."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def environ_of(path: str, query: str = "", *, method: str = "GET", **more: str) -> dict[str, Any]:
    """`more`: further variables, headers as HTTP_…"""
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": HOST,
        "HTTP_USER_AGENT": "Mozilla/5.0",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **more,
    }


def read(
    application: Callable[..., Iterable[bytes]],
    path: str,
    query: str = "",
    *,
    method: str = "GET",
    **more: str,
) -> Answer:
    begun: list[Any] = []

    def begin(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        begun[:] = [status, headers]

    answer = application(environ_of(path, query, method=method, **more), begin)
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    status, headers = begun
    return Answer(int(status[:3]), {name.lower(): value for name, value in headers}, body)
