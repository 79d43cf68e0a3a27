"""The child process: what it may take, what it knows, what comes of one that is stopped."""

import json
import subprocess
import sys
import uuid

import pytest

from disclosure.files import isolated, worker
from disclosure.files.inside.report import Refused
from tests.disclosure.files import office_files, other_files, pdf_files
from tests.settings import ROOT

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ZIP = "application/zip"


def in_child(code: str, *, seconds: int = 5, megabytes: int = 200) -> subprocess.CompletedProcess:
    """Some Python after the child has limited itself."""
    limits = f"from disclosure.files import worker; worker._limit({seconds}, {megabytes})\n"
    return subprocess.run(
        [sys.executable, "-c", limits + code], cwd=ROOT, capture_output=True, check=False
    )


def test_the_child_cannot_take_more_than_its_limits() -> None:
    assert b"MemoryError" in in_child("bytearray(400 * 2**20)").stderr
    assert in_child("while True: pass", seconds=1).returncode < 0
    assert in_child("print(len(bytearray(50 * 2**20)))").returncode == 0


def test_the_child_starts_without_django_and_knows_no_secret(monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret")
    seen: dict[str, object] = {}
    real = subprocess.run

    def watch(command: list[str], **options):  # type: ignore[no-untyped-def]
        seen.update(options)
        return real(command, **options)

    monkeypatch.setattr(isolated.subprocess, "run", watch)
    # A file of its own: answers to known ones are remembered by the tests.
    isolated.run("inspect", uuid.uuid4().hex.encode(), "text/plain")
    assert set(seen["env"]) == {"LANG", "PATH", "TMPDIR"}  # type: ignore[call-overload]
    loaded = in_child(
        "import sys; from disclosure.files.inside import docx, pdf, xlsx, pptx, archives;"
        "print('django' in sys.modules)"
    )
    assert loaded.stdout.strip() == b"False"


def test_bombs_end_with_a_reason_in_every_task() -> None:
    for data, content_type, why in (
        (other_files.zip_nested_bomb(), ZIP, "bomb"),
        (pdf_files.ten_thousand_pages(), PDF, "pages"),
        (other_files.word_with_entities(), WORD, "entities"),
    ):
        for task in ("inspect", "strip", "text", "prove", "clear"):
            with pytest.raises(Refused) as refused:
                isolated.run(task, data, content_type)
            assert (task, refused.value.code) == (task, why)


def test_a_page_that_unpacks_to_a_gigabyte_is_stopped_by_the_limit_of_memory() -> None:
    with pytest.raises(Refused) as refused:
        isolated.run("text", pdf_files.stream_bomb(), PDF, megabytes=600)
    assert refused.value.code in {"crash", "memory"}


def test_what_takes_too_long_is_stopped() -> None:
    long = pdf_files.new("".join(pdf_files.words("a" * 60, y) for y in range(400)) * 600)
    with pytest.raises(Refused) as refused:
        isolated.run("inspect", pdf_files.stored(long), PDF, seconds=1)
    assert refused.value.code == "time"


def test_a_child_that_fails_is_logged_without_the_files_words(monkeypatch, caplog) -> None:
    monkeypatch.setattr(isolated, "_ROOT", ROOT / "tests")
    with pytest.raises(Refused, match="crash"):
        isolated.run("inspect", uuid.uuid4().hex.encode(), "text/plain")
    assert "the child that opens files failed" in caplog.text


def test_every_task_answers_in_json(tmp_path) -> None:
    document, book = office_files.word_comment(), office_files.sheet_clean()
    for name, task in worker.TASKS.items():
        asked = book if name in {"sheets", "first_sheet_end"} else document
        assert json.dumps(task(asked, WORD, tmp_path)), name
