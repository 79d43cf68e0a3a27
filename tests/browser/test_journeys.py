"""The portal's main job from end to end, by hand as it were: a citizen looks something up, asks
for what is not there, staff register and answer it, the citizen reads the answer. What else can
become of a request: `test_casework.py`."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.casework import AGENCY, CASES, PHONE, Case, fill_in, follow, send, today
from tests.browser.seeing import fits
from tests.factories import PDF
from tests.request_factories import RESIDENT_ID


def test_browse_filter_open(new_page: Callable[..., Page]) -> None:
    """Catalogue → filter → an item → its attachment; the way back keeps the filter."""
    page = new_page()
    page.goto("/")
    page.click("nav a[href='/catalogue/']")
    page.wait_for_url("**/catalogue/")
    page.select_option("[name=agency]", AGENCY)
    page.fill("[name=date_from]", "2020-01-01")
    page.locator("form:has([name=date_from]) button").first.click()
    page.wait_for_url("**/catalogue/?*agency=LNRF*")
    results = page.locator("article.result")
    assert 1 <= results.count() <= 20
    first = results.first.locator("a").first
    title = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_contain_text(title.strip())
    expect(page.locator("dl.record").first).to_contain_text("LNRF")
    assert fits(page)
    page.go_back()
    expect(page.locator("[name=agency]")).to_have_value(AGENCY)


def test_from_the_question_to_the_answer(
    new_page: Callable[..., Page], sign_in: Callable[[str], Page]
) -> None:
    """On a phone without JavaScript; staff find it on their start page, and a form that was sent
    incomplete keeps what was typed and chosen."""
    citizen = new_page(viewport=PHONE, java_script_enabled=False)
    fill_in(citizen, "浏览器测试所申请的信息")
    assert fits(citizen)
    citizen.set_input_files(
        "[name=attachments]",
        {"name": "说明.pdf", "mimeType": "application/pdf", "buffer": PDF},
    )
    number, code = send(citizen)
    assert fits(citizen)
    follow(citizen, number, code)
    expect(citizen.locator("#timeline li")).not_to_have_count(0)
    expect(citizen.locator("main")).to_contain_text("说明.pdf")
    assert RESIDENT_ID not in citizen.content()

    handler = sign_in("handler")
    handler.set_viewport_size(PHONE)
    waiting = handler.locator("#panel-requests-unregistered")
    waiting.get_by_role("link", name=number).click()
    expect(handler.locator("#content-main.case")).to_be_visible()
    assert RESIDENT_ID not in handler.content()
    case = Case(number, sign_in, PHONE, handler.url, {"handler": handler})
    case.take("handler", "register")
    case.choose("given")
    handler.click("#content-main form[method=post] [type=submit]")
    expect(handler.locator("#content-main.drafting")).to_be_visible()
    assert fits(handler)
    # First without a point: told so, and the file and the words are still there.
    handler.fill("[name=points]", "")
    handler.fill("[name=closing]", "如有疑问，请与本机关联系。")
    handler.set_input_files(
        "[name=files]", {"name": "答复附件.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    handler.click("#content-main .submit-row [type=submit]")
    expect(handler.locator(".field-points .errorlist")).to_be_visible()
    expect(handler.locator("[name=closing]")).to_have_value("如有疑问，请与本机关联系。")
    expect(handler.locator(".kept")).to_contain_text("答复附件.pdf")
    handler.fill("[name=points]", "浏览器测试所申请的信息")
    handler.click("#content-main .submit-row [type=submit]")
    expect(handler.locator("#missing li")).to_have_count(0)
    case.answer()

    citizen.goto(f"/requests/{number}/")
    expect(citizen.locator("#outcome")).to_have_text("予以公开")
    expect(citizen.locator("#answer")).to_contain_text("如有疑问，请与本机关联系。")
    with citizen.expect_download() as download:
        citizen.click("#answer .files a")
    assert download.value.suggested_filename == "答复附件.pdf"
    assert download.value.path().read_bytes() == PDF
    assert fits(citizen)


def test_a_letter_is_entered_and_followed(
    new_page: Callable[..., Page], sign_in: Callable[[str], Page]
) -> None:
    """Staff type in what came by post; the applicant follows it with the slip's code."""
    handler = sign_in("handler")
    handler.goto(f"{CASES}add/")
    handler.select_option("[name=agency]", AGENCY)
    handler.check("[name=intake_channel][value=post]")
    handler.fill("[name=name]", "示例来信人")
    handler.fill("[name=postal_address]", "示例市示例路1号")
    handler.fill("[name=information_name]", "来信申请的信息")
    handler.fill("[name=received_on]", today().isoformat())
    handler.click("#request-form [type=submit]")
    handler.wait_for_url("**/slip/")
    number = handler.inner_text("#request-number")
    code = handler.inner_text("#access-code")
    applicant = new_page(viewport=PHONE)
    follow(applicant, number, code)
    expect(applicant.locator("h1")).to_contain_text(number)


