"""Every public page is valid HTML: each address of the resolver, in both languages, parsed without
an error and held to the rules of `html_rules`."""

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.matrices.site import addresses, filled, make_things
from tests.portal.html_rules import faults

#: Questions that lead to what the bare address does not show.
ASKED = (
    "/catalogue/?q=示例&category=general&agency=HERE",
    "/catalogue/?date_from=nonsense&sort=x",
    "/catalogue/?q=zzzz",
    "/search/?q=示例",
    "/search/?q=zzzz",
    "/deadline/?received=2026-02-10",
    "/deadline/?received=nonsense",
    "/no-such-page/",
)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>a</b></p>", "unexpected-end-tag"),
        ('<p id="a"></p><p id="a"></p>', "id 'a': 2 times"),
        ('<label for="x">a</label>', "names x, which is not there"),
        ("<h3>a</h3>", "h3 after h1"),
        ('<input name="a">', "no label: input a"),
        ("<a href='/'><button>a</button></a>", "button inside"),
        ('<img src="a.png">', "no alt: a.png"),
        ("<p>办公室</p>", "Chinese as English"),
        ('<p style="color: red">a</p>', "style on p"),
        ("<table><tr><td>a</td></tr></table>", "without heads"),
    ],
)
def test_the_rules_find_what_is_wrong(html: str, fault: str) -> None:
    page = (
        '<!doctype html><html lang="en"><head><title>a</title></head>'
        "<body><main><h1>a</h1>{}</main></body></html>"
    )
    assert faults(page.format('<p lang="zh-Hans">办公室</p>')) == []
    assert [each for each in faults(page.format(html)) if fault in each] != []


@pytest.mark.django_db
def test_every_page() -> None:
    things: dict[type[Model], Model] = make_things()
    client, found, pages = Client(), [], 0
    for language, prefix in (("zh-hans", ""), ("en", "/en")):
        with override(language):
            asked = [
                reverse(address.name, kwargs=filled(address, things))
                for address in addresses()
                if not address.name.startswith("admin:")
            ]
        for url in (*asked, *(prefix + address for address in ASKED)):
            answer = client.get(url)
            if answer.streaming:
                for _part in answer.streaming_content:
                    pass
                continue
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            if not answer.content:
                continue
            pages += 1
            found += [f"{url}: {fault}" for fault in faults(answer.content.decode())]
    assert found == []
    assert pages > 80
