"""A list of small records in a form, as rows of plain controls: nobody types JSON, and no script.

`RowsField(SectionRow)` gives and takes a list of dicts. Below what is there stand a few empty
rows. A row left or made empty is dropped, a ticked one removed, one given another place moved;
what was typed stays until all of it is right, with what is wrong beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, BaseFormSet, formset_factory
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from disclosure.backstage.typed import no_control_characters

PLACE = "place"
#: More rows than this are not even looked at.
MOST_SENT = 1000
Item = TypeVar("Item")


def arranged(rows: Iterable[tuple[int, int | None, Item]]) -> list[Item]:
    """Rows given as (place shown, place asked for, row), in the order that is asked for.

    Who asks for another place than its own stands there in the end; the others keep their order.
    """
    listed = list(rows)
    order = [item for shown, wanted, item in listed if wanted in (None, shown)]
    moved = [one for one in listed if one[1] not in (None, one[0])]
    # Of two that want the same place the upper one gets it: it is put there last.
    for _shown, wanted, item in sorted(moved, key=lambda one: (one[1] or 0, -one[0])):
        order.insert((wanted or 1) - 1, item)
    return order


class RowForm(forms.Form):
    """One record: its fields are the columns. `folded` names the one that is a long text."""

    folded = ""
    #: The rows stand below each other as a table, with one row of headings.
    tabular = False
    #: The first empty row, which invites to go on.
    is_next = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(no_control_characters)

    # --- to be given where a record is not simply its columns -------------------------------
    @classmethod
    def shown(cls, record: Mapping[str, Any]) -> dict[str, Any]:
        """A stored record as the columns show it."""
        return dict(record)

    def made(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The record that the columns mean; raises ValidationError by column."""
        return typed

    # --- the row --------------------------------------------------------------------------
    def has_changed(self) -> bool:
        """Whether anything is typed in it; its place alone is nothing."""
        return bool(set(self.changed_data) - {PLACE, DELETION_FIELD_NAME})

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            columns = {name: typed[name] for name in self.base_fields}
            self.record = self.made(columns)
        return typed

    # --- for its template -----------------------------------------------------------------
    @property
    def is_blank(self) -> bool:
        return not (self.has_changed() if self.is_bound else self.initial)

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[name] for name in self.base_fields if name != self.folded]

    @property
    def fold(self) -> forms.BoundField | None:
        return self[self.folded] if self.folded else None

    @property
    def beginning(self) -> str:
        """How the folded text begins, so that it is known without being opened."""
        return str(self[self.folded].value() or "").strip()[:80]

    @property
    def length(self) -> int:
        return len(str(self[self.folded].value() or "").strip())

    @property
    def is_open(self) -> bool:
        """What is wrong and what comes next lies open, the rest is folded."""
        return self.is_next or (self.is_bound and self.folded in self.errors)


class RowSet(BaseFormSet):
    """The rows as they were sent (`data`), or as they are stored (`initial`) and empty ones."""

    def initial_form_count(self) -> int:
        """None: every row may be left empty, stored ones too."""
        return 0

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        stored = index is not None and not self.is_bound and index < len(self.initial or ())
        form.fields[PLACE] = forms.IntegerField(
            label=_("Place"),
            required=False,
            min_value=1,
            max_value=MOST_SENT,
            initial=(index or 0) + 1 if stored else None,
        )
        form.fields[DELETION_FIELD_NAME].label = _("Remove")

    def records(self) -> list[dict[str, Any]]:
        """What the rows mean, in order; only of rows that are all right."""
        kept = [
            (shown, row.cleaned_data.get(PLACE), row.record)
            for shown, row in enumerate(self.forms, 1)
            if row.has_changed() and not row.cleaned_data.get(DELETION_FIELD_NAME)
        ]
        return arranged(kept)


class Rows(forms.Widget):
    """The rows as a list of small groups of controls."""

    template_name = "admin/rows.html"
    use_fieldset = True

    def __init__(self, row: type[RowForm], blank_rows: int, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.row, self.blank_rows = row, blank_rows

    @property
    def media(self) -> forms.Media:
        return forms.Media(css={"all": ["admin_portal/rows.css"]})

    def row_set(self, **how: Any) -> Any:
        kind = formset_factory(
            self.row,
            formset=RowSet,
            can_delete=True,
            extra=len(how.get("initial") or ()) + self.blank_rows,
            max_num=MOST_SENT,
            absolute_max=MOST_SENT,
        )
        return kind(form_kwargs={"label_suffix": ""}, **how)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.row_set(data=data, prefix=name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-TOTAL_FORMS" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = value
        if not isinstance(value, RowSet):
            stored = [self.row.shown(record) for record in value or ()]
            rows = self.row_set(prefix=name, initial=stored)
        for row in rows:
            if row.is_blank:
                row.is_next = True
                break
        context = {"rows": rows, "id": (attrs or {}).get("id", ""), "tabular": self.row.tabular}
        return mark_safe(render_to_string(self.template_name, context))


class RowsField(forms.Field):
    """A list of records, each checked by its row; at most `most` of them."""

    default_error_messages = {
        "rows": _("Please mend the rows that are marked."),
        "most": _("There can be at most %(most)d rows."),
    }

    def __init__(
        self, row: type[RowForm], *, blank_rows: int = 3, most: int = 100, **kwargs: Any
    ) -> None:
        self.most = most
        super().__init__(widget=Rows(row, blank_rows), **kwargs)

    def clean(self, value: Any) -> Sequence[Mapping[str, Any]]:
        if not value.is_valid():
            faults = value.non_form_errors()
            raise ValidationError(faults or self.error_messages["rows"], code="rows")
        records: list[dict[str, Any]] = value.records()
        if self.required and not records:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(records) > self.most:
            raise ValidationError(self.error_messages["most"] % {"most": self.most}, code="most")
        return records

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not data.is_valid() or data.records() != list(initial or ())
