"""What a screen reader, a keyboard and a finger need of a page, and whether it fits its window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Answers with what is wrong inside the selector, in words; what concerns the page as a whole is
#: looked at with "body" alone. Admin's own frame is Django's: of its pages "#content" is ours.
FAULTS = """(scope) => {
  const found = [];
  const root = document.querySelector(scope);
  const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0;
  const all = (selector) => [...root.querySelectorAll(selector)];
  const named = (e) => e.outerHTML.slice(0, 120);

  if (scope === "body") {
    if (all("main").length !== 1) found.push(`${all("main").length} main landmarks`);
    const skip = document.querySelector("body > a:first-child");
    if (!skip || !document.querySelector(skip.getAttribute("href"))) found.push("no skip link");
    const outside = [...document.body.children].filter(
      (e) => shown(e) && e !== skip && !e.matches("header, nav, main, footer, section, .utility"));
    found.push(...outside.map((e) => `outside every landmark: ${named(e)}`));
  }

  const ids = all("[id]").map((e) => e.id);
  found.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id twice: ${id}`));
  for (const name of ["aria-describedby", "aria-labelledby", "for"])
    for (const e of all(`[${name}]`))
      for (const id of e.getAttribute(name).split(/\\s+/))
        if (!ids.includes(id)) found.push(`${name} names ${id}, which is not there`);

  for (const e of all("input:not([type=hidden], [type=submit]), select, textarea"))
    if (!e.labels.length && !e.ariaLabel) found.push(`no label: ${named(e)}`);
  for (const e of all("a[href], button"))
    if (!(e.ariaLabel || e.textContent).trim()) found.push(`no text: ${named(e)}`);

  let level = 0;
  for (const e of all("h1, h2, h3, h4, h5, h6")) {
    if (Number(e.tagName[1]) > level + 1) found.push(`skips a level: ${named(e)}`);
    level = Number(e.tagName[1]);
  }

  // 24 px each way (WCAG 2.2, 2.5.8); the line height limits links inside a sentence. On staff's
  // pages, which are full of lists, room enough around a smaller target does as well.
  const inText = (e) => getComputedStyle(e).display === "inline"
    && e.parentElement.textContent.trim() !== e.textContent.trim();
  const targets = all("a[href], button, summary, select, textarea, input:not([type=hidden])")
    .filter((e) => shown(e) && !inText(e)).map((e) => {
      const label = /radio|checkbox/.test(e.type) && e.labels.length ? e.labels[0] : e;
      const box = label.getBoundingClientRect();
      const small = Math.min(box.width, box.height) < 24;
      return { e, box, small, x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
  const crowds = (one, other) => one !== other && (other.small
    ? Math.hypot(one.x - other.x, one.y - other.y) < 24
    : Math.hypot(Math.max(other.box.left - one.x, 0, one.x - other.box.right),
                 Math.max(other.box.top - one.y, 0, one.y - other.box.bottom)) < 12);
  for (const one of targets.filter((each) => each.small))
    if (scope === "body" || targets.some((other) => crowds(one, other)))
      found.push(`${one.box.width.toFixed()} × ${one.box.height.toFixed()} px: ${named(one.e)}`);
  return found;
}"""


#: What cannot be seen to have the focus, by itself or in what stands around it.
UNSEEN = """() => {
  const stops = [...document.querySelectorAll(
    "a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter((e) => !e.disabled && e.checkVisibility() && e.getClientRects().length > 0);
  const found = stops.filter((e) => e.tabIndex > 0).map((e) => `out of order: ${e.outerHTML}`);
  for (const e of stops) {
    e.focus({ preventScroll: true, focusVisible: true });
    if (document.activeElement !== e) found.push(`no stop: ${e.outerHTML}`);
    const seen = [e, e.closest("label")].filter(Boolean).map((one) => getComputedStyle(one))
      .some((look) => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2);
    if (!seen) found.push(`no focus to be seen: ${e.outerHTML}`);
  }
  document.activeElement.blur();
  return found.map((each) => each.slice(0, 140));
}"""

#: Chinese on an English page that does not say that it is Chinese: it would be read as noise. A
#: term in brackets after its English, as in "Rules (规章)", may stay.
CHINESE = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim().replace(/ \\(\\p{Script=Han}+\\)/gu, "");
    const here = texts.currentNode.parentElement;
    if (/\\p{Script=Han}/u.test(text) && !here.closest("[lang]").lang.startsWith("zh")
        && !here.closest("script, option")) found.push(`Chinese as English: ${text.slice(0, 60)}`);
  }
  return found;
}"""
AXE = Axe()
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, or against these rules of its alone."""
    options = {"resultTypes": ["violations"], "runOnly": list(rules or STANDARD)}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{page.url}: axe: {each['id']}: {node['html'][:120]}"
        for each in found
        for node in each["nodes"][:3]
    ]


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def fits(page: Page) -> bool:
    """Nothing makes the page wider than its window."""
    return too_wide(page) <= 0


def faults(page: Page, scope: str = "body") -> list[str]:
    """What is wrong with the page as it is shown now; nothing of it, best of all."""
    # A click may just have led to another page.
    page.wait_for_load_state()
    found = list(page.evaluate(FAULTS, scope))
    if (wide := too_wide(page)) > 0:
        found.append(f"{wide} px too wide")
    return [f"{page.url}: {fault}" for fault in found]
