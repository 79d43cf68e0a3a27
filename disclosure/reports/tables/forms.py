"""The forms that the notices prescribe, each with the years that it is for.

A new notice is a new declaration here, with its first year; nothing else is a program of its own.
"""

from typing import Final

from disclosure.reports.tables.shapes import (
    TOTAL,
    Along,
    Block,
    Column,
    Face,
    Form,
    Identity,
    Label,
    Layout,
    Number,
    Row,
    Severity,
    Table,
    Text,
)

PROACTIVE, REQUESTS, REMEDIES = "proactive", "requests", "remedies"

# --- what several forms share --------------------------------------------------------------------

_OTHERS = Label("法人或其他组织", "Legal persons and other organisations")
_NATURAL = Label("自然人", "Natural persons")
_KINDS = (
    Column("natural_person", _NATURAL),
    Column("enterprise", Label("商业企业", "Enterprises"), group=_OTHERS),
    Column("research", Label("科研机构", "Research institutions"), group=_OTHERS),
    Column("social_welfare", Label("社会公益组织", "Social welfare organisations"), group=_OTHERS),
    Column("legal_service", Label("法律服务机构", "Legal service providers"), group=_OTHERS),
    Column("other", Label("其他", "Other"), group=_OTHERS),
)
_BY_APPLICANT = (*_KINDS, Column(TOTAL, Label("总计", "Total")))

_RESULTS = Label("三、本年度办理结果", "3. Outcomes in this year")
_REFUSED = Label("（三）不予公开", "(3) Refused")
_UNABLE = Label("（四）无法提供", "(4) Cannot be provided")
_UNPROCESSED = Label("（五）不予处理", "(5) Not processed")
_OTHER = Label("（六）其他处理", "(6) Otherwise closed")


def _under(*above: Label, rows: tuple[tuple[str, str, str], ...]) -> tuple[Row, ...]:
    return tuple(Row(key, Label(zh, en), above) for key, zh, en in rows)


_NEW = (
    Row(
        "new",
        Label("一、本年新收政府信息公开申请数量", "1. Requests received in this year"),
    ),
    Row(
        "carried_in",
        Label("二、上年结转政府信息公开申请数量", "2. Requests carried over from the year before"),
    ),
)
_OPEN = (
    Row("granted", Label("（一）予以公开", "(1) Granted"), (_RESULTS,)),
    Row(
        "partially_granted",
        Label(
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "(2) Granted in part (counted here alone)",
        ),
        (_RESULTS,),
        also=("部分公开",),
    ),
)
_WITHHELD = (
    *_under(
        _RESULTS,
        _REFUSED,
        rows=(
            ("refused_state_secret", "1.属于国家秘密", "1. State secret"),
            (
                "refused_forbidden_by_law",
                "2.其他法律行政法规禁止公开",
                "2. Forbidden by another law or regulation",
            ),
            (
                "refused_security_stability",
                "3.危及“三安全一稳定”",
                "3. Endangers security or stability",
            ),
            (
                "refused_third_party",
                "4.保护第三方合法权益",
                "4. Protects a third party's lawful interests",
            ),
            (
                "refused_internal_affairs",
                "5.属于三类内部事务信息",
                "5. Internal affairs (three kinds)",
            ),
            (
                "refused_process",
                "6.属于四类过程性信息",
                "6. Information on proceedings (four kinds)",
            ),
            ("refused_enforcement_file", "7.属于行政执法案卷", "7. Enforcement case file"),
            (
                "refused_administrative_inquiry",
                "8.属于行政查询事项",
                "8. To be had by an administrative inquiry",
            ),
        ),
    ),
    *_under(
        _RESULTS,
        _UNABLE,
        rows=(
            (
                "unable_not_held",
                "1.本机关不掌握相关政府信息",
                "1. Not held by this agency",
            ),
            (
                "unable_needs_creation",
                "2.没有现成信息需要另行制作",
                "2. Does not exist and would have to be made",
            ),
            (
                "unable_still_unclear",
                "3.补正后申请内容仍不明确",
                "3. Still unclear after correction",
            ),
        ),
    ),
    *_under(
        _RESULTS,
        _UNPROCESSED,
        rows=(
            (
                "unprocessed_petition",
                "1.信访举报投诉类申请",
                "1. Petition, report or complaint",
            ),
            ("unprocessed_repeated", "2.重复申请", "2. Repeated request"),
            (
                "unprocessed_publication",
                "3.要求提供公开出版物",
                "3. Asks for a publication that is for sale",
            ),
            (
                "unprocessed_excessive",
                "4.无正当理由大量反复申请",
                "4. Many repeated requests without a proper reason",
            ),
            (
                "unprocessed_reissue",
                "5.要求行政机关确认或重新出具已获取信息",
                "5. Asks to confirm or issue again what was had",
            ),
        ),
    ),
)
_ENDS = (
    Row("processed_total", Label("（七）总计", "(7) Total"), (_RESULTS,)),
    Row("carried_out", Label("四、结转下年度继续办理", "4. Carried over to the next year")),
)


