"""Requests that belong together: split off, sent on or merged, of one applicant.

The applicant keeps one view over all of them: who has opened one has opened each.
"""

import hmac

from django.db.models import Exists, OuterRef, Q, QuerySet

from disclosure.core.crypto import keyed_hash
from requests_app import access_codes
from requests_app.casework.models import Applicant, DisclosureRequest


def with_people() -> QuerySet[DisclosureRequest]:
    """Requests with everything about them that the applicant's pages read at once."""
    return DisclosureRequest.objects.select_related("agency", "applicant", "fee_notice")


def family(request: DisclosureRequest) -> list[DisclosureRequest]:
    """`request` and all that belong to it, in the order in which they came to be; one query."""
    return _connected(request, _linked(request.applicant.person_hash))


def find(number: str, code: str) -> tuple[DisclosureRequest, DisclosureRequest] | None:
    """The request with this number, and the one of its family that the code belongs to.

    An unknown number costs the same work and gives the same answer as a wrong code.
    """
    number = number.strip().upper()[:32]
    asked = with_people().filter(number=number if "\x00" not in number else "").first()
    linked = _linked(asked.applicant.person_hash if asked else keyed_hash("applicant", "nobody"))
    if asked is None:
        access_codes.hashed(number, code[:64])
        return None
    found = None
    for member in _connected(asked, linked):
        given = access_codes.hashed(member.number, code[:64])
        if hmac.compare_digest(member.access_code_hash, given) and found is None:
            found = asked, member
    return found


def _linked(person_hash: str) -> list[DisclosureRequest]:
    """All requests of this applicant that came from others, became others or were merged."""
    others = DisclosureRequest.objects
    return list(
        with_people()
        .filter(applicant__person_hash=person_hash)
        .filter(
            Q(origin__isnull=False)
            | Q(merged_into__isnull=False)
            | Exists(others.filter(origin=OuterRef("pk")))
            | Exists(others.filter(merged_into=OuterRef("pk")))
        )
        .order_by("pk")
    )


def _connected(
    request: DisclosureRequest, linked: list[DisclosureRequest]
) -> list[DisclosureRequest]:
    by_key = {each.pk: each for each in linked} | {request.pk: request}
    # Only a name in common is too little to open what was merged.
    merged = _is_identified(request.applicant)
    todo, seen = [request.pk], {request.pk}
    while todo:
        here = by_key[todo.pop()]
        near = {here.origin_id or 0} | {each.pk for each in linked if each.origin_id == here.pk}
        if merged and _same_contact(here, by_key.get(here.merged_into_id or 0)):
            near.add(here.merged_into_id or 0)
        if merged:
            near |= {
                each.pk
                for each in linked
                if each.merged_into_id == here.pk and _same_contact(each, here)
            }
        new = (near & by_key.keys()) - seen
        seen |= new
        todo += new
    return [by_key[key] for key in sorted(seen)]


def _same_contact(one: DisclosureRequest, other: DisclosureRequest | None) -> bool:
    """A merged request was made by somebody who says who they are: it opens the other one only
    where both gave the same e-mail or postal address, too."""
    if other is None:
        return False
    return any(
        one.applicant.get(key) and one.applicant.get(key) == other.applicant.get(key)
        for key in ("email", "postal_address")
    )


def _is_identified(applicant: Applicant) -> bool:
    return any(applicant.get(key) for key in ("id_number", "organisation_code", "phone"))
