"""Every code that the child can answer with has its words."""

import re

from disclosure.files.inside.report import HiddenFinding, inside, shortened
from disclosure.files.kinds import GATE, KINDS, REFUSALS, Problem, place, refusal_sentence
from tests.settings import ROOT

SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "disclosure/files").rglob("*.py")
)


def test_every_code_in_the_sources_has_words() -> None:
    found = set(re.findall(r'HiddenFinding\(\s*"(\w+)"', SOURCES))
    assert len(found) > 25
    assert found <= set(KINDS)
    refused = set(re.findall(r'Refused\(\s*"(\w+)"', SOURCES)) | {"time", "memory", "crash"}
    assert refused == set(REFUSALS)
    assert set(re.findall(r'Problem\(\s*"(\w+)"', SOURCES)) == set(GATE)


def test_problems_are_said_with_their_place(english) -> None:
    said = Problem("hidden_rows", "member:表.xlsx > sheet:一 > cell:A2", "值").sentence
    assert said == "A hidden row · file “表.xlsx” › sheet “一” › cell A2 · 值"
    assert Problem("opaque").sentence.endswith("look into it by hand.")
    assert refusal_sentence("encrypted", "member:a.pdf").endswith("(file “a.pdf”)")
    assert place("something else") == "something else"


def test_many_findings_of_a_kind_are_told_by_their_number() -> None:
    many = [HiddenFinding("comments", f"page:{number}") for number in range(30)]
    told = shortened([*many, *many, HiddenFinding("macros")])
    assert len(told) == 22
    assert told[-1] == HiddenFinding("comments", "", "+10")
    assert inside("member:a", [HiddenFinding("macros")]) == [HiddenFinding("macros", "member:a")]
