"""`make messages`: bring locale/ up to date with the sources and compile it (needs gettext).

English is the language of the sources, so its catalogue repeats them. A Chinese text that is
missing stays empty, and the tests name it; nothing is ever guessed ("fuzzy"). Translations can be
handed over as JSON, {"msgid": "译文"} (for plural forms the singular msgid):

    .venv/bin/python deploy/messages.py new.json
"""

import json
import os
import re
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"zh_Hans": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
SOURCES = ("portal", "disclosure", "requests_app", "templates")

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
UNESCAPES = {escaped[1]: plain for plain, escaped in ESCAPES.items()}


@dataclass
class Message:
    """One entry of a .po file."""

    msgid: str = ""
    plural: str | None = None
    context: str | None = None
    texts: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        """What gettext looks it up by."""
        return self.context, self.msgid


def parse(text: str) -> list[Message]:
    """The messages of a .po file, the header (msgid "") first; obsolete ones are left out."""
    messages: list[Message] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        message, slot = Message(), ""
        values: dict[str, str] = {}
        for line in block.splitlines():
            if line.startswith("#~"):
                continue
            if line.startswith("#,"):
                flags = [flag.strip() for flag in line[2:].split(",")]
                message.fuzzy = "fuzzy" in flags
                if kept := [flag for flag in flags if flag != "fuzzy"]:
                    message.comments.append(f"#, {', '.join(kept)}")
            elif line.startswith("#|"):
                continue
            elif line.startswith("#"):
                message.comments.append(line)
            elif match := re.match(r'(?:(msg\w+(?:\[\d+\])?) )?"(.*)"$', line):
                slot = match[1] or slot
                value = re.sub(r"\\(.)", lambda found: UNESCAPES[found[1]], match[2])
                values[slot] = values.get(slot, "") + value
        if "msgid" not in values:
            continue
        message.msgid = values["msgid"]
        message.plural = values.get("msgid_plural")
        message.context = values.get("msgctxt")
        message.texts = [value for slot, value in sorted(values.items()) if "msgstr" in slot]
        messages.append(message)
    return messages


def dump(messages: list[Message]) -> str:
    """The text of a .po file."""
    return "\n\n".join("\n".join(lines(message)) for message in messages) + "\n"


def lines(message: Message) -> list[str]:
    """One entry as lines."""
    found = [*message.comments, *(["#, fuzzy"] if message.fuzzy else [])]
    if message.context is not None:
        found.append(f"msgctxt {quote(message.context)}")
    found.append(f"msgid {quote(message.msgid)}")
    if message.plural is None:
        return [*found, f"msgstr {quote(message.texts[0])}"]
    found.append(f"msgid_plural {quote(message.plural)}")
    return found + [f"msgstr[{n}] {quote(text)}" for n, text in enumerate(message.texts)]


def quote(text: str) -> str:
    """A string of a .po file; after a line feed it goes on in a line of its own."""
    parts = re.findall(r"[^\n]*\n|[^\n]+", text) or [""]
    quoted = ['"' + "".join(ESCAPES.get(char, char) for char in part) + '"' for part in parts]
    return quoted[0] if len(quoted) == 1 else "\n".join(['""', *quoted])


def compiled(messages: list[Message]) -> bytes:
    """The .mo file: two sorted tables of lengths and offsets, then the strings (GNU gettext)."""
    pairs = {}
    for message in messages:
        if message.fuzzy or not all(message.texts):
            continue
        key = message.msgid if message.plural is None else f"{message.msgid}\0{message.plural}"
        if message.context is not None:
            key = f"{message.context}\x04{key}"
        pairs[key.encode()] = "\0".join(message.texts).encode()
    keys = sorted(pairs)
    start = 28 + 16 * len(keys)
    tables, strings = [], b""
    for column in (keys, [pairs[key] for key in keys]):
        for string in column:
            tables.append(struct.pack("<II", len(string), start + len(strings)))
            strings += string + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + b"".join(tables) + strings


def header(language: str) -> Message:
    """The entry that says what the file is; without dates, which would change every time."""
    fields = {
        "Project-Id-Version": "disclosure-portal",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    return Message(texts=["".join(f"{name}: {value}\n" for name, value in fields.items())])


def extract(folder: Path) -> list[Message]:
    """Every text of the sources under `folder`, sorted by file, through Django's makemessages."""
    locale = folder / "locale"
    locale.mkdir(exist_ok=True)
    before = locale.glob("*.pot")
    assert not list(before), "a .pot file is in the way"
    try:
        subprocess.run(
            [
                *(sys.executable, "-m", "django", "makemessages", "--keep-pot", "--verbosity=0"),
                *("--no-wrap", "--add-location=file", "--extension=html,txt,py", "--all"),
                *(f"--ignore={name}" for name in ignored(folder)),
            ],
            check=True,
            cwd=folder,
            # Only the files are read: a portal's settings have no say in it.
            env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
        )
        return parse((locale / "django.pot").read_text(encoding="utf-8"))[1:]
    finally:
        (locale / "django.pot").unlink(missing_ok=True)


def ignored(folder: Path) -> list[str]:
    """What lies beside the sources."""
    return [path.name for path in folder.iterdir() if path.name not in SOURCES]


def merge(
    language: str, wanted: list[Message], known: list[Message], given: dict[str, str]
) -> list[Message]:
    """The catalogue of a language: exactly the wanted texts, with what is known of them."""
    texts = {message.key: message for message in known if not message.fuzzy}
    merged = [header(language)]
    for message in wanted:
        old = texts.get(message.key)
        if language == "en":
            found = [message.msgid] + ([message.plural] if message.plural is not None else [])
        elif message.msgid in given:
            found = [given[message.msgid]]
        elif old and old.plural == message.plural:
            found = old.texts
        else:
            found = [""]
        merged.append(
            Message(message.msgid, message.plural, message.context, found, message.comments)
        )
    return merged


def catalogue(language: str) -> Path:
    """Where the .po file of a language is."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def main(arguments: list[str]) -> int:
    """Update both catalogues; exit 1 when a translation is missing."""
    given: dict[str, str] = {}
    for name in arguments:
        given |= json.loads(Path(name).read_text(encoding="utf-8"))
    wanted = extract(ROOT)
    untranslated = []
    for language in LANGUAGES:
        path = catalogue(language)
        known = parse(path.read_text(encoding="utf-8")) if path.exists() else []
        merged = merge(language, wanted, known, given)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(merged), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(merged))
        untranslated += [
            f"{language}: {message.msgid!r} ({' '.join(message.comments)})"
            for message in merged
            if not all(message.texts)
        ]
    for line in untranslated:
        print(line)
    print(f"{len(wanted)} texts, {len(untranslated)} translations missing")
    return 1 if untranslated else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
