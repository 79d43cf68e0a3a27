"""People who write annual reports with tables, and reports for tests."""

from typing import Any

from disclosure.agencies.roles import Role
from disclosure.models import Agency, AnnualReport
from disclosure.reports import actions
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORMS
from tests.factories import make_user
from tests.report_tables import consistent

YEAR = 2024
TEXTS = {"overview": "总体情况。", "problems": "问题。", "other": "本年度未收取信息处理费。"}


class Staff:
    """The people of an agency, and its reports."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.editor = make_user(Role.EDITOR, agency=agency)
        self.checker = make_user(Role.REVIEWER, agency=agency)
        self.head = make_user(Role.HEAD, agency=agency)

    def draft(self, year: int = YEAR, **fields: Any) -> AnnualReport:
        values = {"form": "2021" if year > 2020 else "2019", "texts": TEXTS, **fields}
        report = AnnualReport(agency=self.agency, year=year, title=f"{year}年年度报告", **values)
        actions.create(actor=self.editor, report=report)
        return report

    def filled(self, year: int = YEAR, tables: Any = None, **fields: Any) -> AnnualReport:
        report = self.draft(year, **fields)
        form = FORMS[report.form]
        cells, _problems = read_tables(form, tables or consistent(form))
        return actions.load(actor=self.editor, report=report, cells=cells, name="figures.json")

    def out(self, report: AnnualReport) -> AnnualReport:
        report = actions.take(report, "check", actor=self.checker)
        report = actions.take(report, "approve", actor=self.head)
        if report.agency.depth > 1:
            report = actions.take(report, "submit", actor=self.head)
        return actions.publish(actor=self.head, report=report)
