"""What several people ask for: a daily job over a small table of keyed hashes.

Within 24 months, at least 3 different applicants of one agency, and given at least once. Restricted
requests do not count, nor those whose personal data are erased: nobody tells any more who asked.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from disclosure.agencies.models import Agency
from disclosure.core.crypto import keyed_hash
from disclosure.core.dates import start_of, today
from requests_app.casework.models import DisclosureRequest
from requests_app.determination import OUTCOMES
from requests_app.proposing import names
from requests_app.proposing.lifecycle import OftenState
from requests_app.proposing.models import AskedAbout, AskedOften

MONTHS = 24
PEOPLE = 3
BATCH = 1000
GIVEN = sorted(row.key for row in OUTCOMES.values() if row.gives_information)


def since(on: dt.date) -> dt.date:
    """The first day of the 24 months (calendar) that end with `on`."""
    year, month = divmod(on.year * 12 + on.month - 1 - MONTHS, 12)
    return dt.date(year, month + 1, min(on.day, 28))


def keys_of(case: DisclosureRequest) -> set[str]:
    """The keyed hashes under which a request is the same as others; {""}: nothing tells."""
    told = {
        ("name", names.normalised(case.information_name)),
        ("number", names.normalised_number(case.document_number)),
    }
    return {keyed_hash("asked-about", f"{kind}|{text}") for kind, text in told if text} or {""}


def note_new(on: dt.date) -> int:
    """Note what requests of the last 24 months ask for, as far as it is not noted; how many."""
    first, last, count = start_of(since(on)), 0, 0
    known = Exists(AskedAbout.objects.filter(request=OuterRef("pk")))
    rows = DisclosureRequest.objects.filter(~known, submitted_at__gte=first).only(
        "pk", "agency_id", "information_name", "document_number"
    )
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        AskedAbout.objects.bulk_create(
            (
                AskedAbout(request=case, agency_id=case.agency_id, key=key)
                for case in batch
                for key in sorted(keys_of(case))
            ),
            ignore_conflicts=True,
        )
        last, count = batch[-1].pk, count + len(batch)
    return count


def forget_old(on: dt.date) -> int:
    """Drop what is older than the 24 months; how many rows."""
    old = AskedAbout.objects.filter(request__submitted_at__lt=start_of(since(on)))
    return old.delete()[0]


def counted(on: dt.date) -> QuerySet[AskedAbout, Any]:
    """What several people ask for, a row for each agency and key: one statement."""
    given = Q(request__outcome__in=GIVEN)
    return (
        AskedAbout.objects.exclude(key="")
        .filter(
            request__submitted_at__gte=start_of(since(on)),
            request__is_restricted=False,
            request__applicant__erased_at__isnull=True,
        )
        .values("agency", "key")
        .annotate(
            people=Count("request__applicant__person_hash", distinct=True),
            requests=Count("request", distinct=True),
            last_on=Max("request__received_on"),
            sample=Max("request", filter=given),
        )
        .filter(people__gte=PEOPLE, sample__isnull=False, last_on__isnull=False)
        .order_by("agency", "key")
    )


def refresh(on: dt.date | None = None) -> int:
    """The daily job: notes what is new and brings the list up to date; how many are on it.

    Of what is decided the decision stays; what is open and no longer asked for goes. Counts are
    written without a row of history: nobody has decided anything.
    """
    day = on or today()
    note_new(day)
    forget_old(day)
    with transaction.atomic():
        known = {
            (row.agency_id, row.key): row.pk for row in AskedOften.objects.only("agency", "key")
        }
        found = list(counted(day))
        kept, new = set(), []
        for row in found:
            key = known.get((row["agency"], row["key"]))
            if key is None:
                new.append(row)
            else:
                AskedOften.objects.filter(pk=key).update(**_facts(row))
                kept.add(key)
        still_open = AskedOften.objects.filter(state=OftenState.OPEN)
        for gone in set(still_open.values_list("pk", flat=True)) - kept:
            AskedOften.objects.filter(pk=gone).delete()
        for row in new:
            # By name and by number it may be the same information: it stands there once.
            if not AskedOften.objects.filter(sample=row["sample"]).exists():
                AskedOften.objects.create(agency_id=row["agency"], key=row["key"], **_facts(row))
    return AskedOften.objects.count()


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sample_id": row["sample"],
        "people": row["people"],
        "requests": row["requests"],
        "last_on": row["last_on"],
    }


def repeatedly_asked(agency: Agency) -> QuerySet[AskedOften]:
    """What several people asked this agency for and nobody has decided on, most asked first."""
    rows = AskedOften.objects.filter(agency=agency, state=OftenState.OPEN)
    return rows.select_related("sample").order_by("-people", "-last_on", "pk")
