"""Keeping and forgetting a filter of one's own.

Neither is on the audit trail: a bookmark decides nothing, shows its person nothing that the list
does not show anyway, and is nobody else's to read.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.errors import NotPermitted, NotPossible, Refusal
from requests_app.filters.models import NOTHING, SavedFilter

VIEW = "requests_app.view_disclosurerequest"
MOST = 20


@transaction.atomic
def save(actor: User, *, name: str, query: str) -> SavedFilter:
    """Keep `query` (normalised, without `?`) under `name`."""
    rights.require(actor, VIEW)
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise NotPossible(Refusal(_("Please give the filter a name."), code="name"))
    if not query:
        raise NotPossible(Refusal(NOTHING, code="query"))
    # One at a time for each person, so that two windows keep no more than the most.
    User.objects.select_for_update().get(pk=actor.pk)
    if SavedFilter.objects.filter(user=actor).count() >= MOST:
        raise NotPossible(
            Refusal(
                _("You keep %(most)d filters, which is the most. Please forget one first.")
                % {"most": MOST},
                code="most",
            )
        )
    made = SavedFilter(user=actor, name=name, query=query)
    try:
        made.full_clean()
    except ValidationError as error:
        raise NotPossible(
            [
                Refusal(reason, code=field)
                for field, reasons in error.message_dict.items()
                for reason in reasons
            ]
        ) from error
    made.save()
    return made


def forget(actor: User, kept: SavedFilter) -> None:
    """Take one's own away."""
    if kept.user_id != actor.pk:
        raise NotPermitted(Refusal(_("This filter is somebody else's."), code="user"))
    kept.delete()
