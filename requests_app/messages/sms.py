"""Text messages (短信): one small interface, off by default, and an adapter for HTTP gateways.

Neither number nor text is ever logged; errors carry a short code only.
"""

import http.client
import json
import re
import ssl
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 10.0  # seconds
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
#: Answers that the same message would get again.
_FINAL = frozenset({400, 404, 405, 410, 413, 422})


class GatewayError(Exception):
    """The gateway did not take the message; `code` says why without naming anybody."""

    def __init__(self, code: str, *, is_final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.is_final = is_final


class Gateway(Protocol):
    """What sends text messages."""

    def send(self, number: str, text: str) -> None:
        """Hand over one message; GatewayError when it was not taken."""


class HttpGateway:
    """POSTs a JSON object with the number and the text; any 2xx answer means taken.

    Redirects are not followed: they would carry the token elsewhere.
    """

    def __init__(
        self, url: str, token: str = "", *, number_field: str = "number", text_field: str = "text"
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("not an http or https address")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._token = token
        self._fields = number_field, text_field

    def send(self, number: str, text: str) -> None:
        """Hand over one message."""
        names = self._fields
        body = json.dumps({names[0]: number, names[1]: text}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        connection = self._connection()
        try:
            connection.request("POST", self._target, body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise GatewayError(type(error).__name__) from None
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise GatewayError(f"HTTP {status}", is_final=status in _FINAL)

    def _connection(self) -> http.client.HTTPConnection:
        if not self._secure:
            return http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT)
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(self._host, self._port, timeout=TIMEOUT, context=context)


def gateway() -> Gateway | None:
    """The gateway of the settings; None where text messages are off."""
    if not settings.SMS_GATEWAY_URL:
        return None
    number_field, text_field = settings.SMS_GATEWAY_FIELDS
    return HttpGateway(
        settings.SMS_GATEWAY_URL,
        settings.SMS_GATEWAY_TOKEN,
        number_field=number_field,
        text_field=text_field,
    )


def mobile(phone: str) -> str:
    """The mobile number in a phone number as people write it; empty where there is none."""
    found = _MOBILE.fullmatch(re.sub(r"[\s()（）-]", "", phone))
    return found.group(1) if found else ""
