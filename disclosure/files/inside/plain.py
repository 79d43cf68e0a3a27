"""Plain text and CSV: nothing hides in them but what can be read."""

from disclosure.files.inside.report import HiddenFinding, Refused, Spent

#: Marks that turn the direction of text or take no room: what is read is not what is there.
_UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], None)


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """Nothing, unless marks of direction make a reader see other text than there is."""
    words = text(data, spent)
    return [HiddenFinding("direction_marks")] if words != words.translate(_UNSEEN) else []


def strip(data: bytes, spent: Spent) -> bytes:
    """As it is, in its own encoding, but for marks that turn the direction of text."""
    encoding, words = _decoded(data)
    cleaned = words.translate(_UNSEEN)
    return data if cleaned == words else cleaned.encode(encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8", "gb18030"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("broken")


def text(data: bytes, spent: Spent) -> str:
    return _decoded(data)[1].removeprefix("\ufeff")
