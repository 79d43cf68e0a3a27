"""`deploy/messages.py`: .po files survive reading and writing, .mo files are what gettext reads."""

import gettext
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.messages import Message, compiled, dump, header, merge, parse

TEXT = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters="\0\x04\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
    ),
    min_size=1,
)
MESSAGES = st.lists(
    st.builds(
        Message,
        msgid=TEXT,
        plural=st.none() | TEXT,
        context=st.none() | TEXT,
        texts=st.lists(TEXT, min_size=1, max_size=1),
        fuzzy=st.booleans(),
    ),
    unique_by=lambda message: message.key,
)


@given(MESSAGES)
def test_what_is_written_is_read_again(messages: list[Message]) -> None:
    everything = [header("zh_Hans"), *messages]
    assert parse(dump(everything)) == everything


@given(MESSAGES)
def test_gettext_finds_every_finished_message(messages: list[Message]) -> None:
    found = gettext.GNUTranslations(io.BytesIO(compiled([header("zh_Hans"), *messages])))
    for message in itertools.filterfalse(lambda message: message.fuzzy, messages):
        if message.context is not None and message.plural is not None:
            answer = found.npgettext(message.context, message.msgid, message.plural, 1)
        elif message.context is not None:
            answer = found.pgettext(message.context, message.msgid)
        elif message.plural is not None:
            answer = found.ngettext(message.msgid, message.plural, 1)
        else:
            answer = found.gettext(message.msgid)
        assert answer == message.texts[0]


def test_parse_leaves_out_obsolete_and_previous_texts() -> None:
    text = """
msgid ""
msgstr "Language: zh_Hans\\n"

#: portal/urls.py
#, fuzzy, python-format
#| msgid "%(count)s page"
msgid "%(count)s pages\\n"
"in \\"all\\""
msgstr "共 %(count)s 页"

#~ msgid "gone"
#~ msgstr "没有了"
"""
    _header, message = parse(text)
    assert message.msgid == '%(count)s pages\nin "all"'
    assert message.fuzzy
    assert message.comments == ["#: portal/urls.py", "#, python-format"]


@pytest.mark.parametrize(("language", "expected"), [("en", ["page", "pages"]), ("zh_Hans", ["页"])])
def test_merge_takes_what_is_given_known_or_english(language: str, expected: list[str]) -> None:
    wanted = [Message("page", "pages", None, ["", ""])]
    merged = merge(language, wanted, [Message("page", "pages", None, ["旧"])], {"page": "页"})
    assert merged[1].texts == expected


def test_merge_never_guesses() -> None:
    known = [Message("page", None, None, ["页"], fuzzy=True), Message("gone", None, None, ["无"])]
    _header, page = merge("zh_Hans", [Message("page", None, None, [""])], known, {})
    assert page.texts == [""]
