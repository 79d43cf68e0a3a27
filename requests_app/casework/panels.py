"""The start page's panels on requests: what is to be done, the most urgent first."""

import datetime as dt
from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Level, Panel, Row, panel_of, register
from disclosure.core.dates import today
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app.casework import worklist
from requests_app.casework.models import DisclosureRequest
from requests_app.tracking.timeline import due_panel

LIST = "admin:requests_app_disclosurerequest_changelist"
VIEW = "requests_app.view_disclosurerequest"
REGISTER = "requests_app.register_disclosurerequest"
ANSWER = "requests_app.answer_disclosurerequest"
CLOSE = "requests_app.close_disclosurerequest"
_LEVELS: dict[str, Level] = {"green": "green", "amber": "amber", "red": "red"}


def _row_on(on: dt.date, calendar: WorkdayCalendar) -> Callable[[DisclosureRequest], Row]:
    def row(request: DisclosureRequest) -> Row:
        panel = due_panel(request, on, calendar)
        handler = request.handler
        return Row(
            label=f"{request.number} {request.subject}",
            url=reverse("admin:requests_app_disclosurerequest_change", args=[request.pk]),
            level=_LEVELS.get(panel.level, ""),
            word=panel.text,
            note=f"{panel.date}" if panel.date else "",
            agency=" · ".join(
                [request.agency.local_name, *([str(handler)] if handler is not None else [])]
            ),
        )

    return row


def _panel(
    user: User, key: str, title: object, rows: worklist.Rows, action: str, standing: str
) -> Panel | None:
    if not rights.allows(user, action):
        return None
    scoped = rows.filter(rights.scope(user, action)).select_related("agency", "handler")
    return panel_of(
        key,
        str(title),
        scoped,
        _row_on(today(), current_calendar()),
        f"{reverse(LIST)}?standing={standing}",
    )


def unregistered(user: User) -> Panel | None:
    """Online requests that nobody has taken yet."""
    return _panel(
        user,
        "requests-unregistered",
        _("Requests to be registered"),
        worklist.unregistered(),
        REGISTER,
        "unregistered",
    )


def mine(user: User) -> Panel | None:
    """What this person handles, by working days left."""
    return _panel(
        user,
        "requests-mine",
        _("My requests, by working days left"),
        worklist.handled_by(user),
        ANSWER,
        "mine",
    )


def others(user: User) -> Panel | None:
    """Everything unanswered that this person sees and does not handle."""
    return _panel(
        user,
        "requests-open",
        _("Other unanswered requests, by working days left"),
        worklist.unanswered().exclude(handler=user).exclude(state="submitted")
        if rights.allows(user, REGISTER)
        else worklist.unanswered(),
        VIEW,
        "open",
    )


def to_close(user: User) -> Panel | None:
    """Answered by this person's hand and not yet closed."""
    return _panel(
        user,
        "requests-to-close",
        _("Answered requests to be closed"),
        worklist.to_close().filter(handler=user),
        CLOSE,
        "to_close",
    )


register("requests-mine", mine, order=5)
register("requests-unregistered", unregistered, order=6)
register("requests-open", others, order=10)
register("requests-to-close", to_close, order=15)
