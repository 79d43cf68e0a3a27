"""Remarks are said in the reader's language."""

import pytest
from django.utils.translation import override

from disclosure.reports.prose import wording
from disclosure.reports.prose.findings import Remark, remarks
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORM_2021
from tests.report_tables import broken
from tests.rules.test_report_prose_findings import made


def found() -> list[Remark]:
    from dataclasses import replace

    document = made(
        overview="新收申请7777件，不予公开8888件，行政诉讼9999件。【填写】", problems="", other=""
    )
    tables, _earlier = broken(FORM_2021, "remedies")
    return remarks(replace(document, cells=read_tables(FORM_2021, tables)[0]))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_remark_has_a_sentence_and_a_place(language: str) -> None:
    with override(language):
        for one in found():
            sentence = wording.sentence(FORM_2021, one)
            assert sentence
            assert "%(" not in sentence
            assert wording.section_name(FORM_2021, one)


def test_the_cells_are_named() -> None:
    with override("en"):
        said = "\n".join(wording.sentence(FORM_2021, one) for one in found())
    assert "The text says 7777件, the table " in said
    assert "1. Requests received in this year – Total." in said
    assert "State secret – Total and 7 more cells together." in said
    assert "Brought to court directly – Total + " in said
