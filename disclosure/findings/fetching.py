"""Asking whether a web address answers, without ever asking an address of our own network.

The name is resolved once, every address it has is tested, and the connection goes to the one that
was tested: so a name that changes its mind between (DNS rebinding) gains nothing, and a redirect
is tested like the first address.
"""

import http.client
import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.utils.encoding import iri_to_uri

TIMEOUT = 5
_AGENT = "DisclosurePortal-LinkCheck/1"
#: Answers that do not mean that the page is gone.
_ALIVE_ANYWAY = frozenset({401, 403, 405, 406, 408, 425, 429, 451, 501, 503})
#: Their last 32 bits are an IPv4 address: NAT64, and the old "IPv4-compatible" ones.
_WITH_IPV4 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))


class NotPublicAddress(OSError):
    """The name leads to an address that is not on the public Internet."""


def public_addresses(host: str, port: int) -> list[tuple[Any, ...]]:
    """What `host` resolves to; raises NotPublicAddress when any of it is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_kind, address in found:
        ip = ipaddress.ip_address(str(address[0]).partition("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        if any(not one.is_global or one.is_multicast for one in (mapped, *_inside(mapped))):
            raise NotPublicAddress(host)
    return list(found)


def _inside(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an address of a transition (NAT64, 6to4, Teredo) leads to."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found = [ip.sixtofour, *(ip.teredo or ())]
    if any(ip in network for network in _WITH_IPV4):
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def _connect(
    address: tuple[str, int], timeout: float | None = TIMEOUT, source_address: Any = None
) -> socket.socket:
    """As socket.create_connection, to public addresses alone."""
    error: OSError | None = None
    for family, kind, protocol, _name, where in public_addresses(*address):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.connect(where)
        except OSError as refused:
            connection.close()
            error = refused
        else:
            return connection
    raise error or OSError(f"no address for {address[0]}")


class _Http(http.client.HTTPConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connect


class _Https(http.client.HTTPSConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connect


class _HttpHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_Http, req)


class _HttpsHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_Https, req, context=ssl.create_default_context())


def _opener() -> urllib.request.OpenerDirector:
    """Web addresses alone: no files, no FTP, no proxies."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        _HttpHandler(),
        _HttpsHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def in_ascii(url: str) -> str:
    """The address as it goes over the line: texts have names and paths in Chinese. ValueError
    where the name cannot be written so."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    return iri_to_uri(urlunsplit((parts.scheme, host + port, parts.path, parts.query, "")))


def answers(url: str) -> bool | None:
    """Whether anything answers there: HEAD, then GET. None: an address that is not to be asked."""
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(  # noqa: S310  (the opener knows web addresses alone)
                in_ascii(url), method=method, headers={"User-Agent": _AGENT}
            )
            response = _opener().open(request, timeout=TIMEOUT)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _ALIVE_ANYWAY:
                return True
        except urllib.error.URLError as error:
            if isinstance(error.reason, NotPublicAddress):
                return None
        except NotPublicAddress:
            return None
        except (OSError, http.client.HTTPException, ValueError):
            pass
        else:
            if response is not None:
                response.close()
                return True
            return None
    return False
