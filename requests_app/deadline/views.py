"""The public deadline calculator (期限计算器) and its interface; both only read."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app.clock import ClockError, Event, Reckoning, reckon
from requests_app.deadline.forms import DeadlineForm
from requests_app.deadline.presenting import as_open_data, shown_steps
from requests_app.deadline.wording import say_error


def _reckoning(form: DeadlineForm) -> tuple[Reckoning, WorkdayCalendar] | tuple[None, None]:
    """What the clock says to the form, and by which calendar; its refusal becomes an error of
    the form."""
    if not form.is_valid():
        return None, None
    calendar = current_calendar()
    events = [Event("received", form.received_day())]
    try:
        return reckon(events, calendar, form.cleaned_data["regulation"] or None), calendar
    except ClockError as error:
        form.add_error("received", say_error(error))
        return None, None


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """`/deadline/`: by when must the answer be here, and how is the day worked out?"""
    asked = "received" in request.GET or "regulation" in request.GET
    form = DeadlineForm(request.GET if asked else None)
    reckoning, calendar = _reckoning(form) if asked else (None, None)
    form.show_what_was_typed()
    due = reckoning.answer_due if reckoning else None
    title = gettext("Deadline calculator")
    context = {
        "form": form,
        "reckoning": reckoning,
        "dates": as_open_data(reckoning) if reckoning else {},
        "is_provisional": bool(due and calendar and calendar.is_provisional(due)),
        "steps": shown_steps(reckoning.steps) if reckoning else [],
        "api_url": f"{reverse('api-deadline')}?{request.GET.urlencode()}" if reckoning else "",
        "crumbs": [(title, "")],
        "column": {
            "name": title,
            "description": gettext(
                "Work out the last day for the answer to a request for government information."
            ),
            "keywords": gettext("time limit,working days,request for disclosure"),
            "type": gettext("Service"),
        },
    }
    return render(request, "requests_app/deadline.html", context)


@require_safe
def api_deadline(request: HttpRequest) -> JsonResponse:
    """`/api/v1/deadline/`: the same dates as data; a bad date is 400."""
    form = DeadlineForm(request.GET)
    reckoning, _calendar = _reckoning(form)
    if reckoning:
        return JsonResponse(as_open_data(reckoning))
    errors = {field: [str(each) for each in found] for field, found in form.errors.items()}
    detail = " ".join(message for found in errors.values() for message in found)
    return JsonResponse(
        {"status": 400, "detail": detail, "errors": errors},
        status=400,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
