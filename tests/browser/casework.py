"""How people get through the pages of a request: the citizen's form, the staff's steps."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.seeing import fits
from tests.factories import PDF
from tests.request_factories import RESIDENT_ID

AGENCY = "LNRF"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
CASES = "/admin/requests_app/disclosurerequest/"
SUBMIT = "#content-main .submit-row [type=submit]"


def today() -> dt.date:
    return dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def in_chinese(day: str) -> str:
    """How a letter writes a day."""
    date = dt.date.fromisoformat(day)
    return f"{date.year}年{date.month}月{date.day}日"


# --- the citizen -----------------------------------------------------------------------------


def fill_in(page: Page, name: str) -> None:
    """The request form of a natural person who asks for `name`."""
    page.goto("/requests/new/")
    page.check("#request-form [name=applicant_kind][value=natural_person]")
    page.fill("#request-form [name=name]", "示例申请人")
    page.select_option("#request-form [name=id_type]", "resident_id")
    page.fill("#request-form [name=id_number]", RESIDENT_ID)
    page.fill("#request-form [name=phone]", "13800000000")
    page.select_option("#request-form [name=agency]", AGENCY)
    page.fill("#request-form [name=information_name]", name)
    page.fill("#request-form [name=description]", "请提供该信息的最新版本。")
    page.check("#request-form [name=form][value=electronic]")
    page.check("#request-form [name=channel][value=online]")


def send(page: Page) -> tuple[str, str]:
    """From the filled-in form over its review to the receipt: number and access code."""
    page.check("[name=declaration]")
    page.click("#request-form [type=submit]")
    expect(page.locator("#review-form")).to_be_visible()
    page.click("#review-form [type=submit]:not([name])")
    page.wait_for_url("**/requests/receipt/")
    return page.inner_text("#request-number"), page.inner_text("#access-code")


def follow(page: Page, number: str, code: str) -> None:
    """Open the request with number and code."""
    page.goto("/requests/track/")
    page.fill("#track-form [name=number]", number)
    page.fill("#track-form [name=access_code]", code)
    page.click("#track-form [type=submit]")
    page.wait_for_url(f"**/requests/{number}/")


# --- staff -----------------------------------------------------------------------------------


@dataclass
class Case:
    """A request as staff work on it: each does what is theirs on a page of their own."""

    number: str
    sign_in: Callable[[str], Page]
    window: dict[str, int]
    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def seen_by(self, account: str) -> Page:
        """The case on the page of this account, found by its number where it is not known yet."""
        if account not in self.pages:
            self.pages[account] = self.sign_in(account)
            self.pages[account].set_viewport_size(self.window)  # type: ignore[arg-type]
        page = self.pages[account]
        if self.url:
            page.goto(self.url)
        else:
            page.goto(f"{CASES}?q={self.number}")
            page.locator("#result_list .field-number a").click()
            self.url = page.url
        expect(page.locator("h1")).to_contain_text(self.number)
        return page

    def take(self, account: str, step: str, **given: Any) -> Page:
        """Press the button of a step, fill in its form, and be back at the case."""
        page = self.seen_by(account)
        page.locator(f"[data-step={step}]").click()
        return self._given(page, given)

    def take_part(self, account: str, part: str, step: str, **given: Any) -> Page:
        """The same for a step that stands beside a part of the case: a party, a letter."""
        page = self.seen_by(account)
        page.locator(f"#{part} .part-steps a[href*='/{step}/']").last.click()
        return self._given(page, given)

    def decide(self, determination: str, **given: Any) -> Page:
        """What is decided on the only point; leads to the page of the draft."""
        page = self.choose(determination)
        enter(page, given)
        page.click("#content-main form[method=post] [type=submit]")
        expect(page.locator("#content-main.drafting .points .pill")).to_have_count(1)
        return page

    def choose(self, determination: str) -> Page:
        """As far as the form of a determination, with what stands against it now."""
        page = self.seen_by("handler")
        page.click("#points a[href$='/draft/']")
        page.click(".points a[href*='/points/1/']")
        choices = page.locator("#content-main form[method=get]")
        choices.locator(f"[value={determination}]").check()
        choices.locator("[type=submit]").click()
        expect(page.locator(f"[type=hidden][value={determination}]")).to_be_attached()
        return page

    def attach(self, name: str) -> None:
        """A file that goes with the answer, put in on the page of the draft."""
        page = self.pages["handler"]
        page.set_input_files(
            "[name=files]", {"name": name, "mimeType": "application/pdf", "buffer": PDF}
        )
        page.click(SUBMIT)
        expect(page.locator(".kept-files .kept")).to_contain_text(name)

    def answer(self, **given: Any) -> None:
        """A draft on which everything is decided: review, approval, issue, each by its person."""
        self.take("handler", "propose")
        self.take("reviewer", "pass_review", note="依据和表述无误。")
        self.take("head", "approve")
        self.take("handler", "issue", **given)

    def _given(self, page: Page, given: dict[str, Any]) -> Page:
        expect(page.locator(SUBMIT)).to_be_visible()
        enter(page, given)
        assert fits(page), page.url
        page.click(SUBMIT)
        expect(page.locator("#content-main.case")).to_be_visible()
        return page


def enter(page: Page, given: dict[str, Any]) -> None:
    """Fill in fields of a form by their names."""
    for name, value in given.items():
        found = page.locator(f"#content-main [name={name}]")
        if found.first.evaluate("element => element.tagName") == "SELECT":
            found.select_option(value)
        elif found.first.get_attribute("type") in {"checkbox", "radio"}:
            page.check(f"#content-main [name={name}][value={value}]")
        else:
            found.fill(str(value))


def words_of(text: str) -> str:
    """Without the breaks and spaces that a page puts in."""
    return re.sub(r"\s", "", text)
