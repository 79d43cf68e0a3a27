"""The annual report from January's reminder to its correction: staff mend a figure that does not
add up, write, check, approve, submit and publish; a citizen reads it, takes the file along, and has
both editions afterwards."""

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.casework import DESKTOP, PHONE, SUBMIT, enter, today
from tests.browser.publishing import download, sound
from tests.browser.seeing import fits

SignIn = Callable[[str], Page]
NewPage = Callable[..., Page]
YEAR = today().year - 1
NEW = "requests.new.natural_person"
DONE = "requests.processed_total.natural_person"
TURNOVER = "第三项＋第四项＝第一项＋第二项"
RECEIVED = "本年新收政府信息公开申请"


class Report:
    """The report of an agency as staff work on it: each does what is theirs on a page of their
    own."""

    def __init__(self, open_page: Callable[[str], Page]) -> None:
        self.open_page = open_page
        self.pages: dict[str, Page] = {}
        self.url = ""

    def page_of(self, account: str) -> Page:
        if account not in self.pages:
            self.pages[account] = self.open_page(account)
        return self.pages[account]

    def seen_by(self, account: str) -> Page:
        """The report's form, or what the account may read of it."""
        page = self.page_of(account)
        page.goto(self.url)
        assert fits(page), page.url
        return page

    def begin(self, account: str, agency: str) -> None:
        """A new draft by the list of what is due."""
        page = self.page_of(account)
        page.goto("/admin/disclosure/annualreport/due/")
        sound(page, "#content")
        page.locator("#content").get_by_role("link", name=agency).click()
        expect(page.locator("[name=title]")).to_have_value(
            f"{agency}{YEAR}年政府信息公开工作年度报告"
        )
        assert fits(page), page.url
        page.click("[name=_save]")
        expect(page.locator("[name=text_overview]")).to_have_value(re.compile("【填写"))
        self.url = page.url

    def tables(self, account: str) -> Page:
        """By the form's own button."""
        page = self.seen_by(account)
        page.locator("#content a[href$='/tables/']").click()
        expect(page.locator("#content-main.report-tables")).to_be_visible()
        sound(page, "#content")
        return page

    def write(self, account: str, changed: Callable[[str], str]) -> None:
        """Each written section, changed and saved."""
        page = self.seen_by(account)
        for section in ("overview", "problems", "other"):
            field = page.locator(f"[name=text_{section}]")
            field.fill(changed(field.input_value()))
        page.click("[name=_continue]")
        told(page)

    def settle(self, account: str, why: str) -> None:
        """A note to each warning."""
        page = self.tables(account)
        expect(page.locator(".remarks > .bad")).to_have_count(0)
        while page.locator(".remarks > .warn").count():
            left = page.locator(".remarks > .warn").count()
            warning = page.locator(".remarks > .warn").first
            warning.locator("[name=note]").fill(why)
            warning.get_by_role("button").click()
            expect(page.locator(".remarks > .warn")).to_have_count(left - 1)

    def take(self, account: str, step: str, **given: Any) -> Page:
        """Press the button of a step, fill in its form, and be back at the report."""
        page = self.seen_by(account)
        page.locator(f"[data-step={step}]").click()
        expect(page.locator(SUBMIT)).to_be_visible()
        sound(page, "#content")
        enter(page, given)
        page.click(SUBMIT)
        told(page)
        return page

    def go_out(self) -> None:
        """Checked, approved, submitted and published by the others."""
        self.take("reviewer", "check")
        for step in ("approve", "submit", "publish"):
            self.take("head", step)


def told(page: Page) -> None:
    expect(page.locator(".messagelist .success")).to_be_visible()


def by_post(page: Page, code: str) -> str:
    """A request by post of the year reported on; its number."""
    page.goto("/admin/requests_app/disclosurerequest/add/")
    page.select_option("[name=agency]", code)
    page.check("[name=intake_channel][value=post]")
    page.fill("[name=name]", "示例来信人")
    page.fill("[name=postal_address]", "示例市示例路1号")
    page.fill("[name=received_on]", f"{YEAR}-12-15")
    page.fill("[name=information_name]", "示例工程的验收文件")
    page.click("#request-form [type=submit]")
    page.wait_for_url("**/slip/")
    return page.inner_text("#request-number")


def filled(text: str) -> str:
    """A draft without its open places, and with a figure that the table does not have."""
    text = re.sub("【[^】]*】", "已落实。", text.replace("【填写】", "0"))
    return text.replace(f"{RECEIVED}1件", f"{RECEIVED}2件")


def in_table(data: bytes, label: str) -> list[str]:
    """The cells of a row of the DOCX."""
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            cells = [cell.text.strip() for cell in row.cells]
            if any(cell.startswith(label) for cell in cells):
                return cells
    raise AssertionError(label)


