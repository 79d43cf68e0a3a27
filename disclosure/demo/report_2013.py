"""Older annual reports as demonstration content: that on 2013 and a few shorter ones.

Written for this project after the subjects and figures of the 2013 report; no sentence of any real
report is in here. `load_report_demo` is called by `load_demo`.
"""

import datetime as dt
from dataclasses import dataclass

from disclosure.agencies.models import Agency
from disclosure.core.dates import SHANGHAI
from disclosure.demo import reports_later
from disclosure.reports import actions
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import Figure, Reading, Section

SOURCE_NOTE = "demonstration content"


@dataclass(frozen=True)
class DemoReport:
    """A report of the demonstration and the day on which it came out."""

    agency_code: str
    year: int
    title: str
    lead: str
    sections: list[Section]
    figures: list[Figure]
    published_on: dt.date


REPORT_2013 = DemoReport(
    agency_code="LNRF",
    year=2013,
    title="辽宁省人民防空办公室2013年度政府信息公开工作报告",
    lead=(
        "本报告说明2013年全省人民防空系统公开政府信息的做法和数据，统计期为当年1月1日至12月31日。"
        "数据由秘书处汇总，欢迎对照公开目录查阅并提出意见。"
    ),
    sections=[
        Section(
            number="一",
            heading="总体工作情况",
            text=(
                "1、机构和人员。公开工作由一位班子成员分管，各处室负责人共同协调；秘书处内设专门办公室，"
                "承担受理、督促和汇总。14个市各有一名信息员，按月报送应当公开的材料。\n"
                "2、制度。主动公开、依申请公开、考核评议、信息发布、保密审查和责任追究六项制度在这一年"
                "作了修订，补上了办理时限和审查留痕的要求。\n"
                "3、查阅场所。档案室兼作查阅点，公开的文件有纸质目录和电子登记，工作时间可以直接查看。"
                "到场查阅文件130人次。\n"
                "4、宣传和培训。各地利用政务公开日和警报试鸣日走进社区、广场，讲解办事程序和防空常识，"
                "发放各类宣传材料20余万份，接受现场咨询超过10万人次。"
            ),
        ),
        Section(
            number="二",
            heading="主动公开政府信息情况",
            text=(
                "公开范围按照目录确定，先审查、后发布，更新是否及时列入处室考核。\n"
                "一是审批事项看得见。各市窗口设在政务大厅，条件、材料、时限、收费依据和投诉电话"
                "张贴在窗口，也登在网上。\n"
                "二是网上内容有人管。指南和目录随新增事项补充，栏目由专人每周检查。\n"
                "三是线下也能查。大厅屏幕和展板滚动显示办理进度与结果，不便上网的群众可以当场查询。\n"
                "这一年在网站公开信息13条，信息公开栏目访问量合计115,713人次。"
            ),
        ),
        Section(
            number="三",
            heading="依申请公开政府信息情况",
            text=(
                "申请可以当面、来信或者从网上提出，由秘书处统一登记后转有关处室办理。"
                "办理中把握四点：\n"
                "一是政策文件能主动公开的先公开，减少重复申请。\n"
                "二是工程项目除涉密内容外，招标、采购和验收结果向社会说明。\n"
                "三是职责、流程和联系方式集中放在一个栏目，申请人不必四处打听。\n"
                "四是招录、租赁和优惠政策这类大家关心的事项，决定前后都作说明，并留有监督电话。"
            ),
        ),
        Section(
            number="四",
            heading="存在的主要问题及改进措施",
            text=(
                "主要问题是品种偏少：文字材料多，解读和数据少。有些业务资料关系国防安全，依法不能公开，"
                "但向申请人说明理由还不够细。\n"
                "今后从三个方面改进。一是定期修订制度，让每个环节有章可循。二是增加公开渠道，"
                "试用移动端发布。三是提高答复质量，凡不能公开的，写明依据和救济途径。"
            ),
        ),
    ],
    figures=[
        Figure(name="查阅文件", value=130, unit="人次"),
        Figure(
            name="发放各类宣传材料",
            value=200_000,
            unit="份",
            qualifier="over",
            as_written="20余万份",
        ),
        Figure(
            name="接受现场咨询",
            value=100_000,
            unit="人次",
            qualifier="over",
            as_written="超过10万人次",
        ),
        Figure(name="公开信息", value=13, unit="条"),
        Figure(name="信息公开栏目访问量", value=115_713, unit="人次"),
    ],
    published_on=dt.date(2014, 3, 25),
)

REPORTS: list[DemoReport] = [
    REPORT_2013,
    *(DemoReport(**fields) for fields in reports_later.REPORTS),
]


def load_report_demo(agency: Agency) -> list[AnnualReport]:
    """Publish the demonstration reports of `agency` and the agencies below it; a real report of a
    year is left alone. A second time changes nothing."""
    agencies = {one.code: one for one in Agency.objects.filter(path__startswith=agency.path)}
    real = set(
        AnnualReport.objects.filter(agency__in=agencies.values(), is_demo=False).values_list(
            "agency__code", "year"
        )
    )
    return [
        _load(demo, agencies[demo.agency_code])
        for demo in REPORTS
        if demo.agency_code in agencies and (demo.agency_code, demo.year) not in real
    ]


def _load(demo: DemoReport, agency: Agency) -> AnnualReport:
    reading = Reading(
        title=demo.title,
        agency=agency.name,
        year=demo.year,
        lead=demo.lead,
        sections=demo.sections,
        figures=demo.figures,
    )
    done = actions.import_report(
        actor=None,
        reading=reading,
        agency=agency,
        source_note=SOURCE_NOTE,
        is_demo=True,
        at=dt.datetime.combine(demo.published_on, dt.time(9), tzinfo=SHANGHAI),
    )
    return done.report
