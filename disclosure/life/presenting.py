"""What the page of an item shows of its life: relations from both ends, changes, versions."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from disclosure.core.dates import legal_day
from disclosure.life import history, versions
from disclosure.life.kinds import ENDING, KINDS, WITH_EFFECT
from disclosure.life.models import Relation
from disclosure.publications.models import Publication

#: Rows of relations that a page shows.
MOST = 100


@dataclass(frozen=True)
class Link:
    """A document at the other end; without `url` it is not here."""

    title: str
    number: str = ""
    url: str = ""
    #: A day still to come from which it holds.
    since: str = ""


@dataclass(frozen=True)
class Group:
    heading: str
    links: list[Link]


def relations(publication: Publication, at: dt.datetime) -> dict[str, Any]:
    """The documents at the other ends that anyone may read, under their headings; one query."""
    rows = (
        Relation.objects.filter(Q(source=publication) | Q(target=publication))
        .select_related("source", "target")
        .defer("source__body", "target__body")
        .order_by("pk")
    )
    forth: dict[str, list[Link]] = {}
    back: dict[str, list[Link]] = {}
    for row in rows[:MOST]:
        if row.source_id == publication.pk:
            link = _link(row.target, at) if row.target else Link(row.target_text)
            place = forth
        else:
            link, place = _link(row.source, at), back
        if link is not None:
            link = replace(link, since=_still_to_come(row, at))
        if link is not None and link not in place.setdefault(row.kind, []):
            place[row.kind].append(link)
    # What happened to this document first: a reader has to know that it no longer holds.
    found: dict[str, list[Link]] = {}
    for heading, links in [
        *((str(KINDS[kind].back), back.get(kind, [])) for kind in KINDS if kind in WITH_EFFECT),
        *((str(row.forth), forth.get(kind, [])) for kind, row in KINDS.items()),
        *((str(KINDS[kind].back), back.get(kind, [])) for kind in KINDS if kind not in WITH_EFFECT),
    ]:
        for link in links:
            if link not in found.setdefault(heading, []):
                found[heading].append(link)
    groups = [Group(heading, links) for heading, links in found.items() if links]
    ended_by = [link for kind in sorted(ENDING) for link in back.get(kind, [])]
    return {"relations": groups, "ended_by": ended_by} if groups else {}


def _link(publication: Publication, at: dt.datetime) -> Link | None:
    if not publication.is_visible(at):
        return None
    return Link(publication.title, publication.document_number, publication.get_absolute_url())


def _still_to_come(row: Relation, at: dt.datetime) -> str:
    day = row.from_day
    if row.kind not in WITH_EFFECT or day is None or day <= legal_day(at):
        return ""
    return gettext("from %(day)s") % {"day": day.isoformat()}


def not_told_yet(publication: Publication, at: dt.datetime) -> bool:
    """Whether an end still to come is that of a document which is not public yet."""
    rows = Relation.objects.filter(target=publication, event__isnull=False)
    last = rows.select_related("source").defer("source__body").order_by("-event").first()
    return last is not None and not last.source.is_visible(at)


def changes(publication: Publication, at: dt.datetime) -> dict[str, Any]:
    """The newest changes, and the way to all of them."""
    found = history.changes(publication, at)
    return {
        "changes": found[: history.ON_THE_PAGE],
        "changes_url": "?changes=all" if len(found) > history.ON_THE_PAGE else "",
    }


def earlier_versions(publication: Publication) -> list[dict[str, Any]]:
    """The earlier versions for the page of all changes; one query."""
    return [
        {
            "number": row.version,
            "closed": getattr(row, "closed", None) is not None,
        }
        for row in versions.earlier(publication)[: history.MOST]
        if row.disclosure == Publication.Disclosure.PROACTIVE
    ]
