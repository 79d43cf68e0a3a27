"""Whether something may happen to a publication: every reason at once, as sentences."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User
from disclosure.catalogue.models import DocumentType
from disclosure.core.dates import legal_day
from disclosure.core.errors import Refusal
from disclosure.publications import content, hooks, review
from disclosure.publications.lifecycle import (
    TRANSITIONS,
    State,
    Transition,
)
from disclosure.publications.models import Publication, normalise_document_number

FAR_FUTURE = dt.timedelta(days=366)
#: Older than any document that an agency of today discloses.
EARLIEST = dt.date(1900, 1, 1)
#: Kinds of document that bear a number once they are signed.
NUMBERED = frozenset({DocumentType.NORMATIVE, DocumentType.REGULATION})


@dataclass(frozen=True)
class Asked:
    """A step as it is asked for: to what, by whom (None: the system), when, with what."""

    publication: Publication
    row: Transition
    actor: User | None
    at: dt.datetime
    data: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return str(self.data.get(name) or "").strip()


Why = Callable[[Asked], list[Refusal]]


def why_not(asked: Asked) -> list[Refusal]:
    """Why the step is not possible now, whatever its form says or leaves out."""
    wrong = _wrong_state(asked.publication, asked.row)
    if wrong:
        return wrong
    reasons = [
        refusal
        for function in (*_OF_EVERY, *_OF_STEP.get(asked.row.name, ()))
        for refusal in function(asked)
    ]
    return reasons + hooks.reasons(asked.row.name, asked.publication, at=asked.at, data=asked.data)


def why_not_begin(
    publication: Publication, step: str, *, actor: User, at: dt.datetime
) -> list[Refusal]:
    """Why the step's button is dead: what its form could not mend."""
    filled = _Filled()
    return why_not(Asked(publication, TRANSITIONS[step], actor, at, filled))


class _Filled(dict[str, Any]):
    """A form of which everything is taken to be filled in."""

    def __init__(self) -> None:
        super().__init__(
            checklist=dict.fromkeys(review.KEYS, review.YES), category=None, expires_on=None
        )

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key, "…")


def _wrong_state(publication: Publication, row: Transition) -> list[Refusal]:
    if publication.state in row.sources:
        return []
    return [
        Refusal(
            _("This is not possible while the publication is '%(state)s'.")
            % {"state": publication.get_state_display()},
            code="state",
        )
    ]


# --- of every step -------------------------------------------------------------------------------
def _reason_given(asked: Asked) -> list[Refusal]:
    if asked.row.needs_reason and not asked.text("reason"):
        return [Refusal(_("Please give the reason."), code="reason")]
    return []


def _by_another(asked: Asked) -> list[Refusal]:
    """Who worked on a content neither reviews it nor signs it off (回避)."""
    if not asked.row.others_only or asked.actor is None:
        return []
    if asked.actor.pk not in wrote(asked.publication):
        return []
    return [
        Refusal(
            _("You have worked on this content yourself; somebody else has to do this."),
            code="own",
        )
    ]


_OF_EVERY: tuple[Why, ...] = (_reason_given, _by_another)


def wrote(publication: Publication) -> set[int]:
    """Keys of those who wrote the content as it is."""
    author = publication.created_by_id
    return {*publication.contributors, *([author] if author else [])}


# --- of the content ------------------------------------------------------------------------------
def why_not_content(
    publication: Publication, *, at: dt.datetime, taken_over: bool = False
) -> list[Refusal]:
    """Why the content of `publication` cannot go out at the moment `at` (its own later one
    included). `taken_over`: an older document, whose date made nobody may know.
    """
    reasons = []
    if publication.disclosure == Publication.Disclosure.EXEMPT:
        reasons.append(
            Refusal(
                _("What is not disclosed is not published; it belongs into the register of it."),
                "13",
                "disclosure",
            )
        )
    if not publication.agency.is_active:
        reasons.append(Refusal(_("The agency is no longer active."), code="agency"))
    if publication.pk and not publication.body and not publication.attachments.exists():
        reasons.append(Refusal(_("There is neither a text nor an attachment."), code="empty"))
    if publication.is_on_request and not publication.summary.strip():
        reasons.append(
            Refusal(
                _("What can be had on request only needs a summary: it stands in the list."),
                code="summary",
            )
        )
    if publication.date_made is None and not taken_over:
        reasons.append(Refusal(_("The date made is missing."), "12", "date_made"))
    goes_out = publication.published_at or at
    if not taken_over:
        # A moment that has passed is none: it goes out when it is published.
        goes_out = max(goes_out, at)
    if goes_out > at + FAR_FUTURE:
        reasons.append(
            Refusal(_("A publication is scheduled at most a year ahead."), code="too_far")
        )
    if publication.date_made and publication.date_made > legal_day(goes_out):
        reasons.append(
            Refusal(_("It would be published before the date made."), code="before_made")
        )
    return reasons


