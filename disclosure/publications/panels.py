"""The start page's panels on publications."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Level, Panel, PanelFunction, Row, panel_of, register
from disclosure.core.dates import legal_day, today
from disclosure.publications import worklist
from disclosure.publications.lifecycle import WRITE
from disclosure.publications.models import Publication
from disclosure.publications.presenting import minute_text
from disclosure.publications.trail import PublicationEvent
from disclosure.publications.worklist import ON_THE_WAY, STANDINGS, WAITING
from disclosure.workdays.store import current_calendar

#: Characters of a reason; the whole of it stands with the item.
REASON = 120
LIST = "admin:disclosure_publication_changelist"
_LEFT = ngettext_lazy("%(n)d working day left", "%(n)d working days left", "n")
_OVER = ngettext_lazy("%(n)d working day over", "%(n)d working days over", "n")


def _row(
    publication: Publication, *, level: Level = "", word: object = "", note: object = ""
) -> Row:
    return Row(
        label=publication.title,
        url=reverse("admin:disclosure_publication_change", args=[publication.pk]),
        level=level,
        word=str(word),
        note=str(note),
        agency=publication.agency.local_name,
    )


def late(user: User) -> Panel | None:
    """Made, and still not public: 20 working days (Art. 26)."""
    if not _takes_part(user):
        return None
    on, calendar = today(), current_calendar()

    def row(publication: Publication) -> Row:
        left = worklist.workdays_left(publication, on, calendar)
        word = _LEFT % {"n": left} if left >= 0 else _OVER % {"n": -left}
        day = publication.changed_on or publication.date_made
        made = date_format(day, "Y-m-d") if day else ""
        return _row(
            publication,
            level="amber" if left >= 0 else "red",
            word=word,
            note=_("made") + f" {made}",
        )

    rows = worklist.standing("late", user, calendar)
    return panel_of(
        "late",
        STANDINGS["late"],
        rows.select_related("agency"),
        row,
        f"{reverse(LIST)}?standing=late",
    )


def returned(user: User) -> Panel | None:
    """What somebody sent back to who wrote it: who, when, and why."""
    if not rights.allows(user, WRITE):
        return None
    sent = PublicationEvent.objects.filter(step__in=worklist.SENT_BACK)
    rows = worklist.standing("returned", user).prefetch_related(
        Prefetch("events", sent.select_related("actor").order_by("-pk"), to_attr="sent_back")
    )

    def row(publication: Any) -> Row:
        event = publication.sent_back[0]
        by = f"{event.actor or _('the system')} {minute_text(event.at)}"
        return _row(publication, level="amber", word=by, note=Truncator(event.note).chars(REASON))

    return panel_of(
        "returned",
        STANDINGS["returned"],
        rows.select_related("agency"),
        row,
        f"{reverse(LIST)}?standing=returned",
    )


def mine(user: User) -> Panel | None:
    """Drafts that this person began."""
    if not rights.allows(user, WRITE):
        return None
    rows = worklist.standing("mine", user)
    return panel_of(
        "drafts",
        STANDINGS["mine"],
        rows.select_related("agency"),
        lambda one: _row(one, note=_("changed") + f" {legal_day(one.updated_at)}"),
        f"{reverse(LIST)}?standing=mine",
    )


def _takes_part(user: User) -> bool:
    return any(rights.allows(user, action) for action in ON_THE_WAY)


def _waiting(name: str) -> PanelFunction:
    """What waits for the next step, for those who may take it."""

    def panel(user: User) -> Panel | None:
        if not rights.allows(user, WAITING[name][1]):
            return None
        rows = worklist.standing(name, user)
        return panel_of(
            f"publications-{name}",
            STANDINGS[name],
            rows.select_related("agency"),
            lambda one: _row(one, note=_("changed") + f" {legal_day(one.updated_at)}"),
            f"{reverse(LIST)}?standing={name}",
        )

    return panel


def scheduled(user: User) -> Panel | None:
    """What comes out by itself later."""
    if not _takes_part(user):
        return None

    def row(publication: Publication) -> Row:
        moment = timezone.localtime(publication.published_at)
        return _row(publication, word=date_format(moment, "Y-m-d H:i"))

    rows = worklist.standing("scheduled", user)
    return panel_of(
        "scheduled",
        STANDINGS["scheduled"],
        rows.select_related("agency"),
        row,
        f"{reverse(LIST)}?standing=scheduled",
    )


def withdrawn(user: User) -> Panel | None:
    """What was taken back and waits to be mended."""
    if not rights.allows(user, WRITE):
        return None
    rows = worklist.standing("withdrawn", user)
    return panel_of(
        "withdrawn",
        STANDINGS["withdrawn"],
        rows.select_related("agency"),
        lambda one: _row(one, note=one.withdrawn_reason),
        f"{reverse(LIST)}?standing=withdrawn",
    )


register("publications-late", late, order=20)
for _order, _name in enumerate(WAITING, start=30):
    register(f"publications-{_name}", _waiting(_name), order=_order)
register("publications-returned", returned, order=15)
register("publications-mine", mine, order=40)
register("publications-scheduled", scheduled, order=50)
register("publications-withdrawn", withdrawn, order=60)
