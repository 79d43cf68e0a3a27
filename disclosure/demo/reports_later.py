"""Shorter reports of later years for the demonstration; made up, figures and all."""

import datetime as dt
from typing import Final, TypedDict

from disclosure.reports.reading import Figure, Section


class Fields(TypedDict):
    """What a demonstration report consists of."""

    agency_code: str
    year: int
    title: str
    lead: str
    sections: list[Section]
    figures: list[Figure]
    published_on: dt.date


REPORTS: Final[list[Fields]] = [
    {
        "agency_code": "LNRF",
        "year": 2014,
        "title": "辽宁省人民防空办公室2014年度政府信息公开工作报告",
        "lead": "现将2014年政府信息公开工作的主要情况和数据公布如下。",
        "sections": [
            Section(
                number="一",
                heading="概述",
                text=(
                    "一年来，公开工作围绕群众办事展开，重点补齐审批和收费两类内容。\n"
                    "省、市两级信息员参加了集中学习，全年举办信息公开培训班2期。"
                ),
            ),
            Section(
                number="二",
                heading="主动公开情况",
                text=(
                    "全年主动公开政府信息46条，其中机构职能类9条，法规文件类12条，"
                    "行政许可类25条。\n"
                    "信息公开栏目访问量合计128,406人次。"
                ),
            ),
            Section(
                number="三",
                heading="依申请公开和收费情况",
                text="收到依申请公开5件，均在期限内答复。没有收取检索、复制和邮寄费用。",
            ),
            Section(
                number="四",
                heading="不足与打算",
                text="栏目之间的链接还不够清楚。计划重新编排目录，让读者三步之内找到文件。",
            ),
        ],
        "figures": [
            Figure(name="举办信息公开培训班", value=2, unit="期"),
            Figure(name="主动公开政府信息", value=46, unit="条"),
            Figure(name="主动公开政府信息，其中机构职能类", value=9, unit="条"),
            Figure(name="主动公开政府信息，其中法规文件类", value=12, unit="条"),
            Figure(name="主动公开政府信息，其中行政许可类", value=25, unit="条"),
            Figure(name="信息公开栏目访问量", value=128_406, unit="人次"),
            Figure(name="收到依申请公开", value=5, unit="件"),
        ],
        "published_on": dt.date(2015, 3, 20),
    },
    {
        "agency_code": "LNRF",
        "year": 2016,
        "title": "辽宁省人民防空办公室2016年度政府信息公开工作报告",
        "lead": "本报告按照当年统计口径编制，电子版可以在本栏目下载。",
        "sections": [
            Section(
                number="一",
                heading="工作概况",
                text=(
                    "（一）组织推进\n"
                    "公开工作列入年度目标，每季度通报一次进度。\n"
                    "（二）平台建设\n"
                    "门户网站改版后，公开栏目按照主题和年份两种方式编排。"
                ),
            ),
            Section(
                number="二",
                heading="公开数据",
                text=(
                    "指标\t单位\t数量\n"
                    "网站公开政府信息数\t条\t88\n"
                    "政策解读稿件数\t篇\t11\n"
                    "收到依申请公开数\t件\t9\n"
                    "按期答复数\t件\t9"
                ),
            ),
            Section(
                number="三",
                heading="问题与改进",
                text="解读材料的数量和形式仍显不足，下一年将增加图解，并公开更多历史数据。",
            ),
        ],
        "figures": [
            Figure(name="网站公开政府信息数", value=88, unit="条"),
            Figure(name="政策解读稿件数", value=11, unit="篇"),
            Figure(name="收到依申请公开数", value=9, unit="件"),
            Figure(name="按期答复数", value=9, unit="件"),
        ],
        "published_on": dt.date(2017, 3, 17),
    },
    {
        "agency_code": "LNRF",
        "year": 2018,
        "title": "辽宁省人民防空办公室2018年度政府信息公开工作报告",
        "lead": "",
        "sections": [
            Section(
                number="一",
                heading="总体情况",
                text=(
                    "机构调整期间，公开栏目保持更新，旧文件逐件核对了有效性。\n"
                    "全年主动公开政府信息103条，解答群众来电咨询约600人次。"
                ),
            ),
            Section(
                number="二",
                heading="依申请公开情况",
                text="受理公开申请14件，按时答复率100%。因申请公开引起的行政复议案件0件。",
            ),
            Section(
                number="三",
                heading="下一步安排",
                text="做好新修订条例施行前的准备，梳理办理流程和答复文书。",
            ),
        ],
        "figures": [
            Figure(name="主动公开政府信息", value=103, unit="条"),
            Figure(
                name="解答群众来电咨询",
                value=600,
                unit="人次",
                qualifier="about",
                as_written="约600人次",
            ),
            Figure(name="受理公开申请", value=14, unit="件"),
            Figure(name="按时答复率", value=100, unit="%"),
            Figure(name="因申请公开引起的行政复议案件", value=0, unit="件"),
        ],
        "published_on": dt.date(2019, 3, 22),
    },
    {
        "agency_code": "SYRF",
        "year": 2016,
        "title": "沈阳市人民防空办公室2016年度政府信息公开工作报告",
        "lead": "本报告公布全年公开工作的主要数据。",
        "sections": [
            Section(
                number="一",
                heading="总体情况",
                text="公开事项全部列入服务窗口清单，由专人核对。全年主动公开政府信息52条。",
            ),
            Section(
                number="二",
                heading="依申请公开情况",
                text="收到依申请公开3件，答复3件。",
            ),
            Section(
                number="三",
                heading="改进方向",
                text="加强对区县工作人员的指导，统一答复文书的格式。",
            ),
        ],
        "figures": [
            Figure(name="主动公开政府信息", value=52, unit="条"),
            Figure(name="收到依申请公开", value=3, unit="件"),
            Figure(name="答复", value=3, unit="件"),
        ],
        "published_on": dt.date(2017, 3, 24),
    },
]
