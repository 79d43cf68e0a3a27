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
from requests_app import clock
from requests_app.casework import worklist
from requests_app.casework.models import DisclosureRequest
from requests_app.consulting.models import HelpTask
from requests_app.lifecycle.transitions import CLOSE, DECIDE, HANDLE, REGISTER, REVIEW
from requests_app.remedies.models import RemedyCase
from requests_app.tracking.timeline import days_left_text, due_panel

LIST = "admin:requests_app_disclosurerequest_changelist"
VIEW = "requests_app.view_disclosurerequest"
_LEVELS: dict[str, Level] = {"green": "green", "amber": "amber", "red": "red"}
#: What a case waits for → the stage whose light its row shows.
_WAITING = {"correction": "correction", "payment": "correction", "agency": "opinion"}


def _row_on(on: dt.date, calendar: WorkdayCalendar) -> Callable[[DisclosureRequest], Row]:
    def row(request: DisclosureRequest) -> Row:
        panel = due_panel(request, on, calendar)
        handler = request.handler
        return Row(
            label=f"{request.number} {request.subject}",
            url=reverse("admin:requests_app_disclosurerequest_change", args=[request.pk]),
            level=_LEVELS.get(panel.level) or _waiting_level(request, on, calendar),
            word=panel.text,
            note=f"{panel.date}" if panel.date else "",
            agency=" · ".join(
                [request.agency.local_name, *([str(handler)] if handler is not None else [])]
            ),
        )

    return row


def _waiting_level(request: DisclosureRequest, on: dt.date, calendar: WorkdayCalendar) -> Level:
    """Amber when the day until which others are waited for is near or past; never red, for what
    waits is not overdue."""
    stage = _WAITING.get(request.waiting_for)
    if stage is None or request.waiting_until is None:
        return ""
    lit = clock.level_of(request.waiting_until, on, calendar, stage) != "green"
    return "amber" if lit else ""


def _panel(
    user: User, key: str, title: object, rows: worklist.Rows, action: str, standing: str
) -> Panel | None:
    if not rights.allows(user, action):
        return None
    scoped = (
        rows.open_to(user).filter(rights.scope(user, action)).select_related("agency", "handler")
    )
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
        HANDLE,
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


def _standing(key: str, title: object, action: str) -> Callable[[User], Panel | None]:
    """A panel of what stands somewhere, for those who take it on from there."""

    def panel(user: User) -> Panel | None:
        rows = worklist.STANDINGS[key][1](user, today())
        return _panel(user, f"requests-{key}", title, rows, action, key)

    return panel


def _days(stage: str) -> Callable[[DisclosureRequest, str, dt.date, str], Row]:
    """Makes rows of what has a day of its own, with the light of `stage`."""
    on, calendar = today(), current_calendar()

    def row(case: DisclosureRequest, label: str, due: dt.date, who: str) -> Row:
        return Row(
            label=label,
            url=reverse("admin:requests_app_disclosurerequest_change", args=[case.pk]),
            level=_LEVELS[clock.level_of(due, on, calendar, stage)],
            word=days_left_text(due, on, clock.days_left(due, on, calendar)),
            note=f"{due}",
            agency=who,
        )

    return row


def correction_notices(user: User) -> Panel | None:
    """Requests in hand for which a correction can soon no more be asked for in time (Art. 30)."""
    if not rights.allows(user, HANDLE):
        return None
    calendar, row = current_calendar(), _days("correction_notice")
    rows = (
        worklist.correction_notice_near(today())
        .open_to(user)
        .filter(rights.scope(user, HANDLE))
        .select_related("agency", "handler")
        .order_by("received_on", "pk")
    )
    return panel_of(
        "requests-correction_notice",
        str(_("Last days to ask for a correction")),
        rows,
        lambda case: row(
            case,
            f"{case.number} {case.subject}",
            clock.correction_notice_due(case.received_on, calendar),
            str(case.handler or case.agency.local_name),
        ),
        f"{reverse(LIST)}?standing=correction_notice",
    )


def late_tasks(user: User) -> Panel | None:
    """Offices that were asked for help and are late, or soon will be (协办催办)."""
    if not rights.allows(user, HANDLE):
        return None
    row = _days("help")
    rows = (
        HelpTask.objects.filter(
            rights.scope(user, HANDLE, prefix="request__agency"),
            answered_on__isnull=True,
            due_on__lte=clock.latest_lit(today(), current_calendar(), "help"),
            request__in=DisclosureRequest.objects.open_to(user).unfinished(),
        )
        .select_related("request", "office")
        .order_by("due_on", "pk")
    )
    return panel_of(
        "requests-tasks",
        str(_("Offices whose answer is due soon or late")),
        rows,
        lambda task: row(
            task.request,
            f"{task.request.number} {task.request.subject}",
            task.due_on,
            str(task.office),
        ),
        f"{reverse(LIST)}?standing=open",
    )


def remedy_replies(user: User) -> Panel | None:
    """Reconsiderations and lawsuits to which the agency soon has to reply (Art. 51), or late."""
    if not rights.allows(user, HANDLE) and not rights.allows(user, DECIDE):
        return None
    row = _days("remedy")
    rows = (
        RemedyCase.objects.filter(
            rights.scope(user, VIEW, prefix="request__agency"),
            decided_on__isnull=True,
            replied_on__isnull=True,
            reply_due__lte=clock.latest_lit(today(), current_calendar(), "remedy"),
            request__in=DisclosureRequest.objects.open_to(user),
        )
        .select_related("request")
        .order_by("reply_due", "pk")
    )
    return panel_of(
        "requests-remedies",
        str(_("Replies due in reconsiderations and lawsuits")),
        rows,
        lambda remedy: row(
            remedy.request, f"{remedy.request.number} {remedy}", remedy.reply_due, remedy.body
        ),
        f"{reverse(LIST)}?standing=open",
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
register("requests-correction_notice", correction_notices, order=6)
register("requests-review", _standing("review", _("Drafts for legal review"), REVIEW), order=7)
register("requests-approval", _standing("approval", _("Answers for approval"), DECIDE), order=7)
register("requests-extension", _standing("extension", _("Extensions proposed"), DECIDE), order=7)
register("requests-approved", _standing("approved", _("Answers to be issued"), HANDLE), order=8)
register(
    "requests-let_pass",
    _standing("let_pass", _("Applicants who have let the day pass"), HANDLE),
    order=8,
)
register("requests-unsent", _standing("unsent", _("Letters to be sent"), HANDLE), order=9)
register("requests-tasks", late_tasks, order=9)
register("requests-remedies", remedy_replies, order=9)
register("requests-open", others, order=10)
register("requests-to-close", to_close, order=15)
