"""The processing fee (信息处理费, 国办函〔2020〕109号) as pure functions over one table.

No database, no settings. Amounts are yuan, as decimals with two places.
"""

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy

from disclosure.core.errors import Refusal
from disclosure.core.text import gettext_noop as _
from requests_app.clock.regulations import FEE_FROM
from requests_app.clock.wording import ERRORS as CLOCK_ERRORS
from requests_app.clock.wording import Phrase

DOCUMENT = "国办函〔2020〕109号"
ARTICLE = "42"
# More than anybody asks for in a month; the steps by request grow with the number.
MOST = 1_000_000


class Basis(StrEnum):
    """What is counted; a request is charged on one basis, never on both (Article 3)."""

    REQUESTS = "requests"
    PAGES = "pages"


BASIS_LABELS: dict[Basis, str] = {
    Basis.REQUESTS: _("By request"),  # 按件计收
    Basis.PAGES: _("By page"),  # 按量计收
}


@dataclass(frozen=True)
class Band:
    """From number `first` on each costs `each` yuan, and after `every` of them `rise` more."""

    first: int
    each: int
    every: int | None = None
    rise: int = 0


# Articles 4 and 5. The price is that of the part in the band alone (超额累进).
TARIFFS: dict[Basis, tuple[Band, ...]] = {
    Basis.REQUESTS: (Band(1, 0), Band(11, 100), Band(31, 200, every=10, rise=100)),
    Basis.PAGES: (Band(1, 0), Band(31, 10), Band(101, 20), Band(201, 40)),
}

HEADINGS = {
    "requests": _(
        "By request (%(document)s, Article 4): all requests of one applicant to one agency "
        "in one calendar month"
    ),
    "nth": _(
        "By request (%(document)s, Article 4): one request alone, by its place among the "
        "applicant's requests to the agency in the calendar month"
    ),
    "pages": _("By page (%(document)s, Article 5): the pages of one request"),
}
# Basis → one or several, charged or free.
LINES = {
    Basis.REQUESTS: {
        "one": _("Request %(first)s: %(sum)s yuan"),
        "one_free": _("Request %(first)s: free of charge"),
        "several": _("Requests %(first)s to %(last)s: %(count)s × %(each)s yuan = %(sum)s yuan"),
        "several_free": _("Requests %(first)s to %(last)s: free of charge"),
    },
    Basis.PAGES: {
        "one": _("Page %(first)s: %(sum)s yuan"),
        "one_free": _("Page %(first)s: free of charge"),
        "several": _("Pages %(first)s to %(last)s: %(count)s × %(each)s yuan = %(sum)s yuan"),
        "several_free": _("Pages %(first)s to %(last)s: free of charge"),
    },
}
TOTAL = _("In all: %(amount)s yuan")

ERRORS = {
    "not_whole": _("“%(text)s” is not a whole number."),
    "negative": _("“%(text)s” is negative: requests and pages are counted from 0."),
    "too_many": _("That is too many: the fee is reckoned up to %(most)s requests or pages."),
}

REFUSALS = {
    "both_bases": _("A request is charged either by request or by page, never by both."),
    "already_public": _(
        "What is already public is only pointed to: no fee by page is lawful for it."
    ),
    "nothing_to_pay": _("There is nothing to pay, so no fee notice goes out."),
}


