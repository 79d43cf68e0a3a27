"""检查政府信息公开日志 / Checks a download of the public log of government information.

    python check_log.py publications.jsonl
    python check_log.py publications.jsonl --earlier old.jsonl
    python check_log.py publications.jsonl --file SHA256=附件.pdf
    python check_log.py publications.jsonl --files FOLDER

Stands alone: Python 3.8 or later, nothing to install, no network. Each entry of the log is sealed
and bears the hash of the one before, so nothing in it can be changed, added in between or taken
away without this showing. `--earlier`: what you downloaded before must be the beginning of the log
now. `--file`, `--files`: the files on your disk have the SHA-256 that the log names.

退出码 / exit code: 0 完好 sound, 1 有问题 broken, 2 无法检查 could not be checked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ZERO = "0" * 64
#: The kind of an entry that an earlier version may be read no more: it names no content, and the
#: details of that version's own entry are left out from then on.
CLOSING = "version_closed"
#: Field of an entry -> its type; `details` may be left out as null.
FIELDS = {"seq": int, "at": str, "kind": str, "sealed": str, "previous": str, "hash": str}


class Broken(Exception):
    """The log, or a file, is not what it was: said in Chinese and in English."""


class Unreadable(Exception):
    """Nothing can be said."""


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hash_of(entry: dict[str, Any]) -> str:
    """The hash of an entry: over number, moment, kind, seal and the hash before it."""
    return sha256(canonical({name: entry[name] for name in FIELDS if name != "hash"}))


def sha256_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(1024 * 1024), b""):
            digest.update(chunk)
    return digest.hexdigest()


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a download: the entries, last the head."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                found = None
            if not isinstance(found, dict) or not ("head" in found or _is_entry(found)):
                raise Unreadable(
                    f"{path.name} 第 {number} 行无法识别 / line {number} cannot be read"
                )
            yield found


def _is_entry(found: dict[str, Any]) -> bool:
    fits = all(type(found.get(name)) is kind for name, kind in FIELDS.items())
    return fits and type(found.get("details", 0)) in (str, type(None)) and _is_text(found)


def _is_text(found: dict[str, Any]) -> bool:
    """Whether all of it is UTF-8: halves of characters have no hash of their own."""
    try:
        "".join(str(value) for value in found.values()).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of a download that ends with its head; raises Broken where it does not."""
    last, head = {"seq": 0, "hash": ZERO}, None
    for found in read(path):
        if head is not None:
            raise Broken(f"{path.name}：末行之后还有内容 / something follows the last line")
        if "head" in found:
            head = found["head"]
            continue
        yield found
        last = {"seq": found["seq"], "hash": found["hash"]}
    if head is None:
        raise Broken(
            f"{path.name}：缺少末行，文件不完整 / the last line is missing: it is not complete"
        )
    if head != last:
        raise Broken(
            f"{path.name}：末行与第 {last['seq']} 条不符 / the last line does not fit entry"
            f" {last['seq']}"
        )


def checked(found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each entry once it is proved to follow on the one before."""
    previous, at = ZERO, ""
    for seq, entry in enumerate(found, start=1):
        if entry["seq"] != seq:
            raise Broken(f"缺少第 {seq} 条 / entry {seq} is missing")
        if entry["previous"] != previous:
            raise Broken(
                f"第 {seq} 条与前一条不衔接 / entry {seq} does not follow on the one before"
            )
        if entry["details"] is not None and sha256(entry["details"]) != entry["sealed"]:
            raise Broken(f"第 {seq} 条的内容被改动 / the details of entry {seq} have been changed")
        if hash_of(entry) != entry["hash"]:
            raise Broken(f"第 {seq} 条被改动 / entry {seq} has been changed")
        if entry["at"] < at:
            raise Broken(
                f"第 {seq} 条的时间早于前一条 / entry {seq} is earlier than the one before"
            )
        previous, at = entry["hash"], entry["at"]
        yield entry


def followed(
    found: Iterator[dict[str, Any]], earlier: Iterator[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The entries, of which those downloaded earlier must be the first."""
    for entry in found:
        before = next(earlier, None)
        if before is not None and before["hash"] != entry["hash"]:
            raise Broken(
                f"第 {entry['seq']} 条与先前下载的不一致 / entry {entry['seq']} is not the one that"
                " was downloaded earlier"
            )
        yield entry
    missing = next(earlier, None)
    if missing is not None:
        raise Broken(
            f"先前下载的第 {missing['seq']} 条已不在日志中 / entry {missing['seq']} of the earlier"
            " download is no longer in the log"
        )


def files_asked_for(options: argparse.Namespace) -> dict[str, list[Path]]:
    """SHA-256 -> the files on the disk that must have it and be named by the log."""
    found: dict[str, list[Path]] = {}
    for given in options.file:
        digest, equals, name = given.partition("=")
        if not equals:
            raise Unreadable(f"请写成 SHA256=文件 / write SHA256=path: {given}")
        own = sha256_of_file(Path(name))
        if own != digest.strip().lower():
            raise Broken(
                f"{name} 的 SHA-256 是 {own}，与所给的不符 / the SHA-256 of {name} is {own}"
            )
        found.setdefault(own, []).append(Path(name))
    if options.files is not None:
        if not options.files.is_dir():
            raise Unreadable(f"{options.files} 不是文件夹 / is not a folder")
        for path in sorted(options.files.rglob("*")):
            if path.is_file():
                found.setdefault(sha256_of_file(path), []).append(path)
    return found


def named_files(entry: dict[str, Any]) -> list[str]:
    """The SHA-256 of each file that an entry names; none where its details are left out."""
    try:
        details = json.loads(entry["details"] or "{}")
        return [str(one["sha256"]) for one in details.get("files", [])]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def check(options: argparse.Namespace) -> str:
    """The last line to print; raises Broken at the first thing that is wrong."""
    wanted = files_asked_for(options)
    named: dict[str, int] = {}
    count = withheld = closings = 0
    last: dict[str, Any] = {"seq": 0, "hash": ZERO}
    rows = checked(entries(options.log))
    if options.earlier is not None:
        rows = followed(rows, entries(options.earlier))
    for last in rows:
        count += 1
        withheld += last["details"] is None
        closings += last["kind"] == CLOSING
        if wanted:
            named.update((one, last["seq"]) for one in named_files(last) if one in wanted)
    for digest, paths in wanted.items():
        if digest not in named:
            raise Broken(f"日志中没有此文件 / the log does not name this file: {paths[0]} {digest}")
        for path in paths:
            print(f"{path}：第 {named[digest]} 条 / entry {named[digest]}")
    if closings:
        print(
            f"其中 {closings} 条记录历史版本停止公开 / {closings} of the entries say that an"
            " earlier version was closed"
        )
    return (
        f"日志完好：共 {count} 条，其中 {withheld} 条不公开内容，末条哈希 {last['hash']}\n"
        f"The log holds: {count} entries, the details of {withheld} left out, ends with"
        f" {last['hash']}"
    )


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("log", type=Path, help="publications.jsonl")
    parser.add_argument("--earlier", type=Path, metavar="FILE", help="先前下载的日志")
    parser.add_argument("--file", action="append", default=[], metavar="SHA256=FILE")
    parser.add_argument("--files", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    try:
        print(check(options))
    except Broken as broken:
        print(f"有问题 / broken: {broken}", file=sys.stderr)
        return 1
    except (Unreadable, OSError, UnicodeError) as error:
        print(f"无法检查 / cannot be checked: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
