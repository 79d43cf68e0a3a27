"""How findings hang on to publishing, and the daily look at links."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.core import daily
from disclosure.core.errors import Refusal
from disclosure.findings import file_sources, links, policies, watching  # noqa: F401  (registers)
from disclosure.findings.detectors.kinds import Severity
from disclosure.findings.models import Finding
from disclosure.findings.scanning import scan
from disclosure.publications import hooks
from disclosure.publications.lifecycle import UNPUBLISHED
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent
from disclosure.watch import sources

daily.register("links outside", watching.check_links)
sources.register("dead-links", _("Items with dead links"), links.dead_by_column)


@hooks.check("pass_review", "sign_off")
def no_open_findings(
    publication: Publication, *, at: dt.datetime, data: Mapping[str, Any]
) -> list[Refusal]:
    """Nothing that blocks is left open (Art. 17)."""
    return policies.why_not_pass(publication)


@hooks.effect("submit")
def look_through(publication: Publication, event: PublicationEvent) -> None:
    """What is handed in is looked through, whatever its author did before."""
    scan(publication, at=event.at)


@hooks.effect("publish", "take_over")
def links_of_the_new_text(publication: Publication, event: PublicationEvent) -> None:
    """A revision has come out: what counts is what its text links to."""
    if earlier := event.facts.get("earlier"):
        links.move_to_item(publication, earlier)


@hooks.panel(30)
def findings_part(request: HttpRequest, publication: Publication) -> hooks.Part | None:
    """How many findings are open, with the way to them; nothing once the item is out."""
    if publication.state not in UNPUBLISHED:
        return None
    severities = list(
        Finding.objects.filter(publication=publication).open().values_list("severity", flat=True)
    )
    context = {
        "blocking": severities.count(Severity.BLOCKS),
        "to_look_at": severities.count(Severity.LOOK),
        "is_current": policies.is_current(publication),
        "url": reverse("admin:disclosure_finding_publication", args=[publication.pk]),
    }
    return hooks.Part("findings", gettext("Findings"), "admin/findings/part.html", context)
