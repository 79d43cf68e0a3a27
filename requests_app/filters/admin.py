"""The saved filters above the list of requests: as links, kept and forgotten by plain forms."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from disclosure.agencies.admin_base import person
from disclosure.agencies.models import User
from disclosure.backstage.filters import lookups_of
from disclosure.core.errors import NotPossible
from requests_app.filters import actions
from requests_app.filters.models import SavedFilter
from requests_app.filters.queries import normalised

LIST = "admin:requests_app_disclosurerequest_changelist"
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Kept:
    """A saved filter as a link; `is_here`: the list shows just this."""

    key: int
    name: str
    url: str
    is_here: bool


class FilterPages:
    """Adds saved filters to the list of requests."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        base: Any = super()
        here = normalised(request.GET, self._known())
        kept = self._kept(person(request), here)
        context = {
            "saved_filters": kept,
            "filter_here": here,
            "filter_is_kept": any(each.is_here for each in kept),
            "filter_name_length": SavedFilter._meta.get_field("name").max_length,
            **(extra_context or {}),
        }
        answer: HttpResponse = base.changelist_view(request, context)
        return answer

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("filters/save/", wrap(self.save_filter_view), name="requests_app_filter_save"),
            path(
                "filters/<int:filter_id>/forget/",
                wrap(self.forget_filter_view),
                name="requests_app_filter_forget",
            ),
            *base.get_urls(),
        ]

    @method_decorator(require_POST)
    def save_filter_view(self, request: HttpRequest) -> HttpResponse:
        """Keep what the list showed; a name that does not do is told above the same list."""
        query = self._sent(request)
        try:
            made = actions.save(person(request), name=request.POST.get("name", ""), query=query)
        except NotPossible as error:
            messages.error(request, " ".join(str(refusal) for refusal in error.refusals))
        else:
            messages.success(
                request, gettext("The filter “%(name)s” is kept.") % {"name": made.name}
            )
        return _to_list(query)

    @method_decorator(require_POST)
    def forget_filter_view(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        """Forget one's own; another person's is not there."""
        user = person(request)
        own = SavedFilter.objects.filter(user=user, pk=min(filter_id, LARGEST_KEY)).first()
        if own is None:
            raise Http404
        actions.forget(user, own)
        messages.success(
            request, gettext("The filter “%(name)s” is forgotten.") % {"name": own.name}
        )
        return _to_list(self._sent(request))

    def _known(self) -> set[str]:
        """The parameters that the list goes by; its page is none of them."""
        admin: Any = self
        return {SEARCH_VAR, ORDER_VAR} | lookups_of(admin.list_filter, admin.date_hierarchy)

    def _kept(self, user: User, here: str) -> list[Kept]:
        """The person's filters; what was stored is read anew, as an address would be."""
        known = self._known()
        found = []
        for each in SavedFilter.objects.filter(user=user)[: actions.MOST]:
            query = normalised(QueryDict(each.query), known)
            found.append(Kept(each.pk, each.name, _url(query), query == here))
        return found

    def _sent(self, request: HttpRequest) -> str:
        """The query that a form brings, as far as the list knows it."""
        return normalised(QueryDict(request.POST.get("query", "")), self._known())


def _url(query: str) -> str:
    return f"{reverse(LIST)}?{query}" if query else reverse(LIST)


def _to_list(query: str) -> HttpResponse:
    return HttpResponseRedirect(_url(query), status=303)
