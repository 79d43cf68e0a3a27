"""Named figures found by reading: what is counted, how many, in which unit (数据项).

A figure is a statement that measures the year's work: “公开信息120条”, “访问量达1.2万人次”,
“收到12件申请”. Numbers that do not measure it are passed over: dates, document numbers, articles,
staff (抽出1名工作人员), growth against other years, shares, plans, frequencies (每年1次), and what
stands in book-title marks.
"""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from disclosure.reports.reading.numerals import LARGE, SMALL, chinese_number, narrow
from disclosure.reports.reading.shapes import Figure, Qualifier

# Unit -> what may not follow, because then the character belongs to another word.
_UNITS: Final = {
    "人次": "",
    "条次": "",
    "件次": "",
    "户次": "",
    "场次": "",
    "期次": "",
    "条": "例款线约文规之",
    "件": "",
    "份": "额",
    "册": "",
    "篇": "幅章",
    "则": "",
    "部": "门分署位队级委",
    "本": "级机单年部办局厅市省县区",
    "封": "",
    "批": "准复示",
    "张": "",
    "幅": "度",
    "套": "",
    "起": "草",
    "宗": "",
    "例": "外",
    "卷": "",
    "期": "间限满",
    "场": "所馆地",
    "次": "性序日",
    "项": "目",
    "个": "工月小别人体",
    "名": "称单录",
    "位": "置",
    "家": "庭长属",
    "处": "室长理罚置",
    "块": "",
    "户": "籍外",
    "类": "型别",
    "人": "防民员才口事大力",
    "页": "面",
    "元": "旦",
    "%": "",
}
# Units that may stand before the thing counted (收到12件申请); of persons and places they would
# more often count staff and offices (抽出1名工作人员, 6个处室).
_BEFORE: Final = frozenset("条件份册篇则部本封批张套起期场次") | {"人次", "条次"}
_UNIT: Final = "|".join(
    f"{re.escape(unit)}(?![{no}])" if no else re.escape(unit) for unit, no in _UNITS.items()
)
_NUMBER: Final = re.compile(
    r"(?<![第每〔\[\d.,A-Za-z/:-])(?:"
    r"(?P<digits>\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?P<part>\.\d+)?\s*"
    r"(?P<more>[余多])?(?P<scale>[十百千万亿]{0,2})(?P<more2>[余多来])?"
    r"|(?<![一二三四五六七八九十百千零〇])(?P<chinese>[一二两三四五六七八九〇零]*[十百千万亿][一二两三四五六七八九〇零十百千万亿]*)"
    r"(?P<more3>[余多来])?)\s*"
    rf"(?P<unit>{_UNIT})(?:\s*[(（](?P<unit2>{_UNIT})[)）])?"
    r"(?P<bound>以上|左右|上下|之多)?"
)
_BREAK: Final = re.compile(r"[。；;！!？?\n]|[，,：:](?!\d{3}(?!\d))")
_SENTENCE_END: Final = re.compile(r"[。；;！!？?\n]")
_ENDS: Final = re.compile(
    r"\s*(?:$|[，。；、：！？,;:!?)）(（\n\t]|(?:和|及|以及|并|均|全部|都|已|其中))"
)
_OBJECT: Final = re.compile(r"\s*[的]?(?P<object>[^，。；、：！？,;:!?)）(（\s\d]{2,24})")
_TITLES: Final = re.compile(r"《[^》\n]*》")
_QUOTES: Final = re.compile(r"“[^”\n]{0,40}”")
_CITED: Final = re.compile(r"(?:《[^》]*》[、和及与以及]*)+(?:等)?")

