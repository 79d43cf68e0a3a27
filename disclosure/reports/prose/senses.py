"""Which words mean which row and column of the tables: the declared labels, and synonyms.

Rows are tried from top to bottom: what says more stands before what says less.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from disclosure.reports.tables.forms import FORMS, PROACTIVE, REMEDIES, REQUESTS
from disclosure.reports.tables.shapes import TOTAL, Form

Rows = tuple[str, ...]


@dataclass(frozen=True)
class Sense:
    """Words that mean rows of a table; several rows are summed.

    `also` are other rows that the same words may count. Not `certain`: nothing is said where the
    figures differ. `unless` are words beside them that give another meaning, `topic` that requests
    must be spoken of.
    """

    table: str
    rows: Rows
    words: re.Pattern[str]
    also: tuple[Rows, ...] = ()
    unless: re.Pattern[str] | None = None
    topic: bool = False
    certain: bool = True


@dataclass(frozen=True)
class ColumnSense:
    """Words that mean columns of a table; several are summed."""

    table: str
    columns: tuple[str, ...]
    words: re.Pattern[str]


#: What receives and answers as well, but is no request for information.
OTHER_MATTERS: Final = re.compile(
    r"复议|诉讼|应诉|信访|咨询|留言|建议|提案|议案|投诉|举报|来电|热线|来信|许可|处罚|审批|督办|案件"
    r"|公文|证明|登记|评价|意见"
)
REQUEST: Final = re.compile(r"申请")
_NEXT: Final = r"(?:下|次|明)一?年度?"
_LAST: Final = r"(?:上|去)一?年度?"
CARRIED_OUT: Final = re.compile(
    rf"(?:结转|转结|转入|转至|延至|跨年|顺延)[^，。]{{0,6}}?(?:{_NEXT}|20\d\d年)|结转[^，。上去]{{0,6}}继续办理"
)
CARRIED_IN: Final = re.compile(
    rf"(?:结转|转结|接转|承接)[^，。]{{0,4}}?(?:{_LAST}|往年)|(?:{_LAST}|往年)[^，。]{{0,8}}?(?:结转|转结|接转|遗留|转入|未办结)"
)
_NEW: Final = r"新收(?!费)|收到|接收|接到|收受"
_SUMMED: Final = re.compile(
    rf"(?:新收|收到|受理)[^，。]*?(?:{CARRIED_IN.pattern})|(?:{CARRIED_IN.pattern})[^，。]*?(?:新收|收到|受理)"
)

#: Beside the declared labels of table three.
_SYNONYMS: Final = {
    "granted": r"(?<!主动)(?<!不)予以公开|(?<!不)(?<!未)同意公开|(?<!不)准予公开",
    "partially_granted": r"部分公开|区分处理",
    "refused_state_secret": r"(?:属于|涉及|因)国家秘密",
    "refused_forbidden_by_law": r"(?:其他)?法律、?(?:行政)?法规禁止公开",
    "refused_security_stability": r"三安全一稳定",
    "refused_third_party": r"(?:保护|损害|侵害)第三方合法权益",
    "refused_internal_affairs": r"内部事务(?:性)?信息|三类内[部容]事务",
    "refused_process": r"过程性信息",
    "refused_enforcement_file": r"行政执法案卷",
    "refused_administrative_inquiry": r"行政查询事项",
    "unable_not_held": r"不掌握(?:相关)?(?:政府)?信息|本机关不掌握|信息不存在",
    "unable_needs_creation": r"没有现成信息|需要?另行制作",
    "unable_still_unclear": r"补正后(?:申请)?内容?仍不明确",
    "unprocessed_petition": r"信访、?举报、?投诉类",
    "unprocessed_repeated": r"重复申请(?!公开出版)|重复提出",
    "unprocessed_publication": r"公开出版物",
    "unprocessed_excessive": r"大量、?反复申请",
    "unprocessed_reissue": r"确认或者?重新出具",
    "other_not_corrected": r"逾期不补正",
    "other_fee_unpaid": r"逾期未(?:按(?:收费)?通知(?:要求)?)?(?:缴纳|缴费|交费|交纳)",
}
_GROUPS: Final = (
    ("refused_", "不予公开"),
    ("unable_", "无法提供"),
    ("unprocessed_", "不予处理"),
    ("other", "其他处理"),
)
_ROWS_OF_REMEDIES: Final[tuple[tuple[Rows, str], ...]] = (
    (("litigation_after_reconsideration",), r"(?<!未经)复议后[^，。]{0,4}?(?:起诉|诉讼)"),
    (("litigation_direct",), r"未经复议|直接(?:提起)?(?:行政)?(?:起诉|诉讼)"),
    (
        ("reconsideration", "litigation_direct", "litigation_after_reconsideration"),
        r"复议[^，。]{0,8}?诉讼|诉讼[^，。]{0,6}?复议",
    ),
    (("litigation_direct", "litigation_after_reconsideration"), r"诉讼|应诉"),
    (("reconsideration",), r"复议"),
)
_ROWS_OF_PROACTIVE: Final[dict[str, str]] = {
    "normative_documents": r"规范性文件",
    "regulations": r"规章(?!制度)",
    "licences": r"行政许可(?!事项|项目|目录|清单)",
    "other_services": r"其他对外管理服务事项",
    "penalties": r"行政处罚(?!事项|项目|目录|清单|裁量|标准)",
    "coercive_measures": r"行政强制(?!事项|项目|目录|清单)",
    "fees": r"行政事业性收费(?!项目|目录|清单|标准)",
    "procurement": r"集中采购",
}


@cache
def senses_of(form_key: str) -> tuple[Sense, ...]:
    """The rows that a form has, from what says most to what says least."""
    return tuple(_senses(FORMS[form_key]))


def _senses(form: Form) -> Iterator[Sense]:
    requests = form.table(REQUESTS).rows
    yield Sense(REQUESTS, ("new", "carried_in"), _SUMMED)
    yield Sense(REQUESTS, ("carried_out",), CARRIED_OUT)
    yield Sense(REQUESTS, ("carried_in",), CARRIED_IN)
    for key, row in requests.items():
        words = [_SYNONYMS[key]] if key in _SYNONYMS else []
        if key in _SYNONYMS or len(row.above) > 1:
            words += [re.escape(word) for word in (plain(row.label.zh), *row.also) if len(word) > 2]
        if words:
            yield Sense(REQUESTS, (key,), re.compile("|".join(words)))
    for start, word in _GROUPS:
        rows = tuple(key for key in requests if key.startswith(start))
        yield Sense(REQUESTS, rows, re.compile(word))
    for rows, word in _ROWS_OF_REMEDIES:
        yield Sense(REMEDIES, rows, re.compile(word))
    for key, word in _ROWS_OF_PROACTIVE.items():
        if key in form.table(PROACTIVE).rows:
            yield Sense(PROACTIVE, (key,), re.compile(word))
    both = ("new", "carried_in")
    yield Sense(
        REQUESTS,
        ("processed_total",),
        re.compile(r"办结|办理完[毕结]|答复|办复|处理完毕"),
        also=(("new",), both),
        unless=OTHER_MATTERS,
        topic=True,
    )
    yield Sense(
        REQUESTS,
        ("new",),
        re.compile(_NEW),
        also=(both,),
        unless=OTHER_MATTERS,
        topic=True,
    )
    yield Sense(
        REQUESTS,
        ("new",),
        re.compile(r"受理"),
        also=(both, ("processed_total",)),
        unless=OTHER_MATTERS,
        topic=True,
    )
    yield Sense(
        REQUESTS,
        ("processed_total",),
        re.compile(r"办理|处理(?!费)"),
        also=(("new",), both),
        unless=OTHER_MATTERS,
        topic=True,
        certain=False,
    )
    yield Sense(
        REQUESTS,
        ("new",),
        re.compile(r"申请公开政府信息|政府信息公开申请|依申请公开"),
        also=(("processed_total",), both, ("granted",), ("granted", "partially_granted")),
        unless=OTHER_MATTERS,
        certain=False,
    )


def plain(label: str) -> str:
    """A label without its number and what is added in brackets."""
    label = re.sub(r"^(?:（[^）]*）|[一二三四五六七八九十]+、|\d+\.)", "", label)
    return re.sub(r"（.*", "", label)


_ORGANISATIONS: Final = ("enterprise", "research", "social_welfare", "legal_service", "other")
_DOCUMENTS_2021: Final = (
    ("repealed", r"废止|宣布失效"),
    ("in_force", r"现行有效|现有|继续有效|有效"),
    ("issued", r"制发|制定|印发|出台|新增|制作"),
)
_DOCUMENTS_2019: Final = (
    ("total_public", r"对外公开总|累计公开|公开总数"),
    ("newly_public", r"新公开"),
    ("made", r"制发|制定|印发|出台|制作"),
)
_COLUMNS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "2021": _DOCUMENTS_2021,
    "2019": _DOCUMENTS_2019,
}


@cache
def columns_of(form_key: str) -> tuple[ColumnSense, ...]:
    """The words for columns, from what says most to what says least."""
    organisations = ColumnSense(
        REQUESTS, _ORGANISATIONS, re.compile(r"法人(?:和|或|及|与|、)?(?:者|其)?他?组?织?")
    )
    return (
        organisations,
        *(
            ColumnSense(REQUESTS, (key,), re.compile(words))
            for key, words in (
                ("natural_person", r"自然人|公民个人"),
                ("enterprise", r"商业企业|企业(?:申请|提出|提交|\Z)"),
                ("research", r"科研机构"),
                ("social_welfare", r"社会公益组织"),
                ("legal_service", r"法律服务机构"),
            )
        ),
        *(
            ColumnSense(REMEDIES, (key,), re.compile(words))
            for key, words in (
                ("pending", r"(?:尚?未|没有)(?:审结|结案|办结)|正在审理|在审|审理中"),
                ("upheld", r"维持"),
                ("corrected", r"纠正"),
                ("other", r"其他结果"),
            )
        ),
        *(
            ColumnSense(PROACTIVE, (key,), re.compile(words))
            for key, words in _COLUMNS.get(form_key, ())
        ),
    )


#: The columns of a row that is named without one.
BY_ITSELF: Final = {REQUESTS: (TOTAL,), REMEDIES: (TOTAL,)}
#: Of table two: what a row of one column counts.
ONLY_COLUMNS: Final = ("decisions", "amount")
