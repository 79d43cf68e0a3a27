"""Limits on attempts (per address, per target), shared by all processes through the database.

`RATE_LIMITS=off` lifts them (load tests on a private machine only). Addresses are kept as
hashes that change with each window.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from disclosure.core.crypto import keyed_hash
from disclosure.core.dates import now
from disclosure.core.errors import Refusal, TooManyAttempts
from disclosure.throttling.models import ThrottleBucket

TOO_MANY = _("Too many attempts. Please wait a while and try again.")


@dataclass(frozen=True)
class Limit:
    """At most `times` within `seconds` for each target (an address, a number …)."""

    name: str
    times: int
    seconds: int


def _key(limit: Limit, target: str, moment: dt.datetime) -> tuple[str, dt.datetime]:
    window = int(moment.timestamp()) // limit.seconds
    ends_at = dt.datetime.fromtimestamp((window + 1) * limit.seconds, tz=dt.UTC)
    return keyed_hash("throttle", f"{limit.name}|{target}|{window}"), ends_at


def count(limit: Limit, target: str, *, at: dt.datetime | None = None) -> int:
    """Note one more attempt and return how many there were in this window."""
    key, ends_at = _key(limit, target, at or now())
    table = connection.ops.quote_name(ThrottleBucket._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, count, ends_at) VALUES (%s, 1, %s) "  # noqa: S608
            f"ON CONFLICT (key) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [key, connection.ops.adapt_datetimefield_value(ends_at)],
        )
        return int(cursor.fetchone()[0])


def is_reached(limit: Limit, target: str, *, at: dt.datetime | None = None) -> bool:
    """Whether the next attempt is one too many; counts nothing."""
    if not settings.RATE_LIMITS:
        return False
    key, _ends_at = _key(limit, target, at or now())
    return ThrottleBucket.objects.filter(key=key, count__gte=limit.times).exists()


def spend(limit: Limit, target: str) -> None:
    """Note one attempt; raises TooManyAttempts past the limit."""
    if settings.RATE_LIMITS and count(limit, target) > limit.times:
        raise TooManyAttempts(
            Refusal(TOO_MANY, code="throttled"),
            seconds=limit.seconds,
        )


def sweep() -> int:
    """Forget the windows that are over; returns how many."""
    return ThrottleBucket.objects.filter(ends_at__lt=now()).delete()[0]
