"""Needs of the answer: what is decided, whether it may follow, who looked at it, how it arrived."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from disclosure.audit.models import AuditEntry
from disclosure.core.errors import Refusal
from disclosure.grounds import GROUNDS
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.consulting.models import Party
from requests_app.deciding.models import AnswerDraft, Point
from requests_app.deciding.sealing import seal_of
from requests_app.determination import DETERMINATIONS, GIVEN, Follow, Given
from requests_app.letters.kinds import WITHIN
from requests_app.letters.models import Delivery
from requests_app.lifecycle import Event, Need, State
from requests_app.policies.asking import Asked, check
from requests_app.policies.others import last_answer_days

#: In these states nothing else can be decided.
ONLY_IN = {
    State.CORRECTION: Follow.NOT_CORRECTED,
    State.PAYMENT: Follow.FEE_UNPAID,
}


def missing_details(point: Point, *, has_files: bool) -> list[Refusal]:
    """What the determination of a point must give and does not yet (Art. 36–41)."""
    row = point.row
    if row is None:
        return [
            Refusal(
                _("Point %(position)d: nothing is decided.") % {"position": point.position},
                "36",
                "points",
            )
        ]
    missing = []
    for field in row.must:
        if field == Given.HOW and has_files:
            continue  # the information itself goes with the answer
        value = point.given.get(field.value)
        if field == Given.GROUNDS and not set(value or ()) <= set(GROUNDS):
            value = None
        if not (value.strip() if isinstance(value, str) else value):
            missing.append(
                Refusal(
                    _("Point %(position)d: “%(field)s” is missing.")
                    % {"position": point.position, "field": _now(GIVEN[field].label)},
                    row.article,
                    "points",
                )
            )
    return missing


@check(Need.POINTS_DECIDED)
def _points_decided(asked: Asked) -> Iterable[Refusal]:
    points = list(asked.case.points.all())
    has_files = asked.case.files.filter(purpose=RequestFile.Purpose.DRAFT).exists()
    if not points:
        yield Refusal(_("The request has no points."), code="points")
    for point in points:
        yield from missing_details(point, has_files=has_files)


@check(Need.FOLLOWS)
def _follows(asked: Asked) -> Iterable[Refusal]:
    points = [point for point in asked.case.points.all() if point.row]
    state = State(asked.case.state)
    if asked.row.event == Event.ANSWERED:
        state = asked.way.before_draft
    only = ONLY_IN.get(state)
    seen: dict[str, Sequence[Refusal]] = {}
    for point in points:
        row = DETERMINATIONS[point.determination]
        if only and row.follow != only:
            seen["only"] = [
                Refusal(
                    _("While the request waits for the applicant only its end can be decided."),
                    row.article,
                    "points",
                )
            ]
        elif row.key not in seen:
            seen[row.key] = list(why_not_follow(asked, row.follow, row.article))
    for reasons in seen.values():
        yield from reasons


def why_not_follow(asked: Asked, follow: Follow, article: str) -> Iterable[Refusal]:
    """Why a determination cannot follow now."""
    until = asked.case.waiting_until
    waits = asked.case.waiting_for
    if follow == Follow.NO_OBJECTION:
        if any("third_party" in point.grounds for point in asked.case.points.all()):
            return  # what concerns the third party is withheld, the rest given (Art. 37)
        objecting = asked.case.parties.filter(
            kind=Party.Kind.THIRD_PARTY, opinion=Party.Opinion.OBJECTS, is_overridden=False
        )
        for party in objecting:
            yield Refusal(
                _(
                    "Third party %(number)d objects with reasons: what concerns it is withheld, "
                    "unless the public interest prevails and it is told so."
                )
                % {"number": party.number},
                "32",
                "points",
            )
    elif follow == Follow.THIRD_PARTY_HEARD:
        if not asked.case.parties.filter(kind=Party.Kind.THIRD_PARTY).exists():
            yield Refusal(_("The third party has not been asked in writing."), "32", "points")
        elif any(
            kind == Party.Kind.THIRD_PARTY and (last is None or last >= asked.on)
            for (kind, _number), last in last_answer_days(asked).items()
        ):
            yield Refusal(_("The third party may still answer."), "32", "points")
    elif follow == Follow.CORRECTED:
        if not asked.last(Event.CORRECTED):
            yield Refusal(
                _("“Still unclear” can only follow a correction that was asked for and came."),
                "30",
                "points",
            )
    elif follow == Follow.NOT_CORRECTED:
        if waits != "correction":
            yield Refusal(_("No correction is waited for."), "30", "points")
        elif until and asked.on <= until:
            yield Refusal(
                _("The applicant may still correct the request until %(day)s.")
                % {"day": until.isoformat()},
                "30",
                "points",
            )
    elif follow == Follow.FEE_UNPAID:
        if waits != "payment":
            yield Refusal(_("No payment is waited for."), "42", "points")
        elif until and asked.on <= until:
            yield Refusal(
                _("The applicant may still pay until %(day)s.") % {"day": until.isoformat()},
                "42",
                "points",
            )
    elif follow == Follow.REASONS_ASKED:
        told = asked.last(Event.REASONS_ASKED)
        if told is None:
            yield Refusal(
                _("The applicant has not been asked for the reasons of so many requests."),
                article,
                "points",
            )
        elif not asked.last(Event.REASONS_GIVEN) and str(told.facts["until"]) >= str(asked.on):
            yield Refusal(
                _("The applicant may still give reasons until %(day)s.")
                % {"day": told.facts["until"]},
                article,
                "points",
            )


#: What working on the answer leaves on the audit trail.
DRAFTING = ("request.points_set", "request.point_decided", "request.drafted", "request.propose")


def drafters(case: DisclosureRequest) -> set[int]:
    """Who worked on the answer since the request was answered last, if ever."""
    lines = AuditEntry.objects.filter(
        target_type=case._meta.label_lower, target_id=str(case.pk), actor__isnull=False
    )
    last = lines.filter(verb="request.issue").order_by("-pk").values_list("pk", flat=True).first()
    found = lines.filter(verb__in=DRAFTING, pk__gt=last or 0)
    return {key for key in found.values_list("actor", flat=True) if key}


@check(Need.FOUR_EYES)
def _four_eyes(asked: Asked) -> Iterable[Refusal]:
    if asked.actor is not None and asked.actor.pk in drafters(asked.case):
        yield Refusal(_("Who drafted an answer does not review or approve it."), code="state")


@check(Need.LETTER_SOUND)
def _letter_sound(asked: Asked) -> Iterable[Refusal]:
    from requests_app.letters.checking import why_not_issue

    if asked.is_before:
        return
    yield from why_not_issue(asked.case, asked.on, released_on=asked.data.get("released_on"))
    draft = AnswerDraft.objects.filter(request=asked.case).first()
    if draft is None or draft.seal != seal_of(asked.case, asked.on):
        yield Refusal(
            _(
                "The letter is no longer what was approved: its wording, the agency's letter style "
                "or the contact has changed. Return the draft and have it approved anew."
            ),
            code="seal",
        )


@check(Need.DELIVERED)
def _delivered(asked: Asked) -> Iterable[Refusal]:
    letter = asked.data.get("letter")
    if letter is None or letter.request_id != asked.case.pk:
        yield Refusal(_("This letter does not belong to the request."), code="letter")
        return
    if asked.is_before:
        return
    channel = asked.data.get("channel")
    if channel not in Delivery.Channel.values:
        yield Refusal(_("Please choose how it was delivered."), code="channel")
    elif channel == Delivery.Channel.ONLINE:
        yield Refusal(
            _("Only the applicant confirms having received a letter on this site."), code="channel"
        )
    if letter.kind in WITHIN:
        yield Refusal(_("This letter stays within the agency."), code="letter")
    if letter.deliveries.filter(served_on__isnull=False).exists():
        yield Refusal(_("This letter has been served already."), code="letter")
    if channel == Delivery.Channel.POST and not (
        asked.text("carrier") and asked.text("tracking_number")
    ):
        yield Refusal(
            _("A letter by post needs the postal service and the number of the item."),
            code="tracking_number",
        )
    if asked.on < letter.issued_on:
        yield Refusal(_("It cannot be sent before it was issued."), code="on")
    served = asked.data.get("served_on")
    if served and served < asked.on:
        yield Refusal(_("It cannot be served before it was sent."), code="served_on")
    if served and served > asked.today:
        yield Refusal(_("The day cannot lie in the future."), code="served_on")
    if channel in {Delivery.Channel.DIRECT, Delivery.Channel.AGENCY} and not served:
        yield Refusal(_("Please give the day on which it was signed for."), code="served_on")


@check(Need.UNSIGNED)
def _unsigned(asked: Asked) -> Iterable[Refusal]:
    letter = asked.data.get("letter")
    if letter is None or letter.request_id != asked.case.pk or not letter.is_for_applicant:
        yield Refusal(_("This letter does not belong to the request."), code="letter")
    elif letter.deliveries.filter(served_on__isnull=False).exists():
        yield Refusal(_("You have confirmed the receipt of this letter."), code="letter")


@check(Need.ANSWER_SERVED)
def _answer_served(asked: Asked) -> Iterable[Refusal]:
    """The remedies run from delivery (Art. 51), so a case is complete only then."""
    letter = asked.case.letters.filter(kind="answer").order_by("-pk").first()
    if letter and not letter.deliveries.exists():
        yield Refusal(_("How the answer was delivered is not recorded yet."), code="state")
