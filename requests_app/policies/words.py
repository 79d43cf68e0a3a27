"""Needs that ask for something to be given: words, days, people, files."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.errors import Refusal
from requests_app.casework.choices import DeliveryChannel, Form
from requests_app.casework.models import DisclosureRequest
from requests_app.lifecycle import Event, Need
from requests_app.lifecycle.transitions import HANDLE
from requests_app.policies.asking import Asked, check
from requests_app.purposes import CHECKED_BY

#: The contact that each way of delivery needs (keys of the applicant's data).
NEEDED_FOR = {
    DeliveryChannel.MAIL: "postal_address",
    DeliveryChannel.EMAIL: "email",
}


@check(Need.TEXT)
def _text(asked: Asked) -> Iterable[Refusal]:
    if not asked.is_before and not asked.text():
        yield Refusal(_("Please write what it is about."), code="text")


@check(Need.TERM)
def _term(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    until = asked.data.get("until")
    if until is None:
        yield Refusal(_("Please say by when."), code="until")
    elif until <= asked.on:
        yield Refusal(_("The day by which must lie after the day of asking."), code="until")


@check(Need.LATE_REASON)
def _late_reason(asked: Asked) -> Iterable[Refusal]:
    """Art. 30: a correction after its day counts only with a good reason."""
    until = asked.case.waiting_until
    if not asked.is_before and until and asked.on > until and not asked.text("reason"):
        yield Refusal(
            _(
                "The correction came after %(day)s: please give the good reason for which it is "
                "taken all the same, or decide that the request is no longer processed."
            )
            % {"day": until.isoformat()},
            "30",
            "reason",
        )


def why_not_assign(request: DisclosureRequest, handler: User) -> list[Refusal]:
    """Why `handler` cannot be given this request."""
    if rights.allows(handler, HANDLE, request):
        return []
    return [Refusal(_("This person is not a request handler of this agency."), code="handler")]


@check(Need.HANDLER)
def _handler(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        others = rights.holders(HANDLE, asked.case.agency).exclude(pk=asked.case.handler_id or 0)
        if others.exists():
            return []
        return [Refusal(_("This agency has no other request handler."), code="handler")]
    handler = asked.data.get("handler")
    if handler is None:
        return [Refusal(_("Please choose the handler."), code="handler")]
    return why_not_assign(asked.case, handler)


@check(Need.OFFICE)
def _office(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        if not asked.case.agency.offices.exists():
            yield Refusal(_("This agency has no offices entered."), code="office")
        return
    office = asked.data.get("office")
    if office is None or office.agency_id != asked.case.agency_id:
        yield Refusal(_("Please choose an office of this agency."), code="office")


@check(Need.PEOPLE)
def _people(asked: Asked) -> Iterable[Refusal]:
    """Named people see the case; none named lifts the restriction."""
    if asked.is_before:
        return
    people = list(asked.data.get("people", ()))
    for user in people:
        if not rights.allows(user, "requests_app.view_disclosurerequest", asked.case.agency):
            yield Refusal(
                _("%(person)s may not see requests of this agency.") % {"person": user},
                code="people",
            )
    if people and asked.actor is not None and asked.actor not in people:
        yield Refusal(_("Name yourself too, or you could not undo it."), code="people")


@check(Need.REASONS_ONCE)
def _reasons_once(asked: Asked) -> Iterable[Refusal]:
    if asked.last(Event.REASONS_ASKED):
        yield Refusal(_("Reasons have been asked for already."), "35", "state")


@check(Need.REASONS_ASKED)
def _reasons_asked(asked: Asked) -> Iterable[Refusal]:
    if not asked.last(Event.REASONS_ASKED):
        yield Refusal(_("Reasons have not been asked for."), "35", "state")
    elif asked.last(Event.REASONS_GIVEN):
        yield Refusal(_("Reasons have been given already."), "35", "state")


@check(Need.REASONS_GIVEN)
def _reasons_given(asked: Asked) -> Iterable[Refusal]:
    if not asked.last(Event.REASONS_GIVEN):
        yield Refusal(
            _("A delay is fixed only once the reasons were asked for and given."), "35", "state"
        )


@check(Need.FILES)
def _files(asked: Asked) -> Iterable[Refusal]:
    if not asked.is_before and not asked.data.get("files"):
        yield Refusal(_("Please choose a file."), code="files")


@check(Need.DELIVERY)
def _delivery(asked: Asked) -> Iterable[Refusal]:
    if asked.is_before:
        return
    form, channel = asked.data.get("form"), asked.data.get("channel")
    if form not in Form.values:
        yield Refusal(_("Please choose the form."), "40", "form")
    if channel not in DeliveryChannel.values:
        yield Refusal(_("Please choose the way of delivery."), "40", "channel")
        return
    for key in ("email", "postal_address", "phone"):
        on_file = asked.case.applicant.get(key)
        if on_file and asked.text(key) not in {"", on_file}:
            yield Refusal(
                _(
                    "For your protection only the agency changes what is on file, once it has "
                    "checked who you are."
                ),
                code=key,
            )
    contact = NEEDED_FOR.get(DeliveryChannel(channel))
    if contact and not (asked.case.applicant.get(contact) or asked.text(contact)):
        yield Refusal(_("This way of delivery needs the address."), "29", contact)


@check(Need.OVERDUE)
def _overdue(asked: Asked) -> Iterable[Refusal]:
    due = asked.case.answer_due
    if due is None or due >= asked.today:
        yield Refusal(_("The time limit for the answer has not passed."), "33", "state")


@check(Need.RATING)
def _rating(asked: Asked) -> Iterable[Refusal]:
    if asked.case.answered_on is None or asked.last(Event.ANSWERED) is None:
        yield Refusal(_("There is no answer to rate."), code="state")
    elif asked.last(Event.RATED):
        yield Refusal(_("You have rated this answer already."), code="state")
    elif not asked.is_before and asked.data.get("stars") not in range(1, 6):
        yield Refusal(_("Please choose one to five."), code="stars")


@check(Need.IDENTITY_CHECKED)
def _identity_checked(asked: Asked) -> Iterable[Refusal]:
    if not asked.is_before and asked.data.get("how") not in CHECKED_BY:
        yield Refusal(_("Please say how you checked the identity."), code="how")
