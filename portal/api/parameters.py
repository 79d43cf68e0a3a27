"""Parameters, declared once: what is checked, and what the schema says of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosure.publications.filters import DayFilter, PublicationFilter
from portal.api.problems import invalid

#: No address, mark or code is longer.
MAX_LENGTH = 1000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffd]")


@dataclass(frozen=True)
class Parameter:
    """A parameter of the query; `choices` are all values that it may have."""

    name: str
    description: str | Promise
    choices: tuple[str, ...] = ()
    format: str = ""
    pattern: str = ""
    required: bool = False
    example: str = ""


PAGING = (
    Parameter(
        "after",
        gettext_lazy("The mark of a page, as `next` gives it: what comes after it."),
    ),
    Parameter(
        "before",
        gettext_lazy("The mark of a page, as `previous` gives it: what comes before it."),
    ),
)
FIELDS = Parameter(
    "fields",
    gettext_lazy("Which fields to give, parted by commas; all by itself."),
    pattern=r"^[a-z0-9_]+(,[a-z0-9_]+)*$",
)
AGENCY = Parameter(
    "agency",
    gettext_lazy("The code of an agency; what is below it counts too."),
)
YEAR = Parameter(
    "year",
    gettext_lazy("The year reported on."),
    pattern=r"^\d{4}$",
    example="2025",
)
INDEX_NUMBER = Parameter("index_number", gettext_lazy("The index number of an item."))
#: What a filter means beyond its label.
_MEANT: dict[str, str | Promise] = {
    "q": gettext_lazy("Words to look for; of several each must be found."),
    "category": gettext_lazy("The code of a category; what is below it counts too."),
    "agency": AGENCY.description,
    "validity": gettext_lazy("The validity as it stands today."),
    "date_from": gettext_lazy("Published on this day (in China) or later."),
    "date_to": gettext_lazy("Published on this day (in China) or earlier."),
    "sort": gettext_lazy("The order; by itself best match for words, else newest first."),
}


def of_filters() -> tuple[Parameter, ...]:
    """The filters of the catalogue's page."""
    return tuple(
        Parameter(
            name,
            _MEANT.get(name, one.label),
            choices=tuple(key for key, _label in one.extra.get("choices", ())),
            format="date" if isinstance(one, DayFilter) else "",
        )
        for name, one in PublicationFilter.base_filters.items()
    )


def read(query: QueryDict, known: Iterable[Parameter]) -> dict[str, str]:
    """The values that are given; raises a problem for what is unknown, given twice or impossible.

    An empty value counts as none, as in a form that is sent off.
    """
    by_name = {one.name: one for one in known}
    errors: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for name, values in query.lists():
        parameter, value = by_name.get(name), values[-1]
        if parameter is None:
            shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", name)[:100]
            errors[shown] = [_("There is no such parameter here.")]
        elif len(values) > 1:
            errors[name] = [_("This parameter is given more than once.")]
        elif len(value) > MAX_LENGTH or _CONTROL.search(value):
            errors[name] = [_("This value is too long, or holds characters that none has.")]
        elif value and parameter.choices and value not in parameter.choices:
            errors[name] = [_("There is no such choice: %(value)s") % {"value": value}]
        elif value and parameter.pattern and not re.fullmatch(parameter.pattern, value):
            errors[name] = [_("This value is not possible.")]
        elif value:
            found[name] = value
    for name, parameter in by_name.items():
        if parameter.required and name not in found and name not in errors:
            errors[name] = [_("This parameter is needed.")]
    if "after" in found and "before" in found:
        errors["before"] = [_("Give one of after and before, not both.")]
    if errors:
        raise invalid(errors)
    return found


def chosen(value: str, known: Iterable[str]) -> frozenset[str]:
    """The fields that `value` names, parted by commas; raises a problem for an unknown one."""
    wanted, there = value.split(","), set(known)
    if unknown := [name for name in wanted if name not in there]:
        sentence = _("There are no such fields: %(names)s") % {"names": ", ".join(unknown)[:200]}
        raise invalid({"fields": [sentence]})
    return frozenset(wanted)


def as_query(given: dict[str, str]) -> QueryDict:
    """The values as the pages' lists read them."""
    query: Any = QueryDict(mutable=True)
    query.update(given)
    return query
