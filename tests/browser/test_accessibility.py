"""By keyboard alone, as many have to: look something up, ask for what is not there, follow it. And
the pages of an own request, which no list of addresses reaches, held to the same rules."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.casework import AGENCY, fill_in, follow
from tests.browser.seeing import UNSEEN, faults, violations
from tests.request_factories import RESIDENT_ID


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus; the way there is as long as the page."""
    stops = page.locator("a[href], button, input, select, textarea, summary").count()
    for _stop in range(stops + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached on {page.url}")


def test_look_something_up_by_keyboard(page: Page) -> None:
    page.goto("/")
    tab_to(page, "main [name=q]")
    page.keyboard.type("预算")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("article.result").first).to_be_visible()

    page.goto("/catalogue/")
    tab_to(page, ".filters [name=agency]")
    page.keyboard.press("ArrowDown")  # from all agencies to the first
    tab_to(page, ".filters button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/catalogue/?*agency={AGENCY}*")
    tab_to(page, ".chips a")
    page.keyboard.press("Enter")
    expect(page.locator(".chips a")).to_have_count(0)

    tab_to(page, "article.result a")
    page.keyboard.press("Enter")
    expect(page.locator("article.doc h1")).to_be_visible()
    tab_to(page, ".qr summary")
    with page.expect_response("**/?qr") as drawing:
        page.keyboard.press("Enter")
    assert drawing.value.headers["content-type"] == "image/svg+xml"
    expect(page.locator(".qr img")).to_be_visible()


def test_ask_by_keyboard(page: Page) -> None:
    page.goto("/requests/new/")
    for name, keys in (
        ("applicant_kind", "Space"),
        ("name", "示例申请人"),
        ("id_number", RESIDENT_ID),
        ("phone", "13800000000"),
        ("information_name", "键盘申请的信息"),
        ("description", "请提供最新版本。"),
        ("declaration", "Space"),
    ):
        tab_to(page, f"#request-form [name={name}]")
        if keys == "Space":
            page.keyboard.press("Space")
        else:
            page.keyboard.insert_text(keys)
    # The rest is missing: the summary takes the focus, and its links lead to the fields.
    tab_to(page, "#request-form [type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.field.error') !== null")


def test_pages_of_an_own_request(new_page: Callable[..., Page]) -> None:
    """The form with its errors, the review, the receipt, the request itself."""
    page = new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    found: list[str] = []

    def look() -> None:
        found.extend(faults(page) + violations(page))
        found.extend(f"{page.url}: {fault}" for fault in page.evaluate(UNSEEN))

    fill_in(page, "")
    page.click("#request-form [type=submit]")
    expect(page.locator("#error-summary")).to_be_visible()
    look()
    page.fill("#request-form [name=information_name]", "示例信息")
    page.check("[name=declaration]")
    page.click("#request-form [type=submit]")
    expect(page.locator("#review-form")).to_be_visible()
    look()
    page.click("#review-form [type=submit]:not([name])")
    page.wait_for_url("**/requests/receipt/")
    look()
    number, code = page.inner_text("#request-number"), page.inner_text("#access-code")
    follow(page, number, code)
    look()
    assert found == []
