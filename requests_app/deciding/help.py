"""Help while deciding: what is public already, what was asked and answered before, how often this
applicant asks. Counted and matched without decrypting anything."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from disclosure.agencies.models import User
from disclosure.core.dates import now
from disclosure.publications.models import Publication
from disclosure.publications.searching import best
from requests_app.casework.models import DisclosureRequest
from requests_app.fees.rules import month_of
from requests_app.lifecycle import FINISHED

MOST = 5
LONGEST_QUERY = 30
#: Words of every request, which find everything.
_EMPTY_WORDS = ("请公开", "申请公开", "关于", "有关", "情况", "信息", "资料", "文件", "的")


@dataclass(frozen=True)
class Help:
    """What is offered beside the draft."""

    public: list[Publication] = field(default_factory=list)
    same_subject: list[DisclosureRequest] = field(default_factory=list)
    same_applicant: list[DisclosureRequest] = field(default_factory=list)
    in_month: int = 0
    in_year: int = 0


def words(subject: str) -> list[str]:
    """The words of a subject by which like things are found: its runs of text without the words
    that every request has."""
    for empty in _EMPTY_WORDS:
        subject = subject.replace(empty, " ")
    kept = "".join(char if char.isalnum() else " " for char in subject)[:LONGEST_QUERY]
    return list(dict.fromkeys(word for word in kept.split() if len(word) > 1))[:4]


def help_for(case: DisclosureRequest, user: User) -> Help:
    """Help for the handler of `case`; other requests only as far as `user` may see them."""
    found = words(case.subject)
    others = DisclosureRequest.objects.for_staff(user).exclude(pk=case.pk)
    person = case.applicant.person_hash
    mine = DisclosureRequest.objects.filter(applicant__person_hash=person, agency=case.agency_id)
    received = case.received_on or dt.date.max
    first, last = month_of(received)
    return Help(
        public=_public(found),
        same_subject=list(_alike(others, found)[:MOST]),
        same_applicant=list(
            others.filter(
                applicant__person_hash=person, state__in=[state.value for state in FINISHED]
            ).order_by("-answered_on", "-pk")[:MOST]
        ),
        in_month=mine.filter(received_on__range=(first, last)).count(),
        in_year=mine.filter(received_on__year=received.year).count(),
    )


def _public(found: list[str]) -> list[Publication]:
    if not found:
        return []
    return best(" ".join(found), Publication.objects.visible_to_public(now()), MOST)


def _alike(rows: QuerySet[DisclosureRequest], found: list[str]) -> QuerySet[DisclosureRequest]:
    if not found:
        return rows.none()
    condition = Q()
    for word in found:
        condition &= Q(information_name__contains=word) | Q(description__contains=word)
    return rows.filter(condition).order_by("-submitted_at")
