"""Every address × role, from the resolver itself: a new address without a row fails."""

import re
from collections.abc import Iterable
from unittest import mock

from django.db.models import Model
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import (
    User,
)
from tests.factories import (
    make_agency,
    make_user,
)
from tests.matrices.site import addresses, filled
from tests.matrices.table import compare, written

LEGEND = (
    "The answer to a GET for a thing of the agency HERE: its status, and where a redirect leads.\n"
    "Columns: nobody; one role at HERE; every role at another agency; no role.\n"
    "Written by `UPDATE_MATRICES=1 pytest tests/matrices`; review every change."
)


def told(client: Client, url: str) -> str:
    """The status of a GET, with the way of a redirect."""
    response = client.get(url)
    if response.streaming:
        for _part in response.streaming_content:  # read to its end, so that the file is closed
            pass
    place = response.headers.get("Location", "")
    if not place:
        return str(response.status_code)
    place = re.sub(r"\?.*", "?…", place)
    return f"{response.status_code} {place}"


def answers(clients: Iterable[Client], url: str) -> list[str]:
    """What each is told; the page itself is written for the first one who may see it alone."""
    found: list[str] = []
    for client in clients:
        if "200" in found:
            with mock.patch.object(Template, "render", return_value=""):
                found.append(told(client, url))
        else:
            found.append(told(client, url))
    return found


def test_addresses(things: dict[type[Model], Model]) -> None:
    there = make_agency("THERE", name="外地示例机关")
    people: dict[str, User | None] = {"anonymous": None}
    for role in Role:
        people[role.value] = make_user(role, agency=things[type(there)], username=role.value)
    people["all (other agency)"] = make_user(*Role, agency=there, username="elsewhere")
    people["no role"] = make_user(username="nobody")
    clients = {}
    for name, person in people.items():
        clients[name] = Client(raise_request_exception=True)
        if person is not None:
            clients[name].force_login(person, backend="disclosure.agencies.backends.RoleBackend")
    rows: dict[str, list[str]] = {}
    for address in addresses():
        if address.name in {"admin:logout"}:
            rows[address.name] = ["POST only"] * len(clients)
            continue
        url = (
            reverse(address.name, kwargs=filled(address, things))
            if not address.name.endswith("None")
            else "/" + re.sub(r"\W+\(\?P.*", "nothing", address.route)
        )
        rows[address.name] = answers(clients.values(), url)
    compare(
        "addresses",
        f"# Addresses × roles\n\n{LEGEND}",
        written("address", list(clients), dict(sorted(rows.items()))),
    )
