"""Who has not opened a request learns nothing of it, not even that it exists.

Over every public address under `/requests/` and `/verify/`, from the resolver: what is there and
what is not are answered alike, with the same status and the same body up to what was typed. A new
address without a row fails.
"""

import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from requests_app import actions, code_links, uploads
from requests_app.actions import Receipt
from requests_app.letters import issuing
from requests_app.models import DisclosureRequest
from requests_app.tracking.steps import STEPS
from requests_app.uploads import Upload
from tests.applicants import WRONG, held_back, open_request
from tests.factories import PDF, make_agency
from tests.matrices.site import Address, addresses
from tests.request_factories import answer_request, decide_all, make_receipt

pytestmark = pytest.mark.django_db

NO_NUMBER = "SL-2026-9999"
NO_UUID = uuid.UUID("00000000-0000-4000-8000-000000000000")
SECRETS = ("示例乙", "别人的信息", "别人的.pdf", "内部的.pdf", "示例第三方", "公开内容.pdf")


@dataclass(frozen=True)
class World:
    """My request, which I have opened; another's, answered; mine with what is held back."""

    mine: DisclosureRequest
    held: DisclosureRequest
    drafted: DisclosureRequest
    other: DisclosureRequest
    me: Client
    stranger: Client


@dataclass(frozen=True)
class Try:
    """The same request for what is there and for what is not: (kwargs, data) each."""

    there: dict[str, Any]
    missing: dict[str, Any]
    method: str = "get"
    there_data: dict[str, Any] = field(default_factory=dict)
    missing_data: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    # What a letter's file looks like is told elsewhere.
    monkeypatch.setattr("requests_app.letters.pdf.render", lambda document: PDF)
    monkeypatch.setattr("requests_app.letters.docx.render", lambda document: b"PK")
    agency = make_agency("SL", name="示例省办公室")
    mine, held, drafted = (make_receipt(agency) for _each in range(3))
    other = make_receipt(
        agency, name="示例乙", phone="13900000000", information_name="别人的信息", description=""
    )
    _answered(other)
    me = Client()
    for receipt in (mine, held, drafted):
        open_request(me, receipt)
    held_back(held)
    _drafted(drafted)
    found = DisclosureRequest.objects.in_bulk()
    mine_, held_, drafted_, other_ = (
        found[each.request.pk] for each in (mine, held, drafted, other)
    )
    return World(mine_, held_, drafted_, other_, me, Client())


def _answered(receipt: Receipt) -> None:
    staged = uploads.stage("a-token-of-another-person", Upload("别人的.pdf", PDF))
    actions.take(receipt.request, "add_files", files=[staged], staged=[staged])
    request = answer_request(actions.take(receipt.request, "register"))
    for letter in request.letters.all():
        issuing.make_files(letter)


def _drafted(receipt: Receipt) -> None:
    """Drafted and with legal review; a letter to a third party went out."""
    request = actions.take(receipt.request, "register")
    actions.take(request, "ask_third_party", name="示例第三方", text="请表示意见。")
    party = request.parties.get()
    actions.take(request, "third_party_answered", party=party, opinion="agrees", text="同意。")
    decide_all(request)
    actions.draft(request, actor=None, files=[Upload("内部的.pdf", PDF)])
    actions.take(request, "propose")
    for letter in request.letters.all():
        issuing.make_files(letter)


# --- what is tried at each address --------------------------------------------------------------
def _page(world: World) -> Iterator[Try]:
    yield Try({"number": world.other.number}, {"number": NO_NUMBER})
    yield Try({"number": world.other.number.lower()}, {"number": NO_NUMBER.lower()})


def _posted(world: World) -> Iterator[Try]:
    yield Try({"number": world.other.number}, {"number": NO_NUMBER}, "post")


def _step(world: World) -> Iterator[Try]:
    yield from _page(world)
    data = {"text": "示例。", "stars": "5", "form": "paper", "channel": "online"}
    yield Try({"number": world.other.number}, {"number": NO_NUMBER}, "post", data, data)


def _file(world: World) -> Iterator[Try]:
    theirs = world.other.files.get().uuid
    yield Try(
        {"number": world.other.number, "uuid": theirs}, {"number": NO_NUMBER, "uuid": NO_UUID}
    )
    for mine in (world.mine, world.held, world.drafted):
        missing = {"number": mine.number, "uuid": NO_UUID}
        yield Try({"number": mine.number, "uuid": theirs}, missing)
        for file in mine.files.all():
            # Held back, with the draft, or inner: all that mine have.
            yield Try({"number": mine.number, "uuid": file.uuid}, missing)


