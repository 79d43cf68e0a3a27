"""Why a file is not taken before it is opened: its size, its kind, its password."""

import pytest

from disclosure.files import limits
from tests.disclosure.files import office_files, other_files, pdf_files


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("a.docx", office_files.word_clean, None),
        ("a.DOCX", office_files.word_clean, None),
        ("a.xlsx", office_files.word_clean, "type"),
        ("a.docx", pdf_files.clean, "type"),
        ("a.exe", other_files.text, "type"),
        ("没有结尾", pdf_files.clean, "type"),
        ("a.txt", lambda: b"", "empty"),
        ("a.txt", lambda: b"<script>alert(1)</script>", "type"),
        # A newer document with a password is an older container: the reason is the password.
        ("a.docx", other_files.ole_encrypted, "encrypted"),
        ("a.xlsx", other_files.ole_encrypted, "encrypted"),
        ("a.doc", other_files.ole, None),
    ],
)
def test_a_file_is_taken_by_content_and_ending(name, make, code: str | None) -> None:
    found = [one.code for one in limits.why_not_kind(name, make())]
    assert found == ([code] if code else [])


def test_the_size_is_asked_before_the_bytes(settings) -> None:
    settings.ATTACHMENT_MAX_BYTES = 2**20
    assert limits.why_not_size(2**20) == []
    assert [one.code for one in limits.why_not_size(2**20 + 1)] == ["size"]
