"""Rows that were looked at, kept in a temporary file until all of them are: parsed once, and the
memory stays as it is however many there are."""

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from disclosure.publications.importing.names import AgencyNames, CategoryNames
from disclosure.publications.importing.records import Parsed

_DAYS = ("date_made", "published_on")


class Spool(AbstractContextManager["Spool"]):
    """Rows in the order in which they were put there."""

    def __init__(self, agencies: AgencyNames, categories: CategoryNames) -> None:
        self._agencies, self._categories = agencies, categories
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
        self.count = 0

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def put(self, parsed: Parsed) -> None:
        values = parsed.values.copy()
        for name in ("agency", "category"):
            if name in values:
                values[name] = values[name].code
        for name in _DAYS:
            if values.get(name):
                values[name] = values[name].isoformat()
        # `dumps` encodes in C, `dump` does not.
        self._file.write(json.dumps([parsed.number, values], ensure_ascii=False) + "\n")
        self.count += 1

    def __iter__(self) -> Iterator[Parsed]:
        self._file.seek(0)
        for line in self._file:
            number, values = json.loads(line)
            yield Parsed(number, self._read(values))

    def _read(self, values: dict[str, Any]) -> dict[str, Any]:
        if "agency" in values:
            values["agency"] = self._agencies.coded(values["agency"])
        if "category" in values:
            values["category"] = self._categories.coded(values["category"])
        for name in _DAYS:
            if values.get(name):
                values[name] = dt.date.fromisoformat(values[name])
        return values
