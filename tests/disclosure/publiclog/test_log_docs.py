"""The worked example in the docs is right."""

import json
import re

from disclosure.publiclog import check_log
from disclosure.publiclog.chain import Head, Link, canonical, sha256
from disclosure.publiclog.kinds import Kind
from disclosure.publiclog.verify import walk
from tests.settings import ROOT

TEXT = (ROOT / "docs/explanation/log.md").read_text(encoding="utf-8")


def test_the_worked_example_can_be_recomputed() -> None:
    [line] = re.findall(r"```json\n(.+)\n```", TEXT)
    [hashed] = re.findall(r"```text\n(.+)\n```", TEXT)
    entry = json.loads(line)
    link = Link(**entry)
    assert [*walk([link])] == [link]
    assert Head().append(at=link.at, kind=link.kind, details=link.details or "") == link
    assert sha256(hashed) == link.hash == check_log.hash_of(entry)
    assert canonical(json.loads(link.details or "")) == link.details
    assert f"is `{link.sealed}`" in TEXT
    assert f"is `{link.hash}`" in TEXT


def test_every_kind_is_named_in_both_halves() -> None:
    chinese, english = TEXT.split("\n## English\n")
    for kind in Kind.values:
        assert kind in chinese, kind
        assert kind in english, kind
