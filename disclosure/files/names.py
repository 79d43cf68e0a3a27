"""Names of files as people gave them, made safe to store and to send."""

import re
import unicodedata
from urllib.parse import quote

MAX_LENGTH = 120


def clean_name(name: str) -> str:
    """`name` without folders, control and direction marks; Chinese and the ending survive."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(
        char for char in name if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
    name = re.sub(r'[<>:"|?*%#]', "_", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: MAX_LENGTH - len(ending) - 1] or 'file'}.{ending}"
    return name[:MAX_LENGTH] or "file"


def content_disposition(name: str, *, inline: bool = False) -> str:
    """The header that makes a browser save the file under its Chinese name (RFC 6266)."""
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename*=UTF-8''{quote(name, safe='')}"
