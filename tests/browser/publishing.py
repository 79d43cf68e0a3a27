"""How an item gets through the pages of publishing: the editor's form, the findings, the steps of
the way out, and what a citizen gets of it."""

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.casework import SUBMIT, enter
from tests.browser.seeing import faults, fits
from tests.request_factories import RESIDENT_ID

ADD = "/admin/disclosure/publication/add/"
#: A valid ID number of nobody, and a mobile; as text and as they are masked.
SECRETS = {RESIDENT_ID: "9901**********1230", "13912345678": "139****5678"}
#: Who wrote the attached file, what they noted, for whom.
HIDDEN = ("示例起草人", "此处报价请勿外传", "示例内部项目")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sound(page: Page, scope: str = "body") -> None:
    """The page can be read and operated in its window."""
    found = faults(page, scope)
    assert not found, "\n".join(found)


# --- files -----------------------------------------------------------------------------------


def word(*paragraphs: str, heading: str = "", tainted: bool = False) -> bytes:
    """A DOCX; tainted: with author, project and a comment in it."""
    document = docx.Document()
    if heading:
        document.add_heading(heading, level=1)
    for text in paragraphs:
        document.add_paragraph(text)
    if tainted:
        author, comment, project = HIDDEN
        document.core_properties.author = author
        document.core_properties.subject = project
        document.add_comment(document.paragraphs[-1].runs, text=comment, author=author)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def payload(name: str, data: bytes) -> FilePayload:
    kind = "application/pdf" if name.endswith(".pdf") else WORD
    return {"name": name, "mimeType": kind, "buffer": data}


def unpacked(data: bytes) -> str:
    """All that is in a DOCX or a ZIP, in one piece."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


# --- staff -----------------------------------------------------------------------------------


@dataclass
class Item:
    """A publication as staff work on it: each does what is theirs on a page of their own."""

    title: str
    open_page: Callable[[str], Page]
    pages: dict[str, Page] = field(default_factory=dict)
    url: str = ""
    #: Whose page shows the item as it stands now.
    shown_to: str = ""

    def page_of(self, account: str) -> Page:
        if account not in self.pages:
            self.pages[account] = self.open_page(account)
        return self.pages[account]

    def seen_by(self, account: str) -> Page:
        """The staff page of the item, as this account has it."""
        page = self.page_of(account)
        if self.shown_to != account or page.url.split("?")[0] != self.url:
            page.goto(self.url)
        self.shown_to = account
        expect(page.locator("#content-main")).to_be_visible()
        assert fits(page), page.url
        return page

    def write(self, account: str, record: dict[str, Any], *, text: FilePayload | str) -> Page:
        """The form of a new item, saved; the text comes as a file, or is typed."""
        page = self.page_of(account)
        page.goto(ADD)
        choose(page, "agency", "辽宁省人民防空办公室")
        choose(page, "category", "行政规范性文件")
        enter(page, {"title": self.title, **record})
        if isinstance(text, str):
            enter(page, {"body": text})
        else:
            page.set_input_files(TEXT_FILE, text)
        assert fits(page), page.url
        self._save(page)
        self.url, self.shown_to = page.url.split("?")[0], account
        return page

    def attach(self, account: str, *files: FilePayload) -> None:
        page = self.seen_by(account)
        for number, file in enumerate(files):
            if number:  # one empty row is there already
                page.locator("#attachments-group .add-row a").click()
            page.set_input_files(f"[name=attachments-{number}-file]", file)
        assert fits(page), page.url
        self._save(page)
        for file in files:
            expect(page.locator("#attachments-group")).to_contain_text(file["name"])

    def _save(self, page: Page) -> None:
        page.click("[name=_continue]")
        expect(page.locator(".messagelist .success")).to_be_visible()

    def take(self, account: str, step: str, **given: Any) -> Page:
        """Press the button of a step, fill in its form, and be back at the item."""
        page = self.begin(account, step)
        enter(page, given)
        page.click(SUBMIT)
        expect(page.locator(".messagelist .success")).to_be_visible()
        return page

    def begin(self, account: str, step: str) -> Page:
        """As far as the form of a step."""
        page = self.seen_by(account)
        page.locator(f"[data-step={step}]").click()
        expect(page.locator(SUBMIT)).to_be_visible()
        sound(page, "#content")
        return page

    def findings(self, account: str) -> Page:
        """The page of what was found in the item, by its own link."""
        page = self.seen_by(account)
        page.click("#part-findings ~ p a.button")
        expect(page.locator("#content-main.findings")).to_be_visible()
        sound(page, "#content")
        return page

    def review(self, account: str) -> None:
        """The confidentiality review with its checklist, each question answered."""
        page = self.begin(account, "pass_review")
        questions = page.locator("select[name^=question_]")
        assert questions.count() >= 9
        for question in questions.all():
            question.select_option("yes")
        page.click(SUBMIT)
        expect(page.locator(".messagelist .success")).to_be_visible()

    def go_out(self) -> None:
        """Handed in by the editor, checked, reviewed, signed off and published by the others."""
        self.take("editor", "submit")
        self.take("reviewer", "check", opinion="文字和要素无误。")
        self.review("reviewer")
        self.take("publisher", "sign_off")
        self.take("publisher", "publish")

    def relate(self, account: str, kind: str, other: str) -> None:
        """A relation to another item, looked for by its title."""
        page = self.seen_by(account)
        page.click("#part-relations ~ p a.button, #part-relations ~ p a[href*='/add/']")
        page.select_option("[name=kind]", kind)
        page.click(".field-target .select2-selection")
        page.fill(".select2-search__field", other)
        page.click(f".select2-results__option:has-text('{other}')")
        assert fits(page), page.url
        page.click("#content-main [name=_save]")
        expect(page.locator("#part-relations ~ ul, #part-relations ~ table")).to_contain_text(other)


def choose(page: Page, name: str, label: str) -> None:
    """What a tree's select calls so, however deep it is indented."""
    options = page.locator(f"#content-main [name={name}] option")
    texts = [text.strip() for text in options.all_text_contents()]
    page.select_option(f"#content-main [name={name}]", index=texts.index(label))


#: Where an editor brings in a file as the text.
TEXT_FILE = "#content-main [name=body_file]"


# --- the citizen -----------------------------------------------------------------------------


def find(page: Page, title: str) -> None:
    """From the catalogue to the item."""
    page.goto("/catalogue/")
    sound(page)
    page.locator("article.result, .rows").get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    sound(page)


def download(page: Page, link: str) -> tuple[str, bytes]:
    """Name and bytes of what a link gives."""
    with page.expect_download() as got:
        page.locator(link).first.click()
    return got.value.suggested_filename, got.value.path().read_bytes()


def files_shown(page: Page) -> dict[str, str]:
    """The attachments listed on an item's page: name, SHA-256."""
    shown = page.locator("aside .sheet:has(a[download]) .files li")
    return {
        one.locator("a").inner_text(): one.locator(".sha").inner_text().removeprefix("SHA-256 ")
        for one in shown.all()
    }


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_log(page: Page, folder: Path) -> str:
    """Download the public log and its script, and run the one on the other, as anyone can."""
    page.goto("/log/")
    sound(page)
    page.locator("main summary:not(article summary)").first.click()
    for name in ("publications.jsonl", "check_log.py"):
        _name, data = download(page, f"a[href$='/log/{name}']")
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-I", "check_log.py", "publications.jsonl"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return (folder / "publications.jsonl").read_text()
