"""Articles as letters cite them (第三十六条第（二）项) and as tables write them (`36(2)`). Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

_FIGURES: Final = "一二三四五六七八九"
_NUMBER: Final = f"[{_FIGURES}十]{{1,3}}"
_CITED: Final = re.compile(rf"第({_NUMBER})条(?:第({_NUMBER})款)?(?:第[（(]?({_NUMBER})[）)]?项)?")
#: Articles named one after another as those of this Regulation.
_OF_REGULATION: Final = re.compile(
    rf"(?:政府信息公开条例》|《条例》|该条例|本条例)(?:（[^）]*）)?(?:的?[、和及]?(?:{_CITED.pattern}))+"
)
_WRITTEN: Final = re.compile(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?")
#: Of this Regulation these number items (项) and no paragraphs (款).
_BY_ITEM: Final = frozenset({20, 36})


@dataclass(frozen=True)
class Cited:
    """An article (条) with its paragraph (款) and item (项); 0 where none is named."""

    article: int
    paragraph: int = 0
    item: int = 0


def chinese_number(number: int) -> str:
    """1 to 99 as 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else f"{_FIGURES[tens - 1] if tens > 1 else ''}十"
    return head + (_FIGURES[ones - 1] if ones else "")


def of(article: str) -> Cited:
    """What the tables mean by `36(2)`, `16(1)` or `24(1)(2)`; of several articles the first."""
    found = _WRITTEN.match(article)
    if found is None:
        raise ValueError(f"no article: {article}")
    number, part, item = (int(each or 0) for each in found.groups())
    if number in _BY_ITEM:
        return Cited(number, item=part)
    return Cited(number, part, item)


def in_chinese(article: str) -> str:
    """As an official letter writes it: 第三十六条第（二）项, 第十六条第一款."""
    cited = of(article)
    text = f"第{chinese_number(cited.article)}条"
    if cited.paragraph:
        text += f"第{chinese_number(cited.paragraph)}款"
    return text + (f"第（{chinese_number(cited.item)}）项" if cited.item else "")


def cited_in(text: str) -> list[Cited]:
    """Every article that the text names, of whatever law."""
    return [_read(match.groups()) for match in _CITED.finditer(_joined(text))]


def regulation_cited_in(text: str) -> list[Cited]:
    """Those that it names as articles of the Regulation."""
    runs = [match.group() for match in _OF_REGULATION.finditer(_joined(text))]
    return [cited for run in runs for cited in cited_in(run)]


def names(text: str, article: str) -> bool:
    """Whether the text names this article, with its paragraph or item where it has one."""
    wanted = of(article)
    return any(_covers(wanted, cited) for cited in cited_in(text))


def strangers(text: str, allowed: Collection[str], among: Collection[int]) -> list[str]:
    """Articles of the Regulation in the text, of those numbered in `among`, beside the allowed."""
    wanted = [of(article) for article in allowed]
    return [
        _as_written(cited)
        for cited in regulation_cited_in(text)
        if cited.article in among and not any(_covers(each, cited) for each in wanted)
    ]


def _covers(wanted: Cited, cited: Cited) -> bool:
    return (
        wanted.article == cited.article
        and wanted.paragraph in {0, cited.paragraph}
        and wanted.item in {0, cited.item}
    )


def _as_written(cited: Cited) -> str:
    part = cited.item or cited.paragraph
    return f"{cited.article}({part})" if part else str(cited.article)


def _joined(text: str) -> str:
    return "".join(text.split())


def _read(parts: tuple[str | None, ...]) -> Cited:
    return Cited(*(_value(part) for part in parts[-3:]))


def _value(numeral: str | None) -> int:
    if not numeral:
        return 0
    tens, ten, ones = numeral.rpartition("十")
    head = (_FIGURES.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return head + (_FIGURES.index(ones) + 1 if ones else 0)
