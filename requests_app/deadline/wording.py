"""The clock's phrases and articles in the reader's language."""

from datetime import date

from django.utils.translation import get_language, gettext

from requests_app.clock import WAITING_NAMES, ClockError, Phrase

_DIGITS = "零一二三四五六七八九"


def say(phrase: Phrase) -> str:
    """A phrase of the clock in the active language; dates stay as they are stored."""
    params = {
        name: say(value)
        if isinstance(value, Phrase)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in phrase.params.items()
    }
    return gettext(phrase.msgid) % params


def say_error(error: ClockError) -> str:
    """Why the clock refused, with the article where there is one."""
    reason = say(error.reason)
    if error.article is None:
        return reason
    return gettext("%(article)s: %(reason)s") % {
        "reason": reason,
        "article": say_article(error.article),
    }


def say_article(article: str | None) -> str:
    """`11, 17` as the reader cites it (第十一条、第十七条); empty where there is none."""
    if not article:
        return ""
    chinese = (get_language() or "").startswith("zh")
    numbers = [_numeral(each) if chinese else each for each in article.split(", ")]
    cited = [gettext("Art. %(number)s") % {"number": number} for number in numbers]
    return ("、" if chinese else ", ").join(cited)


def say_waiting(waiting_for: str | None) -> str:
    """What the time limit waits for; empty where it runs."""
    return gettext(WAITING_NAMES[waiting_for]) if waiting_for else ""


def _numeral(number: str) -> str:
    """A number below 100 in Chinese figures (32: 三十二)."""
    if not (number.isdecimal() and 0 < int(number) < 100):
        return number
    tens, ones = divmod(int(number), 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")
