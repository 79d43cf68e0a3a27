"""What table two counts of the agency's publications (表二的取数).

A document belongs to the year in which it was made (成文日期; where it has none, published). What
was withdrawn is not counted. One whose end is known without its day counts as ended in no year.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import DocumentType
from disclosure.core.dates import day_after, legal_day, start_of
from disclosure.publications.models import Publication
from disclosure.publications.validity import ENDED, in_state
from disclosure.reports import sources
from disclosure.reports.prose.drafting import Facts
from disclosure.reports.remarks import knows
from disclosure.reports.sources import Behind, Figures, Record, Span

VIEW = "disclosure.view_publication"
_TYPES: Final = {
    "regulations": DocumentType.REGULATION,
    "normative_documents": DocumentType.NORMATIVE,
    "licences": DocumentType.LICENCE,
    "penalties": DocumentType.PENALTY,
    "coercive_measures": DocumentType.COERCION,
}
_DOCUMENTS: Final = ("regulations", "normative_documents")
Condition = Callable[[Span], Q]


def _moment_after(day: dt.date) -> dt.datetime:
    return start_of(day_after(day))


def _made(span: Span) -> Q:
    days = (span.first, span.last)
    moments = (start_of(span.first), _moment_after(span.last))
    published = Q(published_at__gte=moments[0], published_at__lt=moments[1])
    return Q(date_made__range=days) | Q(date_made__isnull=True) & published


def _made_by(span: Span) -> Q:
    published = Q(published_at__lt=_moment_after(span.last))
    return Q(date_made__lte=span.last) | Q(date_made__isnull=True) & published


def _ended(span: Span) -> Q:
    """By a decision within the span, or past the last day that the text names."""
    day = dt.timedelta(days=1)
    ran_out = Q(valid_until__range=(span.first - day, span.last - day))
    stood = ~Q(validity__in=ENDED) | Q(expires_on__gt=span.last)
    return Q(validity__in=ENDED, expires_on__range=(span.first, span.last)) | ran_out & stood


def _in_force(span: Span) -> Q:
    in_force, amended = Publication.Validity.IN_FORCE, Publication.Validity.AMENDED
    stands = in_state(in_force, span.last) | in_state(amended, span.last)
    return _made_by(span) & stands


def _newly_public(span: Span) -> Q:
    return Q(published_at__gte=start_of(span.first), published_at__lt=_moment_after(span.last))


def _public(span: Span) -> Q:
    return Q(published_at__lt=_moment_after(span.last))


_DECISIONS: Final[dict[str, Condition]] = {"decisions": _made}
_OF_2021: Final[dict[str, Condition]] = {
    "issued": _made,
    "repealed": _ended,
    "in_force": _in_force,
}
_OF_2019: Final[dict[str, Condition]] = {
    "made": _made,
    "newly_public": _newly_public,
    "total_public": _public,
}
#: By form: row → column → what is counted.
CONDITIONS: Final[dict[str, dict[str, dict[str, Condition]]]] = {
    form: {row: documents if row in _DOCUMENTS else _DECISIONS for row in _TYPES}
    for form, documents in (("2021", _OF_2021), ("2019", _OF_2019))
}


def _rows(agencies: Sequence[Agency]) -> QuerySet[Publication]:
    return Publication.objects.items().filter(
        state=Publication.State.PUBLISHED, agency__in=agencies
    )


def counter(form: str) -> Callable[[Sequence[Agency], Span], Figures]:
    """What counts the rows of a form; one query."""

    def count(agencies: Sequence[Agency], span: Span) -> Figures:
        conditions = CONDITIONS[form]
        columns = {name: found for row in conditions.values() for name, found in row.items()}
        counted: Any = (
            _rows(agencies)
            .filter(document_type__in=_TYPES.values())
            .values("document_type")
            .annotate(
                **{f"n_{name}": Count("pk", filter=made(span)) for name, made in columns.items()}
            )
            .order_by()
        )
        by_type = {found["document_type"]: found for found in counted}
        return {
            row: {name: by_type.get(_TYPES[row].value, {}).get(f"n_{name}", 0) for name in names}
            for row, names in conditions.items()
        }

    return count


def shower(form: str) -> Callable[[Sequence[Agency], Span, str, str], Behind]:
    """What shows the publications behind a cell of a form."""

    def behind(agencies: Sequence[Agency], span: Span, row: str, column: str) -> Behind:
        found = _rows(agencies).filter(
            CONDITIONS[form][row][column](span), document_type=_TYPES[row]
        )
        ordered = found.order_by("date_made", "pk").only(
            "pk", "title", "document_number", "date_made", "published_at"
        )
        return Behind(
            found.count(), lambda start, size: _records(ordered[start : start + size]), VIEW
        )

    return behind


def _records(rows: QuerySet[Publication]) -> list[Record]:
    return [
        Record(
            name=row.title,
            day=row.date_made or (legal_day(row.published_at) if row.published_at else None),
            url=reverse("admin:disclosure_publication_change", args=[row.pk]),
            note=row.document_number,
        )
        for row in rows
    ]


def published(facts: Facts, agencies: Sequence[Agency], span: Span) -> Facts:
    """Items published in the span by the names of their categories, the most first."""
    counted: Any = (
        _rows(agencies)
        .filter(_newly_public(span))
        .values("category__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "category__name")
    )
    return replace(facts, published={row["category__name"]: row["number"] for row in counted})


def declare() -> None:
    """Register the sources; called when the app is ready."""
    knows(published)
    for form, rows in CONDITIONS.items():
        sources.register(
            sources.Source(
                name=f"publications-{form}",
                table="proactive",
                rows=frozenset(rows),
                forms=frozenset({form}),
                count=counter(form),
                behind=shower(form),
                cells=frozenset((row, name) for row, names in rows.items() for name in names),
            )
        )
