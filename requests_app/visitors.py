"""Who knocks, for the limits on attempts: an address, never kept as such."""

import ipaddress

from django.http import HttpRequest

from disclosure.throttling.limits import Limit

#: Generous, for a library or a law office is one address.
SUBMISSIONS = Limit("request-submitted", times=60, seconds=60 * 60)
FILES = Limit("request-file-kept", times=100, seconds=60 * 60)
#: Wrong pairs of number and code. An hour for each number, so that nobody can lock others out
#: for long; 80 random bits need no more.
WRONG_FROM_HERE = Limit("track-wrong-from", times=10, seconds=15 * 60)
WRONG_FOR_NUMBER = Limit("track-wrong-for", times=20, seconds=60 * 60)


def visitor(request: HttpRequest) -> str:
    """The address as the limits count it: of IPv6 the network, for one visitor has all of it."""
    given: str = getattr(request, "client_address", "")
    try:
        address = ipaddress.ip_address(given.partition("%")[0])
    except ValueError:
        return given
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
