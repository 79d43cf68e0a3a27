"""Browser journeys: chromium against the real thing, `manage.py serve` with its demonstration
content in a folder of its own.

The tests touch the portal only as people do, never its database, so nothing is shared between
the two processes. Each page fails its test on a script error, on anything that the content
security policy blocked, and on any request to another host.
"""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.settings import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "browser-tests-7Q"
START_PATIENCE = 180
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Failure screenshots, and the pictures for the docs when SCREENSHOTS names a folder.
PICTURES = Path(os.environ.get("SCREENSHOTS") or Path(tempfile.gettempdir()) / "portal-screenshots")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a browser test, marked or not."""
    for item in items:
        if ROOT / "tests" / "browser" in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Let the fixtures know whether their test failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def portal() -> Iterator[str]:
    """The address of a portal started as `make serve` starts it."""
    folder = Path(tempfile.mkdtemp(prefix="portal-browser-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ENVIRONMENT and name != "DJANGO_SETTINGS_MODULE"
    }
    environment |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": os.environ.get(
            "BROWSER_DATABASE_URL", f"sqlite:///{folder / 'portal.sqlite3'}"
        ),
        "DEMO_PASSWORD": PASSWORD,
        "RATE_LIMITS": "off",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DEBUG": "off",
        "SECURE": "off",
    }
    log = folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
        text = log.read_text(errors="replace")
        shutil.rmtree(folder, ignore_errors=True)
    assert code == 0, f"serve ended with {code}:\n{text[-3000:]}"
    assert "Traceback" not in text, text[-6000:]


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when the front page answers 200; fail with the log when it does not."""
    deadline = time.monotonic() + START_PATIENCE
    status: object = "no answer"
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            client.request("GET", "/")
            status = client.getresponse().status
            client.close()
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            if status == 200:
                return
            break
    pytest.fail(f"The portal did not start ({status}):\n{log.read_text(errors='replace')[-6000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One chromium for the session: Debian's, or the one that CHROMIUM names."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if executable is None:
        pytest.fail("There is no chromium. Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, chromium: Browser, portal: str
) -> Iterator[Callable[..., Page]]:
    """Opens a page as a new visitor; takes Playwright's context options
    (`java_script_enabled=False`, `viewport=…`, `color_scheme="dark"`)."""
    opened: list[Page] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:
        options = {
            "base_url": portal,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "viewport": {"width": 1280, "height": 900},
        } | options
        page = chromium.new_context(**options).new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: note_console(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("request", lambda sent: note_request(sent, portal, complaints))
        opened.append(page)
        return page

    yield open_page
    failed = request.node.stash.get(FAILED, False) or complaints
    for number, page in enumerate(opened, 1):
        if failed and not page.is_closed():
            PICTURES.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
            picture = PICTURES / f"failed-{name}-{number}.png"
            page.screenshot(path=picture, full_page=True)
            print(f"{page.url} looked like this: {picture}")
        page.context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A visitor with an ordinary desktop window."""
    return new_page()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """Account → its session, once it has signed in."""
    return {}


@pytest.fixture
def sign_in(new_page: Callable[..., Page], signed_in: dict[str, Any]) -> Callable[[str], Page]:
    """`sign_in("handler")`: the page of a demonstration account, on admin's start page. Whoever
    has signed in stays so from test to test, until the portal gives the session another key."""

    def as_account(username: str) -> Page:
        page = new_page(storage_state=signed_in.get(username))
        page.goto("/admin/")
        if "/login/" not in page.url:
            return page
        page.locator("#id_username").fill(username)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("#login-form [type=submit]").click()
        page.wait_for_url("**/admin/")
        signed_in[username] = page.context.storage_state()
        return page

    return as_account


def note_console(message: ConsoleMessage, complaints: list[str]) -> None:
    """Errors on the console count, but for the browser's own note of a 4xx answer."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        complaints.append(f"console: {message.text}")


def note_request(sent: Request, portal: str, complaints: list[str]) -> None:
    """Pages ask no other host for anything."""
    if not sent.url.startswith((portal, "data:", "blob:", "about:")):
        complaints.append(f"request to another host: {sent.url}")
