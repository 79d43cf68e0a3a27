"""What a screen reader, a keyboard and a finger need of every public page, and what can slip away
unseen: landmarks, names of controls, order of headings, size of targets, focus after an error."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import PAGES
from tests.browser.test_journeys import fill_in, fits

#: Answers with what is wrong with the page, in words.
FAULTS = """() => {
  const found = [];
  const shown = (e) => e.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = (e) => e.outerHTML.slice(0, 120);

  if (all("main").length !== 1) found.push(`${all("main").length} main landmarks`);
  const skip = document.querySelector("body > a:first-child");
  if (!skip || !document.querySelector(skip.getAttribute("href"))) found.push("no skip link");
  const outside = [...document.body.children].filter(
    (e) => shown(e) && e !== skip && !e.matches("header, nav, main, footer, section, .utility"));
  found.push(...outside.map((e) => `outside every landmark: ${named(e)}`));

  const ids = all("[id]").map((e) => e.id);
  found.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id twice: ${id}`));
  for (const name of ["aria-describedby", "aria-labelledby", "for"])
    for (const e of all(`[${name}]`))
      for (const id of e.getAttribute(name).split(/\\s+/))
        if (!ids.includes(id)) found.push(`${name} names ${id}, which is not there`);

  for (const e of all("input:not([type=hidden]), select, textarea"))
    if (!e.labels.length && !e.ariaLabel) found.push(`no label: ${named(e)}`);
  for (const e of all("a[href], button"))
    if (!(e.ariaLabel || e.textContent).trim()) found.push(`no text: ${named(e)}`);

  let level = 0;
  for (const e of all("h1, h2, h3, h4, h5, h6")) {
    if (Number(e.tagName[1]) > level + 1) found.push(`skips a level: ${named(e)}`);
    level = Number(e.tagName[1]);
  }

  // 24 px each way (WCAG 2.2, 2.5.8); the line height limits links inside a sentence.
  const inText = (e) => getComputedStyle(e).display === "inline"
    && e.parentElement.textContent.trim() !== e.textContent.trim();
  for (const e of all("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    const box = (/radio|checkbox/.test(e.type) ? e.labels[0] : e).getBoundingClientRect();
    if (shown(e) && !inText(e) && Math.min(box.width, box.height) < 24)
      found.push(`${Math.round(box.width)} × ${Math.round(box.height)} px: ${named(e)}`);
  }
  return found;
}"""


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_pages_can_be_read_and_operated(
    new_page: Callable[..., Page], script: bool, prefix: str
) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    found = []
    for address in PAGES:
        page.goto(prefix + address)
        found += [f"{prefix}{address}: {fault}" for fault in page.evaluate(FAULTS)]
    assert found == []


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
    handler.fill("[name=information_name]", "https://example.invalid/" + "x" * 120)
    handler.click("#request-form [type=submit]")
    handler.wait_for_url("**/slip/")
    number, code = handler.inner_text("#request-number"), handler.inner_text("#access-code")
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto("/display/?to=large&next=/requests/track/")
    page.fill("#track-form [name=number]", number)
    page.fill("#track-form [name=access_code]", code)
    page.click("#track-form [type=submit]")
    page.wait_for_url(f"**/requests/{number}/")
    assert fits(page)
    page.evaluate(
        "() => { const spaced = new CSSStyleSheet(); spaced.replaceSync("
        "'* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important }'); document.adoptedStyleSheets = [spaced] }"
    )
    assert fits(page)
