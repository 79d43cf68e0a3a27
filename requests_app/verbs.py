"""What the audit trail says of disclosure requests."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Office
from disclosure.audit import verbs
from disclosure.audit.verbs import Fact, Kind
from requests_app.casework.choices import DeliveryChannel, Form, IntakeChannel
from requests_app.casework.models import DisclosureRequest
from requests_app.consulting.models import HelpTask, Party
from requests_app.determination import DETERMINATIONS, OUTCOMES
from requests_app.fees.models import FeeNotice
from requests_app.letters.models import Delivery
from requests_app.lifecycle import EVENT_TEXTS, TRANSITIONS
from requests_app.purposes import CHECKED_BY, CONFIRMED_BY, PURPOSES
from requests_app.remedies.outcomes import RESULTS


def outcome_label(key: object) -> str:
    row = OUTCOMES.get(str(key))
    return gettext(row.label) if row else str(key)


def purpose_label(key: object) -> str:
    return gettext(PURPOSES[str(key)]) if str(key) in PURPOSES else str(key)


def confirmed_label(key: object) -> str:
    return gettext(CONFIRMED_BY[str(key)]) if str(key) in CONFIRMED_BY else str(key)


def checked_label(key: object) -> str:
    return gettext(CHECKED_BY[str(key)]) if str(key) in CHECKED_BY else str(key)


def determination_label(key: object) -> str:
    row = DETERMINATIONS.get(str(key))
    return gettext(row.label) if row else str(key)


def result_label(key: object) -> str:
    row = RESULTS.get(str(key))
    return gettext(row.label) if row else str(key)


def points_text(value: object) -> str:
    """How many points, or what was decided on each."""
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(f"{number}: {determination_label(key)}" for number, key in value.items())


def people_names(value: object) -> str:
    return (
        ", ".join(str(verbs.person_name(key)) for key in value) if isinstance(value, list) else ""
    )


def office_name(key: Any) -> str:
    return str(Office.objects.filter(pk__in=[key]).first() or key)


def request_numbers(value: Any) -> str:
    keys = value if isinstance(value, list) else [value]
    found = DisclosureRequest.objects.filter(pk__in=keys).values_list("number", flat=True)
    return ", ".join(found)


def choice_label(choices: Iterable[tuple[str, Any]]) -> Callable[[object], str]:
    labels = dict(choices)
    return lambda key: str(labels.get(str(key), key))


CHANNELS = [*DeliveryChannel.choices, *Delivery.Channel.choices]

verbs.declare(
    {
        "request": Kind(
            _("disclosure request"),
            {
                # A step is told by what its event says to staff.
                **{name: _(EVENT_TEXTS[row.event].staff) for name, row in TRANSITIONS.items()},
                # Written before there was a draft that is reviewed and approved.
                "answer": _("Answered"),
                "points_set": _("Points written apart"),
                "point_decided": _("Determination of a point drafted"),
                "drafted": _("Draft of the answer changed"),
                "note_added": _("Note added to the file"),
                "identity_seen": _("Applicant's details read in full"),
                "file_opened": _("File opened"),
            },
        )
    },
    facts={
        "file": Fact(_("key of the file")),
        "files": Fact(_("number of files")),
        "answers": Fact(_("the answer's letter")),
        "came_by": Fact(_("how it came in"), choice_label(IntakeChannel.choices)),
        "confirmed": Fact(_("confirmed with the applicant"), confirmed_label),
        "before": Fact(_("before"), verbs.person_name),
        "people": Fact(_("named people"), people_names),
        "office": Fact(_("office"), office_name),
        "number": Fact(_("running number")),
        "until": Fact(_("by when")),
        "days": Fact(_("working days")),
        "opinion": Fact(_("opinion"), choice_label(Party.Opinion.choices)),
        "found": Fact(_("answer of the office"), choice_label(HelpTask.Found.choices)),
        "form": Fact(_("form wanted"), choice_label(Form.choices)),
        "channel": Fact(_("way of delivery"), choice_label(CHANNELS)),
        "basis": Fact(_("basis"), choice_label(FeeNotice.Basis.choices)),
        "count": Fact(_("counted")),
        "amount": Fact(_("amount in yuan")),
        "stars": Fact(_("stars")),
        "how": Fact(_("how the identity was checked"), checked_label),
        "served_on": Fact(_("served on")),
        "released_on": Fact(_("information released on")),
        "point": Fact(_("point")),
        "points": Fact(_("points"), points_text),
        "determination": Fact(_("determination"), determination_label),
        "into": Fact(_("other requests"), request_numbers),
        "task": Fact(_("key of the task")),
        "letter": Fact(_("key of the letter")),
        "remedy": Fact(_("key of the reconsideration or lawsuit")),
        "result": Fact(_("result"), result_label),
        "event": Fact(_("key of the entry")),
        "void": Fact(_("taken back")),
        "day": Fact(_("the right day")),
        "handler": Fact(_("handler"), verbs.person_name),
        "on": Fact(_("legal day")),
        "outcome": Fact(_("outcome"), outcome_label),
        "purpose": Fact(_("purpose"), purpose_label),
    },
)
