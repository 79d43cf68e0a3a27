"""The charts of an annual report come from its tables alone, and only where they say something."""

import pytest
from django.utils import translation

from disclosure.reports.charts import outcome_groups, report_charts
from disclosure.reports.document import Document
from disclosure.reports.tables.forms import FORM_2019, FORM_2021
from disclosure.reports.tables.shapes import Form
from tests.report_tables import consistent


def document(form: Form = FORM_2021, year: int = 2025, **rows: list) -> Document:
    tables = consistent(form)
    tables["requests"].update(rows)
    data = {"format": 1, "form": form.key, "agency": "示例", "year": year, "tables": tables}
    return Document.from_json(data)


def zeros(year: int = 2024) -> Document:
    tables = consistent(FORM_2021)
    for table in ("requests", "remedies"):
        tables[table] = {row: [0] * len(cells) for row, cells in tables[table].items()}
    return Document.from_json({"form": "2021", "agency": "示例", "year": year, "tables": tables})


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=lambda form: form.key)
def test_outcomes_by_group_add_up_to_all_that_was_processed(form: Form) -> None:
    one = document(form)
    (chart,) = (chart for chart in report_charts(one, []) if chart.key == "chart-outcomes")
    total = consistent(form)["requests"]["processed_total"][-1]
    assert sum(value.number or 0 for value in chart.values) == total
    assert len(chart.labels) == len(outcome_groups(form)) == 6


def test_names_are_those_of_the_form_without_their_numbers() -> None:
    with translation.override("zh-hans"):
        labels = report_charts(document(), [])[0].labels
    assert labels == ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    with translation.override("en"):
        assert report_charts(document(), [])[0].labels[:2] == ("Granted", "Granted in part")


def test_years_are_compared_in_their_order_the_latest_eight() -> None:
    others = [document(FORM_2019, 2019), *(document(year=year) for year in range(2021, 2030))]
    charts = {chart.key: chart for chart in report_charts(document(year=2020), others)}
    compared = charts["chart-years"]
    assert compared.labels == tuple(str(year) for year in range(2022, 2030))
    assert len(compared.series) == 3


def test_a_year_alone_is_compared_with_nothing() -> None:
    assert "chart-years" not in {chart.key for chart in report_charts(document(), [])}


def test_zeros_make_no_chart() -> None:
    assert report_charts(zeros(), [zeros(2023)]) == []


def test_the_free_form_has_no_charts_of_its_own() -> None:
    old = Document(agency="示例", agency_code="X", year=2013, title="")
    assert report_charts(old, []) == []


def test_blank_and_not_applicable_are_said_and_not_drawn() -> None:
    one = document(new=[1, None, "NA", 0, 0, 0, 1])
    with translation.override("en"):
        (chart,) = (made for made in report_charts(one, []) if made.key == "chart-applicants")
    assert [text for _label, (text,) in chart.rows][:4] == ["1", "–", "not applicable", "0"]
    assert [value.number for value in chart.values][:4] == [1, None, None, 0]


def test_only_remedies_that_there_were() -> None:
    tables = consistent(FORM_2021)
    tables["remedies"]["litigation_direct"] = [0, 0, 0, 0, 0]
    one = Document.from_json({"form": "2021", "agency": "示例", "year": 2025, "tables": tables})
    with translation.override("zh-hans"):
        chart = report_charts(one, [])[-1]
    assert chart.labels == ("行政复议", "复议后起诉")
    assert [series.name for series in chart.series] == [
        "结果维持",
        "结果纠正",
        "其他结果",
        "尚未审结",
    ]
