"""Which cells a number in a text seems to mean.

The words nearest before it in its clause decide, else those after it; what a clause does not
name is taken from the number before in the same sentence (新收35件，其中自然人3件). A share, a
growth, another year or a plan is no cell's; a part of a row (by channel, subject or office) is
never `certain`.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from disclosure.reports.prose import senses
from disclosure.reports.prose.numbers import Written
from disclosure.reports.prose.senses import ColumnSense, Rows, Sense
from disclosure.reports.tables.forms import PROACTIVE, REMEDIES, REQUESTS
from disclosure.reports.tables.shapes import Form, Number, Place

#: How far back a number's words are looked for, in characters.
WINDOW: Final = 120
_ENDS: Final = "。；;！!？?\n"
_SENTENCE: Final = re.compile(f"[{_ENDS}]")
_BREAK: Final = re.compile(rf"[，：:（({_ENDS}]|,(?!\d)")
_AFTER: Final = re.compile(rf"[^，,：:（()）、{_ENDS}]{{0,40}}")
_FILLER: Final = re.compile(
    r"(?:共计|总计|合计|累计|总数|总量|数量|件数|共有|共|为|是|达到|达|计|有|已|仅|即|全年|年内|本年度?|其中"
    r"|[、和及与（(：:，,\s\x01])*"
)
_OTHER_YEAR: Final = r"(?:上|去|前)一?年度?|往年|历年|近[两三四五]年|同期"
_YEAR: Final = re.compile(
    r"(?P<this>本年度?|今年|报告期)|(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?=年)"
    rf"|(?P<other>{_OTHER_YEAR})"
)
_COMPARED: Final = re.compile(
    rf"(?:[较比与同和]|相[较比]于?)\s*(?:{_OTHER_YEAR}|20\d\d\s*年度?)(?:同期)?(?:相比)?"
    r"|[（(][^（()）]{0,60}[）)]"
)
_WHOLE_YEAR: Final = re.compile(
    r"12\s*月(?:31\s*日|底|末)|1\s*月(?:1\s*日)?\s*[至到—–~～-]+\s*12\s*月"
)
_PART_OF_YEAR: Final = re.compile(r"\d\s*月|季度|上半年|下半年|月份|[一二三四五六七八九十]月")
_NO_COUNT: Final = re.compile(
    r"(?:增加|增长|增幅|多出|减少|下降|上升|降低|提升|提高|缩短)(?!到|至)[^，。]*$|[多少]了?\s*$"
    r"|计划|拟(?!定)|预计|力争|目标|争取|不少于|不低于|不超过|至少|每[年月季周日天人]|平均|人均|日均|月均"
    r"|下一步|明年|占比"
)
_CHANGED_TO: Final = re.compile(r"(?:增加|增长|上升|下降|减少|降低|提高)[到至]|[增升降]至")
_SHARE: Final = re.compile(r"\s*(?:个百分点|%|倍)")
_OTHER_YEAR_AFTER: Final = re.compile(r"\s*[（(]\s*(?:(?P<year>20\d\d)|上年|去年)")
_A_PART: Final = re.compile(
    r"网上|网络|在线|网站|平台|信函|邮寄|邮政|邮件|当面|现场|传真|微信|窗口|电话|渠道|方式|线上|线下"
    r"|涉及|关于|有关|围绕|集中在|主要为|方面的|领域|类申请|延期|延长|逾期|超期|按[时期]|及时|当场|补正|撤回"
    r"|本级|所属|下属|下级|街道|乡镇|区县|县区|各[县区市镇乡部单]|分别|转办|协助|协办|征求|代[为其]"
    r"|审[结理查核]|受理行政复议|备案|清理|解读|修[订改]|败诉|出庭|调解|听证|公示|全文|梳理"
)
_OFFICE: Final = re.compile(
    r"(?<![我本该全市省县区机])(?:局|厅|委(?!托)|办公室|办(?![理结复公件法]))"
)
_DIRECTLY: Final = re.compile(
    r"(?:申请|公开|件数|数量|总数|结转|维持|纠正|提供|处理|办结|审结|结果|组织|机构|企业|人|文件|规章|许可"
    r"|处罚|强制|复议|诉讼)(?:数量|件数|数)?\s*(?:共计|总计|合计|共|为|是|计)?[：:]?\s*$"
)
_SIDE_BY_SIDE: Final = re.compile(r"公开(?:的)?[和及与或、]|以及")
_UNITS: Final[dict[str, frozenset[str]]] = {
    REQUESTS: frozenset(("", "件", "宗", "份", "条", "项", "个", "起", "例", "笔", "封", "件次")),
    REMEDIES: frozenset(("", "件", "宗", "起", "例", "个", "件次")),
    PROACTIVE: frozenset(
        ("", "件", "宗", "份", "部", "个", "项", "篇", "条", "起", "笔", "例", "次", "件次")
    ),
}
#: Of requests they are used too, but more often of published items.
_OF_ITEMS: Final = frozenset(("条", "项", "个"))
_ITEMS: Final = re.compile(r"公[开布示]|发布|信息|事项")


@dataclass(frozen=True)
class Meaning:
    """Cells of a table: those of all `rows` in all `columns`, summed. `also` are other rows, and
    `also_columns` other columns, that the same words may mean; not `certain`: there may be more."""

    table: str
    rows: Rows
    columns: tuple[str, ...]
    also: tuple[Rows, ...] = ()
    also_columns: tuple[str, ...] = ()
    certain: bool = True

    def readings(self, form: Form) -> list[tuple[Place, ...]]:
        """The cells meant, then those that may be meant; without what the form lacks."""
        readings = [(self.rows, self.columns)]
        readings += [(rows, self.columns) for rows in self.also]
        readings += [(self.rows, (column,)) for column in self.also_columns]
        found = [
            tuple(Place(self.table, row, column) for row in rows for column in columns)
            for rows, columns in readings
        ]
        return [places for places in found if all(form.has(place) for place in places)]

    def is_money(self, form: Form) -> bool:
        first = Place(self.table, self.rows[0], self.columns[0])
        return form.has(first) and form.column(first).number == Number.AMOUNT


@dataclass(frozen=True)
class Around:
    """What stands around a number: its `clause` up to it, `lead` before that, `sentence` from its
    beginning up to the clause, `after` up to the next break, `follows`: the characters behind."""

    clause: str
    lead: str
    sentence: str
    after: str
    follows: str

    @classmethod
    def of(cls, plain: str, number: Written, last_end: int, next_start: int) -> "Around":
        """`last_end` and `next_start` are where the numbers beside it end and start."""
        first = max(number.start - WINDOW, 0)
        paragraph = max(plain.rfind("\n", first, number.start) + 1, first)
        begin = max(last_end, paragraph)
        start = _clause_start(plain, begin, number.start)
        sentence = paragraph
        for match in _SENTENCE.finditer(plain, paragraph, start):
            sentence = match.end()
        after = _AFTER.match(plain, number.end)
        end = after.end() if after else number.end
        return cls(
            clause=plain[start : number.start],
            lead=plain[first:start],
            sentence=plain[sentence:start],
            after=plain[number.end : end] if end < next_start else "",
            follows=plain[number.end : number.end + 12],
        )


def _clause_start(plain: str, begin: int, end: int) -> int:
    """Where the clause before a number starts; one of nothing but 共 or 为 goes with the one
    before it."""
    breaks = [match.end() for match in _BREAK.finditer(plain, begin, end)]
    while breaks:
        start = breaks.pop()
        if plain[start - 1] in _ENDS or not _FILLER.fullmatch(plain, start, end):
            return start
    return begin


def starts_anew(plain: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two numbers."""
    return _SENTENCE.search(plain, start, end) is not None


