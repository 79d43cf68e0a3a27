"""What the register hangs on to the way out of publications; imported when the app is ready."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import records, rights
from disclosure.agencies.admin_base import person
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day
from disclosure.grounds import GROUNDS
from disclosure.publications import hooks
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent
from disclosure.withheld import actions
from disclosure.withheld.lifecycle import VIEW, State
from disclosure.withheld.models import WithheldItem


@hooks.effect("refuse")
def put_on_register(publication: Publication, event: PublicationEvent) -> None:
    """What a review did not let out is on the register from then on; a draft that came from there
    sends its entry back, to be withheld again."""
    on = legal_day(event.at)
    back = list(publication.drawn_from.select_for_update().order_by("pk"))
    for item in back:
        _send_back(item, event, on)
    ground = _ground(publication, event)
    if back or not ground:
        return
    item = WithheldItem(
        agency=publication.agency,
        title=publication.title,
        document_number=publication.document_number,
        date_made=publication.date_made,
        ground=ground,
        basis=event.note[:500],
        decided_on=on,
        decided_by=str(event.actor or "")[:80],
        origin=WithheldItem.Origin.REVIEW,
        publication=publication,
        is_demo=publication.is_demo,
    )
    if item.date_made and item.date_made > on:
        item.date_made = None
    actions.create(actor=None, item=item, at=event.at)


@hooks.effect("publish")
def take_off_register(publication: Publication, event: PublicationEvent) -> None:
    """What a review once held back and is public now is withheld no longer."""
    held = WithheldItem.objects.held().filter(publication=publication).select_for_update()
    for item in held.order_by("pk"):
        item.state = State.CLOSED
        item.closed_reason = gettext("Published: %(index_number)s") % {
            "index_number": publication.index_number
        }
        records.save(item, event.actor, "close")
        record(event.actor, "withhelditem.closed", item)


def _send_back(item: WithheldItem, event: PublicationEvent, on: dt.date) -> None:
    """Partly disclosed, it is withheld as a whole again: nothing of it went out."""
    if item.state not in {State.DISCLOSED, State.DISCLOSED_IN_PART}:
        return
    item.state, item.masked = State.WITHHELD, ""
    item.decided_on, item.look_again_on = on, actions.a_year_after(on)
    actions.reckon(item)
    records.save(item, event.actor, "reopen")
    record(event.actor, "withhelditem.reopened", item)


def _ground(publication: Publication, event: PublicationEvent) -> str:
    """The ground that the review named."""
    named = str(event.facts.get("ground", ""))
    if not named:
        review = publication.reviews.filter(conclusion="refused").order_by("-pk").first()
        named = review.ground if review else publication.exempt_ground
    return named if named in GROUNDS else ""


@hooks.panel(60)
def from_the_register(request: HttpRequest, publication: Publication) -> hooks.Part | None:
    """On the draft's page: the entry that it came from, and what of it stays withheld."""
    rows = publication.drawn_from.filter(rights.scope(person(request), VIEW))
    items = list(rows.open_to(person(request)).select_related("agency")[:5])
    if not items:
        return None
    return hooks.Part(
        "withheld",
        str(_("From the register of withheld information")),
        "admin/withheld_part.html",
        {"entries": items},
    )