def _letter(world: World) -> Iterator[Try]:
    for form in ("pdf", "docx"):
        yield Try(
            {"number": world.other.number, "place": 1, "form": form},
            {"number": NO_NUMBER, "place": 1, "form": form},
        )
        # One letter is the applicant's (others are asked); those of the draft and of the third
        # party are not, whatever place is guessed.
        for place in (0, 2, 3):
            yield Try(
                {"number": world.drafted.number, "place": place, "form": form},
                {"number": world.drafted.number, "place": 99, "form": form},
            )


def _sign_for(world: World) -> Iterator[Try]:
    yield Try({"number": world.other.number, "place": 1}, {"number": NO_NUMBER, "place": 1}, "post")
    yield Try(
        {"number": world.drafted.number, "place": 2},
        {"number": world.drafted.number, "place": 99},
        "post",
    )


def _track(world: World) -> Iterator[Try]:
    yield Try(
        {},
        {},
        "post",
        {"number": world.other.number, "access_code": WRONG},
        {"number": NO_NUMBER, "access_code": WRONG},
    )


def _code(world: World) -> Iterator[Try]:
    yield Try(
        {},
        {},
        "post",
        {"number": world.other.number, "email": "someone@example.invalid"},
        {"number": NO_NUMBER, "email": "someone@example.invalid"},
    )
    yield Try(
        {},
        {},
        "post",
        {"number": world.other.number, "email": "a@example.invalid"},
        {"number": NO_NUMBER, "email": "a@example.invalid"},
    )


def _code_link(world: World) -> Iterator[Try]:
    token = code_links.code_link(world.other).rstrip("/").rpartition("/")[2]
    for method in ("get", "post"):
        yield Try({"token": f"{token}x"}, {"token": "nonsense"}, method)
        yield Try({"token": world.other.number}, {"token": NO_NUMBER}, method)


def _open(world: World) -> Iterator[Try]:
    """For everybody: it must only show nothing of anybody."""
    yield Try({}, {})


def _verify(world: World) -> Iterator[Try]:
    """A number or a place is no code, of an issued letter or of none."""
    letter = world.other.letters.get()
    for guess in (letter.number, f"{letter.pk:04}", world.other.number, letter.content_sha256[:24]):
        yield Try({"code": guess}, {"code": WRONG})


TRIES: dict[str, Callable[[World], Iterator[Try]]] = {
    "request-new": _open,
    "request-receipt": _open,
    "request-track": _track,
    "request-code": _code,
    "request-code-shown": _open,
    "request-code-link": _code_link,
    "request": _page,
    "request-leave": _posted,
    "request-suggest": _posted,
    "request-file": _file,
    "request-letter": _letter,
    "request-sign-for": _sign_for,
    **{step.url_name: _step for step in STEPS.values()},
    "verify": _open,
    "verify-letter": _verify,
}
PUBLIC = [each for each in addresses() if re.match(r"\^?(requests|verify)/", each.route)]


def told(client: Client, name: str, tried: Try, *, there: bool) -> tuple[int, str, str]:
    """Status, way and body of an answer, without what was typed and the page's own tokens."""
    kwargs = tried.there if there else tried.missing
    data = tried.there_data if there else tried.missing_data
    url = reverse(name, kwargs=kwargs)
    response: HttpResponse = getattr(client, tried.method)(url, data)
    body = response.content.decode()
    body = re.sub(r'name="(csrfmiddlewaretoken|submission_token|token)" value="[^"]*"', "", body)
    way = response.headers.get("Location", "")
    for value in (url, *map(str, [*kwargs.values(), *data.values()])):
        if len(value) < 3:
            continue
        for typed in (value, value.upper(), quote(value), quote(value, safe="")):
            body, way = body.replace(typed, "…"), way.replace(typed, "…")
    return response.status_code, way, body


@pytest.mark.parametrize("address", PUBLIC, ids=lambda address: address.name)
def test_what_is_there_and_what_is_not_are_answered_alike(world: World, address: Address) -> None:
    tries = list(TRIES[address.name](world))
    assert tries
    for client, tried in itertools.product((world.me, world.stranger), tries):
        there = told(client, address.name, tried, there=True)
        missing = told(client, address.name, tried, there=False)
        assert there == missing, tried
        for secret in (*SECRETS, world.other.number):
            assert secret not in there[2], (secret, tried)
    assert world.other.events.filter(kind__in=["withdrawn", "rated", "served"]).count() == 0


def test_the_table_names_no_address_that_is_gone() -> None:
    assert set(TRIES) == {address.name for address in PUBLIC}


def test_what_is_mine_is_there(world: World) -> None:
    """Else everything above would pass with everything closed."""
    page = world.me.get(world.held.get_absolute_url())
    assert page.status_code == 200
    url = reverse("request-letter", args=[world.drafted.number, 1, "pdf"])
    assert world.me.get(url).status_code == 200
    assert world.stranger.get(url).status_code == 404