_NOT_A_COUNT: Final = re.compile(
    r"(?:增加|增长|减少|下降|上升|提高|提升|降低|增幅|降幅|占|不少于|不得|至少|不超过|少于|力争|争取"
    r"|计划|预计|拟|目标|每[年月季周日天人]|[比较]上年|[比较]去年|同比|环比|满分|得分|扣|不足|限于)"
)
_FRONT: Final = re.compile(
    r"^(?:其中|同时|此外|另外|此间|期间|另|并且|并|且|还|又|共计|共|全年|年内|年度内|本年度?|当年|今年"
    r"|截至[^，]*?[底日末止]|\d{4}\s*年度?|一年来|累计|总共|总计|合计|先后|已经|已|和|及|以及|与|至"
    r"|[、，,：:\s()（）•·*-]|我[办局厅委处市省县区院校]|本[机单][关位]|本[办局厅委市省县区])+"
)
_BACK: Final = re.compile(
    r"(?:达到|达|多达|高达|共计|共有|总计|合计|累计|累积|共|计|约为|约|将近|接近|近|超过|超|逾|突破|已有|已|为"
    r"|是|有|了|至|就|仅|[，,：:\s(（])+$"
)
_MEASURE: Final = re.compile(r"(?:量|数|率|总额|金额|费用|总数|人数|次数)$")
_VERB: Final = re.compile(
    r"(?:主动|依法|及时|通过|利用|依托|借助)+[^，]*?(?:公开|发布|更新|提供|答复|受理|办理)"
    r"|(?<!信息)(?<!政务)(?<!申请)(?<![予不分意])公开|发布|发放|印发|印制|编印|散发|赠送|解答|答复|回复"
    r"|受理|收到|接到|接受|办理|办结|接待|查阅|提供|举办|召开|开展|更新|上传|刊登|刊发|编发|报送|审查"
    r"|修订|制定|制作|出台|开通|设立|设置|处理|登记|转办|公布|公示|新增|点击|浏览|收取|减免|制发|维护"
)
_OVER: Final = re.compile(r"(?:超过|超|逾|突破)\s*$")
_ABOUT: Final = re.compile(r"约为?\s*$")
_NEARLY: Final = re.compile(r"(?:将近|接近|近)\s*$")
_ROW: Final = re.compile(
    rf"(?P<name>[^\t|]{{2,60}}?)[\t|\s]+(?P<unit>{_UNIT}|万元)[\t|\s]+"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)[\t|\s]*$"
)
_ROW_NUMBER: Final = re.compile(
    r"^\s*(?:\d{1,2}[.、．]|[(（][^)）]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|其中[：:]?)\s*"
)


@dataclass
class _Found:
    short: str
    long: str
    figure: Figure


def figures_in(texts: list[str]) -> list[Figure]:
    """The named figures of a report's texts, in reading order, each once.

    Where two would bear the same name, both keep their longer wording (with the subject).
    """
    found = [item for text in texts for line in text.split("\n") for item in _in_line(line)]
    names = Counter(item.short for item in found)
    figures: list[Figure] = []
    for item in found:
        item.figure["name"] = item.long if names[item.short] > 1 else item.short
        if item.figure not in figures:
            figures.append(item.figure)
    return figures


def _in_line(line: str) -> list[_Found]:
    plain = narrow(line)
    row = _ROW.match(plain)
    if row:
        return [_from_row(row)]
    masked = _QUOTES.sub(_blanked, _TITLES.sub(_blanked, plain))
    found: list[_Found] = []
    parent: _Found | None = None
    within = False
    last_end = 0
    for number in _NUMBER.finditer(masked):
        if _SENTENCE_END.search(masked, last_end, number.start()):
            parent, within = None, False
        begin = max(last_end, _clause_start(masked, number.start()))
        item = _figure(plain, masked, begin, number)
        if item is None:
            continue
        within = within or bool(re.search("其中", masked[last_end : number.start()]))
        if parent and within and item.figure["unit"] == parent.figure["unit"]:
            item.short = f"{parent.short}，其中{item.short}"
            item.long = f"{parent.long}，其中{item.long}"
        else:
            parent, within = item, False
        last_end = number.end()
        found.append(item)
    return found


