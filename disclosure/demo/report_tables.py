"""Annual reports with tables for the demonstration: the two years before this one, published, and
the draft of the year that runs, counted from the demonstration's own casework. All made up."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from disclosure.agencies.models import Agency, User
from disclosure.core.dates import SHANGHAI, legal_day
from disclosure.reports import actions
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading.titles import usual_title
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import form_for
from disclosure.reports.tables.shapes import Form

#: What the figures of the demonstration were "loaded" from.
SOURCE: Final = "演示数据"
#: New requests and outcomes by kind of applicant; rows that are left out are zero.
_BEFORE: Final = {
    "new": [46, 9, 1, 0, 2, 1],
    "carried_in": [3, 1, 0, 0, 0, 0],
    "granted": [21, 4, 0, 0, 1, 1],
    "partially_granted": [5, 1, 0, 0, 0, 0],
    "refused_third_party": [2, 1, 0, 0, 0, 0],
    "refused_process": [3, 0, 0, 0, 0, 0],
    "unable_not_held": [9, 2, 1, 0, 0, 0],
    "unable_needs_creation": [1, 0, 0, 0, 0, 0],
    "unprocessed_petition": [2, 0, 0, 0, 0, 0],
    "other_not_corrected": [1, 0, 0, 0, 0, 0],
    "other": [1, 0, 0, 0, 0, 0],
    "carried_out": [4, 2, 0, 0, 1, 0],
}
_LAST: Final = {
    "new": [58, 12, 1, 1, 3, 2],
    "carried_in": [4, 2, 0, 0, 1, 0],
    "granted": [27, 6, 1, 0, 2, 1],
    "partially_granted": [7, 2, 0, 0, 0, 0],
    "refused_state_secret": [1, 0, 0, 0, 0, 0],
    "refused_third_party": [2, 0, 0, 0, 0, 0],
    "refused_internal_affairs": [1, 0, 0, 0, 0, 0],
    "refused_process": [4, 1, 0, 0, 0, 0],
    "unable_not_held": [10, 2, 0, 1, 1, 1],
    "unable_needs_creation": [2, 0, 0, 0, 0, 0],
    "unprocessed_petition": [2, 0, 0, 0, 0, 0],
    "unprocessed_repeated": [1, 0, 0, 0, 0, 0],
    "other_not_corrected": [1, 1, 0, 0, 0, 0],
    "other": [1, 0, 0, 0, 0, 0],
    "carried_out": [3, 2, 0, 0, 1, 0],
}
_PROACTIVE: Final[tuple[dict[str, Any], ...]] = (
    {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 1},
        "normative_documents": {"issued": 4, "repealed": 3, "in_force": 25},
        "licences": {"decisions": 312},
        "penalties": {"decisions": 18},
        "coercive_measures": {"decisions": 0},
        "fees": {"amount": "1260.35"},
    },
    {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 1},
        "normative_documents": {"issued": 6, "repealed": 5, "in_force": 26},
        "licences": {"decisions": 347},
        "penalties": {"decisions": 21},
        "coercive_measures": {"decisions": 0},
        "fees": {"amount": "1184.60"},
    },
)
_REMEDIES: Final = (
    {
        "reconsideration": [3, 1, 0, 1, 5],
        "litigation_direct": [1, 0, 0, 0, 1],
        "litigation_after_reconsideration": [0, 0, 0, 0, 0],
    },
    {
        "reconsideration": [4, 1, 1, 0, 6],
        "litigation_direct": [1, 0, 0, 1, 2],
        "litigation_after_reconsideration": [1, 0, 0, 0, 1],
    },
)
#: The written sections of the year before last and of last year.
_TEXTS: Final = (
    {
        "overview": """（一）主动公开。{year}年通过门户网站主动公开政府信息，按主题分类和文种编目，\
制发行政规范性文件{issued}件，废止{repealed}件，现行有效{in_force}件。
（二）依申请公开。{year}年新收政府信息公开申请{new}件，上年结转{carried_in}件，\
办结{processed}件，结转下年度继续办理{carried_out}件。
（三）政府信息管理。公开前一律进行保密审查，发布、更正、撤回均记入公开日志，可供核验。
（四）平台建设。门户网站设政府信息公开专栏，各栏目更新情况按月检查。
（五）监督保障。对所属机构开展业务培训和年度考核。""",
        "problems": """存在的主要问题：一是部分栏目更新不够及时；二是答复文书的说理还不够充分。
