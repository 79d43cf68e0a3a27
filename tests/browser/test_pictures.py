"""The pictures of the docs, taken from the running portal: `SCREENSHOTS=docs/images make test
ARGS="--only browser -k pictures"` renews them. Every run takes them, so that they can be taken."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PICTURES

#: A picture is for a glance; more than this does not belong into a repository.
MOST_BYTES = 150_000


def take(page: Page, name: str) -> None:
    """The window as it is, as a small JPEG."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = PICTURES / f"{name}.jpg"
    page.evaluate("document.fonts.ready")
    page.screenshot(path=picture, type="jpeg", quality=72)
    assert 10_000 < picture.stat().st_size < MOST_BYTES


def test_pictures_of_the_public_pages(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1200, "height": 800})
    page.goto("/")
    take(page, "front")


@pytest.mark.parametrize("account", ["handler"])
def test_pictures_of_the_staff_pages(sign_in: Callable[[str], Page], account: str) -> None:
    page = sign_in(account)
    page.set_viewport_size({"width": 1200, "height": 800})
    take(page, "staff-start")
    page.locator(".todo a").first.click()
    page.locator(".case").wait_for()
    take(page, "staff-case")