def _blanked(match: re.Match[str]) -> str:
    return "\x01" * len(match[0])


def _clause_start(masked: str, before: int) -> int:
    starts = [match.end() for match in _BREAK.finditer(masked, 0, before)]
    if not starts:
        return 0
    # A colon or a bare “全年共” directly before the number: what is counted stands before it.
    if len(starts) > 1 or starts[-1]:
        head = _FRONT.sub("", _BACK.sub("", masked[starts[-1] : before]))
        if not head.strip("\x01 ") and masked[starts[-1] - 1] in "，,：:":
            return starts[-2] if len(starts) > 1 else 0
    return starts[-1]


def _figure(plain: str, masked: str, begin: int, number: re.Match[str]) -> _Found | None:
    before = masked[begin : number.start()]
    sentence = masked[max(begin - 12, 0) : number.start()]
    if _NOT_A_COUNT.search(before) or re.search(r"(?:同比|[比较](?:上年|去年))[^。]*$", sentence):
        return None
    after = ""
    if not _ENDS.match(masked, number.end()):
        counted = _OBJECT.match(masked, number.end())
        if not counted or number["unit"] not in _BEFORE or not _VERB.search(before):
            return None
        after = re.split(r"的(?=.)|[和及与]", counted["object"].strip("\x01"))[0]
    long = _name(plain[begin : number.start()], after)
    short = _without_subject(long)
    if len(re.sub(r"[^\u4e00-\u9fff]", "", short)) < 2:
        return None
    return _Found(short, long, _valued(plain, number))


def _name(before: str, after: str) -> str:
    text = _CITED.sub("", before)
    previous = None
    while text != previous:
        previous = text
        text = _BACK.sub("", _FRONT.sub("", text))
    return text + after


def _without_subject(name: str) -> str:
    """The name from its verb on, unless it is a measure (访问量) or nothing would be left."""
    verb = _VERB.search(name)
    if not verb or _MEASURE.search(name) or len(name) - verb.end() < 2:
        return name
    return name[verb.start() :]


def _valued(plain: str, number: re.Match[str]) -> Figure:
    if number["chinese"]:
        value = Decimal(chinese_number(number["chinese"]) or 0)
    else:
        value = Decimal(re.sub("[,，]", "", number["digits"]) + (number["part"] or ""))
        for scale in number["scale"]:
            value *= (SMALL | LARGE)[scale]
    unit = number["unit"] + (f"（{number['unit2']}）" if number["unit2"] else "")
    whole = value == value.to_integral_value()
    figure = Figure(name="", value=int(value) if whole else float(value), unit=unit)
    qualifier = _qualifier(plain, number)
    if qualifier:
        figure["qualifier"] = qualifier
    if qualifier or number["scale"] or number["chinese"]:
        written = re.search(r"(?:超过|超|逾|突破|约为?|将近|接近|近)?\s*$", plain[: number.start()])
        figure["as_written"] = (written[0] if written else "") + plain[
            number.start() : number.end()
        ].strip()
    return figure


def _qualifier(plain: str, number: re.Match[str]) -> Qualifier | None:
    before = plain[: number.start()]
    if number["bound"] in ("左右", "上下") or _ABOUT.search(before):
        return "about"
    if _NEARLY.search(before):
        return "nearly"
    more = number["more"] or number["more2"] or number["more3"] or number["bound"]
    return "over" if more or _OVER.search(before) else None


def _from_row(row: re.Match[str]) -> _Found:
    """A row of a statistical table: name, unit, number."""
    value = Decimal(row["number"].replace(",", ""))
    unit = row["unit"]
    if unit == "万元":
        value, unit = value * 10_000, "元"
    whole = value == value.to_integral_value()
    name = _ROW_NUMBER.sub("", row["name"]).strip()
    figure = Figure(name=name, value=int(value) if whole else float(value), unit=unit)
    return _Found(name, name, figure)
