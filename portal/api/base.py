"""The view that all others are: parameters checked, fields chosen, pages linked."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from disclosure.core.dates import now
from disclosure.core.paging import Page
from disclosure.throttling.visitors import visitor
from portal.api.parameters import Parameter, chosen, read
from portal.api.problems import invalid
from portal.api.throttling import TALLY


class ReadView(APIView):
    """One address. `shape` is a record of its answer, of which a list (`is_list`) has many."""

    http_method_names = ["get", "head"]
    #: For the schema: operation, group, heading, and what there is to say.
    name: ClassVar[str]
    tag: ClassVar[str]
    summary: ClassVar[str | Promise]
    about: ClassVar[str | Promise] = ""
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    shape: ClassVar[type[Serializer]]
    is_list: ClassVar[bool] = False
    #: Answers besides 200 and those that every address has.
    answers: ClassVar[tuple[int, ...]] = ()

    #: Of the request: its moment, its parameters, the fields that are wanted (None: all).
    at: dt.datetime
    given: dict[str, str]
    wanted: frozenset[str] | None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        TALLY.spend(visitor(request._request))
        self.at = now()
        self.given = read(request.GET, self.parameters)
        is_chosen = "fields" in self.given
        self.wanted = chosen(self.given["fields"], self.shape().fields) if is_chosen else None

    def wants(self, field: str) -> bool:
        """Whether the answer has this field; what it costs is saved otherwise."""
        return self.wanted is None or field in self.wanted

    def record(self, thing: Any) -> Response:
        """The answer with one thing."""
        (data,) = self._records([thing])
        return Response(data)

    def page(self, things: Iterable[Any], page: Page[Any]) -> Response:
        """The answer with a page of things, and where its neighbours are."""
        if page.is_broken:
            name = "after" if "after" in self.given else "before"
            raise invalid({name: [_("This is not the mark of a page of this list.")]})
        following, previous = self._turned("after", page.after), self._turned("before", page.before)
        data = {"results": self._records(things), "next": following, "previous": previous}
        response = Response(data)
        links = [
            f'<{url}>; rel="{relation}"'
            for relation, url in (("next", following), ("prev", previous))
            if url
        ]
        if links:
            response["Link"] = ", ".join(links)
        return response

    def context(self) -> dict[str, Any]:
        """What the shapes know of the request."""
        return {"at": self.at, "absolute": self.request.build_absolute_uri}

    def _records(self, things: Iterable[Any]) -> list[dict[str, Any]]:
        serializer = self.shape(list(things), many=True, context=self.context())
        if self.wanted is not None:
            fields = serializer.child.fields
            for name in set(fields) - self.wanted:
                del fields[name]
        return list(serializer.data)

    def _turned(self, name: str, mark: str | None) -> str | None:
        if mark is None:
            return None
        kept = {key: value for key, value in self.given.items() if key not in ("after", "before")}
        query = urlencode({**kept, name: mark})
        return self.request.build_absolute_uri(f"{self.request.path}?{query}")
