"""What each step writes beside its event."""

import datetime as dt

from disclosure.agencies import records
from disclosure.core import triggers
from disclosure.core.dates import legal_day
from disclosure.publications import content, review
from disclosure.publications.actions.engine import Taking, effect
from disclosure.publications.lifecycle import UNPUBLISHED, State
from disclosure.publications.models import Attachment, Publication
from disclosure.publications.policies import looks_early
from disclosure.publications.trail import ConfidentialityReview, SignOff

Conclusion = ConfidentialityReview.Conclusion
ENDED = {
    "repeal": Publication.Validity.REPEALED,
    "lapse": Publication.Validity.LAPSED,
    "amend": Publication.Validity.AMENDED,
    "restore": Publication.Validity.IN_FORCE,
}


# --- the way out ---------------------------------------------------------------------------------
@effect("submit")
def _submit(taking: Taking) -> None:
    """From now on this digest is what everybody passes on."""
    taking.fields["content_hash"] = content.digest(taking.publication)


@effect("pass_review", "refer", "refuse", "return_review")
def _review(taking: Taking) -> None:
    """The review's record: what was answered, conclusion, opinion (Art. 17)."""
    asked, publication = taking.asked, taking.publication
    conclusion = {
        "pass_review": Conclusion.PASSED,
        "refer": Conclusion.REFERRED,
        "refuse": Conclusion.REFUSED,
        "return_review": Conclusion.RETURNED,
    }[asked.row.name]
    answered = asked.data.get("answered_on")
    asked_before = publication.reviews.filter(conclusion=Conclusion.REFERRED).last()
    ConfidentialityReview.objects.create(
        publication=publication,
        revision=publication.revision,
        content_hash=publication.content_hash,
        reviewer=taking.actor,
        reviewed_at=taking.at,
        conclusion=conclusion,
        checklist=review.kept(asked.data.get("checklist") or {}),
        ground=asked.text("ground"),
        note=taking.note,
        authority=asked.text("authority")
        or (asked_before.authority if asked_before and asked.text("authority_answer") else ""),
        authority_answer=asked.text("authority_answer")[:500],
        answered_on=answered if isinstance(answered, dt.date) else None,
    )
    if conclusion is Conclusion.REFUSED:
        taking.fields["disclosure"] = Publication.Disclosure.EXEMPT
        taking.fields["exempt_ground"] = asked.text("ground")
        taking.fields["revision"] = publication.revision + 1
        taking.facts["ground"] = asked.text("ground")


@effect("sign_off")
def _sign_off(taking: Taking) -> None:
    """The sign-off of exactly this content; the database asks for it before anything is public."""
    publication = taking.publication
    passed = publication.reviews.filter(
        conclusion=Conclusion.PASSED, content_hash=publication.content_hash
    ).last()
    sign_off = SignOff.objects.create(
        publication=publication,
        revision=publication.revision,
        content_hash=publication.content_hash,
        written_by=publication.created_by,
        reviewed_by=passed.reviewer if passed else None,
        signed_by=taking.actor,
        signed_at=taking.at,
        note=taking.asked.text("early_reason")[:500] if looks_early(taking.asked) else "",
    )
    taking.fields["sign_off"] = sign_off
    if sign_off.note:
        taking.facts["early"] = sign_off.note


@effect("return_draft", "hold")
def _return(taking: Taking) -> None:
    """A sign-off that stood is none any more: the next content needs its own."""
    if taking.publication.sign_off_id is not None:
        taking.fields.update(sign_off=None, revision=taking.publication.revision + 1)


@effect("publish")
def _publish(taking: Taking) -> None:
    """Out, at once or at its moment; a revision takes the place of what was public."""
    publication = taking.publication
    if publication.revises is not None:
        taking.of = adopt(taking)
        return
    goes_out = max(publication.published_at or taking.at, taking.at)
    taking.fields.update(
        published_at=goes_out,
        version=publication.version + 1,
        version_at=goes_out,
        published_by=taking.actor,
        withdrawn_reason="",
        is_tombstone=False,
    )
    taking.facts["published_at"] = goes_out.isoformat()


