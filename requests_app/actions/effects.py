"""What the steps of the daily work change beside their event."""

from requests_app import access_codes, uploads
from requests_app.actions.engine import Taking, add_files, effect
from requests_app.casework.models import NamedPerson, RequestEvent, RequestFile
from requests_app.consulting.models import HelpTask, Party
from requests_app.fees.models import FeeNotice
from requests_app.letters import issuing
from requests_app.letters.models import Delivery, Letter
from requests_app.lifecycle import Event
from requests_app.policies import fee_for
from requests_app.remedies.models import RemedyCase
from requests_app.remedies.outcomes import RESULTS

#: The personal data of a party asked.
PARTY_DATA = ("name", "contact", "phone", "email", "postal_address")


@effect("register")
def _register(taking: Taking) -> None:
    """The actor becomes the handler."""
    taking.case.handler = taking.actor


@effect("assign")
def _assign(taking: Taking) -> None:
    taking.facts["before"] = taking.case.handler_id
    taking.case.handler = taking.data["handler"]


@effect("pass_on")
def _pass_on(taking: Taking) -> None:
    taking.case.office = taking.data["office"]


@effect("restrict")
def _restrict(taking: Taking) -> None:
    people = list(taking.data.get("people", ()))
    taking.case.named_people.all().delete()
    NamedPerson.objects.bulk_create(NamedPerson(request=taking.case, user=user) for user in people)
    taking.case.is_restricted = bool(people)
    taking.facts["people"] = [user.pk for user in people]


@effect("ask_correction", "ask_reasons", "extend", "delay")
def _write_to_applicant(taking: Taking) -> None:
    issuing.with_step(taking)


@effect("correct", "receive_correction", "give_reasons", "record_reasons", "add_files")
def _take_in(taking: Taking) -> None:
    """What the applicant hands in later; files chosen in a form come as they were kept."""
    for staged in taking.data.get("staged", ()):
        uploads.adopt(staged, taking.case)
    add_files(taking.case, taking.data.get("uploads", ()), RequestFile.Purpose.APPLICATION)
    reason = taking.asked.text("reason")
    if reason:
        taking.text = f"{taking.text}\n\n{reason}"


@effect("choose_delivery")
def _choose_delivery(taking: Taking) -> None:
    case, data = taking.case, taking.data
    case.form, case.channel = data["form"], data["channel"]
    person = case.applicant
    # What is on file is not replaced here: whoever has the code once would take over the request.
    given = {
        key: taking.asked.text(key)
        for key in ("email", "postal_address", "phone")
        if taking.asked.text(key) and not person.get(key)
    }
    if given and person.data is not None:
        person.data = {**person.data, **given}
        person.save(update_fields=["data"])


@effect("notify_fee")
def _notify_fee(taking: Taking) -> None:
    case, data = taking.case, taking.data
    fee, count = fee_for(case, data["basis"], data.get("pages"))
    FeeNotice.objects.create(
        request=case,
        basis=data["basis"],
        count=count,
        amount=fee.amount,
        notified_on=taking.on,
    )
    taking.facts["amount"] = str(fee.amount)
    taking.facts["count"] = count
    issuing.with_step(taking, fee=fee)


@effect("record_payment")
def _record_payment(taking: Taking) -> None:
    notice = taking.case.fee_notice
    notice.paid_on, notice.collected = taking.on, notice.amount
    notice.save(update_fields=["paid_on", "collected"])
    taking.facts["amount"] = str(notice.amount)


@effect("waive_fee")
def _waive_fee(taking: Taking) -> None:
    notice = taking.case.fee_notice
    notice.waived_on = taking.on
    notice.save(update_fields=["waived_on"])


@effect("ask_third_party", "ask_co_maker", "ask_agency")
def _ask_party(taking: Taking) -> None:
    data = taking.data
    party = Party.objects.create(
        request=taking.case,
        kind=str(taking.row.event).removesuffix("_asked"),
        number=taking.facts["number"],
        agency=data.get("agency"),
        data={key: taking.asked.text(key) for key in PARTY_DATA if taking.asked.text(key)},
    )
    issuing.with_step(taking, party=party)
    issuing.with_step(taking, kind="consulting")


@effect("third_party_answered", "co_maker_answered", "agency_answered")
def _hear_party(taking: Taking) -> None:
    party = taking.data["party"]
    party.opinion = taking.data["opinion"]
    party.save(update_fields=["opinion"])
    add_files(taking.case, taking.data.get("uploads", ()), RequestFile.Purpose.INNER)


@effect("override_objection")
def _override(taking: Taking) -> None:
    party = taking.data["party"]
    party.is_overridden = True
    party.save(update_fields=["is_overridden"])
    issuing.with_step(taking, party=party)


