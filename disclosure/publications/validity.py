"""The validity by date as a condition of queries; the same rule as `Publication.validity_on`.

Nothing has to run for a document to lapse or to be amended on its day: every list asks for the day.
"""

import datetime as dt

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from disclosure.publications.models import Publication

Validity = Publication.Validity
#: Ended by a decision, on a day that may still be to come.
ENDED = (Validity.REPEALED, Validity.LAPSED)
STANDING = (Validity.IN_FORCE, Validity.AMENDED)


def in_state(validity: str, on: dt.date) -> Q:
    """The items that have this validity on the day `on`."""
    return _CONDITIONS[Validity(validity)](on)


def _ends_later(on: dt.date) -> Q:
    return Q(validity__in=ENDED, expires_on__gt=on) & _not_run_out(on)


def _not_run_out(on: dt.date) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gte=on)


def _has_ended(validity: str, on: dt.date) -> Q:
    return Q(validity=validity) & (Q(expires_on__isnull=True) | Q(expires_on__lte=on))


def _stands(validity: str, on: dt.date) -> Q:
    return Q(validity=validity) & _not_run_out(on)


def _ran_out(on: dt.date) -> Q:
    """Past the last day that the text names, and no decision ended it before."""
    open_still = Q(validity__in=STANDING) | Q(validity__in=ENDED, expires_on__gt=on)
    return open_still & Q(valid_until__lt=on)


def _in_force(on: dt.date) -> Q:
    """In force, whether or not an amendment's day has come."""
    return _stands(Validity.IN_FORCE, on) | _ends_later(on)


def _amendment_is_due(on: dt.date) -> Q:
    return Q(amended_on__isnull=False, amended_on__lte=on)


_CONDITIONS = {
    Validity.IN_FORCE: lambda on: _in_force(on) & ~_amendment_is_due(on),
    Validity.AMENDED: lambda on: (
        _stands(Validity.AMENDED, on) | _in_force(on) & _amendment_is_due(on)
    ),
    Validity.REPEALED: lambda on: _has_ended(Validity.REPEALED, on),
    Validity.LAPSED: lambda on: _has_ended(Validity.LAPSED, on) | _ran_out(on),
}


def annotate(queryset: QuerySet[Publication], on: dt.date) -> QuerySet[Publication]:
    """`queryset` with `validity_now`, the validity on the day `on`."""
    return queryset.annotate(
        validity_now=Case(
            When(
                _in_force(on) & _amendment_is_due(on),
                then=Value(Validity.AMENDED.value),
            ),
            When(_ends_later(on), then=Value(Validity.IN_FORCE.value)),
            When(_ran_out(on), then=Value(Validity.LAPSED.value)),
            default=F("validity"),
            output_field=CharField(),
        )
    )


def ended_on(publication: Publication, on: dt.date) -> dt.date | None:
    """The first day on which it was no longer in force; None while it is, or where nobody knows."""
    if publication.validity_on(on) not in ENDED:
        return None
    if publication.validity in ENDED and (
        publication.expires_on is None or publication.expires_on <= on
    ):
        return publication.expires_on
    return publication.valid_until + dt.timedelta(days=1) if publication.valid_until else None
