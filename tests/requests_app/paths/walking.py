"""Walks a path that is written as lines through the actions, as staff and the applicant would.

A line is `DAY [CASE:]STEP [#N] [key=value …] [=> field=value …]`. `!STEP` must be refused and
change nothing; `!!STEP` must be refused by the clock, and so by `due` too. What stands behind `=>`
is compared with the case row at once. `#N` is the third party, agency, office or remedy with that
number; `CASE` names the request where a path has several (the first is `a`).
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Model

from disclosure.agencies.roles import Role
from disclosure.core.dates import SHANGHAI
from disclosure.core.errors import DomainError
from disclosure.models import Agency, Office, User
from requests_app import actions, clock
from requests_app.determination import DETERMINATIONS
from requests_app.lifecycle import TRANSITIONS, Place
from requests_app.lifecycle import transitions as rights
from requests_app.models import DisclosureRequest, Letter
from requests_app.projection import clock_events, effective
from tests.factories import make_agency, make_office, make_user
from tests.request_factories import DETAILS, decide_all, make_style, make_submission

#: What a step gets where the line gives nothing.
DEFAULTS: dict[str, dict[str, Any]] = {
    "ask_third_party": {"name": "示例公司", "text": "示例合同"},
    "ask_co_maker": {"name": "示例局", "text": "联合发文"},
    "ask_agency": {"name": "示例保密局", "text": "是否涉密"},
    "third_party_answered": {"opinion": "agrees"},
    "co_maker_answered": {"opinion": "agrees"},
    "agency_answered": {"opinion": "none"},
    "notify_fee": {"payment": "示例银行账户"},
    "give_help": {"found": "nothing"},
    "file_remedy": {
        "kind": "reconsideration",
        "by": "applicant",
        "against": "answer",
        "body": "示例省人民政府",
    },
    "serve": {"channel": "direct", "carrier": "示例邮政", "tracking_number": "EX1"},
    "rate": {"stars": 5},
    "choose_delivery": {"form": "paper", "channel": "mail", "postal_address": "示例路1号"},
    "renew_code": {"how": "document"},
}
#: Which step is which event of `due`, and which of its data goes behind the date.
DUE_EVENTS = {
    "ask_correction": ("correction_asked", ""),
    "correct": ("corrected", ""),
    "receive_correction": ("corrected", ""),
    "ask_third_party": ("third_party_asked", ""),
    "third_party_received": ("third_party_received", ""),
    "third_party_answered": ("third_party_answered", ""),
    "ask_co_maker": ("co_maker_asked", ""),
    "co_maker_received": ("co_maker_received", ""),
    "co_maker_answered": ("co_maker_answered", ""),
    "ask_agency": ("agency_asked", ""),
    "agency_answered": ("agency_answered", ""),
    "extend": ("extended", "days"),
    "delay": ("delayed", "until"),
    "notify_fee": ("fee_notified", ""),
    "record_payment": ("fee_paid", ""),
    "waive_fee": ("fee_waived", ""),
    "reopen": ("reopened", "until"),
}
#: Done by whoever the row's right belongs to.
ROLES = {rights.DECIDE: Role.HEAD, rights.REVIEW: Role.REVIEWER}
ANSWER_STEPS = ("propose", "pass_review", "approve", "issue")
COMES = {"submit": "online", "post": "post", "letter": "letter", "visit": "in_person"}
COMES |= {"oral": "oral", "fax": "fax"}

_LINE = re.compile(
    r"(?P<day>\S+)\s+(?P<refused>!{0,2})(?:(?P<case>\w+):)?(?P<step>\w+)(?P<rest>.*)"
)


@dataclass(frozen=True)
class Line:
    """One line of a path, taken apart."""

    day: dt.date
    refused: str
    case: str
    step: str
    number: int
    data: dict[str, Any]
    shown: dict[str, str]


def read(text: str) -> Iterator[Line]:
    """The lines of a path."""
    for raw in text.strip().splitlines():
        if not raw.strip():
            continue
        found = _LINE.fullmatch(raw.strip())
        assert found, raw
        told, _, shown = found["rest"].partition("=>")
        number, data = 1, {}
        for word in told.split():
            if word.startswith("#"):
                number = int(word[1:])
            else:
                key, _, value = word.partition("=")
                data[key] = _value(key, value)
        yield Line(
            dt.date.fromisoformat(found["day"]),
            found["refused"],
            found["case"] or "a",
            found["step"],
            number,
            data,
            dict(word.split("=", 1) for word in shown.split()),
        )


def _value(key: str, text: str) -> Any:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return dt.date.fromisoformat(text)
    if key == "amount":
        return Decimal(text)
    return int(text) if text.isdigit() else text


@dataclass
class Walk:
    """A small world in which a path is walked: two agencies, their staff, an office."""

    agency: Agency = field(default_factory=lambda: make_agency("SL", name="示例省办公室"))
    cases: dict[str, DisclosureRequest] = field(default_factory=dict)
    #: What `due` is asked in the end: the events as the lines tell them.
    told: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.other = make_agency("SLA", name="示例市办公室")
        self.office: Office = make_office(self.agency)
        self.staff: dict[str, User] = {
            role: make_user(role, agency=self.agency)
            for role in (Role.HANDLER, Role.REVIEWER, Role.HEAD)
        }
        for agency in (self.agency, self.other):
            make_style(agency)

    # --- one line ----------------------------------------------------------------------------

    def go(self, line: Line) -> None:
        """Take one line, or see it refused."""
        if line.step in COMES:
            self._come_in(line)
        elif line.refused:
            self._be_refused(line)
        else:
            self._take(line)
            self._tell(line)
        if line.case in self.cases:
            self.cases[line.case].refresh_from_db()
            self._look(line)

    def _moment(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(10), SHANGHAI)

    def _come_in(self, line: Line) -> None:
        """Art. 31: `received=` is the day that counts, the line's day that of entry."""
        data = dict(line.data)
        received, earlier = data.pop("received", line.day), data.pop("earlier", 0)
        submission = make_submission(self.agency, **data)
        at = self._moment(line.day)
        for _number in range(earlier):
            actions.submit(make_submission(self.agency), at=at)
        if line.step == "submit":
            receipt = actions.submit(submission, at=at)
        else:
            try:
                receipt = actions.enter(
                    submission,
                    actor=self.staff[Role.HANDLER],
                    intake_channel=COMES[line.step],
                    received_on=received,
                    at=at,
                )
            except DomainError:
                assert line.refused, line
                return
        assert not line.refused, f"{line}: not refused"
        self.cases[line.case] = receipt.request
        self.told[line.case] = []

    def _take(self, line: Line) -> None:
        case, at = self.cases[line.case], self._moment(line.day)
        handler = self.staff[Role.HANDLER]
        if line.step == "points":
            actions.set_points(case, actor=handler, texts=line.data["of"].split(","))
        elif line.step == "decide":
            self._decide(case, line.data)
        elif line.step == "answer":
            self._decide(case, line.data)
            for step in ANSWER_STEPS:
                data = {key: line.data[key] for key in ("released_on",) if key in line.data}
                actions.take(case, step, actor=self._actor(step), at=at, **data)
        else:
            data = {**DEFAULTS.get(line.step, {}), **self._meant(case, line)}
            on = data.pop("on", None)
            actions.take(case, line.step, actor=self._actor(line.step), on=on, at=at, **data)
        self._find_offspring(line)

    def _decide(self, case: DisclosureRequest, data: dict[str, Any]) -> None:
        handler, chosen = self.staff[Role.HANDLER], str(data.get("as", "given")).split(",")
        extra = {key: data[key] for key in ("send_on",) if key in data}
        if len(chosen) == 1:
            decide_all(case, chosen[0], actor=handler, **extra)
            return
        for point, key in zip(case.points.all(), chosen, strict=True):
            given = {name.value: DETAILS[name.value] for name in DETERMINATIONS[key].must}
            actions.decide(case, actor=handler, point=point, determination=key, details=given)

    def _actor(self, step: str) -> User | None:
        right = TRANSITIONS[step].action
        return self.staff[ROLES.get(right, Role.HANDLER)] if right else None

    def _meant(self, case: DisclosureRequest, line: Line) -> dict[str, Any]:
        """The line's data with what it points to."""
        data, row = dict(line.data), TRANSITIONS[line.step]
        if "text" not in data:
            data["text"] = DEFAULTS.get(line.step, {}).get("text", "示例说明")
        if data["text"] == "-":
            data["text"] = ""
        if row.place == Place.PARTY:
            kind = line.step.rpartition("_")[0]
            kind = kind if line.step != "override_objection" else "third_party"
            data["party"] = case.parties.filter(kind=kind, number=line.number).first()
        elif row.place == Place.TASK:
            data["task"] = case.tasks.all()[line.number - 1]
        elif row.place == Place.REMEDY:
            data["remedy"] = case.remedies.all()[line.number - 1]
        elif row.place == Place.LETTER or line.step == "sign_for":
            kind = data.pop("kind", "answer")
            data["letter"] = Letter.objects.filter(request=case, kind=kind).last()
            if line.step == "serve":
                data.setdefault("served_on", data.get("on", line.day))
        if line.step in {"ask_help", "pass_on"}:
            data["office"] = self.office
        if line.step == "assign":
            data["handler"] = self.staff[Role.HANDLER]
        if line.step == "merge":
            data["into"] = self.cases[data["into"]]
        if line.step == "split":
            wanted = str(data.pop("out")).split(",")
            data["points"] = list(case.points.filter(text__in=wanted))
        if line.step == "amend":
            data["event"] = case.events.filter(kind=data.pop("entry")).last()
        return data

    def _find_offspring(self, line: Line) -> None:
        """Parts and what was sent on get the next letters: b, c, d."""
        for made in DisclosureRequest.objects.filter(origin__isnull=False).order_by("pk"):
            if made.pk not in {case.pk for case in self.cases.values()}:
                name = chr(ord(max(self.cases)) + 1)
                self.cases[name] = made

    # --- being refused -----------------------------------------------------------------------

    def _be_refused(self, line: Line) -> None:
        before = everything()
        try:
            self._take(line)
        except DomainError:
            assert everything() == before, f"{line}: refused, and yet something changed"
        else:
            pytest.fail(f"{line}: not refused")
        if line.refused == "!!":
            with pytest.raises(CommandError) as refused:
                ask_due(self.cases[line.case], [*self.told[line.case], self._unheard(line)])
            assert refused.value.returncode == 2

    def _unheard(self, line: Line) -> str:
        """The event that was refused, as `due` would be told it."""
        ordered = self.cases[line.case].remedies.last() if line.step == "reopen" else None
        return _due_event(line, ordered.new_answer_by if ordered else None)

    def _tell(self, line: Line) -> None:
        """Note the step as an event of `due`, which says the same from then on."""
        if line.step not in DUE_EVENTS or line.case not in self.told:
            return
        case = DisclosureRequest.objects.get(pk=self.cases[line.case].pk)
        until = case.events.latest("pk").facts.get("until")
        self.told[line.case] = in_order([*self.told[line.case], _due_event(line, until)])
        said = ask_due(case, self.told[line.case])
        assert (said["answer_due"] or "-") == shown(case, "due"), line
        assert (said["waiting_for"] or "-") == shown(case, "waits"), line

    # --- what is compared --------------------------------------------------------------------

    def _look(self, line: Line) -> None:
        case = self.cases[line.case]
        for name, value in line.shown.items():
            assert shown(case, name) == value, f"{line.day} {line.step}: {name}"


