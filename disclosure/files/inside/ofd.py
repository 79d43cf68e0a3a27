"""OFD (GB/T 33190), the fixed-layout format of Chinese offices: text and what can be told of it."""

from disclosure.files.inside.packages import Package, local, parse
from disclosure.files.inside.report import HiddenFinding, Spent, excerpt

_TOLD = frozenset({"Author", "Creator", "Title", "Subject", "Abstract", "CustomData", "Keyword"})


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What can be told of the file; that it cannot be proved clean is a finding of its own."""
    package = Package(data, spent)
    found = [HiddenFinding("opaque")]
    root = parse(package.read("OFD.xml", limit=spent.limits.part), "part:OFD.xml")
    told = [
        f"{local(one)}: {one.text.strip()}"
        for one in root.iter()
        if local(one) in _TOLD and (one.text or "").strip()
    ]
    if told:
        found.append(HiddenFinding("properties", "", excerpt("; ".join(told))))
    for name in package.names:
        lowered = name.lower()
        if "/attachs/" in lowered or "/attachments/" in lowered:
            found.append(HiddenFinding("attachment", f"part:{name}"))
        elif "/annots/" in lowered and lowered.endswith(".xml"):
            found.append(HiddenFinding("comments", f"part:{name}"))
        elif lowered.endswith("signature.xml"):
            found.append(HiddenFinding("signature", f"part:{name}"))
        elif "/doc_" in f"/{lowered}" and "version" in lowered:
            found.append(HiddenFinding("earlier_revisions", f"part:{name}"))
    return found


def strip(data: bytes, spent: Spent) -> bytes:
    """As it is: a seal would no longer hold."""
    return data


def text(data: bytes, spent: Spent) -> str:
    """The text of the pages, in the order of their numbers."""
    package = Package(data, spent)
    pages = [
        name
        for name in package.names
        if "/pages/" in name.lower() and name.lower().endswith("content.xml")
    ]
    lines = []
    for name in sorted(pages, key=lambda one: [_number(part) for part in one.split("/")]):
        root = parse(package.read(name, limit=spent.limits.part), f"part:{name}")
        for one in root.iter():
            if local(one) == "TextObject":
                words = "".join(code.text or "" for code in one if local(code) == "TextCode")
                lines.append(words)
    return "\n".join(line for line in lines if line.strip())


def _number(part: str) -> tuple[int, str]:
    digits = "".join(char for char in part if char.isdigit())
    return (int(digits) if digits else -1, part)