def _requests(other: tuple[Row, ...]) -> Table:
    return Table(
        REQUESTS,
        Label("收到和处理政府信息公开申请情况", "Requests received and processed"),
        "三",
        Layout.LISTED,
        (Block(_BY_APPLICANT, (*_NEW, *_OPEN, *_WITHHELD, *other, *_ENDS)),),
        note=Label(
            "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
            "In each column, items 1 and 2 together equal items 3 and 4 together.",
        ),
        over=Label("申请人情况", "Applicants"),
    )


_OUTCOMES_OF_REMEDIES = (
    Column("upheld", Label("结果维持", "Upheld")),
    Column("corrected", Label("结果纠正", "Corrected")),
    Column("other", Label("其他结果", "Other result")),
    Column("pending", Label("尚未审结", "Not yet decided")),
    Column(TOTAL, Label("总计", "Total")),
)
_LITIGATION = Label("行政诉讼", "Litigation")
_REMEDIES = Table(
    REMEDIES,
    Label("政府信息公开行政复议、行政诉讼情况", "Reconsideration and litigation"),
    "四",
    Layout.LISTED,
    (
        Block(
            _OUTCOMES_OF_REMEDIES,
            (
                Row("reconsideration", Label("行政复议", "Administrative reconsideration")),
                Row(
                    "litigation_direct",
                    Label("未经复议直接起诉", "Brought to court directly"),
                    (_LITIGATION,),
                ),
                Row(
                    "litigation_after_reconsideration",
                    Label("复议后起诉", "Brought to court after reconsideration"),
                    (_LITIGATION,),
                ),
            ),
        ),
    ),
    face=Face.ONE_ROW,
)

_PROACTIVE_TITLE = Label("主动公开政府信息情况", "Information disclosed proactively")


def _item(number: str, en: str) -> Label:
    return Label(f"第二十条第（{number}）项", f"Article 20 ({en})")


OVERVIEW = Text("overview", "一", Label("总体情况", "Overview"))
PROBLEMS = Text(
    "problems", "五", Label("存在的主要问题及改进情况", "Main problems and improvements")
)
OTHER = Text("other", "六", Label("其他需要报告的事项", "Other matters"))


def _sections(proactive: Table, requests: Table) -> tuple[Text | Table, ...]:
    return (OVERVIEW, proactive, requests, _REMEDIES, PROBLEMS, OTHER)


def _identities(outcomes: tuple[str, ...]) -> tuple[Identity, ...]:
    """The identities of tables three and four, which all forms share."""
    return (
        Identity(
            key="processed",
            table=REQUESTS,
            along=Along.ROWS,
            left=("processed_total",),
            right=outcomes,
            label=Label("（七）总计＝各办理结果之和", "(7) total = sum of all outcomes"),
        ),
        Identity(
            key="turnover",
            table=REQUESTS,
            along=Along.ROWS,
            left=("processed_total", "carried_out"),
            right=("new", "carried_in"),
            label=Label("第三项＋第四项＝第一项＋第二项", "items 3 + 4 = items 1 + 2"),
        ),
        Identity(
            key="applicants",
            table=REQUESTS,
            along=Along.COLUMNS,
            left=(TOTAL,),
            right=tuple(column.key for column in _KINDS),
            label=Label("总计＝六类申请人之和", "total = sum of the six kinds of applicant"),
        ),
        Identity(
            key="remedies",
            table=REMEDIES,
            along=Along.COLUMNS,
            left=(TOTAL,),
            right=tuple(column.key for column in _OUTCOMES_OF_REMEDIES[:-1]),
            label=Label(
                "总计＝维持＋纠正＋其他＋尚未审结", "total = upheld + corrected + other + pending"
            ),
        ),
        Identity(
            key="carried",
            table=REQUESTS,
            along=Along.ROWS,
            left=("carried_in",),
            before=("carried_out",),
            label=Label(
                "上年结转＝上年度报告的结转下年度", "carried in = carried out of the year before"
            ),
        ),
    )


# --- 2021 ----------------------------------------------------------------------------------------

