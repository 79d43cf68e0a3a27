"""The query of a list as it is kept: what the list knows, in one order, without the page."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.http import QueryDict


def normalised(query: QueryDict, known: Collection[str]) -> str:
    """The `known` parameters of `query` that say something, sorted; "" where there is none."""
    return urlencode(
        sorted(
            (name, value)
            for name, values in query.lists()
            if name in known
            for value in values
            if value and "\x00" not in value
        )
    )
