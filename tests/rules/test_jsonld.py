"""JSON-LD data blocks: valid JSON that no text ends, whatever it holds."""

import json

import pytest

from disclosure.opendata import jsonld


@pytest.mark.parametrize(
    "text", ["</script>", "<!--<script>", "a & b", '"\\', "\u2028\u2029", "]]>", "示例\x00\ud800"]
)
def test_a_block_holds_what_it_was_given(text: str) -> None:
    block = jsonld.script({"name": text})
    inner = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inner) & set("<>&\u2028\u2029")
    assert json.loads(inner)["@graph"] == [{"name": text}]


def test_what_is_not_known_is_not_said() -> None:
    assert jsonld.file("甲.pdf", "https://example.cn/1", "", "") == {
        "@type": "MediaObject",
        "name": "甲.pdf",
        "contentUrl": "https://example.cn/1",
    }
