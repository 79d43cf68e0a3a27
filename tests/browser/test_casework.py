"""What can become of a request, each from the citizen's form to what the citizen reads of it: staff
press the buttons of the case, and the page of the request says what happened, why and by when."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.casework import (
    DESKTOP,
    PHONE,
    Case,
    enter,
    fill_in,
    follow,
    in_chinese,
    send,
    today,
    words_of,
)
from tests.browser.seeing import faults
from tests.factories import PDF

SignIn = Callable[[str], Page]
NewPage = Callable[..., Page]
#: The worker makes the files of a letter within seconds; this machine may have other work too.
FILES_PATIENCE = 60
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")

# The wide window shows the same parts side by side: `test_a_correction` and
# `test_a_third_party_objects` look at it too.
on_a_phone = pytest.mark.parametrize("window", [PHONE], ids=["phone"])


def asked(new_page: NewPage, sign_in: SignIn, window: dict[str, int], name: str, **habits: object):  # type: ignore[no-untyped-def]
    """A citizen who has asked for `name` and opened the request, and the case, registered."""
    citizen = new_page(viewport=window, **habits)
    fill_in(citizen, name)
    number, code = send(citizen)
    follow(citizen, number, code)
    case = Case(number, sign_in, window)
    case.take("handler", "register")
    return citizen, case


def look(citizen: Page) -> None:
    """The citizen looks again; whatever has happened, the page can be read and operated."""
    citizen.reload()
    assert faults(citizen) == []


def due(page: Page) -> str:
    """The last day for the answer as the page says it."""
    return page.locator("#due time").first.get_attribute("datetime") or ""


def told(page: Page) -> str:
    """What the page says of the way of the request and of its last day."""
    return words_of(page.inner_text("#timeline")) + words_of(page.inner_text("#why"))


def letter(page: Page, title: str) -> str:
    """What the letter with this title says on the page of the request."""
    shown = page.locator("#letters li.sheet").filter(has=page.get_by_role("heading", name=title))
    shown.locator("summary").click()
    return words_of(shown.locator(".letter-text").inner_text())


@pytest.mark.parametrize(
    ("window", "script"),
    [(PHONE, True), (DESKTOP, True), (PHONE, False)],
    ids=["phone", "desktop", "phone-without-javascript"],
)
def test_a_correction(
    new_page: NewPage, sign_in: SignIn, window: dict[str, int], script: bool
) -> None:
    """Asked for with a day, corrected online; the time limit stood still and starts anew."""
    citizen, case = asked(
        new_page, sign_in, window, "有关防空的全部材料", java_script_enabled=script
    )
    last_day = due(citizen)
    until = (today() + timedelta(days=15)).isoformat()
    unclear = "请写明所需材料的年度和具体名称。"
    case.take("handler", "ask_correction", text=unclear, until=until)

    look(citizen)
    waiting = citizen.locator("#waiting-correction")
    expect(waiting.locator("time")).to_have_attribute("datetime", until)
    expect(waiting).to_contain_text("第三十条")
    expect(waiting.locator(".letter-text")).to_contain_text(unclear)
    expect(waiting.locator(".letter-text")).to_contain_text(in_chinese(until))
    expect(citizen.locator("#due time")).to_have_count(0)
    expect(citizen.locator("#due-text")).to_contain_text("暂停计算")
    waiting.locator("a.button").click()
    assert faults(citizen) == []
    citizen.click("#request-form [type=submit]")
    expect(citizen.locator("#error-summary")).to_be_visible()
    citizen.fill("#request-form [name=text]", "2024年度防空警报试鸣的实施方案。")
    citizen.set_input_files(
        "[name=files]", {"name": "补正说明.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    citizen.click("#request-form [type=submit]")
    expect(citizen.locator(".messages")).to_contain_text("自明日起重新计算")
    look(citizen)
    expect(waiting).to_have_count(0)
    assert due(citizen) == last_day, "received and corrected on one day"
    assert "重新计算" in told(citizen)
    expect(citizen.locator("main")).to_contain_text("补正说明.pdf")

    handler = case.seen_by("handler")
    expect(handler.locator("#timeline")).to_contain_text("2024年度防空警报试鸣的实施方案")
    # Once is all that the law allows.
    expect(handler.locator("[data-step=ask_correction]")).to_have_count(0)
    expect(handler.locator("#why-not-ask_correction")).not_to_be_empty()


@on_a_phone
def test_an_extension(new_page: NewPage, sign_in: SignIn, window: dict[str, int]) -> None:
    """Proposed by the handler, agreed to by the head alone; the citizen reads the new last day."""
    citizen, case = asked(new_page, sign_in, window, "近五年应急演练经费明细")
    last_day = due(citizen)
    # Said from the first day on: how long the longest lawful extension would be.
    line = citizen.locator("#why > dl > div, #why div").filter(has_text="最长延期").last
    longest = line.locator("time").get_attribute("datetime")
    reason = "检索涉及多个部门，资料较多。"
    handler = case.take("handler", "ask_extension", days=20, text=reason)
    expect(handler.locator("[data-step=extend]")).to_have_count(0)
    head = case.seen_by("head")
    head.click("[data-step=extend]")
    expect(head.locator("[name=text]")).to_have_value(reason)
    expect(head.locator("[name=days]")).to_have_value("20")
    assert faults(head, "#content") == []
    head.click("#content-main .submit-row [type=submit]")
    expect(head.locator("#content-main.case")).to_be_visible()

    look(citizen)
    assert due(citizen) == longest
    assert due(citizen) > last_day
    assert "延长" in told(citizen)
    assert "第三十三条" in told(citizen)
    says = letter(citizen, "延期答复")
    assert reason in says
    assert in_chinese(due(citizen)) in says
    assert "第三十三条" in says
    citizen.locator("#letters form button").click()
    expect(citizen.locator("#letters form")).to_have_count(0)
    expect(citizen.locator("#letters .meta")).to_contain_text(today().isoformat())
    handler = case.seen_by("handler")
    expect(handler.locator("#why-not-ask_extension")).not_to_be_empty()


@pytest.mark.parametrize(
    ("window", "way"),
    [(PHONE, "withheld"), (DESKTOP, "overridden")],
    ids=["phone-withheld", "desktop-overridden"],
)
def test_a_third_party_objects(
    new_page: NewPage, sign_in: SignIn, window: dict[str, int], way: str
) -> None:
    """Asked by letter, it objects with reasons: then what concerns it is withheld, or the public
    interest prevails, it is told so, and the files wait until it could contest that."""
    citizen, case = asked(new_page, sign_in, window, f"维护项目合同{way}")
    last_day = due(citizen)
    party = "示例设备有限公司"
    case.take(
        "handler",
        "ask_third_party",
        name=party,
        contact="示例联系人",
        postal_address="示例市示例路8号",
        text="2024年设备维护项目合同中的报价构成。",
    )
    look(citizen)
    assert "征求第三方" in told(citizen)
    assert "第三十二条" in told(citizen)
    assert party not in citizen.content()
    assert not citizen.locator("#due time").count() or due(citizen) > last_day
    handler = case.take_part(
        "handler",
        "parties",
        "third_party_answered",
        opinion="objects",
        note="报价构成属于商业秘密，公开将损害本公司竞争地位。",
    )
    expect(handler.locator("#parties")).to_contain_text(party)

    # All of it cannot be given now, and the pages say why, wherever that would be done.
    case.choose("given")
    refusal = handler.locator(".notice.warn")
    expect(refusal).to_contain_text("第三方1不同意公开且有合理理由")
    expect(refusal).to_contain_text("第三十二条")
    enter(handler, {"how": "合同随本答复书提供。"})
    handler.click("#content-main form[method=post] [type=submit]")
    expect(handler.locator("#missing")).to_contain_text("第三方1不同意公开且有合理理由")
    case.seen_by("handler")
    expect(handler.locator("[data-step=propose]")).to_have_count(0)
    expect(handler.locator("#why-not-propose")).to_contain_text("第三方1不同意公开且有合理理由")

    if way == "withheld":
        reasons = "报价构成不为公众所知，企业已采取保密措施。"
        case.decide("refused_third_party", reasons=reasons)
        case.answer()
        look(citizen)
        expect(citizen.locator("#answer .answer-text")).to_contain_text(reasons)
        expect(citizen.locator("#answer .answer-text")).to_contain_text("第三十二条")
        expect(citizen.locator("#answer .files")).to_have_count(0)
        day = today().isoformat()
        case.take_part("handler", "letters", "serve", delivery="direct", served_on=day)
        case.take("handler", "close")
        look(citizen)
        served = citizen.locator("#letters li.sheet").last
        expect(served.locator(".meta li")).to_have_count(2)
        expect(served.locator(".meta li").last).to_contain_text(day)
        expect(served.locator("form")).to_have_count(0)
    else:
        public = "合同总价和服务内容，涉及公共资金使用，不公开可能对公共利益造成重大影响。"
        head = case.take_part("head", "parties", "override_objection", text=public)
        expect(head.locator("#letters")).to_contain_text("第三方公开告知书")
        item = "EX123456789CN"
        handler = case.take_part(
            "handler", "letters", "serve", delivery="post", carrier="EMS", tracking_number=item
        )
        expect(handler.locator("#letters .part").last).to_contain_text(item)
        handler = case.choose("given")
        expect(handler.locator(".notice.warn")).to_have_count(0)
        case.decide("given", how="合同随本答复书提供。")
        case.attach("合同.pdf")
        release = (today() + timedelta(days=61)).isoformat()
        case.answer(released_on=release)
        look(citizen)
        expect(citizen.locator("#held")).to_contain_text(release)
        expect(citizen.locator("#answer .files")).to_have_count(0)
    assert party not in citizen.content()


@on_a_phone
def test_a_partial_grant_and_its_letter_verified(
    new_page: NewPage, sign_in: SignIn, window: dict[str, int], tmp_path: Path
) -> None:
    """What can be given is given with its letter; the letter proves genuine, a changed copy not."""
    citizen, case = asked(new_page, sign_in, window, "宣传项目采购文件")
    reasons = "评审讨论记录属于过程性信息。"
    handler = case.decide(
        "partly",
        how="采购文件和合同随本答复书提供。",
        withheld="评审讨论记录",
        grounds="process",
        reasons=reasons,
    )
    expect(handler.locator("#derived")).to_contain_text("部分公开")
    case.attach("采购文件.pdf")
    expect(handler.locator("#missing li")).to_have_count(0)
    assert faults(handler, "#content") == []
    handler.locator("#missing a[href$='/preview/']").click()
    expect(handler.locator("article.letter .letter-draft")).to_be_visible()
    expect(handler.locator("article.letter")).to_contain_text(reasons)
    expect(handler.locator("article.letter")).to_contain_text("采购文件.pdf")
    assert faults(handler, "#content") == []
    look(citizen)
    expect(citizen.locator("#answer")).to_have_count(0)
    assert reasons not in citizen.content()
    case.answer()

    look(citizen)
    expect(citizen.locator("#outcome")).to_have_text("部分公开")
    expect(citizen.locator("#answer .answer-text")).to_contain_text(reasons)
    expect(citizen.locator("#answer .answer-text")).to_contain_text("第三十七条")
    with citizen.expect_download() as download:
        citizen.click("#answer .files a")
    assert download.value.suggested_filename == "采购文件.pdf"
    assert download.value.path().read_bytes() == PDF

    pdf = citizen.locator("#letters a[href$='/pdf/']")
    for _again in range(FILES_PATIENCE):
        if pdf.count():
            break
        citizen.wait_for_timeout(1000)
        citizen.reload()
    with citizen.expect_download() as download:
        pdf.click()
    stored = tmp_path / "letter.pdf"
    download.value.save_as(stored)
    text = "".join(page.extract_text() for page in PdfReader(stored).pages)
    number = citizen.inner_text("#letters h3 .num")
    assert words_of(reasons) in words_of(text)
    assert number in words_of(text)
    code = CODE.search(text)
    assert code, text

    anybody = new_page(viewport=window)
    verify(anybody, code[0], stored)
    expect(anybody.locator("#genuine")).to_contain_text(number)
    expect(anybody.locator("#copy.ok")).to_contain_text("完全一致")
    assert "示例申请人" not in anybody.content()
    assert faults(anybody) == []
    tampered = tmp_path / "tampered.pdf"
    tampered.write_bytes(stored.read_bytes().replace(b"%%EOF", b"%%EOF ", 1))
    assert hashlib.sha256(tampered.read_bytes()) != hashlib.sha256(stored.read_bytes())
    verify(anybody, code[0], tampered)
    expect(anybody.locator("#genuine")).to_be_visible()
    expect(anybody.locator("#copy.bad")).to_be_visible()


def verify(page: Page, code: str, copy: Path) -> None:
    """Ask `/verify/` about the letter with this code and compare a copy."""
    page.goto("/verify/")
    page.fill("[name=code]", code)
    page.set_input_files("[name=copy]", copy)
    page.locator("form:has([name=copy]) [type=submit]").click()


@on_a_phone
def test_a_refusal(new_page: NewPage, sign_in: SignIn, window: dict[str, int]) -> None:
    """The letter names the article, the reasons, and where to turn: reconsideration first. Its
    receipt confirmed, the case can be closed, and the citizen rates the answer."""
    citizen, case = asked(new_page, sign_in, window, "规范起草讨论记录")
    reasons = "该记录是起草过程中的讨论意见，公开可能影响决策的正常进行。"
    case.decide("refused_process", reasons=reasons)
    case.answer()

    look(citizen)
    says = letter(citizen, "答复书")
    for part in (
        reasons,
        "第十六条第二款",
        "第三十六条第（三）项",
        "《中华人民共和国行政复议法》第二十三条",
        "应当先自收到本答复之日起60日内向辽宁省人民政府申请行政复议",
        "可以自收到行政复议决定书之日起15日内向",
        "也可以通过互联网渠道提交",
    ):
        assert part in says
    citizen.locator("#answer summary").click()
    expect(citizen.locator("#answer details")).to_contain_text("复议")
    expect(citizen.locator("#due")).to_contain_text(today().isoformat())

    handler = case.seen_by("handler")
    expect(handler.locator("[data-step=close]")).to_have_count(0)
    citizen.locator("#letters form button").click()
    expect(citizen.locator("#letters form")).to_have_count(0)
    case.take("handler", "close")
    look(citizen)
    citizen.click("#steps a[href$='/rate/']")
    assert faults(citizen) == []
    citizen.check("[name=stars][value='3']")
    citizen.click("#request-form [type=submit]")
    expect(citizen.locator("#timeline")).to_contain_text("3")
    expect(citizen.locator("#steps a[href$='/rate/']")).to_have_count(0)


@on_a_phone
def test_a_fee(new_page: NewPage, sign_in: SignIn, window: dict[str, int]) -> None:
    """A notice by pages says how the sum comes about and by when; once paid the time limit starts
    anew."""
    citizen, case = asked(new_page, sign_in, window, "历年考核材料全文")
    last_day = due(citizen)
    case.take(
        "head",
        "notify_fee",
        basis="pages",
        pages=100,
        payment="到本机关一楼窗口缴纳，工作日9:00至16:00。",
    )
    look(citizen)
    expect(citizen.locator("#fee-amount")).to_contain_text("700")
    waiting = citizen.locator("#waiting-fee")
    # 20 working days from the day after the notice, as long as the time limit itself.
    expect(waiting.locator("time").first).to_have_attribute("datetime", last_day)
    says = words_of(waiting.locator(".letter-text").inner_text())
    for part in ("700元", "第四十二条", in_chinese(last_day), "一楼窗口", "不能单独申请行政复议"):
        assert part in says
    expect(citizen.locator("#due time")).to_have_count(0)
    expect(citizen.locator("#due-text")).to_contain_text("暂停计算")
    handler = case.take("handler", "record_payment")
    expect(handler.locator("#content-main")).to_contain_text("700")

    look(citizen)
    expect(waiting).to_have_count(0)
    assert due(citizen) == last_day, "notice and payment on the day of receipt"
    assert "重新计算" in told(citizen)


@on_a_phone
def test_a_withdrawal(new_page: NewPage, sign_in: SignIn, window: dict[str, int]) -> None:
    """The citizen ends it, after being told what that means; staff have nothing to do any more."""
    citizen, case = asked(new_page, sign_in, window, "不再需要的信息")
    citizen.reload()
    citizen.click("#steps a[href$='/withdraw/']")
    expect(citizen.locator(".says")).to_contain_text("不能恢复")
    assert faults(citizen) == []
    citizen.fill("[name=text]", "已在贵机关网站找到。")
    citizen.click("#request-form [type=submit]")
    expect(citizen.locator(".messages")).to_contain_text("申请已撤回")
    look(citizen)
    expect(citizen.locator("#next")).to_contain_text("您已撤回申请")
    expect(citizen.locator("#due-text")).to_contain_text("未经答复结束")
    expect(citizen.locator("#steps a[href$='/withdraw/']")).to_have_count(0)

    handler = case.seen_by("handler")
    expect(handler.locator("#timeline")).to_contain_text("已在贵机关网站找到")
    expect(handler.locator("#points a[href$='/draft/']")).to_have_count(0)
    handler.goto("/admin/requests_app/disclosurerequest/?standing=mine")
    expect(handler.locator("#content")).not_to_contain_text(case.number)