class FeeError(ValueError):
    """A number for which there is no fee, with the reason as a phrase."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.reason = Phrase(code, ERRORS[code], params)
        super().__init__(str(self.reason))


@dataclass(frozen=True)
class FeeStep:
    """The numbers `first` to `last` (both counted), what each costs and what they cost."""

    first: int
    last: int
    each: Decimal
    sum: Decimal


@dataclass(frozen=True)
class Fee:
    """What is to be paid and how it came about; `counted` is a key of `HEADINGS`."""

    basis: Basis
    counted: str
    amount: Decimal
    steps: tuple[FeeStep, ...]


def by_requests(count: int) -> Fee:
    """What all `count` requests of one applicant to one agency in one calendar month cost."""
    return _fee(Basis.REQUESTS, "requests", 1, count)


def by_nth(nth: int) -> Fee:
    """What the `nth` of those requests costs alone: what its notice bills."""
    return _fee(Basis.REQUESTS, "nth", nth, nth)


def by_pages(pages: int) -> Fee:
    """What the `pages` of one request cost; a page is one side of A4 or smaller."""
    return _fee(Basis.PAGES, "pages", 1, pages)


def explain(fee: Fee) -> tuple[Phrase, ...]:
    """How the amount came about, line by line: the basis, each step, the sum."""
    heading = Phrase(fee.counted, HEADINGS[fee.counted], {"document": DOCUMENT})
    total = Phrase("total", TOTAL, {"amount": in_yuan(fee.amount)})
    return (heading, *(_line(fee.basis, step) for step in fee.steps), total)


def in_yuan(amount: Decimal) -> str:
    """An amount as it is read: 2,200; with its fen only where there are any."""
    return f"{amount:,.2f}".removesuffix(".00")


def parse_count(text: str) -> int:
    """A number of requests or pages as people write it: digits, nothing else."""
    if not re.fullmatch(r"-?[0-9]+", text):
        raise FeeError("not_whole", text=text)
    if text.startswith("-") and text.strip("-0"):
        raise FeeError("negative", text=text)
    # Python itself refuses to read thousands of digits.
    digits = text.lstrip("-0")
    if len(digits) > len(str(MOST)):
        raise _too_many()
    return _checked(int(digits or "0"))


def month_of(received: date) -> tuple[date, date]:
    """First and last day of the calendar month within which requests are counted.

    `received` is the legal day (Asia/Shanghai) of the original receipt, not of a correction's.
    """
    _weekday, days = calendar.monthrange(received.year, received.month)
    return date(received.year, received.month, 1), date(received.year, received.month, days)


def why_not_charge(
    received: date, fee: Fee, *, charged_by: Basis | None = None, already_public: bool = False
) -> list[Refusal]:
    """Why no notice of `fee` may go out for a request received on `received`.

    `charged_by` is the basis of a notice that this request has already; `already_public`: the
    answer only points to what is proactively public. Whether a notice is still in time, and that
    there is but one, is the clock's.
    """
    reasons = []
    if received < FEE_FROM:
        reason = gettext_lazy(CLOCK_ERRORS["fee_too_early"]) % {"first": FEE_FROM}
        reasons.append(Refusal(reason, ARTICLE, "fee_too_early"))
    if charged_by not in (None, fee.basis):
        reasons.append(_refusal("both_bases"))
    if already_public and fee.basis is Basis.PAGES:
        reasons.append(_refusal("already_public"))
    if not fee.amount:
        reasons.append(_refusal("nothing_to_pay"))
    return reasons


def _refusal(code: str) -> Refusal:
    return Refusal(gettext_lazy(REFUSALS[code]), ARTICLE, code)


def _too_many() -> FeeError:
    return FeeError("too_many", most=f"{MOST:,}")


def _checked(number: object) -> int:
    """`number`, if a fee can be reckoned for it; True is no number of pages."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise FeeError("not_whole", text=str(number))
    if number < 0:
        raise FeeError("negative", text=str(number))
    if number > MOST:
        raise _too_many()
    return number


def _fee(basis: Basis, counted: str, first: int, last: int) -> Fee:
    """The fee for the numbers `first` to `last`; there is none numbered 0."""
    last = _checked(last)
    steps = tuple(_steps(basis, max(first, 1), last))
    return Fee(basis, counted, sum((step.sum for step in steps), _decimal(0)), steps)


def _steps(basis: Basis, first: int, last: int) -> Iterator[FeeStep]:
    """`first` to `last`, cut where the price changes: a step for each price."""
    while first <= last:
        each, end = _price(basis, first)
        end = min(end, last)
        yield FeeStep(first, end, _decimal(each), _decimal(each * (end - first + 1)))
        first = end + 1


def _price(basis: Basis, number: int) -> tuple[int, int]:
    """What `number` costs, and the last number that costs the same."""
    bands = TARIFFS[basis]
    following = bisect_right(bands, number, key=lambda band: band.first)
    band = bands[following - 1]
    if band.every:
        rises = (number - band.first) // band.every
        return band.each + rises * band.rise, band.first + (rises + 1) * band.every - 1
    return band.each, bands[following].first - 1 if following < len(bands) else MOST


def _decimal(yuan: int) -> Decimal:
    return Decimal(yuan).quantize(Decimal("0.01"))


def _line(basis: Basis, step: FeeStep) -> Phrase:
    count = step.last - step.first + 1
    code = ("one" if count == 1 else "several") + ("" if step.each else "_free")
    params = {
        "first": f"{step.first:,}",
        "last": f"{step.last:,}",
        "count": f"{count:,}",
        "each": in_yuan(step.each),
        "sum": in_yuan(step.sum),
    }
    return Phrase(code, LINES[basis][code], params)
