"""What can be done to proposals: each is one transaction of right, policy, write, history, audit.

Of a request a draft takes its agency alone; its words are typed by staff, and refused where they
hold something of the applicant.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.catalogue.models import Category
from disclosure.core.dates import now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.publications.models import Publication
from disclosure.withheld.actions import begun_by
from requests_app.casework.models import DisclosureRequest
from requests_app.proposing import policies
from requests_app.proposing.lifecycle import OFTEN_STEPS, PROPOSAL_STEPS, OftenState, State
from requests_app.proposing.models import AskedOften, Proposal
from requests_app.proposing.permissions import PROPOSE


@transaction.atomic
def suggest(case: DisclosureRequest, *, at: dt.datetime | None = None) -> Proposal:
    """The applicant suggests publishing what they were given; without a word of theirs."""
    stored = records.locked(case)
    records.refuse_if(policies.why_not_suggest(stored))
    proposal = Proposal(request=stored, origin=Proposal.Origin.APPLICANT, proposed_at=at or now())
    records.save(proposal, None)
    record(None, "proposal.suggested", proposal, label=stored.number)
    return proposal


@transaction.atomic
def propose(
    case: DisclosureRequest,
    *,
    actor: User | None,
    title: str,
    category: Category,
    date_made: dt.date | None = None,
    document_number: str = "",
    origin: str = Proposal.Origin.STAFF,
    at: dt.datetime | None = None,
) -> Proposal:
    """Staff propose it themselves: the draft is made at once."""
    stored = records.locked(case)
    rights.require(actor, PROPOSE, stored)
    records.refuse_if(
        policies.why_not_propose(stored) + policies.why_not_words(stored, title, document_number)
    )
    proposal = Proposal(request=stored, origin=origin, proposed_at=at or now())
    return _taken(proposal, actor, title, category, date_made, document_number, at or now())


@transaction.atomic
def take(
    proposal: Proposal,
    *,
    actor: User | None,
    title: str,
    category: Category,
    date_made: dt.date | None = None,
    document_number: str = "",
    at: dt.datetime | None = None,
) -> Proposal:
    """An open proposal becomes a draft."""
    stored = records.locked(proposal)
    rights.require(actor, PROPOSAL_STEPS["take"].action, stored)
    _must_be(stored.state, State.OPEN)
    records.refuse_if(policies.why_not_words(stored.request, title, document_number))
    return _taken(stored, actor, title, category, date_made, document_number, at or now())


@transaction.atomic
def decline(
    proposal: Proposal, *, actor: User | None, reason: str, at: dt.datetime | None = None
) -> Proposal:
    """It is not published of the agency's own accord; the reason stays."""
    stored = records.locked(proposal)
    rights.require(actor, PROPOSAL_STEPS["decline"].action, stored)
    _must_be(stored.state, State.OPEN)
    _must_say(reason)
    stored.state, stored.reason = State.DECLINED, reason.strip()[:300]
    stored.decided_at, stored.decided_by = at or now(), actor
    _while_open(stored, state=State.DECLINED, reason=stored.reason, decided_at=stored.decided_at)
    records.save(stored, actor, "decline")
    record(actor, "proposal.declined", stored)
    return stored


@transaction.atomic
def propose_often(
    often: AskedOften, *, actor: User | None, at: dt.datetime | None = None, **data: Any
) -> Proposal:
    """What several people asked for becomes a draft, by way of its newest granted request."""
    stored = records.locked(often)
    rights.require(actor, OFTEN_STEPS["propose"].action, stored)
    _must_be(stored.state, OftenState.OPEN)
    waiting = stored.sample.proposals.filter(state=State.OPEN).first()
    if waiting is not None:
        proposal = take(waiting, actor=actor, at=at, **data)
    else:
        several = Proposal.Origin.SEVERAL
        proposal = propose(stored.sample, actor=actor, origin=several, at=at, **data)
    stored.state = OftenState.PROPOSED
    records.save(stored, actor, "propose")
    record(actor, "askedoften.proposed", stored, label=stored.sample.number)
    return proposal


@transaction.atomic
def dismiss(often: AskedOften, *, actor: User | None, reason: str) -> AskedOften:
    """It is off the list; counted on, it does not come back."""
    stored = records.locked(often)
    rights.require(actor, OFTEN_STEPS["dismiss"].action, stored)
    _must_be(stored.state, OftenState.OPEN)
    _must_say(reason)
    stored.state, stored.reason = OftenState.DISMISSED, reason.strip()[:300]
    records.save(stored, actor, "dismiss")
    record(actor, "askedoften.dismissed", stored, label=stored.sample.number)
    return stored


def _taken(
    proposal: Proposal,
    actor: User | None,
    title: str,
    category: Category,
    date_made: dt.date | None,
    document_number: str,
    at: dt.datetime,
) -> Proposal:
    case = proposal.request
    publication = Publication(
        agency=case.agency,
        category=category,
        title=title,
        document_number=document_number.strip(),
        date_made=date_made,
        disclosure=Publication.Disclosure.PROACTIVE,
        is_demo=case.is_demo,
    )
    proposal.publication = begun_by(actor, publication)
    proposal.title = proposal.publication.title
    proposal.state, proposal.decided_at, proposal.decided_by = State.TAKEN, at, actor
    if proposal.pk:
        _while_open(proposal, state=State.TAKEN, decided_at=at)
    records.save(proposal, actor, "take")
    number = proposal.publication.index_number
    record(actor, "proposal.taken", proposal, index_number=number)
    return proposal


def _while_open(proposal: Proposal, **fields: Any) -> None:
    """Only where it is open still (SQLite has no row locks)."""
    if not Proposal.objects.filter(pk=proposal.pk, state=State.OPEN).update(**fields):
        raise Conflict(Refusal(records.STORED_MEANWHILE, code="conflict"))


def _must_be(state: str, wanted: str) -> None:
    if state != wanted:
        raise NotPossible(Refusal(policies.DECIDED, code="state"))


def _must_say(reason: str) -> None:
    if not reason.strip():
        raise NotPossible(Refusal(policies.NO_REASON, code="reason"))