_DOCUMENTS = (
    Column("issued", Label("本年制发件数", "Issued in this year")),
    Column("repealed", Label("本年废止件数", "Repealed in this year")),
    Column("in_force", Label("现行有效件数", "In force")),
)
_DECISIONS = (Column("decisions", Label("本年处理决定数量", "Decisions in this year")),)
_PROACTIVE_2021 = Table(
    PROACTIVE,
    _PROACTIVE_TITLE,
    "二",
    Layout.NAMED,
    (
        Block(
            _DOCUMENTS,
            (
                Row("regulations", Label("规章", "Rules (规章)")),
                Row(
                    "normative_documents",
                    Label("行政规范性文件", "Administrative normative documents"),
                    also=("规范性文件",),
                ),
            ),
            _item("一", "1"),
        ),
        Block(
            _DECISIONS,
            (Row("licences", Label("行政许可", "Administrative licences")),),
            _item("五", "5"),
        ),
        Block(
            _DECISIONS,
            (
                Row("penalties", Label("行政处罚", "Administrative penalties")),
                Row("coercive_measures", Label("行政强制", "Coercive measures")),
            ),
            _item("六", "6"),
        ),
        Block(
            (
                Column(
                    "amount",
                    Label("本年收费金额（单位：万元）", "Fees in this year (10,000 yuan)"),
                    Number.AMOUNT,
                ),
            ),
            (Row("fees", Label("行政事业性收费", "Administrative fees")),),
            _item("八", "8"),
        ),
    ),
    face=Face.BLOCKS,
)
_OTHER_2021 = _under(
    _RESULTS,
    _OTHER,
    rows=(
        (
            "other_not_corrected",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "1. Not corrected in time without a proper reason",
        ),
        (
            "other_fee_unpaid",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "2. Fee not paid in time",
        ),
        ("other", "3.其他", "3. Other"),
    ),
)
_REQUESTS_2021 = _requests(_OTHER_2021)
FORM_2021: Final = Form(
    key="2021",
    notice="国办公开办函〔2021〕30号",
    first=2021,
    last=None,
    tables=(_PROACTIVE_2021, _REQUESTS_2021, _REMEDIES),
    identities=(
        *_identities(tuple(row.key for row in (*_OPEN, *_WITHHELD, *_OTHER_2021))),
        Identity(
            key="in_force",
            table=PROACTIVE,
            along=Along.COLUMNS,
            left=("in_force",),
            right=("issued",),
            minus=("repealed",),
            before=("in_force",),
            only=("regulations", "normative_documents"),
            severity=Severity.WARNING,
            label=Label(
                "现行有效＝上年现行有效＋本年制发－本年废止",
                "in force = in force the year before + issued − repealed",
            ),
        ),
    ),
    sections=_sections(_PROACTIVE_2021, _REQUESTS_2021),
)

# --- 2019 and 2020 -------------------------------------------------------------------------------

_MADE = (
    Column("made", Label("本年新制作数量", "Made in this year")),
    Column("newly_public", Label("本年新公开数量", "Made public in this year")),
    Column("total_public", Label("对外公开总数量", "Public in all")),
)
_ITEMS_BEFORE = Column("items_before", Label("上一年项目数量", "Items in the year before"))
_CHANGE = Column("change", Label("本年增/减", "Change in this year"), Number.CHANGE)
_ITEMS = (_ITEMS_BEFORE, _CHANGE, Column("decisions", Label("处理决定数量", "Decisions")))
_PROACTIVE_2019 = Table(
    PROACTIVE,
    _PROACTIVE_TITLE,
    "二",
    Layout.NAMED,
    (
        Block(
            _MADE,
            (
                Row("regulations", Label("规章", "Rules (规章)")),
                Row("normative_documents", Label("规范性文件", "Normative documents")),
            ),
            _item("一", "1"),
        ),
        Block(
            _ITEMS,
            (
                Row("licences", Label("行政许可", "Administrative licences")),
                Row(
                    "other_services",
                    Label("其他对外管理服务事项", "Other services to the public"),
                ),
            ),
            _item("五", "5"),
        ),
        Block(
            _ITEMS,
            (
                Row("penalties", Label("行政处罚", "Administrative penalties")),
                Row("coercive_measures", Label("行政强制", "Coercive measures")),
            ),
            _item("六", "6"),
        ),
        Block(
            (_ITEMS_BEFORE, _CHANGE),
            (Row("fees", Label("行政事业性收费", "Administrative fees")),),
            _item("八", "8"),
        ),
        Block(
            (
                Column("projects", Label("采购项目数量", "Procurement projects")),
                Column(
                    "amount",
                    Label("采购总金额", "Procurement amount"),
                    Number.AMOUNT,
                ),
            ),
            (Row("procurement", Label("政府集中采购", "Central procurement")),),
            _item("九", "9"),
        ),
    ),
    face=Face.BLOCKS,
)
_OTHER_2019 = (Row("other", Label("（六）其他处理", "(6) Otherwise closed"), (_RESULTS,)),)
_REQUESTS_2019 = _requests(_OTHER_2019)
FORM_2019: Final = Form(
    key="2019",
    notice="国办公开办函〔2019〕60号",
    first=2019,
    last=2020,
    tables=(_PROACTIVE_2019, _REQUESTS_2019, _REMEDIES),
    identities=(
        *_identities(tuple(row.key for row in (*_OPEN, *_WITHHELD, *_OTHER_2019))),
        Identity(
            key="items",
            table=PROACTIVE,
            along=Along.COLUMNS,
            left=("items_before",),
            before=("items_before", "change"),
            only=("licences", "other_services", "penalties", "coercive_measures", "fees"),
            severity=Severity.WARNING,
            label=Label(
                "上一年项目数量＝上年度报告的项目数量＋增减",
                "items before = items and change in the report of the year before",
            ),
        ),
    ),
    sections=_sections(_PROACTIVE_2019, _REQUESTS_2019),
)

FORMS: Final[dict[str, Form]] = {form.key: form for form in (FORM_2019, FORM_2021)}


def form_for(year: int) -> Form | None:
    """The form that a report on `year` follows; None before 2019, when sections were free."""
    for form in FORMS.values():
        if form.first <= year and (form.last is None or year <= form.last):
            return form
    return None