@effect("ask_help")
def _ask_help(taking: Taking) -> None:
    task = HelpTask.objects.create(
        request=taking.case,
        office=taking.data["office"],
        kind=taking.data.get("kind") or HelpTask.Kind.SEARCH,
        asked_on=taking.on,
        due_on=taking.data["until"],
    )
    taking.facts["task"] = task.pk
    issuing.with_step(taking, task=task)


@effect("chase_help")
def _chase_help(taking: Taking) -> None:
    task = taking.data["task"]
    task.chased_on = taking.on
    task.save(update_fields=["chased_on"])


@effect("give_help")
def _give_help(taking: Taking) -> None:
    task = taking.data["task"]
    task.answered_on, task.found = taking.on, taking.data["found"]
    task.save(update_fields=["answered_on", "found"])
    add_files(taking.case, taking.data.get("uploads", ()), RequestFile.Purpose.INNER)


@effect("serve")
def _serve(taking: Taking) -> None:
    """国办公开办函〔2016〕235号: the day of sending and the day of signing, with the proof."""
    data = taking.data
    letter: Letter = data["letter"]
    slip = None
    for upload in data.get("uploads", ()):
        slip = RequestFile(request=taking.case, purpose=RequestFile.Purpose.INNER)
        uploads.fill(slip, upload)
        slip.save()
    if letter.kind == "answer" and not letter.deliveries.exists():
        taking.facts["answers"] = True
    Delivery.objects.create(
        letter=letter,
        channel=data["channel"],
        carrier=taking.asked.text("carrier"),
        tracking_number=taking.asked.text("tracking_number"),
        sent_on=taking.on,
        served_on=data.get("served_on"),
        slip=slip,
        recorded_by=taking.actor,
        recorded_at=taking.at,
    )


@effect("sign_for")
def _sign_for(taking: Taking) -> None:
    """The applicant says on this site that the letter has arrived: served on that day."""
    letter: Letter = taking.data["letter"]
    Delivery.objects.create(
        letter=letter,
        channel=Delivery.Channel.ONLINE,
        sent_on=letter.issued_on,
        served_on=taking.on,
        recorded_at=taking.at,
    )
    taking.facts |= {"channel": Delivery.Channel.ONLINE.value, "served_on": f"{taking.on}"}


@effect("file_remedy")
def _file_remedy(taking: Taking) -> None:
    from disclosure.workdays.store import current_calendar
    from requests_app.remedies.rules import agency_reply_due

    data = taking.data
    remedy = RemedyCase.objects.create(
        request=taking.case,
        kind=data["kind"],
        by=data["by"],
        party=data.get("party"),
        against=data["against"],
        body=taking.asked.text("body"),
        reference=taking.asked.text("reference"),
        is_simplified=bool(data.get("is_simplified")),
        filed_on=data.get("filed_on"),
        received_on=taking.on,
        reply_due=agency_reply_due(
            data["kind"],
            taking.on,
            current_calendar(),
            simplified=bool(data.get("is_simplified")),
        ),
    )
    taking.facts = {"remedy": remedy.pk}


@effect("reply_remedy")
def _reply_remedy(taking: Taking) -> None:
    remedy: RemedyCase = taking.data["remedy"]
    remedy.replied_on = taking.on
    remedy.save(update_fields=["replied_on"])
    taking.facts = {"remedy": remedy.pk}


@effect("decide_remedy")
def _decide_remedy(taking: Taking) -> None:
    data = taking.data
    result = RESULTS[data["result"]]
    remedy: RemedyCase = data["remedy"]
    remedy.decided_on, remedy.result = taking.on, data["result"]
    remedy.outcome = result.column.value
    remedy.orders_new_answer = result.orders_answer
    remedy.new_answer_by = data.get("until") if result.orders_answer else None
    remedy.save()
    taking.facts = {"remedy": remedy.pk, "result": data["result"]}


@effect("reopen")
def _reopen(taking: Taking) -> None:
    """A new answer is to be found: what was decided on each point is taken away."""
    taking.case.points.update(determination="", details=None)


#: Days that a fee notice bears beside its events.
_NOTED_ON: dict[str, str] = {
    Event.FEE_NOTIFIED: "notified_on",
    Event.FEE_PAID: "paid_on",
    Event.FEE_WAIVED: "waived_on",
}


@effect("amend")
def _amend(taking: Taking) -> None:
    from requests_app.policies.rest import amendment

    event: RequestEvent = taking.data["event"]
    taking.facts = amendment(
        event.pk, void=bool(taking.data.get("void")), day=taking.data.get("day")
    )
    day = taking.data.get("day")
    if day and event.kind in _NOTED_ON:
        FeeNotice.objects.filter(request=taking.case).update(**{_NOTED_ON[event.kind]: day})


@effect("renew_code")
def _renew_code(taking: Taking) -> None:
    """The new code is shown once; what the old one opened is closed."""
    code = taking.data["code"]
    taking.case.access_code_hash = access_codes.hashed(taking.case.number, code)
