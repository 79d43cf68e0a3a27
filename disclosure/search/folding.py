"""One form for everything that is compared: widths, case, scripts, digits.

Character by character, so that places in the folded text lead back to the text: most characters
become one, some several (`㎡` to `m2`), and what nobody sees (soft hyphens, zero-width spaces)
none. Folding what is folded changes nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, repeat
from typing import Final

#: Han as it stands after folding: compatibility forms and radicals are gone.
HAN: Final = "々\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003347f"
_BLOCKS: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x33480))

#: Radicals that stand for the character in texts taken out of PDF files; NFKC leaves them.
_RADICALS: Final = dict(
    zip(
        "⺁⺋⺗⺘⺙⺝⺟⺠⺦⺩⺫⺭⺯⺰⺴⺶⺻⺼⻁⻄⻅⻆⻈⻉⻋⻌⻐⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂卩心手攵月母民丬王目示糸纟网羊聿肉虎西见角讠贝车辶钅长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
#: What the table of the traditional script leaves to the words around a character.
_VARIANTS: Final = {"瞭": "了", "祇": "只", "著": "着", "〇": "零"}
_LINE_ENDS: Final = "\n\v\f\x85\u2028\u2029"
#: Numbers in circles mark items and notes: they must not grow into the figure beside them.
_RINGED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FILLED: Final = "❶❷❸❹❺❻❼❽❾❿"

_DIGITS: Final = "一二三四五六七八九零"
_AS_ASCII: Final = str.maketrans(_DIGITS + "○", "12345678900")
#: A year or another number written digit by digit: 二零一三, 二○一三, 二0一三. (What stands before
#: is looked at second, because a search for a set of characters is quick.)
_DIGIT_BY_DIGIT: Final = re.compile(
    f"[{_DIGITS[:-1]}](?<![0-9{_DIGITS}].)[{_DIGITS}○0]{{3,}}+(?![1-9])"
)
#: 一百○五: the circle is a zero between numerals, else a mark of its own.
_CIRCLE: Final = re.compile(f"(?<=[{_DIGITS}十百千万])○(?=[{_DIGITS}])")


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters to simplified ones; a tenth of a second, once a process."""
    import opencc  # slow to import, and many commands never search

    characters = [chr(code) for start, end in _BLOCKS for code in range(start, end)]
    plain = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, plain, strict=True) if old != new}


def _is_unseen(character: str) -> bool:
    return (
        unicodedata.category(character) == "Cf"
        or "\u0300" <= character <= "\u036f"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _step(character: str) -> str:
    if character in _RADICALS:
        return _RADICALS[character]
    if character in _VARIANTS:
        return _VARIANTS[character]
    if character.isspace():
        return "\n" if character in _LINE_ENDS else " "
    if character in _RINGED or character in _FILLED:
        place = (_RINGED if character in _RINGED else _FILLED).index(character)
        return f"({place + 1})"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if "㐀" <= character < "\ua000" or character >= "\U00020000":
        simple = _simplified().get(character)
        if simple is not None:
            return simple
    # Letters lose their marks, other scripts are put together again (か and its voicing).
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in parts if not _is_unseen(part))
    return unicodedata.normalize("NFKC", bare).casefold()


@lru_cache(maxsize=4096)
def _become(character: str) -> str:
    """What one character becomes; folding that again changes nothing."""
    before, after = "", character
    while before != after:
        before, after = after, "".join(map(_step, after))
    return after


class _Table(dict[str, str]):
    """What the characters of the basic plane become that change; others when they come by."""

    def __missing__(self, character: str) -> str:
        return _become(character)


@cache
def _table() -> tuple[_Table, re.Pattern[str]]:
    """The table, and any character that may change: few in most texts, so only they are looked
    up. A fifth of a second, once a process."""
    table = _Table()
    for character in map(chr, range(0x10000)):
        folded = _become.__wrapped__(character)
        if folded != character:
            table[character] = folded
    return table, re.compile(f"[{''.join(map(re.escape, table))}\U00010000-\U0010ffff]")


def fold(text: str) -> str:
    """`text` in the one form in which texts are compared."""
    table, changing = _table()
    return _numbers(changing.sub(lambda found: table[found[0]], text))


def fold_with_map(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place in `text` it comes from.

    The map has one entry more: the length of `text`.
    """
    table, changing = _table()
    lengths = {one: len(table[one]) for one in set(changing.findall(text))}
    places: Sequence[int] = range(len(text) + 1)
    if any(length != 1 for length in lengths.values()):
        repeated = (repeat(place, lengths.get(one, 1)) for place, one in enumerate(text))
        places = [*chain.from_iterable(repeated), len(text)]
    return fold(text), places


def _numbers(folded: str) -> str:
    """Numbers written digit by digit in figures; as long as before."""
    folded = _DIGIT_BY_DIGIT.sub(lambda found: found[0].translate(_AS_ASCII), folded)
    return _CIRCLE.sub("零", folded) if "○" in folded else folded
