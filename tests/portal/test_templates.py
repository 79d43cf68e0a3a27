"""Every template of the house: nothing inline that the content security policy would refuse."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted(Path("templates").rglob("*.html"))
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "script without src": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json[\"'])[^>]*>",
        re.IGNORECASE,
    ),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


def test_there_are_templates() -> None:
    assert Path("templates/base.html") in TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_nothing_inline(template: Path) -> None:
    source = template.read_text()
    found = [name for name, pattern in INLINE.items() if pattern.search(source)]
    assert found == []


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<STYLE>p{}</STYLE>",
        "<script>alert(1)</script>",
        "<a onclick='x()'>",
        '<a href="javascript:x()">',
    ],
)
def test_the_patterns_find_what_they_should(bad: str) -> None:
    assert any(pattern.search(bad) for pattern in INLINE.values())


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_pages_stand_in_the_frame(template: Path) -> None:
    """A page extends a frame; parts of pages are in components/ or included. A letter is paper,
    and on a lobby screen there is nothing but the page."""
    source = template.read_text()
    if "<html" in source:
        own_frame = {"admin", "letters", "paper"} & set(template.parts)
        assert template.name in {"base.html", "bare.html", "screen.html"} or own_frame
