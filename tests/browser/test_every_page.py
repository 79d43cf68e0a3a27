"""Every public page in chromium: it loads without a complaint (see conftest), has one heading, and
fits the narrowest window, with JavaScript or without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.casework import today
from tests.browser.seeing import too_wide

PAGES = [
    "/",
    "/guide/",
    "/rules/",
    "/catalogue/",
    "/catalogue/?q=%E9%A2%84%E7%AE%97",
    "/catalogue/?date_from=nonsense",
    "/search/?q=%E5%85%AC%E5%BC%80",
    "/agencies/",
    "/annual-reports/",
    f"/annual-reports/LNRF/{today().year - 1}/",
    "/figures/",
    "/requests/new/",
    "/requests/track/",
    "/requests/code/",
    "/verify/",
    "/verify/0000-0000-0000-0000/",
    "/deadline/",
    "/deadline/?received=2026-02-10",
    "/site-map/",
    "/privacy/",
    "/no-such-page/",
]


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the page: status, heading, title, language, or too wide."""
    answer = page.goto(address)
    status = answer.status if answer else None
    if status != (404 if "no-such-page" in address or "0000" in address else 200):
        return [f"{address}: {status}"]
    found = []
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{address}: {headings} headings of the first level")
    if not page.title().strip():
        found.append(f"{address}: no title")
    language = page.locator("html").get_attribute("lang")
    if language != ("en" if address.startswith("/en/") else "zh-Hans"):
        found.append(f"{address}: language {language}")
    if (wide := too_wide(page)) > 0:
        found.append(f"{address}: {wide} px too wide")
    return found


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_pages_fit_the_window(new_page: Callable[..., Page], width: int, prefix: str) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    assert [fault for address in PAGES for fault in faults(page, prefix + address)] == []


def test_pages_work_without_javascript(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    for address in PAGES:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status < 500, address
        assert page.locator("h1").is_visible(), address


def test_pages_in_the_dark(new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme="dark")
    page.goto("/")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    text, ground = (sum(map(int, c[c.index("(") + 1 : -1].split(",")[:3])) for c in colours)
    assert text > ground, f"light text on a dark ground was expected: {colours}"
