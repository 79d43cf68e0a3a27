"""The staff page of the move with the calendar: what would move, then done in one run."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.agencies.models import User
from disclosure.audit.models import AuditEntry
from disclosure.workdays.store import current_calendar
from requests_app.moving import actions, finding, panels, verbs  # noqa: F401  (they declare)
from requests_app.moving.permissions import MOVE
from requests_app.register.page import staff_page

#: Open requests that a page looks at.
LOOKED_AT = 2000
LARGEST_KEY = 2**63 - 1


class MovingPages:
    """Adds the move with the calendar to the staff pages of requests."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("calendar/", wrap(self.moving_view), name="requests_app_moving"),
            *base.get_urls(),
        ]

    def moving_view(self, request: HttpRequest) -> HttpResponse:
        """The preview; a POST has everything moved in the background, also what other pages of
        the preview show."""
        user = person(request)
        if not rights.allows(user, MOVE):
            raise PermissionDenied
        if request.method == "POST":
            actions.move_in_background.enqueue(user.pk)
            messages.success(
                request,
                gettext(
                    "The open requests are being moved in the background. Handlers are told, and "
                    "applicants whose answer comes later."
                ),
            )
            return HttpResponseRedirect(reverse("admin:requests_app_moving"), status=303)
        rows: Any = actions.rows_of(user)
        # A restricted request moves too, but is shown to the people named alone.
        found = finding.preview(
            rows.open_to(user), current_calendar(), after=_after(request), most=LOOKED_AT
        )
        return staff_page(
            self,
            request,
            "admin/requests_app/moving/moving.html",
            title=gettext("Move open requests with the calendar"),
            found=found,
            may_move=bool(found.moves or found.after or panels.is_due(user)),
            last=_last_run(user),
            next_url=f"?after={found.after}" if found.after else "",
        )


def _after(request: HttpRequest) -> int:
    """The key from which this part of the preview goes on; nonsense is the beginning."""
    text = request.GET.get("after", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return min(number, LARGEST_KEY)


def _last_run(user: User) -> AuditEntry | None:
    """The last run that this person started, or that held everywhere."""
    runs = AuditEntry.objects.filter(verb="calendarmove.done").select_related("actor")
    mine = runs.filter(actor=user) | runs.filter(facts__everywhere=True)
    return mine.order_by("-pk").first()
