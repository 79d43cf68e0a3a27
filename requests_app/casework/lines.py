"""A case in labelled lines, for the applicant's page and for staff's alike."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from disclosure.core.citing import cite
from disclosure.core.dates import today
from requests_app.casework.models import Answer, DisclosureRequest, RequestFile
from requests_app.deciding.models import Point
from requests_app.determination import OUTCOMES, Group
from requests_app.intake.forms import AGENT_RELATIONS, ID_TYPES
from requests_app.letters.composing import decided
from requests_app.remedies.rules import Choice, choice_of_row, choices_of


@dataclass(frozen=True)
class Line:
    """A label with its value; `is_content` marks what is in the language of the content."""

    label: str
    value: str
    is_content: bool = False


@dataclass(frozen=True)
class AnswerShown:
    """The answer: outcome and article in words, the text, its files."""

    answer: Answer
    article: str
    files: list[RequestFile]
    #: Whether reconsideration comes before court: "whole", "part", "recommended" or "".
    reconsideration_first: str
    #: The class of the word beside it: given, given in part, not given.
    pill: str
    #: Until this day the information is held back, so that a third party can contest it.
    held_until: dt.date | None = None


def asked(request: DisclosureRequest) -> list[Line]:
    """What is asked for, and how it is wanted."""
    agency = request.agency
    lines = [
        Line(_("Agency asked"), agency.local_name, is_content=agency.local_name == agency.name),
        Line(_("Name of the information"), request.information_name, is_content=True),
        Line(_("Document number"), request.document_number, is_content=True),
        Line(_("Other features"), request.description, is_content=True),
        Line(_("Form wanted"), request.get_form_display()),
        Line(_("Way of delivery"), request.get_channel_display()),
        Line(_("Came in"), request.get_intake_channel_display()),
    ]
    return [line for line in lines if line.value]


def applicant(
    request: DisclosureRequest, data: Mapping[str, str], *, name_label: str
) -> list[Line]:
    """Who asks, as far as `data` (masked or not) says it."""
    labels = {
        "name": name_label,
        "id_type": _("Identity document"),
        "id_number": _("Number of the document"),
        "organisation_code": _("Unified social credit code"),
        "representative": _("Legal representative or contact person"),
        "phone": _("Telephone"),
        "email": _("E-mail address"),
        "postal_address": _("Postal address"),
        "agent_name": _("Agent or guardian"),
        "agent_relation": _("Applies as"),
        "co_applicants": _("Applying together with"),
    }
    choices = {"id_type": dict(ID_TYPES), "agent_relation": dict(AGENT_RELATIONS)}
    lines = [Line(_("Kind of applicant"), request.get_applicant_kind_display())]
    for key, label in labels.items():
        if value := data.get(key):
            if key in choices:
                value = str(choices[key].get(value, value))
            lines.append(Line(label, value, is_content=key not in choices))
    return lines


def answers(
    request: DisclosureRequest, files: list[RequestFile], on: dt.date | None = None
) -> list[AnswerShown]:
    """Every answer as it reads on the day `on` (default: today), the newest first; a request that
    was reopened has several."""
    stored = list(request.answers.select_related("issued_by"))
    points = list(request.points.all()) if stored else []
    given = [file for file in files if file.purpose == RequestFile.Purpose.ANSWER]
    oldest = stored[-1].pk if stored else None
    return [
        _shown(
            each,
            [file for file in given if (file.answer_id or oldest) == each.pk],
            # Those of an earlier answer are being decided anew.
            points=[] if place else points,
            on=on or today(),
        )
        for place, each in enumerate(stored)
    ]


def answer(request: DisclosureRequest, files: list[RequestFile]) -> AnswerShown | None:
    """The newest answer; None before there is one."""
    found = answers(request, files)
    return found[0] if found else None


def _shown(
    stored: Answer, files: list[RequestFile], *, points: list[Point], on: dt.date
) -> AnswerShown:
    row = OUTCOMES[stored.outcome]
    held = stored.released_on and stored.released_on > on
    return AnswerShown(
        answer=stored,
        article=cite(row.article.partition("(")[0]),
        files=files,
        reconsideration_first=_reconsideration_first(stored, points),
        pill={Group.GRANTED: "ok", Group.PARTLY: "warn"}.get(row.group, ""),
        held_until=stored.released_on if held else None,
    )


def _reconsideration_first(stored: Answer, points: list[Point]) -> str:
    """What the ground of each point says of the way to contest; without points, the outcome."""
    day = stored.answered_on
    found = [choice for point in decided(points) for _part, choice in choices_of(point, day)]
    found = found or [choice_of_row(stored.outcome, day)]
    if Choice.RECONSIDERATION_FIRST in found:
        return "whole" if set(found) == {Choice.RECONSIDERATION_FIRST} else "part"
    return "recommended" if Choice.RECOMMEND_RECONSIDERATION in found else ""
