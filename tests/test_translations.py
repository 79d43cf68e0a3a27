"""The catalogues are complete and compiled: no text of the sources lacks its Chinese."""

import gettext
import re
import shutil
from pathlib import Path

import django
import pytest

from deploy.messages import LANGUAGES, ROOT, SOURCES, Message, catalogue, compiled, extract, parse

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def messages(language: str) -> list[Message]:
    """The committed catalogue."""
    return parse(catalogue(language).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_or_fuzzy(language: str) -> None:
    unfinished = [m.msgid for m in messages(language) if m.fuzzy or not all(m.texts)]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    wrong = []
    for message in messages(language)[1:]:
        wanted = {frozenset(PLACEHOLDER.findall(message.msgid))}
        if message.plural is not None:
            wanted.add(frozenset(PLACEHOLDER.findall(message.plural)))
        wrong += [t for t in message.texts if frozenset(PLACEHOLDER.findall(t)) not in wanted]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file_is_up_to_date(language: str) -> None:
    """`.mo` files are committed, because a new machine has no gettext: `make messages`."""
    compiled_file = catalogue(language).with_suffix(".mo")
    assert compiled_file.read_bytes() == compiled(messages(language))
    with compiled_file.open("rb") as file:
        assert gettext.GNUTranslations(file).info()["language"] == language


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_every_text_of_the_sources_is_there(tmp_path: Path) -> None:
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name)
    wanted = {message.key: message.plural for message in extract(tmp_path)}
    assert len(wanted) > 100
    for language in LANGUAGES:
        found = {message.key: message.plural for message in messages(language)[1:]}
        assert found == wanted, f"run `make messages` ({language})"


def test_english_repeats_the_sources() -> None:
    for message in messages("en")[1:]:
        assert message.texts[0] == message.msgid


def test_borrowed_texts_are_those_that_django_lacks() -> None:
    """What `portal/borrowed.py` names, and nothing that Django says in Chinese by itself."""
    named = re.findall(r'^\s+_\("(.+)"\),$', (ROOT / "portal/borrowed.py").read_text(), re.M)
    assert len(named) > 5
    theirs = set()
    for place in ("conf", "contrib/admin", "contrib/auth"):
        folder = Path(django.__file__).parent / place / "locale"
        known = gettext.translation("django", folder, ["zh_Hans"])
        theirs |= {text for text in named if known.gettext(text) != text}
    assert theirs == set(), "Django has these itself now"
