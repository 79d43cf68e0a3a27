"""Articles of the Regulation as a reader cites them."""

from django.utils.translation import get_language, gettext

_DIGITS = "零一二三四五六七八九"


def cite(article: str | None) -> str:
    """`11, 17` as the reader cites it (第十一条、第十七条); empty where there is none."""
    if not article:
        return ""
    chinese = (get_language() or "").startswith("zh")
    numbers = [_numeral(each) if chinese else each for each in article.split(", ")]
    cited = [gettext("Art. %(number)s") % {"number": number} for number in numbers]
    return ("、" if chinese else ", ").join(cited)


def _numeral(number: str) -> str:
    """A number below 100 in Chinese figures (32: 三十二)."""
    if not (number.isdecimal() and 0 < int(number) < 100):
        return number
    tens, ones = divmod(int(number), 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")
