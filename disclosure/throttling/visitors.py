"""Who knocks, for the limits on attempts: an address, never kept as such."""

import ipaddress

from django.http import HttpRequest


def network_of(given: str) -> str:
    """The address as the limits count it: of IPv6 the network, for one visitor has all of it."""
    try:
        address = ipaddress.ip_address(given.partition("%")[0])
    except ValueError:
        return given
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def visitor(request: HttpRequest) -> str:
    """Who sent this request, as the limits count it."""
    return network_of(getattr(request, "client_address", ""))