def early(publication: Publication, *, on: dt.date) -> list[str]:
    """Why publishing it now looks too early: that counts as a fault as lateness does."""
    found = []
    year = _year_of(publication.document_number)
    if year is not None and year > on.year:
        found.append(_("The document number is of a later year."))
    if not publication.document_number and publication.document_type in NUMBERED:
        found.append(_("A document of this kind has no number: it may not be signed yet."))
    return [str(one) for one in found]


def _year_of(number: str) -> int | None:
    """The year in brackets of a document number."""
    normal = normalise_document_number(number)
    _before, bracket, rest = normal.partition("(")
    year = rest.partition(")")[0]
    return int(year) if bracket and len(year) == 4 and year.isdecimal() else None


def _content(asked: Asked) -> list[Refusal]:
    return why_not_content(asked.publication, at=asked.at)


def _unchanged(asked: Asked) -> list[Refusal]:
    """What is passed on is what was handed in, to the byte."""
    publication = asked.publication
    if content.digest(publication) == publication.content_hash:
        return []
    return [
        Refusal(
            _("The content is no longer what was handed in; it has to go back."), code="changed"
        )
    ]


# --- of single steps -----------------------------------------------------------------------------
def why_not_revised(live: Publication, changed: Publication) -> list[Refusal]:
    """Why what is public cannot become `changed`."""
    if live.disclosure == changed.disclosure:
        return []
    return [
        Refusal(
            _("What is public keeps its disclosure attribute; withdraw it first."),
            code="disclosure",
        )
    ]


def _revision_says_why(asked: Asked) -> list[Refusal]:
    publication = asked.publication
    if publication.revises is None:
        return []
    reasons = why_not_revised(publication.revises, publication)
    if not publication.change_note.strip():
        reasons.append(
            Refusal(_("Please say for the public what is changed and why."), code="change_note")
        )
    if content.digest(publication) == publication.revises.content_hash:
        reasons.append(Refusal(_("Nothing differs from what is public."), code="same"))
    return reasons


def _item_is_public(asked: Asked) -> list[Refusal]:
    """A revision takes the place of what is public; without that it has none."""
    publication, live = asked.publication, asked.publication.revises
    if live is None:
        return []
    if not _still_fits(publication, live):
        return [_OVERTAKEN]
    if publication.published_at and publication.published_at > asked.at:
        return [
            Refusal(
                _("A revision goes out when it is published; it cannot be scheduled."),
                code="scheduled",
            )
        ]
    return []


_OVERTAKEN = Refusal(
    _("What this revises has been withdrawn or changed meanwhile; begin it anew."), code="live"
)


def _still_fits(publication: Publication, live: Publication) -> bool:
    """Whether what is public is still what the revision was copied from: a revision given up and
    taken up again would bring back what has been mended since."""
    if live.state != State.PUBLISHED or live.revision >= publication.revision:
        return False
    steps = live.events.filter(step="revise").order_by("-pk").values_list("facts", "revision")
    begun = (at for facts, at in steps.iterator() if facts.get("revision") == publication.pk)
    return next(begun, live.revision) == live.revision


def why_not_adopt(publication: Publication) -> list[Refusal]:
    """Why a revision cannot take the place of what is public, whoever signed it."""
    live = publication.revises
    if live is None:
        return []
    if not _still_fits(publication, live):
        return [_OVERTAKEN]
    return why_not_revised(live, publication)


def why_not_take_over(publication: Publication, *, at: dt.datetime) -> list[Refusal]:
    """Why a blanket sign-off does not cover it: what went into the way out here goes it to its
    end, and what was withdrawn here goes it anew."""
    reasons = why_not_content(publication, at=at, taken_over=True) + why_not_adopt(publication)
    if publication.events.exclude(step__in=hooks.OTHER_STEPS).exists():
        reasons.append(
            Refusal(
                _("This was handed in here before; it is published by the whole way out alone."),
                code="handed_in",
            )
        )
    return reasons


def _checklist(asked: Asked) -> list[Refusal]:
    left = review.open_questions(asked.data.get("checklist") or {})
    if not left:
        return []
    return [
        Refusal(
            _("Every question of the checklist must be in order; otherwise return it or refuse."),
            "17",
            "checklist",
        )
    ]


def _authority_answered(asked: Asked) -> list[Refusal]:
    if asked.publication.state != State.REFERRED or asked.text("authority_answer"):
        return []
    return [Refusal(_("Please record what the authority answered."), "17", "authority_answer")]


def _authority_named(asked: Asked) -> list[Refusal]:
    if asked.text("authority"):
        return []
    return [Refusal(_("Please name the authority that is asked."), "17", "authority")]


def _ground_given(asked: Asked) -> list[Refusal]:
    reasons = []
    if not asked.text("ground"):
        reasons.append(
            Refusal(_("What is not disclosed needs a ground (Art. 14–16)."), code="ground")
        )
    if not asked.text("opinion"):
        reasons.append(Refusal(_("Please give the reason."), code="opinion"))
    return reasons


