"""Whether something may happen to a publication: every reason at once, as sentences."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from disclosure.core.dates import legal_day
from disclosure.core.errors import Refusal
from disclosure.publications.lifecycle import TRANSITIONS, State
from disclosure.publications.models import Publication

FAR_FUTURE = dt.timedelta(days=366)
#: Older than any document that an agency of today discloses.
EARLIEST = dt.date(1900, 1, 1)
PUBLISH = "disclosure.publish_publication"


def _wrong_state(publication: Publication, step: str) -> list[Refusal]:
    if publication.state in TRANSITIONS[step].sources:
        return []
    return [
        Refusal(
            _("This is not possible while the publication is '%(state)s'.")
            % {"state": publication.get_state_display()},
            code="state",
        )
    ]


def why_not_publish(
    publication: Publication, *, at: dt.datetime, taken_over: bool = False
) -> list[Refusal]:
    """Why `publication` cannot go out at the moment `at` (its own later one included).

    `taken_over`: an older document from another system, whose date made nobody may know.
    """
    reasons = _wrong_state(publication, "publish")
    if publication.disclosure != Publication.Disclosure.PROACTIVE:
        reasons.append(
            Refusal(_("Only what is disclosed proactively is published."), "13", "disclosure")
        )
    if not publication.agency.is_active:
        reasons.append(Refusal(_("The agency is no longer active."), code="agency"))
    if publication.pk and not publication.body and not publication.attachments.exists():
        reasons.append(Refusal(_("There is neither a text nor an attachment."), code="empty"))
    if publication.date_made is None and not taken_over:
        reasons.append(Refusal(_("The date made is missing."), "12", "date_made"))
    goes_out = publication.published_at or at
    if goes_out > at + FAR_FUTURE:
        reasons.append(
            Refusal(_("A publication is scheduled at most a year ahead."), code="too_far")
        )
    if publication.date_made and publication.date_made > legal_day(goes_out):
        reasons.append(
            Refusal(_("It would be published before the date made."), code="before_made")
        )
    return reasons


def why_not_withdraw(publication: Publication, *, reason: str) -> list[Refusal]:
    """Why `publication` cannot be withdrawn."""
    reasons = _wrong_state(publication, "withdraw")
    if not reason.strip():
        reasons.append(Refusal(_("Please give the reason."), code="reason"))
    return reasons


def why_not_reopen(publication: Publication) -> list[Refusal]:
    """Why a withdrawn publication cannot become a draft again."""
    return _wrong_state(publication, "reopen")


def why_not_keep(publication: Publication, *, on: dt.date) -> list[Refusal]:
    """Why the content of `publication` cannot be stored, published or not."""
    made = publication.date_made
    if made is not None and not EARLIEST <= made <= on + FAR_FUTURE:
        return [Refusal(_("This cannot be the day on which it was made."), code="date_made")]
    return []


def why_not_change(stored: Publication, changed: Publication, *, at: dt.datetime) -> list[Refusal]:
    """Why `stored` cannot take the content of `changed` at the moment `at`."""
    reasons = []
    if stored.state == State.PUBLISHED and changed.disclosure != Publication.Disclosure.PROACTIVE:
        reasons.append(
            Refusal(_("What is public stays proactive; withdraw it first."), code="disclosure")
        )
    if stored.state != State.DRAFT and stored.index_number != changed.index_number:
        reasons.append(
            Refusal(
                _("An index number that was public is kept: it stands in addresses."),
                code="index_number",
            )
        )
    later = changed.published_at or stored.published_at
    if stored.is_visible(at) and later is not None and later > at:
        reasons.append(
            Refusal(
                _("What is public already is not put off; withdraw it instead."),
                code="published_at",
            )
        )
    return reasons


def action_to_edit(publication: Publication) -> str:
    """The right that changing the content needs: what is out is changed by the publisher only."""
    if publication.state == State.DRAFT:
        return "disclosure.change_publication"
    return PUBLISH


def why_not_delete(publication: Publication) -> list[Refusal]:
    """Why `publication` cannot be deleted: what was ever out stays on the record."""
    was_out = publication.state != State.DRAFT or (
        publication.history.exclude(state=State.DRAFT).exists()
    )
    if not was_out:
        return []
    return [
        Refusal(
            _("Only a draft that was never out can be deleted: what was, stays on the record."),
            code="published",
        )
    ]
