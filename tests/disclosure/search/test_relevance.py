"""What is found, and in which order: the same cases on both databases."""

import datetime as dt
from typing import Any

import pytest

from disclosure.core.dates import now
from disclosure.publications import searching
from disclosure.publications.models import Publication
from disclosure.search.seed import load_common
from tests import factories as f

pytestmark = pytest.mark.django_db

#: Short name: (title, number, keywords, summary, body), from the oldest to the newest.
DOCUMENTS: dict[str, tuple[str, str, str, str, str]] = {
    "guide-old": ("市政府信息公开指南", "", "指南", "", "<p>本指南说明如何申请公开。</p>"),
    "notice": (
        "关于加强人民防空工程管理的通知",
        "辽防办发〔2013〕5号",
        "人民防空；工程",
        "规范人防工程建设。",
        "<p>各市人防办：现将有关事项通知如下。防空地下室应当与地面建筑同步建设。</p>",
    ),
    "notice-57": (
        "关于防空警报试鸣的通知",
        "辽防办发〔2013〕57号",
        "警报",
        "定于9月18日试鸣。",
        "<p>全市统一试鸣防空警报，请市民保持正常秩序。</p>",
    ),
    "reply": (
        "关于你单位来函的答复",
        "辽防函[2014]5号",
        "",
        "",
        "<p>你单位《关于辽防办发〔2013〕5号文件的请示》收悉。</p>",
    ),
    "budget": (
        "二〇一三年部门预算",
        "",
        "预算",
        "收入支出总表",
        "<p>二○一三年收入总计 1,200 万元，其中 PM2.5 监测经费 30 万元。</p>",
    ),
    "school": (
        "2024年义务教育阶段招生入学工作方案",
        "沪教委规〔2024〕3号",
        "招生；入学",
        "划定学区。",
        "<p>小学一年级新生应当年满六周岁。</p><p>外来务工人员随迁子女凭居住证办理。</p>",
    ),
    "fees": (
        "行政事业性收費目錄",
        "",
        "收费",
        "",
        "<p>不动产登记费；机动车号牌工本费。</p>",
    ),
    "housing": (
        "住房公积金提取办法",
        "市住建发〔2022〕12号",
        "公积金",
        "租房提取每年一次。",
        "<p>第一条　为规范提取，制定本办法。</p><p>第二条　租房人每年可提取一次。</p>",
    ),
    "permit": (
        "城镇污水排入排水管网许可管理办法",
        "建设部令第21号",
        "排水",
        "",
        "<p>排水户应当申领排水许可证。COD 不得超过 500mg/L。</p>",
    ),
    "guide-new": ("区政府信息公开指南", "", "指南", "", "<p>可以到市民中心查阅。</p>"),
    "digest": (
        "政务简报第8期",
        "",
        "",
        "",
        "<p>市政府信息公开指南已经更新；义务教育招生方案已公布。</p>",
    ),
    "flood": (
        "防汛应急预案",
        "沪府办〔2023〕9号",
        "防汛",
        "分四级响应。",
        "<p>启动Ⅰ级响应时，学校停课，工地停工；人防工程开放避险。</p>",
    ),
}
#: What is typed, and what is found, in this order.
CASES: list[tuple[str, str]] = [
    # a part of a word; the title before the text, the newer before the older
    ("信息公开指南", "guide-new guide-old digest"),
    ("公开指南", "guide-new guide-old digest"),
    ("政府信息公开指南", "guide-new guide-old digest"),
    ("市政府信息公开指南", "guide-old digest"),
    ("指南", "guide-new guide-old digest"),
    ("招生", "school digest"),
    ("义务教育 招生", "school digest"),
    ("招生 义务教育", "school digest"),
    ("招生、方案", "school digest"),
    ("防空地下室", "notice"),
    ("试鸣", "notice-57"),
    ("通知", "notice-57 notice"),
    ("防空", "notice-57 notice"),
    # one character, two characters
    ("汛", "flood"),
    ("函", "reply"),
    ("校", "flood"),
    ("学区", "school"),
    # exact number first, whatever the brackets; then who cites it
    ("辽防办发〔2013〕5号", "notice reply"),
    ("辽防办发[2013]5号", "notice reply"),
    ("辽防办发(2013)5号", "notice reply"),
    ("辽防办发【2013】 5 号", "notice reply"),
    ("辽防办发2013年5号", "notice reply"),
    ("辽防办发２０１３年第５号", "notice reply"),
    ("〔2013〕5号", "notice reply"),
    ("2013年5号", "notice reply"),
    ("2013-5", "notice reply"),
    ("〔2013〕57号", "notice-57"),
    ("辽防办发", "notice-57 notice reply"),
    ("建设部令第21号", "permit"),
    # widths, scripts, figures, case
    ("收费目录", "fees"),
    ("行政事業性收費", "fees"),
    ("２０２４年", "school"),
    ("2013年部门预算", "budget"),
    ("二○一三年", "budget"),
    ("二零一三年部门预算", "budget"),
    ("pm2.5", "budget"),
    ("ＰＭ２．５", "budget"),
    ("cod", "permit"),
    ("500mg/l", "permit"),
    # short forms: a title that has the other form is a title
    ("人防", "notice flood"),
    ("人防工程", "notice flood"),
    ("公积金", "housing"),
    # phrases and what is not wanted
    ('"租房提取"', "housing"),
    ("「提取一次」", "housing"),
    ('"提取租房"', ""),
    ("指南 -区政府", "guide-old digest"),
    ("通知 －警报", "notice"),
    ("-通知", ""),
    # several words of which one is not there; nothing of that kind; stop words count
    ("招生 警报", ""),
    ("不存在的词", ""),
    ("你单位的", ""),
    ("来函的答复", "reply"),
    # whatever is typed is harmless
    ('"', ""),
    ("*", ""),
    ("指南 AND", ""),
    ("' OR 1=1 --", ""),
    ("指南:*", "guide-new guide-old digest"),
    ("(指南", "guide-new guide-old digest"),
    ("\\", ""),
]


def found(text: str, order: str = "relevance", **more: Any) -> list[str]:
    rows = Publication.objects.visible_to_public(now())
    wanted = searching.Wanted(rows, order=order, **more)
    page = searching.search(text).page(wanted, after=None, before=None, size=50)
    return [row.index_number for row in page.rows]


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_common()
        moment = now() - dt.timedelta(days=30)
        agency = f.make_agency("LIB")
        for number, (name, fields) in enumerate(DOCUMENTS.items()):
            title, document_number, keywords, summary, body = fields
            f.make_publication(
                title,
                agency=agency,
                index_number=name,
                document_number=document_number,
                keywords=keywords,
                summary=summary,
                body=body,
                published_at=moment + dt.timedelta(hours=number),
            )
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_the_first_page(library, typed: str, expected: str) -> None:
    assert " ".join(found(typed)) == expected
