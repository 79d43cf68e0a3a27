"""Published, revised, withdrawn: an anonymous reader sees it on the very next request."""

from collections.abc import Callable

import pytest
from django.test import Client

from disclosure.core.dates import now
from disclosure.models import Publication
from disclosure.publications import actions, exporting
from tests import factories as f
from tests.disclosure.life.making import Cast

pytestmark = pytest.mark.django_db
TITLE = "独一无二的标题"


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


def _page(address: str) -> Callable[[Client, Publication], str]:
    return lambda client, item: client.get(address).content.decode()


def _neighbours(client: Client, item: Publication) -> str:
    other = Publication.objects.visible_to_public(now()).exclude(pk=item.pk).first()
    assert other is not None
    return client.get(other.get_absolute_url()).content.decode()


def _export(client: Client, item: Publication) -> str:
    return "".join(record["title"] for record in exporting.records())


def _sitemap(client: Client, item: Publication) -> str:
    index = client.get("/sitemap.xml").content.decode()
    if "<sitemapindex" not in index:
        found = index
    else:
        found = "".join(
            client.get(part.split("</loc>")[0].replace("http://testserver", "")).getvalue().decode()
            for part in index.split("<loc>")[1:]
        )
    return TITLE if item.get_absolute_url() in found else ""


PLACES = {
    "front page": _page("/"),
    "catalogue": _page("/catalogue/"),
    "search": _page(f"/search/?q={TITLE}"),
    "agency": _page("/agencies/SL/"),
    "neighbours": _neighbours,
    "export": _export,
    "sitemap": _sitemap,
    "feed": _page("/feeds/publications.atom"),
}


@pytest.mark.parametrize("place", PLACES)
def test_it_comes_and_goes_at_once(client: Client, cast: Cast, place: str) -> None:
    def seen() -> bool:
        # The search repeats what was asked for.
        return f"{TITLE}</a>" in text() if place == "search" else TITLE in text()

    def text() -> str:
        return PLACES[place](client, item).replace(f"<mark>{TITLE}</mark>", TITLE)

    f.make_publication("另一件", agency=cast.agency)
    item = cast.draft(TITLE)
    cast.out(item, "sign_off")
    assert not seen()
    actions.take(item, "publish", actor=cast.publisher)
    assert seen()
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    assert not seen()


def test_the_item_itself_with_an_etag_in_hand(client: Client, cast: Cast) -> None:
    item = cast.out(cast.draft("旧标题"))
    first = client.get(item.get_absolute_url())
    headers = {
        name: first[header]
        for name, header in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified"))
        if header in first
    }
    item = cast.revised(item, title="新标题")
    second = client.get(item.get_absolute_url(), headers=headers)
    assert second.status_code == 200
    assert "新标题" in second.content.decode()
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    assert client.get(item.get_absolute_url(), headers=headers).status_code == 410


def test_its_files_go_with_it(client: Client, cast: Cast) -> None:
    draft = cast.draft()
    address = f.make_attachment(draft).get_absolute_url()
    item = cast.out(draft)
    answer = client.get(address)
    assert answer.status_code == 200
    b"".join(answer.streaming_content)
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    gone = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert gone.status_code in (404, 410)
