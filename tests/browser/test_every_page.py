"""Every public page in chromium, each visited once in each language: it loads without a complaint
(see conftest), can be read and operated, and fits every window, 大字版 too. Chinese pages with
scripts, English ones without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.casework import today
from tests.browser.seeing import CHINESE, UNSEEN, faults, too_wide, violations

#: An address of each page kind, with the demonstration content behind it.
PAGES = [
    "/",
    "/guide/",
    "/rules/",
    "/agencies/LNRF/guide/",
    "/catalogue/",
    "/catalogue/?q=%E9%A2%84%E7%AE%97",
    "/catalogue/?q=zzzz&agency=LNRF",
    "/catalogue/?date_from=nonsense",
    "/catalogue/LNRF/2019-00001/",
    "/catalogue/LNRF/2019-00001/?changes=all",
    "/catalogue/LNRF/2023-00006/",
    "/search/",
    "/search/?q=%E5%85%AC%E5%BC%80",
    "/search/?q=zzzz",
    "/agencies/",
    "/agencies/LNRF/",
    "/annual-reports/",
    f"/annual-reports/LNRF/{today().year - 1}/",
    "/figures/",
    "/standards/",
    "/screen/",
    "/withheld/",
    "/on-request/",
    "/log/",
    "/open-data/",
    "/requests/new/",
    "/requests/track/",
    "/requests/code/",
    "/verify/",
    "/deadline/",
    "/deadline/?received=2026-02-10",
    "/site-map/",
    "/privacy/",
    "/accessibility/",
]
GONE = {
    "/no-such-page/": 404,
    "/verify/0000-0000-0000-0000/": 404,
    "/catalogue/LNRF/2017-00015/": 410,
}
#: What the others are made of too: axe looks at these in English and in the dark as well.
TYPICAL = {
    "/",
    "/catalogue/",
    "/catalogue/LNRF/2023-00006/",
    "/figures/",
    "/log/",
    "/requests/new/",
    "/deadline/?received=2026-02-10",
}
ADDRESSES = dict.fromkeys(PAGES, 200) | GONE
#: A frame of its own, without navigation.
BARE = {"/screen/"}
#: The narrowest is 1280 px at 400 % (WCAG 1.4.10).
WIDTHS = (1440, 768, 320)
SMALL = {"width": 360, "height": 740}
LARGE = "document.documentElement.classList.toggle('large')"


def wrong_with(page: Page, address: str, status: int, *, english: bool) -> list[str]:
    """What is wrong with the page, each thing in words; begins and ends in a small window."""
    answer = page.goto(("/en" if english else "") + address)
    if answer is None or answer.status != status:
        return [f"{address}: {answer and answer.status}"]
    found = [] if address in BARE else faults(page)
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} headings of the first level")
    if not page.title().strip():
        found.append("no title")
    language = page.locator("html").get_attribute("lang")
    if language != ("en" if english else "zh-Hans"):
        found.append(f"language {language}")
    found += page.evaluate(UNSEEN)
    if english:
        found += page.evaluate(CHINESE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        if (wide := too_wide(page)) > 0:
            found.append(f"{wide} px too wide for {width}")
    page.evaluate(LARGE)
    if (wide := too_wide(page)) > 0:
        found.append(f"{wide} px too wide in large print")
    page.evaluate(LARGE)
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    return [f"{page.url}: {fault}" for fault in found]


def test_chinese_pages(new_page: Callable[..., Page]) -> None:
    # Without motion no colour is caught half-way.
    page = new_page(viewport=SMALL, reduced_motion="reduce")
    found = []
    for address, status in ADDRESSES.items():
        found += wrong_with(page, address, status, english=False)
        found += violations(page)
        if address in TYPICAL:
            page.emulate_media(color_scheme="dark")
            found += violations(page, "color-contrast")
            page.emulate_media(color_scheme="light")
    assert found == []


def test_english_pages_without_scripts(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=SMALL, java_script_enabled=False)
    found = []
    for address, status in ADDRESSES.items():
        found += wrong_with(page, address, status, english=True)
    with_scripts = new_page(viewport=SMALL)
    for address in sorted(TYPICAL):
        with_scripts.goto("/en" + address)
        found += violations(with_scripts)
    assert found == []


@pytest.mark.parametrize("display", ["large", "contrast"])
def test_pages_as_the_reader_chose(new_page: Callable[..., Page], display: str) -> None:
    """The choice is made on the page and kept; colours forced by the system change nothing."""
    page = new_page(forced_colors="active", reduced_motion="reduce")
    page.goto("/catalogue/LNRF/2023-00006/")
    page.click(f".utility a[href$='to={display}']")
    page.wait_for_url("**/catalogue/LNRF/2023-00006/")
    assert page.locator(f"html.{display}").count() == 1
    found = violations(page) + faults(page)
    page.goto("/")
    found += violations(page) + faults(page)
    if display == "large":
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
        assert page.locator(".utility a[href^='tel:']").is_visible()
    assert found == []


def test_pages_in_the_dark(new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme="dark")
    page.goto("/")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    text, ground = (sum(map(int, c[c.index("(") + 1 : -1].split(",")[:3])) for c in colours)
    assert text > ground, f"light text on a dark ground was expected: {colours}"
