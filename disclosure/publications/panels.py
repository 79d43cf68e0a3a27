"""The start page's panels on publications."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Level, Panel, Row, panel_of, register
from disclosure.core.dates import legal_day, now, today
from disclosure.publications import worklist
from disclosure.publications.models import Publication
from disclosure.workdays.store import current_calendar

LIST = "admin:disclosure_publication_changelist"
WRITE = "disclosure.change_publication"
PUBLISH = "disclosure.publish_publication"

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
    if not (rights.allows(user, WRITE) or rights.allows(user, PUBLISH)):
        return None
    on, calendar = today(), current_calendar()

    def row(publication: Publication) -> Row:
        left = worklist.workdays_left(publication, on, calendar)
        word = _LEFT % {"n": left} if left >= 0 else _OVER % {"n": -left}
        made = date_format(publication.date_made, "Y-m-d") if publication.date_made else ""
        return _row(
            publication,
            level="amber" if left >= 0 else "red",
            word=word,
            note=_("made") + f" {made}",
        )

    rows = worklist.unpublished(on, calendar).filter(worklist.concerns(user))
    return panel_of(
        "late",
        _("Made but not published (Art. 26)"),
        rows.select_related("agency"),
        row,
        f"{reverse(LIST)}?standing=late",
    )


def mine(user: User) -> Panel | None:
    """Drafts that this person began."""
    if not rights.allows(user, WRITE):
        return None
    rows = worklist.drafts_of(user).filter(rights.scope(user, WRITE))
    return panel_of(
        "drafts",
        _("My drafts"),
        rows.select_related("agency"),
        lambda one: _row(one, note=_("changed") + f" {legal_day(one.updated_at)}"),
        f"{reverse(LIST)}?standing=mine",
    )


def waiting(user: User) -> Panel | None:
    """Drafts that this person could publish."""
    if not rights.allows(user, PUBLISH):
        return None
    rows = worklist.drafts().filter(rights.scope(user, PUBLISH))
    return panel_of(
        "waiting",
        _("Drafts waiting for publication"),
        rows.select_related("agency"),
        lambda one: _row(one, note=_("changed") + f" {legal_day(one.updated_at)}"),
        f"{reverse(LIST)}?state__exact=draft",
    )


def scheduled(user: User) -> Panel | None:
    """What comes out by itself later."""
    if not (rights.allows(user, WRITE) or rights.allows(user, PUBLISH)):
        return None

    def row(publication: Publication) -> Row:
        moment = timezone.localtime(publication.published_at)
        return _row(publication, word=date_format(moment, "Y-m-d H:i"))

    rows = worklist.scheduled(now()).filter(worklist.concerns(user))
    return panel_of(
        "scheduled",
        _("Scheduled publications"),
        rows.select_related("agency"),
        row,
        f"{reverse(LIST)}?standing=scheduled",
    )


def withdrawn(user: User) -> Panel | None:
    """What was taken back and waits to be mended."""
    if not rights.allows(user, WRITE):
        return None
    rows = worklist.withdrawn().filter(rights.scope(user, WRITE))
    return panel_of(
        "withdrawn",
        _("Withdrawn, to be mended"),
        rows.select_related("agency"),
        lambda one: _row(one, note=one.withdrawn_reason),
        f"{reverse(LIST)}?state__exact=withdrawn",
    )


register("publications-late", late, order=20)
register("publications-waiting", waiting, order=30)
register("publications-mine", mine, order=40)
register("publications-scheduled", scheduled, order=50)
register("publications-withdrawn", withdrawn, order=60)
