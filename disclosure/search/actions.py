"""What can be done to synonyms: each one transaction of right, policy, write, history and audit."""

from django.db import transaction

from disclosure.agencies import records
from disclosure.agencies.models import User
from disclosure.search import policies
from disclosure.search.models import SearchSynonym
from disclosure.search.synonyms import parts


@transaction.atomic
def create_synonym(*, actor: User | None, synonym: SearchSynonym) -> SearchSynonym:
    """Add a group of words that mean the same; it works from the next search on."""
    _prepare(synonym)
    return records.create(
        actor=actor,
        action="disclosure.add_searchsynonym",
        verb="searchsynonym.created",
        obj=synonym,
    )


@transaction.atomic
def update_synonym(*, actor: User | None, synonym: SearchSynonym) -> bool:
    """Store a changed group."""
    _prepare(synonym)
    return records.update(
        actor=actor,
        action="disclosure.change_searchsynonym",
        verb="searchsynonym.changed",
        obj=synonym,
    )


@transaction.atomic
def delete_synonym(*, actor: User | None, synonym: SearchSynonym) -> None:
    """Take a group away."""
    records.delete(
        actor=actor,
        action="disclosure.delete_searchsynonym",
        verb="searchsynonym.deleted",
        obj=synonym,
    )


def _prepare(synonym: SearchSynonym) -> None:
    records.refuse_if(policies.why_not_keep(synonym))
    synonym.words = "、".join(parts(synonym.words))