def meaning_of(
    around: Around, number: Written, before: Meaning | None, form: Form, year: int, agency: str = ""
) -> Meaning | None:
    """What the number means in a report on `year`; None: nothing in the tables."""
    if _SHARE.match(around.follows) or not _is_of(year, around):
        return None
    used = around.clause
    meaning = _named(around, used, before, form)
    if meaning is None and number.unit:
        used += around.after
        meaning = _named(around, used, before, form)
    if meaning is None or meaning.is_money(form) != number.is_money:
        return None
    if not number.unit and not _DIRECTLY.search(around.clause):
        return None
    if not number.is_money and number.unit not in _UNITS[meaning.table]:
        return None
    of_items = (
        meaning.table == REQUESTS
        and number.unit in _OF_ITEMS
        and not senses.REQUEST.search(f"{used}{around.after}")
    )
    doubtful = number.is_plain_one or of_items or _is_part(used, meaning, form, agency)
    return replace(meaning, certain=meaning.certain and not doubtful)


def _is_of(year: int, around: Around) -> bool:
    """Whether the number is a count of the report's own year."""
    clause = _without_carried(around.clause)
    after = _OTHER_YEAR_AFTER.match(around.follows)
    if _NO_COUNT.search(clause) or (after and after["year"] != str(year)):
        return False
    if _CHANGED_TO.search(clause):
        return True
    head, comma, tail = f"{_without_carried(around.sentence)}，{clause}".rpartition("，")
    said = f"{_COMPARED.sub('', head)}{comma}{tail}"
    said = _WHOLE_YEAR.sub("", said)
    last_end = 0
    for mention in _YEAR.finditer(said):
        last_end = mention.end()
        is_other = mention["other"] or (mention["year"] and mention["year"] != str(year))
        if is_other and not _YEAR.search(said, last_end):
            return False
    return not _PART_OF_YEAR.search(said, last_end)


def _without_carried(text: str) -> str:
    return senses.CARRIED_OUT.sub("", senses.CARRIED_IN.sub("", text))


