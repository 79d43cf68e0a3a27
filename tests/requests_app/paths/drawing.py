"""What the state machine hands a step: mostly what it needs, now and then something else."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from requests_app.access_codes import new_code
from requests_app.determination import DETERMINATIONS
from requests_app.lifecycle import TRANSITIONS, Place
from requests_app.models import DisclosureRequest, Party, RemedyCase
from requests_app.policies.rest import AMENDABLE, mergeable
from requests_app.remedies.outcomes import RESULTS

Draw = Callable[[Any], Any]

WORDS = st.sampled_from(["示例"] * 11 + [""])
#: Calendar days after the day of the step; none is no lawful term.
TERMS = st.sampled_from([0, 1, 3, 7, 14, 20, 35])


def draw_data(draw: Draw, case: DisclosureRequest, step: str, day: dt.date) -> dict[str, Any]:
    """What `take` is given for this step; what it points to may belong to another request."""
    data: dict[str, Any] = {"text": draw(WORDS)}
    if step in OWN:
        data |= OWN[step](draw, case, day)
    place = TRANSITIONS[step].place
    if place == Place.PARTY or step == "override_objection":
        kind = step.rpartition("_")[0] if step != "override_objection" else "third_party"
        own = Party.objects.filter(request=case, kind=kind)
        anybody = Party.objects.filter(request__agency=case.agency, kind=kind)
        data["party"] = _any(draw, own if draw(st.integers(0, 5)) else anybody)
        data["opinion"] = draw(st.sampled_from(Party.Opinion.values))
    elif place == Place.TASK:
        data["task"] = _any(draw, case.tasks.all())
        data["found"] = draw(st.sampled_from(["holds", "nothing", "opinion"]))
    elif place == Place.REMEDY:
        own = RemedyCase.objects.filter(request=case)
        anybody = RemedyCase.objects.filter(request__agency=case.agency)
        data["remedy"] = _any(draw, own if draw(st.integers(0, 5)) else anybody)
    elif place == Place.LETTER or step == "sign_for":
        data["letter"] = _any(draw, case.letters.all())
    return data


def _any(draw: Draw, rows: Any) -> Any:
    """One of the rows; None where there is none, which no form would send."""
    listed = list(rows.order_by("-pk")[:6])
    return draw(st.sampled_from(listed)) if listed else None


def _until(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    return {"until": day + dt.timedelta(draw(TERMS))}


def _party(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    return {"name": draw(WORDS)} | _until(draw, case, day)


def _fee(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    return {
        "basis": draw(st.sampled_from(["pages", "pages", "requests"])),
        "pages": draw(st.sampled_from([100, 31, 201, 200, 30])),
        "payment": draw(WORDS),
    }


def _payment(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    notice = getattr(case, "fee_notice", None)
    right = notice.amount if notice else Decimal(0)
    return {"amount": draw(st.sampled_from([right, right, right + 1]))}


def _help(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    office = case.agency.offices.first()
    return {"office": office, "kind": draw(st.sampled_from(["search", "opinion"]))} | _until(
        draw, case, day
    )


def _points(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    points = list(case.points.all())
    return {"points": draw(st.lists(st.sampled_from(points), unique=True, max_size=2))}


def _merge(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    others = mergeable(case) if draw(st.integers(0, 3)) else []
    return {"into": draw(st.sampled_from(others or list(DisclosureRequest.objects.order_by("pk"))))}


def _remedy(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    return {
        "kind": draw(st.sampled_from(RemedyCase.Kind.values)),
        "by": draw(st.sampled_from(RemedyCase.By.values)),
        "against": draw(st.sampled_from(RemedyCase.Against.values)),
        "body": draw(WORDS),
    }


def _result(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    found = {"result": draw(st.sampled_from(["revoked_new_answer", *RESULTS]))}
    return found | (_until(draw, case, day) if draw(st.booleans()) else {})


def _amendment(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    listed = [event for event in case.events.all() if event.kind in AMENDABLE]
    data: dict[str, Any] = {"event": draw(st.sampled_from(listed)) if listed else None}
    if draw(st.integers(0, 3)) == 0:
        return data | {"void": True}
    near = (listed and data["event"].occurred_on) or day
    return data | {"day": near + dt.timedelta(draw(st.integers(-4, 4)))}


def _delivery(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    return {
        "form": draw(st.sampled_from(["paper", "electronic"])),
        "channel": draw(st.sampled_from(["mail", "online"])),
        "postal_address": draw(WORDS),
    }


def _served(draw: Draw, case: DisclosureRequest, day: dt.date) -> dict[str, Any]:
    return {
        "channel": draw(st.sampled_from(["direct", "post", "online"])),
        "carrier": "示例邮政",
        "tracking_number": draw(WORDS),
        "served_on": day + dt.timedelta(draw(st.sampled_from([0, 0, 0, -1, 1]))),
    }


OWN: dict[str, Callable[[Draw, DisclosureRequest, dt.date], dict[str, Any]]] = {
    "ask_correction": _until,
    "ask_reasons": _until,
    "delay": _until,
    "extend": lambda draw, case, day: {"days": draw(st.sampled_from([None, 1, 5, 20, 21]))},
    "ask_extension": lambda draw, case, day: {"days": draw(st.sampled_from([None, 5]))},
    "ask_third_party": _party,
    "ask_co_maker": _party,
    "ask_agency": _party,
    "ask_help": _help,
    "receive_correction": lambda draw, case, day: {"reason": draw(WORDS)},
    "notify_fee": _fee,
    "record_payment": _payment,
    "choose_delivery": _delivery,
    "serve": _served,
    "rate": lambda draw, case, day: {"stars": draw(st.integers(0, 5))},
    "split": _points,
    "merge": _merge,
    "file_remedy": _remedy,
    "decide_remedy": _result,
    "amend": _amendment,
    "renew_code": lambda draw, case, day: {"how": "document", "code": new_code()},
    "pass_on": lambda draw, case, day: {"office": case.agency.offices.first()},
}

#: Determinations are drawn evenly, those that follow on something as often as the others.
DETERMINED = st.sampled_from(sorted(DETERMINATIONS))
