"""Earlier versions: who may read them, and which there are.

A version is readable while its item is, unless it was taken out of sight of its own.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from disclosure.life.models import ClosedVersion
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication


def is_readable(publication: Publication, at: dt.datetime) -> bool:
    """Whether anyone may read this row at `at`: what is public, and its earlier versions.

    Of an earlier version two queries at most; downloads of files ask this.
    """
    if publication.is_visible(at):
        return True
    item = publication.revises
    return (
        publication.state == State.SUPERSEDED
        and publication.disclosure == Publication.Disclosure.PROACTIVE
        and publication.version > 0
        and item is not None
        and item.is_visible(at)
        and earlier(item).filter(pk=publication.pk, closed__isnull=True).exists()
    )


def earlier(item: Publication) -> QuerySet[Publication]:
    """The earlier versions of `item`, newest first, closed ones too; without those that were
    replaced before their moment had come, so that nobody has ever read them."""
    replaced = Publication.objects.filter(
        Q(pk=OuterRef("revises")) | Q(revises=OuterRef("revises"), state=State.SUPERSEDED),
        version__gt=OuterRef("version"),
        version_at__lte=OuterRef("version_at"),
    )
    return (
        Publication.objects.filter(revises=item, state=State.SUPERSEDED, version__gt=0)
        .filter(~Exists(replaced))
        .select_related("agency", "category", "closed")
        .order_by("-version")
    )


@dataclass(frozen=True)
class Found:
    """A version that was asked for: the row, or why there is none to be read."""

    row: Publication | None
    closed: ClosedVersion | None = None


def find(item: Publication, number: str) -> Found | None:
    """The version of `item`, which is visible, with this number; None where there is none."""
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        return None
    wanted = int(number)
    if wanted == item.version:
        return Found(item)
    row = earlier(item).filter(version=wanted).first()
    if row is None or row.disclosure != Publication.Disclosure.PROACTIVE:
        return None
    closed = getattr(row, "closed", None)
    return Found(None, closed) if closed is not None else Found(row)


def following(item: Publication, number: int) -> Publication:
    """The version that took the place of the one with this number."""
    row = earlier(item).filter(version__gt=number).order_by("version").first()
    return row or item