def _is_part(used: str, meaning: Meaning, form: Form, agency: str) -> bool:
    """Whether beside the words of the meaning there are others that narrow it."""
    rest = used
    known: list[Sense | ColumnSense] = [*senses.senses_of(form.key), *senses.columns_of(form.key)]
    for sense in known:
        if sense.table == meaning.table:
            rest = sense.words.sub("\x01", rest)
    if _A_PART.search(rest):
        return True
    return any(
        not agency.endswith(rest[max(match.end() - 4, 0) : match.end()])
        for match in _OFFICE.finditer(rest)
    )


def _named(around: Around, clause: str, before: Meaning | None, form: Form) -> Meaning | None:
    sense = _sense(clause, around, form.key)
    if sense and sense.table == PROACTIVE:
        return _of_table_two(sense, clause, before, form)
    column = _column(clause, form.key, sense.table if sense else "")
    if sense:
        columns = column.columns if column else senses.BY_ITSELF[sense.table]
        rows = _rows_together(sense, clause, form.key)
        return Meaning(sense.table, rows, columns, sense.also, certain=sense.certain)
    if column is None:
        return _rest_of_table_two(clause, around, before, form)
    if before and before.table == column.table:
        return replace(before, columns=column.columns)
    if column.table == REQUESTS and senses.REQUEST.search(clause):
        return Meaning(REQUESTS, ("new",), column.columns, certain=False)
    return None


def _sense(clause: str, around: Around, form_key: str) -> Sense | None:
    whole = f"{clause}{around.after}" if clause == around.clause else clause
    for sense in senses.senses_of(form_key):
        if (
            sense.words.search(clause)
            and not (sense.unless and sense.unless.search(whole))
            and (not sense.topic or _is_about_requests(whole, around.lead))
        ):
            return sense
    return None


def _rows_together(sense: Sense, clause: str, form_key: str) -> Rows:
    """Outcomes side by side are summed (予以公开和部分公开42件); of a group of outcomes and one of
    them the one is meant, or the group where that is but an example (不掌握等原因无法提供)."""
    rows = sense.rows
    if sense.table != REQUESTS or sense.also or sense.topic or "carried" in rows[-1]:
        return rows
    for other in senses.senses_of(form_key):
        if other.table != REQUESTS or other.also or other.topic or "carried" in other.rows[-1]:
            continue
        if not other.words.search(clause) or set(rows) >= set(other.rows):
            continue
        if set(rows) < set(other.rows):
            rows = other.rows if "等" in clause else rows
        elif _SIDE_BY_SIDE.search(clause):
            rows = (*rows, *(row for row in other.rows if row not in rows))
    return rows


def _is_about_requests(clause: str, lead: str) -> bool:
    """Whether requests are spoken of: in the clause, else what was spoken of last before it."""
    if senses.REQUEST.search(clause):
        return True
    requests, others = (
        max((match.start() for match in words.finditer(lead)), default=-1)
        for words in (senses.REQUEST, senses.OTHER_MATTERS)
    )
    return requests > others


def _column(clause: str, form_key: str, table: str) -> ColumnSense | None:
    for sense in senses.columns_of(form_key):
        if sense.table != PROACTIVE and table in ("", sense.table) and sense.words.search(clause):
            return sense
    return None


def _of_table_two(sense: Sense, clause: str, before: Meaning | None, form: Form) -> Meaning | None:
    rows = tuple(
        row
        for one in senses.senses_of(form.key)
        if one.table == PROACTIVE and one.words.search(clause)
        for row in one.rows
    )
    is_one = len(rows) == 1
    keys = [column.key for column in form.table(PROACTIVE).columns(sense.rows[0])]
    column = _document_column(clause, form, keys)
    if column:
        return Meaning(PROACTIVE, rows, (column,), certain=is_one)
    for key in senses.ONLY_COLUMNS:
        if key in keys:
            return Meaning(PROACTIVE, rows, (key,), certain=is_one and not _ITEMS.search(clause))
    if before and before.table == PROACTIVE and before.columns[0] in keys:
        keys.remove(before.columns[0])
        keys.insert(0, before.columns[0])
    return Meaning(PROACTIVE, rows, (keys[0],), also_columns=tuple(keys[1:]), certain=False)


def _rest_of_table_two(
    clause: str, around: Around, before: Meaning | None, form: Form
) -> Meaning | None:
    """A clause of a column's words alone (废止3件): its row was named in the sentence before."""
    for sense in senses.columns_of(form.key):
        match = sense.words.search(clause) if sense.table == PROACTIVE else None
        if not match or not _FILLER.fullmatch(clause[: match.start()].replace("的", "")):
            continue
        if not _FILLER.fullmatch(clause[match.end() :].replace("的", "")):
            continue
        rows = before.rows if before and before.table == PROACTIVE else ()
        for one in senses.senses_of(form.key):
            if not rows and one.table == PROACTIVE and one.words.search(around.sentence):
                rows = one.rows
        meant = Meaning(PROACTIVE, rows, sense.columns)
        return meant if rows and meant.readings(form) else None
    return None


def _document_column(clause: str, form: Form, keys: list[str]) -> str | None:
    for sense in senses.columns_of(form.key):
        if sense.table == PROACTIVE and sense.columns[0] in keys and sense.words.search(clause):
            return sense.columns[0]
    return None
