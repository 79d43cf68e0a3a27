"""The log's page: newest first, by agency and index number."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosure.agencies.models import Agency
from disclosure.core.paging import Page, paginate
from disclosure.core.trees import Tree
from disclosure.publications.models import Publication
from disclosure.publiclog import presenting
from disclosure.publiclog.models import LogEntry
from disclosure.publiclog.presenting import Entry

SIZE = 20


class LogForm(forms.Form):
    """Which entries to show."""

    agency = forms.ChoiceField(
        label=gettext_lazy("Agency, with those below it"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such choice: %(value)s")},
    )
    index_number = forms.CharField(
        label=gettext_lazy("Index number"), required=False, max_length=100
    )

    def __init__(self, data: QueryDict, *, tree: Tree) -> None:
        super().__init__(data, label_suffix="")
        choices = tree.choices(chosen=data.get("agency", ""))
        self.fields["agency"].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


class LogListing:
    """One page of the log for the parameters in `data`; at most four queries."""

    def __init__(self, data: QueryDict, at: dt.datetime) -> None:
        self.data, self.at = data, at
        self.tree = Tree.load(Agency.objects.all())
        self.form = LogForm(data, tree=self.tree)
        self.form.is_valid()
        self.chosen = {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def _conditions(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        code = self.chosen.get("agency", "")
        if code and not self.tree.covers_all(code):
            found["agency__in"] = self.tree.below(code)
        if number := self.chosen.get("index_number"):
            found["publication__in"] = list(
                Publication.objects.items().filter(index_number=number).values_list("pk", flat=True)
            )
        return found

    @cached_property
    def page(self) -> Page[LogEntry]:
        return paginate(
            presenting.for_page(self.at, **self._conditions),
            fields=["seq"],
            after=self.data.get("after"),
            before=self.data.get("before"),
            size=SIZE,
        )

    @cached_property
    def entries(self) -> list[Entry]:
        return presenting.shown(self.page.rows, self.at)

    def url(self, **changes: str) -> str:
        return "?" + urlencode({**self.chosen, **changes})

    @property
    def previous_url(self) -> str:
        return self.url(before=self.page.before) if self.page.before else ""

    @property
    def next_url(self) -> str:
        return self.url(after=self.page.after) if self.page.after else ""

    @property
    def problems(self) -> list[str]:
        """What was not applied, for a message on top of the entries."""
        found = []
        if self.form.errors:
            names = [str(self.form.fields[name].label) for name in self.form.errors]
            found.append(
                _("Not applied, because the value is not possible: %(names)s")
                % {"names": " · ".join(names)}
            )
        if self.page.is_broken:
            found.append(_("This address of a page is not valid; here is the first page."))
        return found
