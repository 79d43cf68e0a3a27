"""What a screen reader, a keyboard and a finger need of staff's pages, and of public ones what is
seen on the way alone: focus after an error, an own page in large print. Every public page:
`test_every_page.py`."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.casework import CASES, PHONE, fill_in, follow, today
from tests.browser.seeing import faults, fits


@pytest.mark.parametrize(
    ("account", "kinds"),
    [
        ("handler", "add register draft points/N preview cover ask_correction serve reveal"),
        ("head", "register overview notify_fee restrict"),
        ("auditor", "register overview access"),
    ],
    ids=["handler", "head", "auditor"],
)
def test_staff_pages_can_be_read_and_operated(
    sign_in: Callable[[str], Page], account: str, kinds: str
) -> None:
    """On a phone: lists, register, overview, a case in each state, and each kind of page that a
    case leads to (steps, draft, point, preview, cover …), once."""
    page = sign_in(account)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found = faults(page, "#content")
    waiting = addresses(page, "#content a")
    page.goto(CASES)
    states = page.locator("#result_list tbody tr").evaluate_all(
        "rows => rows.map(row => [row.querySelector('.field-state').textContent,"
        " row.querySelector('a').getAttribute('href')])"
    )
    waiting += [CASES, *addresses(page, ".object-tools a"), *dict(states).values()]
    seen = set()
    for address in waiting:
        kind = re.sub(r"\d+", "N", address.partition("?")[0])
        if not address.startswith(CASES) or (kind in seen and address not in dict(states).values()):
            continue
        seen.add(kind)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        found += faults(page, "#content")
        waiting += addresses(page, "#content a")
    assert found == []
    opened = " ".join(seen)
    assert [kind for kind in kinds.split() if f"/{kind}/" not in opened] == []


def addresses(page: Page, selector: str) -> list[str]:
    """Where links lead to that open a page, each once."""
    found = page.locator(selector).evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    no_page = re.compile(r"/(files|letters|casefile|xlsx|csv)/|^#|^mailto:")
    return [each for each in dict.fromkeys(found) if each and not no_page.search(each)]


def test_the_skip_link_leads_past_the_navigation(page: Page) -> None:
    page.goto("/catalogue/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_error_is_focused_and_leads_to_its_field(
    new_page: Callable[..., Page], script: bool
) -> None:
    """With the label and the message above the control in sight, not the control alone."""
    page = new_page(viewport={"width": 360, "height": 640}, java_script_enabled=script)
    fill_in(page, "")
    page.fill("#request-form [name=description]", "")
    page.click("#request-form [type=submit]")
    expect(page).to_have_title("填写有误：" + page.title().partition("：")[2])
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#error-summary a").first.press("Enter")
    field = page.locator(".field.error:has(:focus)")
    expect(field.locator("label").first).to_be_in_viewport(ratio=1)
    expect(field.locator(".message")).to_be_in_viewport(ratio=1)
    assert field.locator("[aria-invalid=true]").get_attribute("aria-describedby")


def test_an_own_page_fits_in_large_print(
    new_page: Callable[..., Page], sign_in: Callable[[str], Page]
) -> None:
    """The smallest phone, 大字版, and text spaced out as WCAG 1.4.12 has it."""
    handler = sign_in("handler")
    handler.goto("/admin/requests_app/disclosurerequest/add/")
    handler.select_option("[name=agency]", "LNRF")
    handler.check("[name=intake_channel][value=post]")
    handler.fill("[name=name]", "示例来信人")
    handler.fill("[name=postal_address]", "示例市示例路1号")
    handler.fill("[name=received_on]", today().isoformat())
    handler.fill("[name=information_name]", "https://example.invalid/" + "x" * 120)
    handler.click("#request-form [type=submit]")
    handler.wait_for_url("**/slip/")
    number, code = handler.inner_text("#request-number"), handler.inner_text("#access-code")
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto("/display/?to=large&next=/requests/track/")
    follow(page, number, code)
    assert fits(page)
    page.evaluate(
        "() => { const spaced = new CSSStyleSheet(); spaced.replaceSync("
        "'* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important }'); document.adoptedStyleSheets = [spaced] }"
    )
    assert fits(page)
