"""The public history of an item: what changed, when, why; from the steps that were taken."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.core.dates import legal_day
from disclosure.life import coming, wording
from disclosure.life.models import Relation
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent
from disclosure.publications.validity import STANDING

#: On the item's own page; the rest is behind "all changes".
ON_THE_PAGE = 6
#: Nobody reads on; the public log has them all.
MOST = 500
OUT = ("publish", "take_over")
STEPS: dict[str, str | Promise] = {
    "publish": _("Published"),
    "take_over": _("Published"),
    "withdraw": _("Withdrawn"),
    "repeal": _("Repealed"),
    "lapse": _("Lapsed"),
    "amend": _("Amended"),
    "restore": _("In force again"),
}


@dataclass(frozen=True)
class Change:
    """One change: the day, what it was, why; of a revision, the number of what it replaced."""

    day: dt.date
    what: str
    why: str = ""
    replaced: int = 0

    @property
    def date(self) -> str:
        return self.day.isoformat()


def changes(publication: Publication, at: dt.datetime) -> list[Change]:
    """All that the public was told of or could see by `at`, newest first; one query, and two more
    where another document ended or amended this one."""
    rows = publication.events.filter(step__in=STEPS).order_by("-pk")[:MOST]
    events = list(reversed(rows))
    found = list(_told(events, at, _not_told_yet(events, at), _not_named(events)))
    ran_out = publication.valid_until
    if publication.validity in STANDING and ran_out and ran_out < legal_day(at):
        found.append(
            Change(
                ran_out + dt.timedelta(days=1),
                gettext("Lapsed"),
                gettext("Its own text says how long it is in force."),
            )
        )
    found += [
        Change(relation.from_day, str(STEPS["amend"]), wording.reason(relation))
        for relation in coming.due(publication, legal_day(at))
        if relation.from_day is not None and relation.source.is_visible(at)
    ]
    found.reverse()
    return sorted(found, key=lambda one: one.day, reverse=True)


def _not_told_yet(events: Sequence[PublicationEvent], at: dt.datetime) -> set[int]:
    """Keys of what was done for a document that is not public yet."""
    asked = [event.pk for event in events if event.step in ("repeal", "amend")]
    if not asked:
        return set()
    rows = Relation.objects.filter(event__in=asked).select_related("source")
    return {row.event_id for row in rows if row.event_id and not row.source.is_visible(at)}


def _not_named(events: Sequence[PublicationEvent]) -> set[int]:
    """Keys of what was done by a document that is a bare tombstone now: nothing names it."""
    by = {event.pk: event.facts["by"] for event in events if "by" in event.facts}
    if not by:
        return set()
    rows = Publication.objects.filter(pk__in=set(by.values()), is_tombstone=True)
    bare = set(rows.values_list("pk", flat=True))
    return {event for event, source in by.items() if source in bare}


def _told(
    events: Sequence[PublicationEvent], at: dt.datetime, untold: set[int], unnamed: set[int]
) -> Iterator[Change]:
    """Oldest first. What was withdrawn before its day was never out."""
    waiting: Change | None = None
    due, was_out = at, False
    for event in events:
        if event.step in OUT:
            if waiting is not None and due <= event.at:
                yield waiting
                was_out, waiting = True, None
            if waiting is not None and "earlier" in event.facts:
                # Revised before its moment: what comes out then is the revision.
                continue
            due = parse_datetime(str(event.facts.get("published_at") or "")) or event.at
            waiting = _out(event, due, again=was_out)
            continue
        if waiting is not None and due <= event.at:
            yield waiting
            was_out, waiting = True, None
        if event.step == "withdraw":
            if waiting is None:
                yield _withdrawn(event)
            waiting = None
        elif event.pk not in untold:
            change = _standing(event)
            yield replace(change, why="") if event.pk in unnamed else change
    if waiting is not None and due <= at:
        yield waiting


def _out(event: PublicationEvent, due: dt.datetime, *, again: bool) -> Change:
    what = gettext("Published again") if again else str(STEPS[event.step])
    made = Change(legal_day(due), what)
    if "earlier" in event.facts:
        return replace(
            made,
            what=gettext("Revised"),
            why=str(event.facts.get("change_note") or ""),
            replaced=event.version - 1,
        )
    if event.step == "take_over" and legal_day(event.at) > made.day:
        why = gettext("Taken over on %(date)s from where it was public before.")
        return replace(made, why=why % {"date": legal_day(event.at).isoformat()})
    return made


def _withdrawn(event: PublicationEvent) -> Change:
    """The reason stood on the page that was left, unless the law wanted a bare one."""
    told = event.facts.get("tombstone") is False
    why = str(event.facts.get("reason") or "") if told else ""
    return Change(legal_day(event.at), str(STEPS["withdraw"]), why)


def _standing(event: PublicationEvent) -> Change:
    """A change of validity: the day of the decision, and from when where that is another one.
    An amendment stands at its own day, whenever the daily job came by."""
    decided = legal_day(event.at)
    amended = parse_date(str(event.facts.get("from_day") or ""))
    if amended is not None:
        return Change(min(amended, decided), str(STEPS[event.step]), event.note)
    starts = parse_date(str(event.facts.get("expires_on") or ""))
    what = str(STEPS[event.step])
    if starts is not None and starts != decided:
        what = gettext("%(change)s from %(date)s") % {
            "change": what,
            "date": starts.isoformat(),
        }
    return Change(decided, what, event.note)