改进情况：一是按月通报栏目更新情况；二是统一答复文书格式，加强法制审核。""",
        "other": "{year}年度未收取政府信息公开信息处理费。无其他需要报告的事项。",
    },
    {
        "overview": """（一）主动公开。围绕人防工程审批、易地建设费和防空警报试鸣等群众关心的事项\
及时发布信息，全年制发行政规范性文件{issued}件，清理后废止{repealed}件，年末现行有效{in_force}件。
（二）依申请公开。本年新收申请{new}件，连同上年结转{carried_in}件，共办结{processed}件，\
年末结转{carried_out}件，均在法定期限内。
（三）政府信息管理。完成规范性文件集中清理，清理结果向社会公布；不予公开信息按期重新评估。
（四）平台建设。检索支持文号和简称，移动端和大字版同步上线，办件进度可凭查询码在线跟踪。
（五）监督保障。约谈更新滞后的栏目责任处室，组织公开工作人员培训两期。""",
        "problems": """一年来仍有不足：解读材料数量偏少，部分解读照抄文件原文；个别申请征求第三方\
意见用时较长。
下一步，要求解读与文件同步起草、同步报批，并对征求意见设置提醒，临近期限自动催办。""",
        "other": "{year}年未发出收费通知，未收取信息处理费。年内公开事项检查结果已在网站公布。",
    },
)


def _tables(form: Form, place: int) -> dict[str, Any]:
    """The tables of the year before last (0) and of last year (1)."""
    known = (_BEFORE, _LAST)[place]
    rows = {key: known.get(key, [0] * 6) for key in form.table("requests").rows}
    outcomes = next(one.right for one in form.identities if one.key == "processed")
    rows["processed_total"] = [sum(rows[key][kind] for key in outcomes) for kind in range(6)]
    return {
        "proactive": _PROACTIVE[place],
        "requests": {key: [*cells, sum(cells)] for key, cells in rows.items()},
        "remedies": _REMEDIES[place],
    }


def _texts(year: int, tables: Mapping[str, Any], place: int) -> dict[str, str]:
    requests, documents = tables["requests"], tables["proactive"]["normative_documents"]
    figures = {
        key: requests[row][-1]
        for key, row in (
            ("new", "new"),
            ("carried_in", "carried_in"),
            ("processed", "processed_total"),
            ("carried_out", "carried_out"),
        )
    }
    return {
        key: text.format(year=year, **documents, **figures) for key, text in _TEXTS[place].items()
    }


def load_tabled_reports(agency: Agency, people: Mapping[str, User], *, at: dt.datetime) -> int:
    """Publish the two years before, draft the running one; what is there is left alone."""
    this_year, made = legal_day(at).year, 0
    there = set(AnnualReport.objects.filter(agency=agency).values_list("year", flat=True))
    for place, year in enumerate((this_year - 2, this_year - 1)):
        if year not in there:
            _publish(agency, people, year, place)
            made += 1
    if this_year not in there:
        report = _begun(agency, people, this_year, {"overview": "", "problems": "", "other": ""})
        actions.compute(actor=people.get("editor"), report=report, at=at)
        made += 1
    return made


def _begun(
    agency: Agency, people: Mapping[str, User], year: int, texts: dict[str, str]
) -> AnnualReport:
    form = form_for(year)
    assert form is not None  # noqa: S101  (years of the demonstration have one)
    report = AnnualReport(
        agency=agency,
        year=year,
        form=form.key,
        title=usual_title(agency.name, year),
        texts=texts,
        source_note=SOURCE,
        is_demo=True,
    )
    actions.create(actor=people.get("editor"), report=report)
    return report


def _publish(agency: Agency, people: Mapping[str, User], year: int, place: int) -> None:
    form = form_for(year)
    assert form is not None  # noqa: S101  (years of the demonstration have one)
    tables = _tables(form, place)
    report = _begun(agency, people, year, _texts(year, tables, place))
    cells: Cells = read_tables(form, tables)[0]
    actions.load(actor=people.get("editor"), report=report, cells=cells, name=SOURCE)
    for step, who, day in (
        ("check", "reviewer", 15),
        ("approve", "head", 20),
        ("publish", "head", 24),
    ):
        moment = dt.datetime(year + 1, 1, day, 9, tzinfo=SHANGHAI)
        report = actions.take(report, step, actor=people.get(who), at=moment)
