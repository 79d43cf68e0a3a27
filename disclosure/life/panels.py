"""The start page's panels on the life of documents: clean-up rounds, missing interpretations."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Level, Panel, Row, panel_of, register
from disclosure.core.dates import now, today
from disclosure.life import interpretation
from disclosure.life.models import CleanUpRound
from disclosure.life.round_steps import CHECK, CLOSE, DECIDE, Decision, RoundState
from disclosure.publications.lifecycle import ADD
from disclosure.publications.models import Publication
from disclosure.workdays.store import current_calendar

ROUNDS = "admin:disclosure_cleanupround_changelist"
ROUND = "admin:disclosure_cleanupround_change"
#: Working days before its day from which a round is amber.
AHEAD = 10
_MINE = {DECIDE: RoundState.OPEN, CHECK: RoundState.OPEN, CLOSE: RoundState.CHECKED}


def rounds(user: User) -> Panel | None:
    """Rounds that this person can bring on, the most urgent on top."""
    may = [action for action in _MINE if rights.allows(user, action)]
    if not may:
        return None
    condition = Q(pk__in=[])
    for action in may:
        condition |= rights.scope(user, action) & Q(state=_MINE[action])
    on, calendar = today(), current_calendar()
    soon = calendar.add_workdays(on, AHEAD)

    def row(cleanup: CleanUpRound) -> Row:
        level: Level = "green"
        if cleanup.due_on <= soon:
            level = "red" if cleanup.due_on < on else "amber"
        left = cleanup.left  # type: ignore[attr-defined]
        return Row(
            label=cleanup.title,
            url=reverse(ROUND, args=[cleanup.pk]),
            level=level,
            word=gettext("until %(date)s") % {"date": date_format(cleanup.due_on, "Y-m-d")},
            note=gettext("not decided: %(n)d") % {"n": left}
            if left
            else str(cleanup.get_state_display()),
            agency=cleanup.agency.local_name,
        )

    rows = (
        CleanUpRound.objects.filter(condition)
        .select_related("agency")
        .annotate(left=Count("entries", filter=Q(entries__decision=Decision.PENDING)))
        .order_by("due_on", "pk")
    )
    return panel_of("clean-up-rounds", _("Clean-up rounds"), rows, row, reverse(ROUNDS))


def without_interpretation(user: User) -> Panel | None:
    """This year's normative documents that nothing interprets, for who writes."""
    if not rights.allows(user, ADD):
        return None

    def row(publication: Publication) -> Row:
        return Row(
            label=publication.title,
            url=reverse("admin:disclosure_publication_change", args=[publication.pk]),
            level="amber",
            word=gettext("without an interpretation"),
            agency=publication.agency.local_name,
        )

    rows = (
        interpretation.normative(today().year, now())
        .filter(rights.scope(user, ADD), is_interpreted=False)
        .select_related("agency")
        .only("title", "agency__name", "agency__name_en")
        .order_by("-published_at", "-pk")
    )
    return panel_of(
        "without-interpretation",
        _("Normative documents without an interpretation"),
        rows,
        row,
        reverse("admin:disclosure_relation_interpretations"),
    )


register("clean-up-rounds", rounds, order=65)
register("without-interpretation", without_interpretation, order=75)