def _not_the_reviewer(asked: Asked) -> list[Refusal]:
    last = asked.publication.reviews.filter(conclusion="passed").order_by("-pk").first()
    if asked.actor is None or last is None or last.reviewer_id != asked.actor.pk:
        return []
    return [
        Refusal(
            _("You have reviewed it for confidentiality; somebody else has to sign it off."),
            code="reviewer",
        )
    ]


def looks_early(asked: Asked) -> list[str]:
    """Why what is signed off would go out too early."""
    goes_out = max(asked.publication.published_at or asked.at, asked.at)
    return early(asked.publication, on=legal_day(goes_out))


def _reason_for_early(asked: Asked) -> list[Refusal]:
    if asked.text("early_reason"):
        return []
    return [
        Refusal(_("%(why)s Please say why it is published now.") % {"why": why}, "26", "early")
        for why in looks_early(asked)
    ]


def _named(asked: Asked) -> list[Refusal]:
    """The system neither reviews nor signs off."""
    if asked.actor is not None:
        return []
    return [Refusal(_("A review and a sign-off need a named person."), code="unnamed")]


def _no_open_revision(asked: Asked) -> list[Refusal]:
    live = asked.publication.revises or asked.publication
    others = live.revisions.exclude(state__in=[State.SUPERSEDED, State.CLOSED])
    if not others.exclude(pk=asked.publication.pk).exists():
        return []
    return [Refusal(_("A revision of this is under way already."), code="revision")]


def _revision_still_fits(asked: Asked) -> list[Refusal]:
    """A revision of what has changed since is not written on: nobody could publish it."""
    publication, live = asked.publication, asked.publication.revises
    return [] if live is None or _still_fits(publication, live) else [_OVERTAKEN]


def _is_revision(asked: Asked) -> list[Refusal]:
    if asked.publication.revises_id is not None:
        return []
    return [Refusal(_("Only a revision is given up; another draft is deleted."), code="revision")]


def _ends_after_start(asked: Asked) -> list[Refusal]:
    day, start = asked.data.get("expires_on"), asked.publication.effective_on
    if isinstance(day, dt.date) and start and day < start:
        return [Refusal(_("It cannot end before it is in force."), code="expires_on")]
    return []


_OF_STEP: dict[str, tuple[Why, ...]] = {
    "submit": (_content, _revision_says_why),
    "check": (_unchanged,),
    "pass_review": (_named, _unchanged, _checklist, _authority_answered),
    "refer": (_authority_named,),
    "refuse": (_ground_given,),
    "sign_off": (_named, _unchanged, _content, _not_the_reviewer, _reason_for_early),
    "publish": (_unchanged, _content, _item_is_public),
    "revise": (_no_open_revision,),
    "repeal": (_ends_after_start,),
    "lapse": (_ends_after_start,),
    "give_up": (_is_revision,),
    "reopen": (_no_open_revision, _revision_still_fits),
}


# --- of content ----------------------------------------------------------------------------------
def why_not_keep(publication: Publication, *, on: dt.date) -> list[Refusal]:
    """Why the content of `publication` cannot be stored, published or not."""
    reasons = []
    made = publication.date_made
    if made is not None and not EARLIEST <= made <= on + FAR_FUTURE:
        reasons.append(Refusal(_("This cannot be the day on which it was made."), code="date_made"))
    start, last = publication.effective_on, publication.valid_until
    if start and last and last < start:
        reasons.append(Refusal(_("It cannot end before it is in force."), code="valid_until"))
    return reasons


def why_not_change(stored: Publication, changed: Publication) -> list[Refusal]:
    """Why `stored` cannot take the content of `changed`."""
    reasons = []
    if stored.state != State.DRAFT:
        reasons.append(_ONLY_DRAFTS)
    fixed = stored.version > 0 or stored.revises_id is not None
    if fixed and stored.index_number != changed.index_number:
        reasons.append(
            Refusal(
                _("An index number that was public is kept: it stands in addresses."),
                code="index_number",
            )
        )
    if fixed and stored.agency_id != changed.agency_id:
        reasons.append(Refusal(_("What was public stays with its agency."), code="agency"))
    return reasons


_ONLY_DRAFTS = Refusal(
    _("Only a draft is changed. Take it back first; what is public is changed by a revision."),
    code="state",
)


def why_not_edit(publication: Publication) -> list[Refusal]:
    """Why neither text nor files of `publication` can be changed."""
    return [] if publication.state == State.DRAFT else [_ONLY_DRAFTS]


def why_not_delete(publication: Publication) -> list[Refusal]:
    """Why `publication` cannot be deleted: what was ever handed in or out stays on the record."""
    if (
        publication.version == 0
        and publication.state == State.DRAFT
        and not (publication.events.exclude(step__in=hooks.OTHER_STEPS).exists())
    ):
        return []
    return [
        Refusal(
            _("Only a draft that was never handed in can be deleted: the rest stays on record."),
            code="published",
        )
    ]
