"""The virus scan: clamd's protocol against a small clamd of our own; files wait meanwhile."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure.core.errors import NotPossible
from disclosure.files import clearing, policies, scanning
from disclosure.models import AuditEntry, FileCheck, FileText
from disclosure.publications import actions
from tests.disclosure.files import office_files, other_files
from tests.factories import make_attachment, make_publication

VIRUS = b"EICAR-TEST"
BIGGEST = 2**20


class Handler(socketserver.BaseRequestHandler):
    """Takes one INSTREAM and answers as clamd does."""

    def handle(self) -> None:
        asked = self._take(len(b"zINSTREAM\0"))
        assert asked == b"zINSTREAM\0"
        received = b""
        while size := int.from_bytes(self._take(4), "big"):
            received += self._take(size)
            if len(received) > BIGGEST:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        answer = b"stream: Eicar-Signature FOUND\0" if VIRUS in received else b"stream: OK\0"
        self.request.sendall(answer)

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            part = self.request.recv(size - len(taken))
            if not part:
                break
            taken += part
        return taken


@pytest.fixture
def clamd(settings) -> Iterator[None]:
    """A scanner that runs, at an address of its own."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


@pytest.fixture
def away(settings) -> None:
    """A scanner that is set up and does not run."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        settings.CLAMD_ADDRESS = f"tcp://127.0.0.1:{plug.getsockname()[1]}"


@pytest.mark.usefixtures("clamd")
def test_clamd_is_asked() -> None:
    assert scanning.scan(b"x" * 700_000) == scanning.Result(scanning.State.CLEAN)
    assert scanning.scan(b"") == scanning.Result(scanning.State.CLEAN)
    found = scanning.scan(b"a" * 300_000 + VIRUS)
    assert (found.state, found.name) == (scanning.State.INFECTED, "Eicar-Signature")


@pytest.mark.usefixtures("clamd")
def test_what_is_too_large_for_the_scanner_is_not_called_clean() -> None:
    assert scanning.scan(b"x" * (4 * BIGGEST)).state is scanning.State.UNAVAILABLE


def test_a_socket_of_unix_does_too(settings, tmp_path: Path) -> None:
    address = str(tmp_path / "clamd.sock")
    with socketserver.ThreadingUnixStreamServer(address, Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_ADDRESS = f"unix:{address}"
        assert scanning.scan(b"x").state is scanning.State.CLEAN
        server.shutdown()
    (tmp_path / "clamd.sock").unlink(missing_ok=True)
    assert scanning.scan(b"x").state is scanning.State.UNAVAILABLE


def test_without_an_address_nothing_is_scanned(settings) -> None:
    settings.CLAMD_ADDRESS = ""
    assert scanning.scan(VIRUS).state is scanning.State.OFF


@pytest.mark.django_db
@pytest.mark.usefixtures("clamd")
def test_an_infected_file_is_not_stored() -> None:
    draft = make_publication(state="draft")
    with pytest.raises(NotPossible, match="Eicar-Signature"):
        make_attachment(draft, "a.txt", VIRUS)
    assert not draft.attachments.exists()
    clean = make_attachment(draft, "a.txt", b"clean")
    assert clean.file_check.scan_state == "clean"
    assert clean.file_check.cleared_at is not None


@pytest.mark.django_db
@pytest.mark.usefixtures("away")
def test_files_wait_while_the_scanner_is_away(settings, django_capture_on_commit_callbacks) -> None:
    draft = make_publication(state="draft")
    good = make_attachment(draft, "a.docx", office_files.word_properties())
    bad = make_attachment(draft, "b.txt", other_files.text() + VIRUS)
    assert {one.code for one in policies.why_not_release(draft)} == {"scan_pending"}
    assert clearing.scan_pending() == 0

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        with django_capture_on_commit_callbacks(execute=True):
            assert clearing.scan_pending() == 2
        server.shutdown()
    assert FileCheck.objects.get(attachment=good).cleared_at is not None
    check = FileCheck.objects.get(attachment=bad)
    assert (check.scan_state, check.signature) == ("infected", "Eicar-Signature")
    assert check.cleared_at is None
    assert not bad.file.storage.exists(str(bad.file.name))
    assert not FileText.objects.filter(attachment=bad).exists()
    assert AuditEntry.objects.filter(verb="publication.file_infected").exists()
    assert [one.code for one in policies.why_not_release(draft)] == ["infected"]
    actions.detach(actor=None, attachment=bad)
    assert policies.why_not_release(draft) == []
