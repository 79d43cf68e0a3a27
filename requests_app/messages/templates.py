"""Which messages there are and which fields each may show: data and pure functions.

A text is plain, with fields as `{number}`; what a field shows comes from the request or from the
message's `params`, never from an applicant's data. The texts themselves: `texts`.
"""

import datetime as dt
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from disclosure.core.text import gettext_noop as _

CHINESE, ENGLISH = "zh-hans", "en"
LANGUAGES = (CHINESE, ENGLISH)


class Audience(StrEnum):
    """Whom a message is for."""

    APPLICANT = "applicant"
    STAFF = "staff"


class Kind(StrEnum):
    """What a field's value may be; nothing else gets into a stored message."""

    TEXT = "text"  # made when the message is sent, never stored
    DATE = "date"  # ISO 8601
    COUNT = "count"
    NUMBERS = "numbers"  # numbers of other requests
    AGENCY = "agency"  # the key of an agency


@dataclass(frozen=True)
class Field:
    """A field of the texts; `example` is what the preview shows."""

    label: str
    kind: Kind
    example: str | int | tuple[str, ...]


FIELDS: dict[str, Field] = {
    "number": Field(_("number of the request"), Kind.TEXT, "SL-2026-0001"),
    "agency": Field(_("name of the agency"), Kind.TEXT, "示例省办公室"),
    "track_url": Field(
        _("address of the page where the applicant follows the request"),
        Kind.TEXT,
        "https://portal.example.cn/requests/track/",
    ),
    "case_url": Field(
        _("address of the case in the staff area"),
        Kind.TEXT,
        "https://portal.example.cn/admin/",
    ),
    "date": Field(_("the day that the message is about"), Kind.DATE, "2026-03-05"),
    "due": Field(_("last day for the answer"), Kind.DATE, "2026-03-31"),
    "old_due": Field(_("last day for the answer, as it was before"), Kind.DATE, "2026-03-27"),
    "days": Field(_("number of working days"), Kind.COUNT, 5),
    "year": Field(_("year reported on"), Kind.COUNT, 2025),
    "numbers": Field(
        _("numbers of other requests"), Kind.NUMBERS, ("SL-2026-0002", "SL-2026-0003")
    ),
    "other_agency": Field(_("name of the other agency"), Kind.AGENCY, "示例市办公室"),
    "code_url": Field(
        _("address that gives a new access code, for an hour and one use"),
        Kind.TEXT,
        "https://portal.example.cn/requests/code/SL-2026-0001.…/",
    ),
}
#: What every message of an audience may show; the texts must show those of NEEDED.
COMMON: dict[Audience, tuple[str, ...]] = {
    Audience.APPLICANT: ("number", "agency", "track_url"),
    Audience.STAFF: ("number", "agency", "case_url"),
}
NEEDED: dict[Audience, tuple[str, ...]] = {
    Audience.APPLICANT: ("number", "track_url"),
    Audience.STAFF: ("number", "case_url"),
}


@dataclass(frozen=True)
class Text:
    """A message in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class Template:
    """A message: `given` are the fields that whoever queues it must give, `made` those that come
    into being when it is sent, `must` those of both that every text has to show. `is_of_request`:
    else its page is the start page of the staff area."""

    key: str
    audience: Audience
    label: str
    chinese: Text
    english: Text
    given: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    is_of_request: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """What its texts may show."""
        return self._of_request(COMMON[self.audience]) + self.given + self.made

    @property
    def needed(self) -> tuple[str, ...]:
        """What its texts have to show."""
        return self._of_request(NEEDED[self.audience]) + self.must

    def _of_request(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Without the number where there is no request."""
        return names if self.is_of_request else tuple(each for each in names if each != "number")

    def text(self, language: str) -> Text:
        """The portal's own text."""
        return self.english if language.startswith(ENGLISH) else self.chinese


def language_of(code: str) -> str:
    """The language of the texts for a language of the site."""
    return ENGLISH if code.startswith(ENGLISH) else CHINESE


# --- fields in a text ----------------------------------------------------------------------------
def fields_of(text: str) -> list[str]:
    """The fields that a text shows; ValueError where the braces cannot be read.

    A field is a bare name: no format, no index, no attribute.
    """
    names = []
    for _literal, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if spec or conversion or not re.fullmatch(r"[a-z_]+", name):
            raise ValueError(name)
        names.append(name)
    return names


def fill(text: Text, values: Mapping[str, str]) -> Text:
    """The text with its fields filled in; the subject stays on one line."""
    subject = " ".join(text.subject.format_map(values).split())
    return Text(subject, text.body.format_map(values).strip())


def example_values(template: Template, language: str) -> dict[str, str]:
    """What the preview shows in the place of real values."""
    return {name: shown(name, FIELDS[name].example, language) for name in template.fields}


# --- what may be stored --------------------------------------------------------------------------
_NUMBER = re.compile(r"[A-Z0-9-]{3,32}")


def wrong_params(template: Template, params: Mapping[str, object]) -> list[str]:
    """Names of params that are missing, unknown, or not a date, count, number or key.

    The form of the values is what keeps personal data out of stored messages.
    """
    wrong = set(template.given) ^ set(params)
    wrong |= {name for name in set(template.given) & set(params) if not _fits(name, params[name])}
    return sorted(wrong)


def _fits(name: str, value: object) -> bool:
    kind = FIELDS[name].kind
    if kind is Kind.DATE:
        return isinstance(value, str) and _is_date(value)
    if kind is Kind.NUMBERS:
        return (
            isinstance(value, list | tuple)
            and bool(value)
            and all(isinstance(one, str) and bool(_NUMBER.fullmatch(one)) for one in value)
        )
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


# --- what is shown -------------------------------------------------------------------------------
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def shown(name: str, value: object, language: str) -> str:
    """A field's value as a reader of the language reads it."""
    chinese = language_of(language) == CHINESE
    kind = FIELDS[name].kind
    if kind is Kind.DATE:
        day = dt.date.fromisoformat(str(value))
        if chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if kind is Kind.NUMBERS and isinstance(value, Iterable) and not isinstance(value, str):
        return ("、" if chinese else ", ").join(str(one) for one in value)
    return str(value)