def adopt(taking: Taking) -> Publication:
    """Swap content and files: the item has the new ones, the revision becomes the earlier version.

    The item keeps its key, its address, its day of publication and its place in the catalogue's
    order; the fields of the earlier version go into `taking.fields`, as the revision's step.
    """
    revision = taking.publication
    live = (
        Publication.objects.select_for_update(of=("self",))
        .select_related("agency", "category")
        .get(revisions=revision.pk)
    )
    swapped = [*content.FIELDS, *content.OF_THE_VERSION]
    old = {name: getattr(live, name) for name in swapped}
    new = {name: getattr(revision, name) for name in swapped}
    new.update(
        revision=revision.revision,
        version=live.version + 1,
        # Of what is scheduled nobody has read any version before its moment.
        version_at=max(live.published_at or taking.at, taking.at),
        published_by_id=taking.actor.pk if taking.actor else None,
        category_id=revision.category_id,
    )
    # What ends later was decided of the document, not of its wording.
    taking.fields.update(
        old, state=State.SUPERSEDED, revision=revision.revision + 1, published_at=old["version_at"]
    )
    _swap_files(live, revision, taking)
    Publication.objects.filter(pk=live.pk).update(**new)
    live.refresh_from_db()
    records.save(live, taking.actor, "revise")
    taking.facts.update(version=live.version, earlier=revision.pk, change_note=live.change_note)
    return live


def _swap_files(live: Publication, revision: Publication, taking: Taking) -> None:
    """The database lets nobody touch the files of what is signed off; this is the one exception."""
    of_live, of_revision = list(live.attachments.all()), list(revision.attachments.all())
    with triggers.lifted("disclosure.Attachment"):
        for attachment, owner in [
            *((one, revision) for one in of_live),
            *((one, live) for one in of_revision),
        ]:
            attachment.publication = owner
            records.save(attachment, taking.actor, "revise")


# --- once it is public ---------------------------------------------------------------------------
@effect("revise")
def _revise(taking: Taking) -> None:
    """A copy to be written on, with the files; the item stays as it is."""
    live = taking.publication
    files = list(live.attachments.all())
    revision = Publication(
        revises=live,
        index_number=live.index_number,
        agency=live.agency,
        category=live.category,
        document_number_normal=live.document_number_normal,
        created_by=taking.actor,
        contributors=[],
        revision=live.revision + 1,
        changed_on=taking.asked.data.get("changed_on") or legal_day(taking.at),
        is_demo=live.is_demo,
    )
    for name in content.FIELDS:
        setattr(revision, name, getattr(live, name))
    records.save(revision, taking.actor, "revise")
    for one in files:
        records.save(
            Attachment(
                publication=revision,
                file=one.file.name,
                name=one.name,
                content_type=one.content_type,
                size=one.size,
                sha256=one.sha256,
                order=one.order,
            ),
            taking.actor,
        )
    taking.facts["revision"] = revision.pk


@effect("repeal", "lapse", "amend", "restore")
def _validity(taking: Taking) -> None:
    """The validity, from a day on."""
    validity = ENDED[taking.asked.row.name]
    day = taking.asked.data.get("expires_on")
    ends = taking.asked.row.name in {"repeal", "lapse"}
    taking.fields.update(
        validity=validity, expires_on=(day or legal_day(taking.at)) if ends else None
    )
    taking.facts["validity"] = validity.value
    if "by" in taking.asked.data:
        taking.facts["by"] = taking.asked.data["by"]
    if ends:
        taking.facts["expires_on"] = taking.fields["expires_on"].isoformat()
    elif day:
        taking.facts["from_day"] = day.isoformat()


@effect("reclassify")
def _reclassify(taking: Taking) -> None:
    """Another place in the catalogue: nobody has to read the document anew for it."""
    category = taking.asked.data["category"]
    taking.fields["category"] = category
    taking.facts["category"] = category.code
    # Else a revision under way would bring it back to where it stood.
    under_way = taking.publication.revisions.filter(
        state__in=sorted(UNPUBLISHED), category=taking.publication.category_id
    )
    for revision in under_way:
        revision.category = category
        records.save(revision, taking.actor, "reclassify", update_fields=["category"])


@effect("withdraw")
def _withdraw(taking: Taking) -> None:
    """Out of the public's sight; what was signed off is no more what may go out."""
    reason = taking.asked.text("reason")[:300]
    taking.fields.update(
        withdrawn_reason=reason,
        is_tombstone=bool(taking.asked.data.get("tombstone")),
        revision=taking.publication.revision + 1,
    )
    taking.facts.update(reason=reason, tombstone=taking.fields["is_tombstone"])


# --- back ----------------------------------------------------------------------------------------
@effect("reopen")
def _reopen(taking: Taking) -> None:
    """To be mended and to go the whole way anew."""
    publication = taking.publication
    taking.fields.update(
        sign_off=None, revision=publication.revision + 1, contributors=_written(taking)
    )
    if publication.disclosure == Publication.Disclosure.EXEMPT:
        taking.fields.update(disclosure=Publication.Disclosure.PROACTIVE, exempt_ground="")


def _written(taking: Taking) -> list[int]:
    found = set(taking.publication.contributors)
    return sorted(found | ({taking.actor.pk} if taking.actor else set()))
