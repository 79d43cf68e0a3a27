"""The committed reference pages are what the code declares; the handlers' manual keeps up."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from deploy.messages import catalogue, parse
from portal import reference
from requests_app.determination import DETERMINATIONS, Follow
from requests_app.letters.kinds import KINDS
from requests_app.lifecycle import CASE_STEPS
from tests.settings import ROOT

MANUAL = ROOT / "docs" / reference.MANUAL


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def written() -> str:
    """The manual without what is generated."""
    before, _mark, rest = MANUAL.read_text(encoding="utf-8").partition(reference.BEGIN)
    return before + rest.partition(reference.END)[2]


def test_reference_pages_are_fresh() -> None:
    assert reference.stale() == []


def test_a_changed_page_is_noticed(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(reference, "folder", lambda: tmp_path)
    for name in reference.PAGES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
    manual = tmp_path / reference.MANUAL
    manual.write_text(f"before\n{reference.BEGIN}\nold\n{reference.END}\nafter\n")
    assert set(reference.stale()) == set(reference.PAGES)
    reference.write()
    assert reference.stale() == []
    text = manual.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "stateDiagram-v2" in text
    assert "old" not in text


def test_a_manual_without_marks_is_not_overwritten() -> None:
    with pytest.raises(ValueError, match="marks"):
        reference.manual("a text of somebody's own")


def test_when_a_determination_may_follow_is_said_of_each() -> None:
    assert set(reference.FOLLOWS) == set(Follow)


def test_the_chinese_page_is_chinese() -> None:
    page = reference.requests_page_in_chinese()
    cells = [cell.strip() for line in page.splitlines() for cell in line.split("|") if "|" in line]
    assert [cell for cell in cells if re.search(r"[A-Za-z]{3}", cell)] == []


def test_the_manual_names_every_button_that_staff_have() -> None:
    assert [
        label
        for step in CASE_STEPS.values()
        if f"**{(label := gettext(step.label))}**" not in written()
    ] == []


def test_what_the_manual_prints_bold_stands_on_the_screen() -> None:
    """So that a label that is worded otherwise is worded otherwise in the manual too."""
    messages = parse(catalogue("zh_Hans").read_text(encoding="utf-8"))
    shown = {text for message in messages for text in message.texts}
    bold = set(re.findall(r"\*\*([^*]+)\*\*", written()))
    assert sorted(bold - shown) == []


def test_the_manual_explains_every_determination_and_every_letter() -> None:
    text = written()
    missing = [gettext(row.label) for row in DETERMINATIONS.values()]
    missing += [kind.title for kind in KINDS.values()]
    assert [label for label in missing if label not in text] == []