def test_details_in_full_only_for_a_purpose(sign_in: Callable[[str], Page]) -> None:
    handler = sign_in("handler")
    handler.goto(f"{CASES}?standing=mine")
    handler.locator("#result_list .field-number a").first.click()
    masked = handler.locator(".case-file").inner_text()
    assert "*" in masked
    handler.click("#reveal")
    handler.select_option("[name=purpose]", "serve")
    handler.click("#content-main [type=submit]")
    expect(handler.locator("dl.record")).to_be_visible()
    assert "*" not in handler.locator("dl.record").inner_text()


def test_a_wrong_form_keeps_everything(new_page: Callable[..., Page]) -> None:
    """Errors are listed, focused and linked; what was typed and chosen is still there."""
    page = new_page(viewport=PHONE)
    fill_in(page, "填错的表格")
    page.fill("[name=id_number]", "123")
    page.set_input_files(
        "[name=attachments]",
        [
            {"name": "好.pdf", "mimeType": "application/pdf", "buffer": PDF},
            {"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 no pdf"},
        ],
    )
    page.click("#request-form [type=submit]")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("[name=information_name]")).to_have_value("填错的表格")
    expect(page.locator(".kept")).to_contain_text("好.pdf")
    expect(page.locator("#error-summary")).to_contain_text("坏.pdf")
    page.locator("#error-summary a").first.click()
    page.fill("[name=id_number]", RESIDENT_ID)
    number, _code = send(page)
    assert number.startswith(AGENCY)


def test_pressed_twice_is_one_request(
    new_page: Callable[..., Page], sign_in: Callable[[str], Page]
) -> None:
    page = new_page(java_script_enabled=False)  # the script would hold the second click back
    fill_in(page, "按了两次的申请")
    page.check("[name=declaration]")
    page.click("#request-form [type=submit]")
    page.locator("#review-form [type=submit]:not([name])").dblclick()
    page.wait_for_url("**/requests/receipt/")
    handler = sign_in("handler")
    handler.goto(f"{CASES}?q=按了两次的申请")
    expect(handler.locator("#result_list tbody tr")).to_have_count(1)


def test_suggestions_while_typing(page: Page) -> None:
    """By keyboard alone, on the front page and in the masthead."""
    for address in ("/", "/catalogue/"):
        page.goto(address)
        box = page.locator("form[data-suggest] [name=q]").first
        box.focus()
        page.keyboard.insert_text("人民防空")  # as an input method does: at once
        options = page.locator(".suggestions [role=option]")
        expect(options.first).to_be_visible()
        # Some have the words in their document number, which the list does not show.
        assert any("人民防空" in text for text in options.all_inner_texts())
        page.keyboard.press("ArrowDown")
        chosen = options.first.inner_text()
        expect(box).to_have_value(chosen)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/**")
        expect(page.locator("main mark").first).to_be_visible()


@pytest.fixture(scope="module")
def opened() -> set[str]:
    """The addresses, without their queries, that a browser has shown."""
    return set()


@pytest.mark.parametrize(
    "account",
    ["editor", "reviewer", "publisher", "handler", "head", "reporter", "auditor", "admin"],
)
def test_each_role_has_a_start_page(
    sign_in: Callable[[str], Page], account: str, opened: set[str]
) -> None:
    """It says what to do today, and each of its links leads somewhere; the first role that has a
    link opens it in the browser."""
    page = sign_in(account)
    links = page.locator("#content-main a, #nav-sidebar th a").evaluate_all(
        "found => [...new Set(found.map(link => link.getAttribute('href')))]"
    )
    for link in links:
        if (kind := link.partition("?")[0]) in opened:
            reply = page.request.get(link)
            assert reply.status == 200, f"{account}: {link}"
            assert "<h1" in reply.text(), f"{account}: {link}"
            continue
        opened.add(kind)
        answer = page.goto(link)
        assert answer is not None
        assert answer.status == 200, f"{account}: {link}"
        assert page.locator("h1").is_visible(), f"{account}: {link}"
