"""The daily look at links outside (`LINK_CHECKS`)."""

import datetime as dt

from django.conf import settings
from django.db.models import F, QuerySet

from disclosure.core.dates import now
from disclosure.findings import fetching, links
from disclosure.findings.models import LinkState
from disclosure.findings.scanning import scan
from disclosure.findings.textmap import TextMap
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication

#: Addresses asked in a run, and texts read for links that nobody has noted yet.
A_RUN = 300
TEXTS_A_RUN = 200
#: An address that answered is asked again after so many calendar days; a failed one each day.
AGAIN_AFTER = dt.timedelta(days=7)


def check_links() -> int:
    """Ask the addresses whose turn it is; how many were asked. Does nothing while switched off."""
    if not settings.LINK_CHECKS:
        return 0
    _note_missing()
    asked = 0
    for link in list(_due()[:A_RUN]):
        _check(link)
        asked += 1
    return asked


def _due() -> QuerySet[LinkState]:
    moment = now()
    status = LinkState.Status
    rows = LinkState.objects.exclude(status=status.LEFT_OUT).filter(publications__isnull=False)
    rows = rows.exclude(status=status.OK, checked_at__gt=moment - AGAIN_AFTER)
    rows = rows.exclude(status=status.DEAD, checked_at__gt=moment - dt.timedelta(hours=12))
    return rows.order_by(F("checked_at").asc(nulls_first=True), "pk").distinct()


def _check(link: LinkState) -> None:
    answer = fetching.answers(link.url)
    was_dead = link.failures >= links.DEAD_AFTER
    link.checked_at = now()
    if answer is None:
        link.status, link.failures = LinkState.Status.LEFT_OUT, 0
    elif answer:
        link.status, link.failures = LinkState.Status.OK, 0
    else:
        link.status, link.failures = LinkState.Status.DEAD, min(link.failures + 1, 1000)
    link.save(update_fields=["status", "failures", "checked_at"])
    if was_dead != (link.failures >= links.DEAD_AFTER):
        for publication in link.publications.filter(state=State.DRAFT):
            scan(publication)


def _note_missing() -> None:
    """Links of public texts that came in without a scan (imports, before this was there)."""
    rows = Publication.objects.filter(
        state=State.PUBLISHED, body__contains='href="http', outside_links__isnull=True
    )
    for publication in rows.order_by("-pk")[:TEXTS_A_RUN]:
        links.note_links(publication, TextMap(publication.body).links)
