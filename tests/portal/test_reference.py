"""The committed reference pages are what the code declares; the staff's manuals keep up."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from deploy.messages import catalogue, parse
from disclosure.publications.lifecycle import TRANSITIONS as PUBLICATION_STEPS
from disclosure.publications.lifecycle import State
from disclosure.publications.review import CHECKLIST
from disclosure.reports.lifecycle import TRANSITIONS as REPORT_STEPS
from portal import reference, reference_publications
from requests_app.determination import DETERMINATIONS, Follow
from requests_app.letters.kinds import KINDS
from requests_app.lifecycle import CASE_STEPS
from tests.settings import ROOT

REVIEWERS_MANUAL, REPORTS_MANUAL = "how-to/reviewer.md", "how-to/annual-report.md"
MANUALS = (reference.MANUAL, reference.EDITORS_MANUAL, REVIEWERS_MANUAL, REPORTS_MANUAL)


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def written(manual: str = reference.MANUAL) -> str:
    """A manual without what is generated."""
    text = (ROOT / "docs" / manual).read_text(encoding="utf-8")
    before, _mark, rest = text.partition(reference.BEGIN)
    return before + rest.partition(reference.END)[2]


def test_reference_pages_are_fresh() -> None:
    assert reference.stale() == []


def test_a_changed_page_is_noticed(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(reference, "folder", lambda: tmp_path)
    for name in reference.PAGES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
    manuals = {
        tmp_path / reference.MANUAL: reference.diagram_in_chinese(),
        tmp_path / reference.EDITORS_MANUAL: reference_publications.diagram(),
    }
    for manual in manuals:
        manual.write_text(f"before\n{reference.BEGIN}\nold\n{reference.END}\nafter\n")
    assert set(reference.stale()) == set(reference.PAGES)
    reference.write()
    assert reference.stale() == []
    for manual, diagram in manuals.items():
        text = manual.read_text(encoding="utf-8")
        assert text.startswith("before\n")
        assert text.endswith("after\n")
        assert "\n".join(diagram) in text
        assert "old" not in text


def test_a_manual_without_marks_is_not_overwritten() -> None:
    with pytest.raises(ValueError, match="marks"):
        reference.manual("a text of somebody's own")


def test_when_a_determination_may_follow_is_said_of_each() -> None:
    assert set(reference.FOLLOWS) == set(Follow)


@pytest.mark.parametrize(
    "page_in_chinese",
    [reference.requests_page_in_chinese, reference.publications_page_in_chinese],
)
def test_a_chinese_page_is_chinese(page_in_chinese) -> None:
    page = page_in_chinese()
    cells = [cell.strip() for line in page.splitlines() for cell in line.split("|") if "|" in line]
    # Chinese texts write these so.
    cells = [re.sub("EXIF|GPS|Excel", "", cell) for cell in cells]
    assert [cell for cell in cells if re.search(r"[A-Za-z]{3}", cell)] == []


def test_the_manual_names_every_button_that_staff_have() -> None:
    assert [
        label
        for step in CASE_STEPS.values()
        if f"**{(label := gettext(step.label))}**" not in written()
    ] == []


def test_the_manuals_name_every_step_of_a_publication() -> None:
    text = written(reference.EDITORS_MANUAL) + written(REVIEWERS_MANUAL)
    labels = [str(step.label) for step in PUBLICATION_STEPS.values()]
    assert [label for label in labels if f"**{label}**" not in text] == []


def test_the_manual_names_every_step_of_an_annual_report() -> None:
    labels = [gettext(step.label) for step in REPORT_STEPS.values()]
    assert [label for label in labels if f"**{label}**" not in written(REPORTS_MANUAL)] == []


def test_the_reviewers_manual_goes_through_the_checklist() -> None:
    text = written(REVIEWERS_MANUAL)
    questions = [gettext(question.text) for question in CHECKLIST]
    assert [question for question in questions if f"**{question}**" not in text] == []


def test_who_reads_a_publication_is_said_of_each_state() -> None:
    assert set(reference_publications.READ_BY) == set(State)


@pytest.mark.parametrize("manual", MANUALS)
def test_what_a_manual_prints_bold_stands_on_the_screen(manual: str) -> None:
    """So that a label that is worded otherwise is worded otherwise in the manual too."""
    messages = parse(catalogue("zh_Hans").read_text(encoding="utf-8"))
    shown = {text for message in messages for text in message.texts}
    bold = set(re.findall(r"\*\*([^*]+)\*\*", written(manual)))
    assert sorted(bold - shown) == []


def test_the_manual_explains_every_determination_and_every_letter() -> None:
    text = written()
    missing = [gettext(row.label) for row in DETERMINATIONS.values()]
    missing += [kind.title for kind in KINDS.values()]
    assert [label for label in missing if label not in text] == []