@pytest.mark.parametrize(
    ("window", "script", "code", "agency", "editor", "handler"),
    [
        (DESKTOP, True, "SYRF", "沈阳市人民防空办公室", "editor.sy", "handler.sy"),
        (PHONE, False, "DLRF", "大连市人民防空办公室", "editor", "handler"),
    ],
    ids=["desktop", "phone-no-javascript"],
)
def test_from_the_reminder_to_the_correction(
    new_page: NewPage,
    sign_in: SignIn,
    window: dict[str, int],
    script: bool,
    code: str,
    agency: str,
    editor: str,
    handler: str,
) -> None:
    def staff(account: str) -> Page:
        page = sign_in(account)
        if script:
            page.set_viewport_size(window)  # type: ignore[arg-type]
            return page
        kept = page.context.storage_state()
        return new_page(viewport=window, java_script_enabled=False, storage_state=kept)

    number = by_post(sign_in(handler), code)
    report = Report(staff)
    report.begin(editor, agency)

    # A figure set too high: what is wrong is said, and leads to the figure and what is behind it.
    page = report.tables(editor)
    cell = page.locator(f"[name='{NEW}']")
    expect(cell).to_have_value("1")
    cell.fill("2")
    if script:
        expect(page.locator("#live-remarks a").first).to_contain_text(TURNOVER)
        expect(page.locator("td.differs").first).to_be_visible()
        expect(page.locator("[data-cell='requests.new.total']")).to_have_text("2")
    page.fill("#id_reason", "另有1件在收文登记簿")
    page.click("#tables-form [type=submit]")
    told(page)
    wrong = page.locator(".remarks > .bad", has_text=TURNOVER)
    expect(wrong).to_have_count(2)
    wrong.first.locator("a").click()
    found = page.locator(f"td[id='cell-{DONE}']")
    expect(found).to_be_in_viewport()
    expect(found).to_have_class(re.compile("bad"))
    found.locator("a").click()
    expect(page.locator(".report-cell .notice.bad")).to_contain_text(TURNOVER)
    sound(page, "#content")
    page.go_back()
    page.locator(f"td[id='cell-{NEW}'] a").click()
    expect(page.locator(".cell-facts .result dd")).to_have_text("2")
    expect(page.locator(".cell-facts")).to_contain_text("+1")
    expect(page.locator(".adjusted-by")).to_contain_text("另有1件在收文登记簿")
    sound(page, "#content")

    # The head sees the request that is counted: it is the one of the book.
    head = report.page_of("head")
    head.goto(page.url)
    sound(head, "#content")
    head.locator(".cell-records a", has_text=number).click()
    expect(head.locator("h1")).to_contain_text(number)

    enter(page, {"value": "1"})
    page.click(SUBMIT)
    told(page)
    expect(page.locator(".adjusted-by")).to_have_count(0)
    page = report.tables(editor)
    expect(page.locator(".remarks > .bad", has_text=TURNOVER)).to_have_count(0)
    if script:
        cell = page.locator(f"[name='{NEW}']")
        cell.fill("3")
        expect(page.locator("#live-remarks a").first).to_contain_text(TURNOVER)
        cell.fill("1")
        expect(page.locator("#live-remarks")).to_have_text("按当前填写，勾稽关系全部成立。")
        cell.press("ArrowDown")
        below = page.locator("[name='requests.carried_in.natural_person']")
        expect(below).to_be_focused()

    # Nothing is open but what a person has to say.
    expect(page.locator(".remarks > .bad", has_text="【填写")).not_to_have_count(0)
    report.write(editor, filled)
    report.settle(editor, "含电话记录转为申请的1件。")
    report.go_out()

    citizen = new_page(viewport=window, java_script_enabled=script)
    citizen.goto(f"/annual-reports/?agency={code}")
    sound(citizen)
    citizen.locator("main").get_by_role("link", name=str(YEAR)).click()
    expect(citizen.locator("h1")).to_contain_text(agency)
    sound(citizen, "main")
    assert fits(citizen)
    address = citizen.url
    total = citizen.locator("td#cell-requests-new-total")
    expect(total).to_have_text("1")
    name, data = download(citizen, "a[href*='docx']")
    assert name == f"{agency}{YEAR}年政府信息公开工作年度报告.docx"
    assert in_table(data, "一、本年新收")[-1] == total.inner_text().strip()
    chart = citizen.locator("#chart-applicants")
    expect(chart.locator("svg").first).to_be_visible()
    chart.locator("summary").click()
    row = chart.get_by_role("row", name=re.compile("自然人"))
    expect(row.get_by_role("cell")).to_have_text("1")

    # Corrected, with the reason; both editions stay.
    reason = "新收件数与统计表不一致，予以更正。"
    report.take(editor, "correct", reason=reason)
    citizen.goto(address)
    expect(citizen.locator("article").first).to_contain_text(f"{RECEIVED}2件")
    report.write(editor, lambda text: text.replace(f"{RECEIVED}2件", f"{RECEIVED}1件"))
    report.go_out()
    citizen.goto(address)
    sound(citizen, "main")
    expect(citizen.locator("article").first).to_contain_text(f"{RECEIVED}1件")
    editions = citizen.locator(".report-editions")
    expect(editions).to_contain_text(reason)
    editions.locator("a[href='?edition=1']").click()
    expect(citizen.locator("article").first).to_contain_text(f"{RECEIVED}2件")
    expect(citizen.locator(".notice[role=note]")).to_be_visible()
    citizen.locator(".notice[role=note] a").click()
    expect(citizen.locator("article").first).to_contain_text(f"{RECEIVED}1件")
