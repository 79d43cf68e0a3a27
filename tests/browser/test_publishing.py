"""The life of a document from the editor's DOCX to its repeal: staff take it the whole way out on
their pages, a citizen reads and downloads it, the log and the history tell what happened."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.casework import DESKTOP, PHONE, today
from tests.browser.publishing import (
    HIDDEN,
    SECRETS,
    Item,
    check_log,
    download,
    files_shown,
    find,
    payload,
    sha256,
    sound,
    unpacked,
    word,
)
from tests.factories import PDF

SignIn = Callable[[str], Page]
NewPage = Callable[..., Page]
ZIP = "aside a[href^='/attachments/all/']"


@pytest.mark.parametrize(
    ("window", "script"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "phone-no-javascript"]
)
def test_from_a_draft_to_its_repeal(
    new_page: NewPage, sign_in: SignIn, tmp_path: Path, window: dict[str, int], script: bool
) -> None:
    """Without JavaScript the staff go through everything but the rows of the editor's forms."""
    year = today().year

    def staff(account: str) -> Page:
        page = sign_in(account)
        if script or account == "editor":
            page.set_viewport_size(window)  # type: ignore[arg-type]
            return page
        kept = page.context.storage_state()
        return new_page(viewport=window, java_script_enabled=False, storage_state=kept)

    item = Item(f"浏览器测试管理办法{window['width']}", staff)
    identity, mobile = SECRETS
    text = word(
        "为规范有关工作，制定本办法。",
        f"经办人联系电话：{mobile}。",
        f"登记人居民身份证号码：{identity}。",
        heading="第一章 总则",
    )
    tainted = word("附表内容如下。", tainted=True)
    item.write(
        "editor",
        {
            "document_number": f"辽防办发〔{year}〕{window['width']}号",
            "date_made": today().isoformat(),
            "document_type": "normative_document",
        },
        text=payload("正文.docx", text),
    )
    item.attach("editor", payload("附件一：申请表.docx", tainted), payload("附件二.pdf", PDF))
    item.take("editor", "submit")

    # The reviewer sees what was found where it stands, and returns it.
    item.take("reviewer", "check", opinion="文字和要素无误。")
    reviewer = item.findings("reviewer")
    for secret in SECRETS:
        expect(reviewer.locator(".found-text mark.found", has_text=secret)).to_be_visible()
    refused = item.seen_by("reviewer").locator("#why-not-pass_review")
    for place in ("居民身份证号码", "手机号码"):
        expect(refused).to_contain_text(place)
    why = "正文含有居民身份证号码和手机号码，请隐去后再报。"
    item.take("reviewer", "return_review", reason=why)

    editor = item.seen_by("editor")
    expect(editor.locator("#content")).to_contain_text(why)
    editor = item.findings("editor")
    editor.click("[name=do][value=mask_all]")
    expect(editor.locator(".messagelist .success")).to_be_visible()
    for secret, masked in SECRETS.items():
        expect(editor.locator(".found-text").first).not_to_contain_text(secret)
        expect(editor.locator("#content-main")).to_contain_text(masked)
    expect(editor.locator("mark.found.blocks")).to_have_count(0)
    item.go_out()

    citizen = new_page(viewport=window, java_script_enabled=script)
    find(citizen, item.title)
    address = citizen.url
    expect(citizen.locator("article.doc :is(h2, h3)")).to_have_text("第一章 总则")
    content = citizen.content()
    for secret, masked in SECRETS.items():
        assert secret not in content
        assert masked in content
    shown = files_shown(citizen)
    assert list(shown) == ["附件一：申请表.docx", "附件二.pdf"]
    name, data = download(citizen, "aside .files a[download]")
    assert name == "附件一：申请表.docx"
    assert shown[name] == sha256(data)
    inside = unpacked(data)
    assert "附表内容如下" in inside
    assert [word for word in HIDDEN if word in inside] == []
    name, data = download(citizen, ZIP)
    assert name == f"{item.title}.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert {one: sha256(files.read(one)) for one in files.namelist()} == shown

    # The later one: written, related, and all the way out.
    later = Item(f"关于废止浏览器测试办法的决定{window['width']}", staff)
    later.write(
        "editor",
        {
            "document_number": f"辽防办发〔{year}〕{window['width'] + 1}号",
            "date_made": today().isoformat(),
            "document_type": "normative_document",
        },
        text=f"自公布之日起，废止《{item.title}》。",
    )
    later.relate("editor", "repeals", item.title)
    later.go_out()

    citizen.goto(address)
    sound(citizen)
    expect(citizen.locator("dl.record .pill")).to_have_text("已废止")
    notice = citizen.locator(".notice", has=citizen.locator("strong", has_text="已废止"))
    expect(notice.get_by_role("link", name=later.title)).to_be_visible()
    history = citizen.locator("aside .changes").first.locator("li")
    expect(history.first).to_contain_text("废止")
    expect(history.first).to_contain_text(later.title)
    expect(history.last).to_contain_text("发布")
    citizen.locator("aside").get_by_role("link", name=later.title).first.click()
    expect(citizen.locator("h1")).to_have_text(later.title)
    sound(citizen)
    expect(citizen.locator("aside")).to_contain_text(item.title)

    entries = [json.loads(line) for line in check_log(citizen, tmp_path).splitlines()]
    kinds = [
        entry["kind"] for entry in entries if item.title in json.dumps(entry, ensure_ascii=False)
    ]
    assert kinds[:2] == ["published", "repealed"]
    expect(citizen.locator("article.result", has_text=later.title).first).to_be_visible()