#: Short names of the row's fields in the paths.
FIELDS = {
    "due": "answer_due",
    "waits": "waiting_for",
    "until": "waiting_until",
    "amber": "amber_on",
    "red": "red_on",
    "counted": "counted_on",
    "counted_as": "counted_outcome",
    "answered": "answered_on",
    "closed": "closed_on",
    "received": "received_on",
    "extended": "is_extended",
    "provisional": "is_provisional",
    "proposed": "is_extension_proposed",
}


def shown(case: DisclosureRequest, name: str) -> str:
    """A value of the row as the paths write it: `-` for none, `yes` and `no`."""
    if name == "letters":
        return ",".join(case.letters.values_list("kind", flat=True)) or "-"
    value = getattr(case, FIELDS.get(name, name))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value not in (None, "") else "-"


def _due_event(line: Line, until: Any = None) -> str:
    kind, value = DUE_EVENTS[line.step]
    number = f"#{line.number}" if kind in clock.NUMBERED else ""
    behind = line.data.get(value) if value else None
    if line.step == "reopen":
        behind = until
    day = line.data.get("on", line.day)
    return f"{kind}{number}={day}" + (f":{behind}" if behind is not None else "")


def ask_due(case: DisclosureRequest, events: list[str]) -> dict[str, Any]:
    """What the command says of the case's receipt and these events."""
    out = StringIO()
    listed = [part for event in events for part in ("--event", event)]
    received = next(e for e in effective(case.events.all()) if e.kind == "received")
    call_command("due", "--received", f"{received.occurred_on}", *listed, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def in_order(events: list[str]) -> list[str]:
    """By day; `due` refuses any other order."""
    return sorted(events, key=lambda event: event.partition("=")[2][:10])


def written(case: DisclosureRequest) -> list[str]:
    """The case's stored events as `due` takes them."""
    listed = []
    for event in clock_events(effective(case.events.all()))[1:]:
        number = f"#{event.facts['number']}" if event.kind in clock.NUMBERED else ""
        value = {"extended": "days", "delayed": "until", "reopened": "until"}.get(event.kind, "")
        behind = event.facts.get(value)
        listed.append(
            f"{event.kind}{number}={event.occurred_on}" + (f":{behind}" if behind else "")
        )
    return listed


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the requests' models: what a refused step must leave as it is."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in requests_models()
    }


def requests_models() -> list[type[Model]]:
    return list(apps.get_app_config("requests_app").get_models())
