"""The two Regulations as data: what each allows, for how many working days, by which article."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from requests_app.clock.wording import ClockError

# The processing fee begins with 国办函〔2020〕109号; none is lawful for requests before.
FEE_FROM = date(2021, 1, 1)
# Far enough for any request, near enough for every sum to stay a date.
LAST_DATE = date(2199, 12, 31)


@dataclass(frozen=True)
class Consultation:
    """Somebody outside is asked for an opinion; that time is not counted."""

    article: str
    # Working days that the one asked has from its own receipt; None: no lawful end.
    answer_days: int | None


@dataclass(frozen=True)
class Regulation:
    """One text of the Regulation (政府信息公开条例); None: it does not know the thing.

    An article is None where practice alone carries the rule.
    """

    decree: str
    in_force_from: date
    answer_days: int
    extension_days: int
    answer_article: str
    extension_article: str
    receipt_article: str | None
    correction_article: str | None
    correction_notice_days: int | None
    consultations: Mapping[str, Consultation]
    delay_article: str | None
    fee_article: str | None
    fee_days: int


REGULATIONS = {
    "492": Regulation(
        decree="492",
        in_force_from=date(2008, 5, 1),
        answer_days=15,
        extension_days=15,
        answer_article="24",
        extension_article="24",
        receipt_article=None,
        correction_article=None,
        correction_notice_days=None,
        consultations={"third_party": Consultation("23", None)},
        delay_article=None,
        fee_article=None,
        fee_days=0,
    ),
    "711": Regulation(
        decree="711",
        in_force_from=date(2019, 5, 15),
        answer_days=20,
        extension_days=20,
        answer_article="33",
        extension_article="33",
        receipt_article="31",
        correction_article="30",
        correction_notice_days=7,
        consultations={
            "third_party": Consultation("32", 15),
            "co_maker": Consultation("34", 15),
            "agency": Consultation("11, 17", None),
        },
        delay_article="35",
        fee_article="42",
        fee_days=20,
    ),
}


def regulation_for(received: date) -> Regulation:
    """The Regulation in force on the day of receipt (this project's rule: neither text says)."""
    in_force = [each for each in REGULATIONS.values() if each.in_force_from <= received]
    if not in_force:
        first = min(each.in_force_from for each in REGULATIONS.values())
        raise ClockError("before_regulation", date=received, first=first)
    return max(in_force, key=lambda each: each.in_force_from)


def chosen_regulation(received: date, decree: str | None = None) -> Regulation:
    """The Regulation asked for, or the one in force; a receipt before both is refused anyway."""
    in_force = regulation_for(received)
    if not decree:
        return in_force
    if decree not in REGULATIONS:
        raise ClockError("unknown_regulation", text=decree)
    return REGULATIONS[decree]
