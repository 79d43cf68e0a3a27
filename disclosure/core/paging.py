"""Keyset paging (`after` / `before`): the millionth row costs what the first did.

A mark is opaque to readers: the sort values of the row at the edge, in URL-safe base64. An
invalid one gives the first page and `is_broken`, so that the page can say so.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.utils.functional import cached_property

COUNT_CAP = 1000
#: Rows that staff can reach by turning pages.
PAGES_CAP = 5000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, newest (first) on top, with the marks of its neighbours."""

    rows: list[Row]
    after: str | None
    before: str | None
    is_broken: bool = False


def _encode(values: Sequence[Any]) -> str:
    def plain(value: Any) -> Any:
        return {"t": value.isoformat()} if isinstance(value, dt.datetime | dt.date) else value

    text = json.dumps([plain(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _kind(queryset: QuerySet[Any], name: str) -> str:
    """The kind of field that `name` is: of the model, or an annotation of the queryset."""
    annotation = queryset.query.annotations.get(name)
    field = annotation.output_field if annotation else queryset.model._meta.get_field(name)
    return str(field.get_internal_type())


def _decode(mark: str, fields: Sequence[str], queryset: QuerySet[Any]) -> list[Any]:
    """The values in `mark`; raises ValueError when it is not one of ours."""
    try:
        raw = base64.b64decode(mark + "=" * (-len(mark) % 4), altchars=b"-_", validate=True)
        values = json.loads(raw)
    except (binascii.Error, UnicodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError("not a paging mark") from error
    if not isinstance(values, list) or len(values) != len(fields):
        raise ValueError("not a paging mark of this list")
    decoded: list[Any] = []
    for name, value in zip(fields, values, strict=True):
        kind = _kind(queryset, name)
        if isinstance(value, dict):
            text = value.get("t")
            if not isinstance(text, str) or kind not in {"DateTimeField", "DateField"}:
                raise ValueError("not a paging mark of this list")
            parsed = dt.datetime.fromisoformat(text)
            decoded.append(_moment(parsed) if kind == "DateTimeField" else parsed.date())
        elif kind in {"BigAutoField", "AutoField", "IntegerField", "BigIntegerField"}:
            if type(value) is not int or not 0 <= value < 2**63:
                raise ValueError("not a paging mark of this list")
            decoded.append(value)
        elif kind == "CharField" and isinstance(value, str) and "\x00" not in value:
            value.encode()  # a lone surrogate is a ValueError here, not in the database
            decoded.append(value)
        else:
            raise ValueError("not a paging mark of this list")
    return decoded


def _moment(parsed: dt.datetime) -> dt.datetime:
    if parsed.tzinfo is None:
        raise ValueError("not a paging mark of this list")
    try:
        return parsed.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("not a moment that a database knows") from error


def _beyond(fields: Sequence[str], values: Sequence[Any], operator: str) -> Q:
    """Rows past `values` in the order of `fields`, with the redundant bound on the first field
    that lets both databases walk the index instead of reading all before it."""
    condition = Q()
    for position, name in enumerate(fields):
        step = Q(**{f"{name}__{operator}": values[position]})
        for earlier, value in zip(fields[:position], values, strict=False):
            step &= Q(**{earlier: value})
        condition |= step
    return condition & Q(**{f"{fields[0]}__{operator}e": values[0]})


def paginate(
    queryset: QuerySet[Row],
    *,
    fields: Sequence[str],
    after: str | None = None,
    before: str | None = None,
    size: int = 20,
    descending: bool = True,
) -> Page[Row]:
    """A page of `queryset` in the order of `fields` (all descending, or all ascending).

    `fields` must together be unique (end with the primary key's name, `id`), not null; they
    are fields of the model or annotations.
    """
    sign = "-" if descending else ""
    flipped = "" if descending else "-"
    onward, backward = ("lt", "gt") if descending else ("gt", "lt")
    broken = bool(after and before)
    values: list[Any] | None = None
    if (after or before) and not broken:
        try:
            values = _decode(after or before or "", fields, queryset)
        except ValueError:
            broken = True
    if values is not None and before:
        found = list(
            queryset.filter(_beyond(fields, values, backward)).order_by(
                *(flipped + name for name in fields)
            )[: size + 1]
        )
        more_before, more_after = len(found) > size, True
        rows = found[:size][::-1]
    else:
        if values is not None:
            queryset = queryset.filter(_beyond(fields, values, onward))
        found = list(queryset.order_by(*(sign + name for name in fields))[: size + 1])
        more_before, more_after = values is not None, len(found) > size
        rows = found[:size]

    def mark(row: Row) -> str:
        return _encode([getattr(row, name) for name in fields])

    return Page(
        rows=rows,
        after=mark(rows[-1]) if rows and more_after else None,
        before=mark(rows[0]) if rows and more_before else None,
        is_broken=broken,
    )


class CappedPaginator(Paginator):
    """Pages of a list whose rows are counted up to PAGES_CAP only: what lies beyond is found by
    searching and filtering, not by turning pages."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return capped_count(rows, PAGES_CAP)[0]


def capped_count(queryset: QuerySet[Any], cap: int = COUNT_CAP) -> tuple[int, bool]:
    """(count, more): at most `cap` rows are counted, so that a count never grows with the table."""
    counted = queryset.order_by().values("pk")[: cap + 1].count()
    return min(counted, cap), counted > cap
