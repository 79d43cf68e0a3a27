"""The sheet of an item's confidentiality reviews (政府信息公开保密审查表), as agencies file it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from disclosure.agencies.models import User
from disclosure.core.citing import cite
from disclosure.publications.models import Publication
from disclosure.publications.presenting import minute_text
from disclosure.publications.review import ANSWERS, CHECKLIST
from disclosure.publications.trail import ConfidentialityReview, PublicationEvent, SignOff

#: Steps that are read for the sheet, the newest.
MOST = 200
_FIRST = ("check", "return_first")
_REVIEWED = ("pass_review", "refer", "refuse", "return_review")
_SENT_BACK = ("return_draft", "hold", "recall")
_READ = ("submit", *_FIRST, *_REVIEWED, "sign_off", *_SENT_BACK)


@dataclass
class Round:
    """One way from handing in to the sign-off, or back."""

    handed_in: PublicationEvent | None = None
    first: PublicationEvent | None = None
    reviews: list[dict[str, Any]] = field(default_factory=list)
    sign_off: SignOff | None = None
    back: PublicationEvent | None = None


def rounds(publication: Publication) -> list[Round]:
    """The rounds of what the item now holds, the newest first; three queries.

    What a revision brought was reviewed with the revision: its sign-off says where.
    """
    signed = publication.sign_off
    owner = (signed.publication_id if signed else None) or publication.pk
    events = PublicationEvent.objects.filter(publication=owner, step__in=_READ)
    reviews = ConfidentialityReview.objects.filter(publication=owner).select_related("reviewer")
    sign_offs = SignOff.objects.filter(publication=owner).select_related("signed_by")
    # Each of these steps wrote one review, or one sign-off, in the same order.
    next_review = iter(reviews.order_by("-pk")[:MOST])
    next_sign_off = iter(sign_offs.order_by("-pk")[:MOST])
    found: list[Round] = []
    current = Round()
    for event in events.select_related("actor").order_by("-pk")[:MOST]:
        if event.step in _REVIEWED:
            review = next(next_review, None)
            current.reviews[:0] = [_shown(review)] if review else []
        elif event.step == "sign_off":
            current.sign_off = next(next_sign_off, None)
        elif event.step in _FIRST:
            current.first = event
        elif event.step in _SENT_BACK:
            current.back = event
        else:
            current.handed_in = event
            found.append(current)
            current = Round()
    return found


def author(publication: Publication) -> User | None:
    """Who wrote what the item now holds."""
    signed = publication.sign_off
    return (signed.written_by if signed else None) or publication.created_by


def _shown(review: ConfidentialityReview) -> dict[str, Any]:
    return {
        "record": review,
        "at": minute_text(review.reviewed_at),
        "questions": [
            {
                "text": gettext(question.text),
                "article": cite(question.article),
                "answer": gettext(ANSWERS[answer]) if answer in ANSWERS else "",
            }
            for question in CHECKLIST
            for answer in [review.checklist.get(question.key, "")]
        ]
        if review.checklist
        else [],
    }
