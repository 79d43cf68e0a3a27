"""Numbers in a text as groups of digits, and what stands before and after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Full width to half width, sign for sign, so that places stay.
_NARROW = str.maketrans(
    "０１２３４５６７８９ＸｘＩＤ＋－．　\u00a0‐‑–", "0123456789XxID+-.  ---", ""
)
#: Signs that take no room: nobody sees them. Between digits they are as good as a blank.
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_NARROW |= {ord(sign): ord(" ") for sign in UNSEEN}
_CHUNK = re.compile(r"\d+[Xx]?(?:[ .\-]{1,2}\d+[Xx]?)*")
_GROUP = re.compile(r"\d+[Xx]?")

_OTHER_NUMBER = re.compile(
    r"编号|编码|代码|单号|流水号|订单|合同号|文号|索引号|档案号|批号|批次|条码|条形码|专利号|证号"
    r"|证书号|备案号|工号|图号|案号|车架号|序列号|设备号|型号|账号|帐号|账户|帐户|发票号|凭证号"
    r"|交易号|查询码|验证码|学号|考号|登记号|注册号|金额|总额|合计|面积|文件号|卷号|全宗号|许可证"
    r"|执照|校验码|税号|票号|运单|快递|户号|资产号|标段号|回执号|受理号|IMEI|ISBN|ISSN|QQ",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"电话|手机|联系方式|联系人|移动号|微信|短信|热线|tel|mobile|phone", re.IGNORECASE
)
_RESIDENT_ID = re.compile(r"身份证|身份号|证件号|ID号|ID card|公民身份", re.IGNORECASE)
_CARD = re.compile(r"卡号|银行卡|工资卡|储蓄卡|借记卡|信用卡|一卡通|[账帐][户号]|开户")
_CREDIT_CODE = re.compile(r"信用代码|机构代码|税号|纳税人识别号")
#: Between a label and its number.
_LINK = re.compile(r"[\s：:（()）#号码为是系即的NnOo.．/、\-]*")
_LOOK_BACK = 24

LABELS = {
    "other": _OTHER_NUMBER,
    "phone": _PHONE,
    "id": _RESIDENT_ID,
    "card": _CARD,
    "credit_code": _CREDIT_CODE,
}


def narrow(text: str) -> str:
    """`text` with full width digits as half width ones and blanks for signs that nobody sees, every
    sign at its place."""
    return text.translate(_NARROW)


@dataclass(frozen=True)
class Number:
    """Neighbouring groups of digits taken together; `start` and `end` are places in the text."""

    digits: str
    shape: tuple[int, ...]
    start: int
    end: int
    #: What joins it to further groups of digits in the same chunk ("" where nothing does).
    before: str
    after: str
    #: The group before it, where there is one.
    previous: str


def numbers(
    text: str, lengths: range | tuple[int, ...], *, most_groups: int, first_group: int = 3
) -> Iterator[Number]:
    """Every run of groups in the (narrow) text that has one of the `lengths` together and a first
    group of at least `first_group` digits."""
    longest = max(lengths)
    for chunk in _CHUNK.finditer(text):
        if chunk.end() - chunk.start() < min(lengths):
            continue
        run = chunk[0]
        groups = list(_GROUP.finditer(run))
        base = chunk.start()
        for first, opening in enumerate(groups):
            if len(opening[0]) < first_group:
                continue
            total, shape = 0, []
            for last in range(first, min(first + most_groups, len(groups))):
                group = groups[last]
                shape.append(len(group[0]))
                total += len(group[0])
                if total > longest:
                    break
                if total in lengths:
                    yield _number(run, base, groups, first, last, tuple(shape))
                if group[0][-1] in "Xx":
                    break


def _number(
    chunk: str,
    base: int,
    groups: list[re.Match[str]],
    first: int,
    last: int,
    shape: tuple[int, ...],
) -> Number:
    start, end = groups[first].start(), groups[last].end()
    before = chunk[groups[first - 1].end() : start] if first else ""
    after = chunk[end : groups[last + 1].start()] if last + 1 < len(groups) else ""
    return Number(
        digits="".join(group[0] for group in groups[first : last + 1]).upper(),
        shape=shape,
        start=base + start,
        end=base + end,
        before=before,
        after=after,
        previous=groups[first - 1][0] if first else "",
    )


def is_glued(text: str, start: int, end: int) -> bool:
    """Whether a letter or a further digit touches it: then it is part of a code."""
    return bool(
        re.match(r"[0-9A-Za-z_]", text[end : end + 1])
        or re.match(r"[0-9A-Za-z_]", text[start - 1 : start] if start else "")
    )


def is_labelled(text: str, start: int, kind: str) -> bool:
    """Whether the number at `start` follows a label of the `kind`, with nothing else between."""
    window = text[max(0, start - _LOOK_BACK) : start]
    line = re.split(r"[\n\t。；;]", window)[-1]
    last = None
    for found in LABELS[kind].finditer(line):
        last = found
    return last is not None and _LINK.fullmatch(line, last.end()) is not None


def is_spoken_of(text: str, start: int, kind: str, *, within: int = 40) -> bool:
    """Whether the sentence or row names the `kind` before the number, near or far."""
    window = text[max(0, start - within) : start]
    return LABELS[kind].search(re.split(r"[\n。]", window)[-1]) is not None
