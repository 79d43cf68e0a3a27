"""Zip archives: each member is looked into and cleaned as if it came alone, two levels deep."""

import re

from disclosure.files import sniff
from disclosure.files.inside import table
from disclosure.files.inside.packages import Package, pack
from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt, inside

#: What file managers put beside the files; nobody sends them on purpose.
_SYSTEM = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)


def _members(data: bytes, spent: Spent) -> Package:
    if spent.depth >= spent.limits.depth:
        raise Refused("nested")
    return Package(data, spent)


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What each member holds beside what it shows; members that cannot be looked into."""
    package = _members(data, spent)
    found = []
    if package.comment:
        words = package.comment.decode("gb18030", errors="replace")
        found.append(HiddenFinding("picture_text", "", excerpt(words)))
    if package.has_prefix:
        found.append(HiddenFinding("trailing_data"))
    for name in package.names:
        place = f"member:{name}"
        if _SYSTEM.search(name):
            found.append(HiddenFinding("system_files", place))
            continue
        member = package.read(name)
        kind = sniff.recognise(member, name)
        if kind is None:
            found.append(HiddenFinding("opaque_member", place))
            continue
        found += inside(place, _deeper(spent, place, table.HANDLERS[kind.content_type][0], member))
    return found


def _deeper(spent: Spent, place: str, function: table.Function, data: bytes) -> table.Result:
    spent.depth += 1
    try:
        return function(data, spent)
    except Refused as refused:
        where = f"{place} > {refused.where}" if refused.where else place
        raise Refused(refused.code, where) from refused
    finally:
        spent.depth -= 1


def strip(data: bytes, spent: Spent) -> bytes:
    """The same members under the same names, each cleaned."""
    package = _members(data, spent)
    members, stored = [], []
    for name, info in package.infos.items():
        if _SYSTEM.search(name):
            continue
        if info.is_dir():
            members.append((name, b""))
            continue
        member = package.read(name)
        kind = sniff.recognise(member, name)
        if kind is not None:
            strip_one = table.HANDLERS[kind.content_type][1]
            member = _deeper(spent, f"member:{name}", strip_one, member)
            if kind.content_type != "text/plain":
                stored.append(name)  # packed already
        members.append((name, member))
    return pack(members, stored=stored)


def text(data: bytes, spent: Spent) -> str:
    """The names of the members and what they say."""
    package = _members(data, spent)
    parts = []
    for name in package.names:
        if _SYSTEM.search(name):
            continue
        parts.append(name)
        member = package.read(name)
        kind = sniff.recognise(member, name)
        if kind is not None:
            read_one = table.HANDLERS[kind.content_type][2]
            parts.append(_deeper(spent, f"member:{name}", read_one, member))
        if sum(map(len, parts)) > spent.limits.text:
            break
    return "\n".join(part for part in parts if part)
