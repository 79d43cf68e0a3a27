"""The annual report JSON, read and written: the free form, and the forms with tables."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from disclosure.core.text import gettext_noop as _
from disclosure.reports.reading.errors import BadField, NotJson
from disclosure.reports.reading.numerals import narrow
from disclosure.reports.reading.shapes import (
    FIRST_YEAR,
    LAST_YEAR,
    Figure,
    Qualifier,
    Reading,
    Section,
)
from disclosure.reports.tables.forms import FORMS
from disclosure.reports.tables.shapes import Form

_TEXT: Final = _("text")
_LIST: Final = _("a list")
_OBJECT: Final = _("an object")
_NUMBER: Final = _("a number that is not negative")
_YEAR: Final = _("a year from 2008 on")
_ONE: Final = _("the number 1")
_FORM: Final = _("“free”, “2019” or “2021”")
_SECTION: Final = _("one of overview, problems, other")
_KNOWN: Final = _("one of over, about, nearly")
_WRITTEN_NUMBER: Final = re.compile(
    r"(?P<number>\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,9})?)(?P<over>\+?)"
)
_QUALIFIERS: Final[tuple[Qualifier, ...]] = ("over", "about", "nearly")


def read_object(text: str) -> dict[str, Any]:
    """The contract's object, its format and form known; decimals are read as they are written."""
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise NotJson(line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number of 5,000 digits
        raise NotJson(line=1, column=1) from error
    if not isinstance(data, dict):
        raise BadField(field="JSON", expected=_OBJECT)
    if data.get("format") != 1 or isinstance(data["format"], bool):
        raise BadField(field="format", expected=_ONE)
    if data.get("form", "2021") not in ("free", *FORMS):
        raise BadField(field="form", expected=_FORM)
    return data


def _refuse_constant(name: str) -> None:
    """NaN and Infinity, which Python's reader would take and JSON does not have."""
    raise ValueError(name)


@dataclass(frozen=True)
class ReadTables:
    """The tables of a report as the file has them, not yet looked at."""

    form: Form
    tables: Any
    previous: Any = None


def tables_of(data: Mapping[str, Any]) -> ReadTables:
    """What `check_annual_report` checks; BadField where there are no tables."""
    key = data.get("form", "2021")
    if key not in FORMS or "tables" not in data:
        raise BadField(field="tables", expected=_OBJECT)
    previous = data.get("previous")
    if isinstance(previous, Mapping) and "tables" in previous:
        previous = previous["tables"]
    return ReadTables(FORMS[key], data["tables"], previous)


def read_json(text: str) -> Reading:
    """The report in the contract's JSON; what is wrong is named by its path."""
    data = read_object(text)
    year = data.get("year")
    if year is not None and (type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR):
        raise BadField(field="year", expected=_YEAR)
    common: dict[str, Any] = {
        "title": _text(data, "title", ""),
        "agency": _text(data, "agency", ""),
        "agency_code": _text(data, "agency_code", ""),
        "year": year,
        "lead": _text(data, "lead", ""),
        "figures": checked_figures(data.get("figures", [])),
    }
    form = FORMS.get(data.get("form", "2021"))
    if form is None:
        return Reading(**common, sections=checked_sections(data.get("sections", [])))
    found = tables_of(data)
    if not isinstance(found.tables, dict):
        raise BadField(field="tables", expected=_OBJECT)
    if found.previous is not None and not isinstance(found.previous, dict):
        raise BadField(field="previous", expected=_OBJECT)
    return Reading(
        **common,
        sections=[],
        form=form.key,
        texts=_texts(data.get("sections", {}), form),
        tables=found.tables,
        previous=found.previous or {},
    )


def _texts(value: Any, form: Form) -> dict[str, str]:
    if not isinstance(value, dict):
        raise BadField(field="sections", expected=_OBJECT)
    for key in value:
        if key not in form.texts:
            raise BadField(field=f"sections.{key}", expected=_SECTION)
    return {key: _text(value, key, "sections.") for key in form.texts}


def checked_sections(value: Any) -> list[Section]:
    """The sections in their exact shape, or BadField with the path of what is wrong."""
    return [_section(item, place) for place, item in enumerate(_list(value, "sections"))]


def checked_figures(value: Any) -> list[Figure]:
    """The named figures in their exact shape, or BadField with the path of what is wrong."""
    return [_figure(item, place) for place, item in enumerate(_list(value, "figures"))]


def _text(data: dict[str, Any], key: str, path: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or "\x00" in value:
        raise BadField(field=f"{path}{key}", expected=_TEXT)
    return value.strip()


def _list(value: Any, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadField(field=key, expected=_LIST)
    return value


def _section(item: Any, place: int) -> Section:
    path = f"sections[{place}]"
    if not isinstance(item, dict):
        raise BadField(field=path, expected=_OBJECT)
    number = item.get("number", "")
    if type(number) is int:
        item = {**item, "number": str(number)}
    section = Section(
        number=_text(item, "number", f"{path}."),
        heading=_text(item, "heading", f"{path}."),
        text=_text(item, "text", f"{path}."),
    )
    if not section["heading"]:
        raise BadField(field=f"{path}.heading", expected=_TEXT)
    return section


def _figure(item: Any, place: int) -> Figure:
    path = f"figures[{place}]"
    if not isinstance(item, dict):
        raise BadField(field=path, expected=_OBJECT)
    value, over = _value(item.get("value"), f"{path}.value")
    figure = Figure(
        name=_text(item, "name", f"{path}."), value=value, unit=_text(item, "unit", f"{path}.")
    )
    if not figure["name"]:
        raise BadField(field=f"{path}.name", expected=_TEXT)
    qualifier = "over" if over else item.get("qualifier")
    if qualifier is not None:
        if qualifier not in _QUALIFIERS:
            raise BadField(field=f"{path}.qualifier", expected=_KNOWN)
        figure["qualifier"] = qualifier
    if written := _text(item, "as_written", f"{path}."):
        figure["as_written"] = written
    return figure


def _value(value: Any, path: str) -> tuple[int | float, bool]:
    """The number, and whether it was written as a bound: 200000, "200,000+" or "0.50"."""
    if isinstance(value, Decimal):
        value = float(value)
    if type(value) in (int, float) and math.isfinite(value) and value >= 0:
        return value, False
    match = _WRITTEN_NUMBER.fullmatch(narrow(value).strip()) if isinstance(value, str) else None
    if not match:
        raise BadField(field=path, expected=_NUMBER)
    number = match["number"].replace(",", "")
    return float(number) if "." in number else int(number), bool(match["over"])
