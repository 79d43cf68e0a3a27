"""The script that readers download, run on downloads as they are and as nobody should get them."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from disclosure.publications import actions
from disclosure.publiclog import chain, check_log
from disclosure.publiclog.views import CHECKER
from tests.factories import make_publication

pytestmark = pytest.mark.django_db
TEXT = "示例内容".encode()


@pytest.fixture
def download(client: Client, tmp_path: Path) -> Path:
    """Four entries, one of them without details."""
    make_publication(attachments={"附件.txt": TEXT})
    make_publication()
    item = make_publication()
    actions.withdraw(actor=None, publication=item, reason="涉及隐私", tombstone=True)
    return fetched(client, tmp_path / "publications.jsonl")


def fetched(client: Client, path: Path) -> Path:
    path.write_bytes(b"".join(client.get("/log/publications.jsonl").streaming_content))
    return path


def run(*arguments: object) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(CHECKER), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def rewritten(path: Path, change: Callable[[list[dict]], None]) -> Path:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    change(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_script_that_is_downloaded_is_this_one(client: Client) -> None:
    assert client.get("/log/check_log.py").content == CHECKER.read_bytes()


def test_it_stands_alone_and_suits_an_older_python() -> None:
    tree = ast.parse(CHECKER.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names - {"__future__"} <= set(sys.stdlib_module_names)


def test_it_hashes_as_the_portal_does() -> None:
    link = chain.Head().append(at="2026-01-05T01:02:03Z", kind="published", details='{"题":1}')
    assert check_log.hash_of(vars(link)) == link.hash
    assert check_log.sha256(link.details or "") == link.sealed


def test_a_sound_download(download: Path) -> None:
    code, told = run(download)
    assert code == 0, told
    assert "共 4 条，其中 2 条不公开内容" in told
    assert "4 entries" in told


def edit(number: int, /, **values: object) -> Callable[[list[dict]], None]:
    return lambda rows: rows[number - 1].update(values)


def drop(*places: int) -> Callable[[list[dict]], None]:
    return lambda rows: [rows.pop(place) for place in sorted(places, reverse=True)] and None


TAMPERED: dict[str, tuple[Callable[[list[dict]], None], int, str]] = {
    "details": (lambda rows: rows[0].update(details=rows[0]["details"] + " "), 1, "details of"),
    "kind": (edit(2, kind="withdrawn"), 1, "entry 2 has been changed"),
    "moment": (edit(2, at="2020-01-01T00:00:00Z"), 1, "entry 2"),
    "previous": (edit(3, previous="0" * 64), 1, "entry 3 does not follow"),
    "middle gone": (drop(1), 1, "entry 2 is missing"),
    "last gone": (drop(3), 1, "the last line does not fit entry 3"),
    "head gone": (drop(4), 1, "not complete"),
    "head first": (lambda rows: rows.insert(0, rows.pop()), 1, "follows the last line"),
    "nothing left": (drop(0, 1, 2, 3), 1, "does not fit entry 0"),
    "a field gone": (lambda rows: rows[1].pop("sealed"), 2, "line 2 cannot be read"),
    "no details field": (lambda rows: rows[1].pop("details"), 2, "line 2 cannot be read"),
    "another type": (edit(1, seq="1"), 2, "line 1 cannot be read"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_download(name: str, download: Path) -> None:
    change, wanted, message = TAMPERED[name]
    code, told = run(rewritten(download, change))
    assert code == wanted, told
    assert message in told


def chain_anew(rows: list[dict], first: int) -> None:
    """Every hash from `first` on, as the portal would have to write them."""
    previous = rows[first - 2]["hash"] if first > 1 else chain.ZERO
    for row in rows[first - 1 : -1]:
        if row["details"] is not None:
            row["sealed"] = chain.sha256(row["details"])
        row["previous"] = previous
        row["hash"] = previous = check_log.hash_of(row)
    rows[-1]["head"]["hash"] = previous


def test_a_tail_chained_anew_is_found_with_an_earlier_download(
    client: Client, download: Path, tmp_path: Path
) -> None:
    make_publication()
    new = fetched(client, tmp_path / "new.jsonl")
    assert run(new, "--earlier", download)[0] == 0

    def forge(rows: list[dict]) -> None:
        rows[1]["details"] = rows[1]["details"].replace("示例", "其他")
        chain_anew(rows, 2)

    rewritten(new, forge)
    assert run(new)[0] == 0
    code, told = run(new, "--earlier", download)
    assert (code, "entry 2 is not the one" in told) == (1, True)


def test_an_earlier_download_that_is_longer(client: Client, download: Path, tmp_path: Path) -> None:
    make_publication()
    longer = fetched(client, tmp_path / "longer.jsonl")
    code, told = run(download, "--earlier", longer)
    assert (code, "entry 5 of the earlier" in told) == (1, True)


def test_files_on_the_disk(download: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    file = folder / "附件.txt"
    file.write_bytes(TEXT)
    digest = check_log.sha256_of_file(file)
    code, told = run(download, "--files", folder, "--file", f"{digest.upper()}={file}")
    assert (code, "entry 1" in told) == (0, True)
    file.write_bytes(TEXT + b" ")
    code, told = run(download, "--files", folder)
    assert (code, "does not name this file" in told) == (1, True)
    code, told = run(download, "--file", f"{digest}={file}")
    assert (code, "the SHA-256 of" in told) == (1, True)
    assert run(download, "--file", "x")[0] == 2
    assert run(download, "--files", tmp_path / "none")[0] == 2


def test_half_a_character_is_no_way_round_the_hash(download: Path) -> None:
    """It was hashed as a question mark: what stood there could be changed unseen."""

    def forge(rows: list[dict]) -> None:
        rows[0]["details"] = rows[0]["details"].replace("示例", "示?", 1)
        chain_anew(rows, 1)
        rows[0]["details"] = rows[0]["details"].replace("示?", "示\ud800", 1)

    with download.open() as file:
        rows = [json.loads(line) for line in file]
    forge(rows)
    download.write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, told = run(download)
    assert (code, "line 1 cannot be read" in told) == (2, True)


def test_what_is_no_download(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    assert run(path)[0] == 2
    path.write_bytes(b"\xff\xfe")
    assert run(path)[0] == 2
    path.write_text("{")
    assert run(path)[0] == 2
    path.write_text("[" * 200_000)
    assert run(path)[0] == 2
    assert run()[0] == 2
