"""Figures in the written sections: what each means, and whether the tables say the same. All of
the sentences are made up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.reports.prose.figures import Found, figures_in
from tests.report_prose import YEAR, cells_2019, cells_2021

CELLS = cells_2021()

# Sentence -> what is said of each figure that the tables know of: row.column, verdict.
AGREE = {
    "全年新收政府信息公开申请3525件。": "new.total",
    "全年新收政府信息公开申请３，５２５件。": "new.total",
    "全年新收政府信息公开申请3,525件。": "new.total",
    "全年新收政府信息公开申请 3525 件（次）。": "new.total",
    "2024年，我局共收到3525件政府信息公开申请。": "new.total",
    "本年度新收政府信息公开申请：3525件。": "new.total",
    "新收政府信息公开申请数量为3525，": "new.total",
    "依申请公开方面，全年共收到3525宗。": "new.total",
    "全市新收申请三千五百二十五件。": "new.total",
    "收到申请3500余件。": "new.total",
    "收到申请超过3000件。": "new.total",
    "收到申请近3600件。": "new.total",
    "收到申请约3500件。": "new.total",
    "收到申请3500件左右。": "new.total",
    "收到申请0.35万件。": "new.total",
    "结转上年121件。": "carried_in.total",
    "上年结转政府信息公开申请121件。": "carried_in.total",
    "办结申请（含上年度转结申请121件），": "carried_in.total",
    "另有123件申请转结下年度继续办理。": "carried_out.total",
    "承接上一年度结转申请121件。": "carried_in.total",
    "结转下年度继续办理123件。": "carried_out.total",
    "结转2025年继续办理123件。": "carried_out.total",
    "办结政府信息公开申请3523件。": "processed_total.total",
    "全年办理依申请公开3523件。": "processed_total.total",
    "答复申请3523件。": "processed_total.total",
    "其中予以公开1431件。": "granted.total",
    "有1431件予以公开。": "granted.total",
    "部分公开265件。": "partially_granted.total",
    "属于国家秘密3件。": "refused_state_secret.total",
    "因属于三类内部事务信息不予公开42件。": "refused_internal_affairs.total",
    "本机关不掌握相关政府信息1178件。": "unable_not_held.total",
    "没有现成信息需要另行制作的65件。": "unable_needs_creation.total",
    "信访举报投诉类申请314件。": "unprocessed_petition.total",
    "重复申请87件。": "unprocessed_repeated.total",
    "申请人逾期不补正19件。": "other_not_corrected.total",
    "申请人逾期未按收费通知要求缴纳费用0件。": "other_fee_unpaid.total",
    "自然人新收申请3000件。": "new.natural_person",
    "制发规范性文件23件。": "normative_documents.issued",
    "制发行政规范性文件二十三件。": "normative_documents.issued",
    "现行有效规范性文件208件。": "normative_documents.in_force",
    "废止行政规范性文件5件。": "normative_documents.repealed",
    "公开规范性文件208件。": "normative_documents.in_force",
    "制定政府规章2部。": "regulations.issued",
    "作出行政许可决定12034件。": "licences.decisions",
    "作出行政许可决定1.2万件。": "licences.decisions",
    "行政处罚876宗。": "penalties.decisions",
    "行政强制9件。": "coercive_measures.decisions",
    "行政事业性收费12.5万元。": "fees.amount",
    "行政事业性收费125000元。": "fees.amount",
    "因政府信息公开引发行政复议170件。": "reconsideration.total",
    "复议维持100件。": "reconsideration.upheld",
    "未经复议直接起诉16件。": "litigation_direct.total",
    "复议后起诉14件。": "litigation_after_reconsideration.total",
    "新收申请增加到3525件。": "new.total",
    "新收申请较上年增长12%，达到3525件。": "new.total",
}

SUMS = {
    "全年共收到政府信息公开申请3646件。": ("new.total", "carried_in.total"),
    "新收和上年结转申请共3646件。": ("new.total", "carried_in.total"),
    "受理申请3646件。": ("new.total", "carried_in.total"),
    "不予公开98件。": ("refused_state_secret.total",),
    "无法提供1243件。": ("unable_not_held.total",),
    "不予处理401件。": ("unprocessed_petition.total",),
    "其他处理85件。": ("other_not_corrected.total",),
    "予以公开及部分公开的1696件，": ("granted.total", "partially_granted.total"),
    "因本机关不掌握等原因无法提供的1243件。": ("unable_not_held.total",),
    "行政诉讼30件。": ("litigation_direct.total",),
    "行政复议、行政诉讼案件200件。": ("reconsideration.total",),
}

DIFFER = {
    "全年新收政府信息公开申请3500件。": ("new.total", 3525),
    "依申请公开：全年新收3636件，": ("new.total", 3525),
    "全年新收政府信息公开申请三百五十二件。": ("new.total", 3525),
    "收到申请3700余件。": ("new.total", 3525),
    "收到申请超过4000件。": ("new.total", 3525),
    "新收政府信息公开申请352５件，结转上年112件。": ("carried_in.total", 121),
    "较上年增长12%，予以公开1413件。": ("granted.total", 1431),
    "部分公开256件。": ("partially_granted.total", 265),
    "不予公开99件。": ("refused_state_secret.total", 98),
    "办结申请3532件。": ("processed_total.total", 3523),
    "结转下年度132件。": ("carried_out.total", 123),
    "行政复议171件。": ("reconsideration.total", 170),
    "行政诉讼31件。": ("litigation_direct.total", 30),
    "制发规范性文件50件。": ("normative_documents.issued", 23),
    "规范性文件方面，制发32件。": ("normative_documents.issued", 23),
    "作出行政许可决定12043件。": ("licences.decisions", 12034),
    "行政处罚8760件。": ("penalties.decisions", 876),
    "行政事业性收费13.5万元。": ("fees.amount", Decimal("12.5")),
    "逾期未缴费2件。": ("other_fee_unpaid.total", None),
}

# Nothing is said to differ here.
NEAR_MISSES = [
    "按照国办发〔2024〕5号文件要求，",
    "根据《条例》第三十三条、第三十四条规定，收到申请后二十个工作日内答复。",
    "收到申请之日起20个工作日内予以答复。",
    "申请咨询电话：010-12345678。",
    "收到申请，请拨打12345热线。",
    "2024年1月1日起收到申请，",
    "新收申请同比增长12%。",
    "新收申请较上年增加404件。",
    "新收申请比2023年的3121件，",
    "2023年新收政府信息公开申请3121件。",
    "上年新收政府信息公开申请3121件。",
    "去年同期新收申请3121件，",
    "新收申请3525件（2023年为3121件）。",
    "上半年新收政府信息公开申请1800件。",
    "一季度收到申请800件。",
    "1至6月收到申请1800件。",
    "通过网上平台收到申请2000件。",
    "其中信函申请20件，当面申请12件。",
    "收到涉及征地拆迁的申请1200件。",
    "市公安局受理申请33件。",
    "县区共收到申请40件，市本级收到申请20件。",
    "按期办结率100%。",
    "接受群众咨询560人次。",
    "接听12345热线来电3200件。",
    "收到信访件88件。",
    "办理人大代表建议36件、政协提案48件。",
    "完成行政复议审理500件。",
    "对规范性文件50件进行合法性审查。",
    "发布政策解读60篇。",
    "主动公开政府信息5321条。",
    "清理规范性文件300件。",
    "规范性文件草案征求意见12件。",
    "公布行政许可事项135项。",
    "公开行政处罚信息900条。",
    "计划制发规范性文件10件。",
    "每月收到申请300件。",
    "平均每件申请办理时间12天。",
    "“一件事一次办”，“三张清单”，",
    "受理一件、答复一件。",
    "参见《关于收到申请12件的通报》。",
    "平均办理申请12件。",
    "组织培训3次，参训200人。",
    "申请表一式两份，",
    "新收【填写：12】件申请。",
    "结转上年数见第三部分。",
    "完善五项制度，打造一个平台。",
    "收到申请3—5件的单位，",
    "延期答复申请30件。",
    "新收申请和上年结转申请分别为3525件和121件。",
    "不断完善规章制度20项。",
    "新收申请由上年的3121件增加到3500件。",
    "对120条信息不予公开的，",
]


def names(found: Found) -> list[str]:
    return [f"{place.row}.{place.column}" for place in found.places]


def found(text: str) -> list[Found]:
    return list(figures_in("overview", text, CELLS, YEAR, "某市数据局"))


@pytest.mark.parametrize("text", AGREE)
def test_a_figure_that_the_tables_have_too_agrees(text: str) -> None:
    said = [one for one in found(text) if one.verdict != "unknown"]
    assert [(names(one), one.verdict) for one in said] == [([AGREE[text]], "agrees")]


@pytest.mark.parametrize("text", SUMS)
def test_a_figure_of_several_cells_is_their_sum(text: str) -> None:
    (one,) = found(text)
    assert one.verdict == "sum"
    assert names(one)[: len(SUMS[text])] == list(SUMS[text])


@pytest.mark.parametrize("text", DIFFER)
def test_a_figure_that_differs_names_the_cell_and_what_it_says(text: str) -> None:
    place, expected = DIFFER[text]
    (one,) = [one for one in found(text) if one.verdict == "differs"]
    assert names(one)[0] == place
    assert one.expected == expected
    assert text[one.start : one.end] == one.text


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_is_no_figure_of_the_tables_never_differs(text: str) -> None:
    assert [one for one in found(text) if one.verdict == "differs"] == []


def test_a_clause_goes_on_with_the_row_before() -> None:
    text = (
        "新收申请3525件，其中自然人3000件、法人或其他组织525件；"
        "复议170件，其中维持100件、纠正21件。"
    )
    assert [(names(one)[0], one.verdict) for one in found(text)] == [
        ("new.total", "agrees"),
        ("new.natural_person", "agrees"),
        ("new.enterprise", "sum"),
        ("reconsideration.total", "agrees"),
        ("reconsideration.upheld", "agrees"),
        ("reconsideration.corrected", "differs"),
    ]


def test_a_clause_of_a_verb_alone_goes_on_with_the_documents_before() -> None:
    text = "行政规范性文件方面，制发23件，废止6件，现行有效208件。"
    assert [(names(one)[0], one.verdict) for one in found(text)] == [
        ("normative_documents.issued", "agrees"),
        ("normative_documents.repealed", "differs"),
        ("normative_documents.in_force", "agrees"),
    ]


def test_a_whole_paragraph_is_read_in_order() -> None:
    text = (
        "（二）依申请公开。2024年1月1日至12月31日，全市新收申请3525件，较上年增长12.9%（上年3121件），"
        "结转上年121件。办结3523件，其中：予以公开1431件，占40.6%；部分公开265件。"
    )
    said = [(names(one)[0], one.verdict) for one in found(text) if one.places]
    assert said == [
        ("new.total", "agrees"),
        ("carried_in.total", "agrees"),
        ("processed_total.total", "agrees"),
        ("granted.total", "agrees"),
        ("partially_granted.total", "agrees"),
    ]


def test_the_agencys_own_name_is_no_part_of_it() -> None:
    text = "某市数据局新收申请3500件。"
    assert found(text)[0].verdict == "differs"
    assert next(figures_in("overview", text, CELLS, YEAR, "某市")).verdict == "unknown"


def test_what_no_table_counts_is_a_figure_without_a_cell() -> None:
    (one,) = found("主动公开政府信息5321条。")
    assert (one.value, one.place, one.verdict) == (5321, None, "unknown")


def test_the_form_of_2019_has_other_columns() -> None:
    text = "新制作规范性文件23件，新公开规范性文件20件。其他处理66件。政府集中采购412.7万元。"
    said = list(figures_in("overview", text, cells_2019(), 2020))
    assert [(names(one)[0], one.verdict) for one in said if one.places] == [
        ("normative_documents.made", "agrees"),
        ("normative_documents.newly_public", "differs"),
        ("other.total", "agrees"),
        ("procurement.amount", "agrees"),
    ]


def test_a_table_that_is_left_out_is_not_compared() -> None:
    assert found("新收申请1件。")[0].verdict == "differs"
    cells = cells_2019()
    assert next(figures_in("overview", "新收申请1件。", cells, 2020)).verdict == "unknown"


WORDS = st.lists(
    st.sampled_from(
        [
            *"，。、（）件元万第条《》“”【】%年-.,余一二三十百\n",
            *("3525", "12,345", "１２", "2024", "新收", "申请", "结转", "上年", "其中", "自然人"),
            *("复议", "诉讼", "维持", "规范性文件", "制发", "予以公开", "办结", "收费", "超过"),
        ]
    ),
    max_size=60,
).map("".join)


@given(st.one_of(st.text(max_size=300), WORDS))
def test_no_text_is_too_odd(text: str) -> None:
    for one in found(text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert (one.verdict == "unknown") or one.places


@pytest.mark.parametrize(
    "piece",
    [
        "新收申请3525件，",
        "1",
        "1,234",
        "一",
        "（",
        "《",
        "“一",
        "新收",
        "3件",
        "申请收到",
        "结转上年",
        " ",
        "2024年",
    ],
)
def test_long_texts_of_anything_are_read_to_their_end(piece: str) -> None:
    text = (piece * 30_000)[:30_000]
    assert len(found(text)) <= len(text)
