"""Keyset paging (`after` / `before`): the millionth row costs what the first did.

A mark is opaque to readers: the sort values of the row at the edge, in URL-safe base64. An
invalid one gives the first page and `is_broken`, so that the page can say so.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db.models import Func, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.where import WhereNode
from django.utils.functional import cached_property

COUNT_CAP = 1000
#: Rows that staff can reach by turning pages.
PAGES_CAP = 5000
#: Values that a list is put together of; more of them are so common that the whole list is read.
BRANCHES_CAP = 100
#: Parameters of such a statement, for each branch has those of the other filters too: beyond, to
#: make it costs more than it saves, and SQLite refuses it (at 32,766 where it is built so).
PARAMETERS_CAP = 15_000
Row = TypeVar("Row", bound=Model)


class RowByRow(Func):
    """A column whose bound SQLite does not take for an index, but looks at row by row.

    Of two bounds on a column SQLite seeks by the first that it reads and passes over every row up
    to the other: a bound that nearly all rows keep (`published_at <= now`) must not be that one.
    """

    template, arity = "%(expressions)s", 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


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


def _starting(queryset: QuerySet[Row], beyond: Q) -> QuerySet[Row]:
    """`queryset` with this condition as its first: SQLite then seeks by it (see `RowByRow`)."""
    before = len(queryset.query.where.children)
    queryset = queryset.filter(beyond)
    conditions = queryset.query.where.children
    conditions[:] = conditions[before:] + conditions[:before]
    return queryset


def _first(
    queryset: QuerySet[Row], order: list[str], number: int, branches: Mapping[str, Sequence[int]]
) -> list[Row]:
    """The first rows in this order.

    An index on (field, order) gives the rows of one value in order, and those of several only by
    sorting them all. So of a field in `branches` the first rows of each of its values are taken,
    and the first of those.
    """
    few = [one for one in branches.items() if 1 < len(one[1]) <= BRANCHES_CAP]
    if few:
        name, values = min(few, key=lambda one: len(one[1]))
        union = _union(queryset, order, number, name, values)
        if union is not None:
            # What the rows must be is asked in the branches: asked again, it would be gone by.
            queryset = queryset.all()
            queryset.query.where = WhereNode()
            queryset = queryset.filter(pk__in=union)
    return list(queryset.order_by(*order)[:number])


def _union(
    queryset: QuerySet[Any], order: list[str], number: int, name: str, values: Sequence[int]
) -> RawSQL | None:
    """The keys of the first rows of each value; None where that is too much to ask at once, or
    where nothing can fit."""
    statements: list[str] = []
    parameters: list[Any] = []
    for place, value in enumerate(values):
        rows = _starting(queryset, Q(**{name: value})).order_by(*order).values("pk")[:number]
        try:
            sql, given = rows.query.sql_with_params()
        except EmptyResultSet:
            return None
        if len(given) * len(values) > PARAMETERS_CAP:
            return None
        statements.append(f"SELECT * FROM ({sql}) b{place}")  # noqa: S608  (Django's own)
        parameters += given
    return RawSQL(" UNION ALL ".join(statements), parameters)  # noqa: S611  (the same)


def paginate(
    queryset: QuerySet[Row],
    *,
    fields: Sequence[str],
    after: str | None = None,
    before: str | None = None,
    size: int = 20,
    descending: bool = True,
    branches: Mapping[str, Sequence[int]] | None = None,
) -> Page[Row]:
    """A page of `queryset` in the order of `fields` (all descending, or all ascending).

    `fields` must together be unique (end with the primary key's name, `id`), not null; they
    are fields of the model or annotations. `branches`: fields of which `queryset` has several
    values (a category with those below it), where an index on (field, *fields) is to serve.
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
        beyond = _starting(queryset, _beyond(fields, values, backward))
        found = _first(beyond, [flipped + name for name in fields], size + 1, branches or {})
        more_before, more_after = len(found) > size, True
        rows = found[:size][::-1]
    else:
        if values is not None:
            queryset = _starting(queryset, _beyond(fields, values, onward))
        found = _first(queryset, [sign + name for name in fields], size + 1, branches or {})
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
