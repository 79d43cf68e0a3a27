"""Named figures found by reading: many wordings, none of them of a real report."""

import pytest

from disclosure.reports.reading.figures import figures_in


def found(text: str) -> list[tuple[str, int | float, str]]:
    return [(item["name"], item["value"], item["unit"]) for item in figures_in([text])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年主动公开政府信息86条。", ("主动公开政府信息", 86, "条")),
        (
            "本年度，我局通过门户网站公开政府信息１，２０８条。",
            ("通过门户网站公开政府信息", 1208, "条"),
        ),
        ("2015年，政务公开栏目访问量达3.6万人次。", ("政务公开栏目访问量", 36000, "人次")),
        ("信息公开专栏点击量为45,301次，", ("信息公开专栏点击量", 45301, "次")),
        ("共收到依申请公开23件。", ("收到依申请公开", 23, "件")),
        ("我局收到12件政府信息公开申请，均已办结。", ("收到政府信息公开申请", 12, "件")),
        ("我委全年共受理了7件书面申请。", ("受理书面申请", 7, "件")),
        ("举办信息公开培训班3期，", ("举办信息公开培训班", 3, "期")),
        ("开展了5次专项检查。", ("开展专项检查", 5, "次")),
        ("接待来访、来电咨询 240 人次。", ("接待来访、来电咨询", 240, "人次")),
        ("市局发放《办事须知》、《法规摘编》等宣传册1500册。", ("发放宣传册", 1500, "册")),
        ("主动公开信息120条（次）。", ("主动公开信息", 120, "条（次）")),
        ("主动公开政府信息数：96条。", ("主动公开政府信息数", 96, "条")),
        ("公开规范性文件二十三件，", ("公开规范性文件", 23, "件")),
        ("按时答复率100%。", ("按时答复率", 100, "%")),
        ("收取检索、复制费用0.35万元。", ("收取检索、复制费用", 3500, "元")),
        ("行政复议案件0件。", ("行政复议案件", 0, "件")),
    ],
)
def test_a_figure_is_named_valued_and_has_its_unit(
    text: str, expected: tuple[str, int | float, str]
) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "written"),
    [
        ("印发宣传单5万多张。", 50_000, "over", "5万多张"),
        ("印发宣传单5万余张。", 50_000, "over", "5万余张"),
        ("印发宣传单3000余张。", 3_000, "over", "3000余张"),
        ("印发宣传单20余万张。", 200_000, "over", "20余万张"),
        ("发放折页超过800份。", 800, "over", "超过800份"),
        ("发放折页800份以上。", 800, "over", "800份以上"),
        ("发放折页约800份。", 800, "about", "约800份"),
        ("发放折页800份左右。", 800, "about", "800份左右"),
        ("解答来电近１０００人次。", 1_000, "nearly", "近1000人次"),
    ],
)
def test_a_bound_is_a_number_with_a_qualifier_and_the_wording(
    text: str, value: int, qualifier: str, written: str
) -> None:
    (figure,) = figures_in([text])
    assert figure["value"] == value
    assert figure["qualifier"] == qualifier
    assert figure["as_written"] == written


@pytest.mark.parametrize(
    "text",
    [
        "领导小组由4个科室的负责人组成。",
        "每个县区安排2名同志负责此项工作。",
        "根据《条例》第二十条、第13条的规定办理。",
        "按照国办发〔2012〕26号文件要求，",
        "2014年5月15日开展宣传活动，",
        "自收到申请之日起15个工作日内答复。",
        "比上年增加32条。",
        "同比增长18.5%。",
        "占公开总数的41%。",
        "明年计划公开信息300条。",
        "信息员每月报送信息2篇。",
        "做到“五个公开”、“10件实事”。",
        "严格执行一次性告知。",
        "落实《关于公开100条信息的意见》。",
        "第3次会议通过了方案。",
        "联系电话：024-12345678。",
    ],
)
def test_what_does_not_measure_the_work_is_no_figure(text: str) -> None:
    assert found(text) == []


def test_parts_of_a_figure_bear_its_name() -> None:
    text = "主动公开政府信息150条，其中机构职能类20条，法规文件类30条。收到申请8件。"
    assert found(text) == [
        ("主动公开政府信息", 150, "条"),
        ("主动公开政府信息，其中机构职能类", 20, "条"),
        ("主动公开政府信息，其中法规文件类", 30, "条"),
        ("收到申请", 8, "件"),
    ]


def test_two_figures_in_one_clause() -> None:
    assert found("全年接听热线320次、接待来访45人次。") == [
        ("接听热线", 320, "次"),
        ("接待来访", 45, "人次"),
    ]


def test_a_number_directly_after_a_comma_counts_what_stands_before() -> None:
    assert found("政府信息公开专栏点击数，累计9800次。") == [("政府信息公开专栏点击数", 9800, "次")]


def test_equal_names_keep_who_did_it() -> None:
    assert found("省级网站发布信息300条，市级网站发布信息500条。") == [
        ("省级网站发布信息", 300, "条"),
        ("市级网站发布信息", 500, "条"),
    ]


def test_the_same_statement_twice_is_one_figure() -> None:
    assert len(figures_in(["主动公开信息40条。", "全年主动公开信息40条。"])) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1.网站公开政府信息数\t条\t1,204", ("网站公开政府信息数", 1204, "条")),
        ("（二）收到申请数 件 17", ("收到申请数", 17, "件")),
        ("其中：当面申请数\t件\t0", ("当面申请数", 0, "件")),
        ("信息公开专项经费 万元 2.5", ("信息公开专项经费", 25000, "元")),
    ],
)
def test_rows_of_a_statistical_table(row: str, expected: tuple[str, float, str]) -> None:
    assert found(row) == [expected]
