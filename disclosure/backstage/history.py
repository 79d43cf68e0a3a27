"""The history of a record (变更记录): who, when, why, and what changed, readable.

django-simple-history writes the rows; its own page breaks under a strict CSP and asks the table
of rights nothing, so this is ours.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import Field, ForeignKey, JSONField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disclosure.core import html as rich

PER_PAGE = 30
#: Longer texts are compared line by line.
LONG = 120
CONTEXT_LINES = 1
#: Fields that say nothing to a reader.
NOISE = frozenset({"updated_at", "password", "last_login"})


@dataclass(frozen=True)
class Change:
    """One field that changed; `diff` (for long texts) replaces `old` and `new`."""

    label: str
    old: str = ""
    new: str = ""
    diff: SafeString | None = None


@dataclass(frozen=True)
class Version:
    """One row of the history as the page shows it."""

    at: Any
    who: str
    what: str
    kind: str
    reason: str
    changes: Sequence[Change]
    name: str = ""


class HistoryMixin:
    """The history page of a ModelAdmin whose model has `history = HistoricalRecords()`."""

    model: type[Model]
    #: Reverse relations whose rows belong to the record: their history is shown below.
    history_of_parts: Sequence[str] = ()
    history_template = "admin/record_history.html"

    def history_manager(self) -> Any:
        """The model's history, or None when it keeps none."""
        return getattr(self.model, "history", None)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every version of the record, newest first; 404 like the record itself."""
        admin: Any = self
        obj = admin.get_object(request, object_id)
        if not admin.has_view_permission(request, obj):
            raise Http404
        manager = self.history_manager()
        if manager is None:
            raise Http404
        paginator = Paginator(manager.filter(id=obj.pk).order_by("-history_id"), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        # One more than the page, so that its oldest row has something to be compared with.
        start = (page.number - 1) * PER_PAGE
        rows = list(paginator.object_list[start : start + PER_PAGE + 1])
        context = {
            **admin.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": None,
            "object": obj,
            "opts": self.model._meta,
            "module_name": capfirst(str(self.model._meta.verbose_name_plural)),
            "page": page,
            "pages": list(paginator.get_elided_page_range(page.number)),
            "versions": versions(self.model, rows, PER_PAGE),
            "parts": [self._part(request, obj, name) for name in self.history_of_parts],
            **(extra_context or {}),
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, self.history_template, context)

    def part_rows(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of the history of parts, what the person may see: here as far as the record itself."""
        return rows

    def _part(self, request: HttpRequest, obj: Model, name: str) -> dict[str, Any]:
        """The newest changes of the rows that hang on the record, deleted ones included."""
        relation: Any = self.model._meta.get_field(name)
        model = relation.related_model
        found_rows = model.history.filter(**{relation.field.attname: obj.pk})
        rows = list(self.part_rows(request, found_rows).order_by("-history_id")[: PER_PAGE * 4])
        found: list[Version] = []
        for key in dict.fromkeys(row.id for row in rows):
            own = [row for row in rows if row.id == key]
            found.extend(versions(model, own, len(own), named=True))
        found.sort(key=lambda version: version.at, reverse=True)
        return {"label": capfirst(str(model._meta.verbose_name_plural)), "versions": found}


def versions(
    model: type[Model], rows: Sequence[Any], count: int, *, named: bool = False
) -> list[Version]:
    """The first `count` of `rows` (newest first), each compared with the one after it."""
    fields = [
        field
        for field in model.history.model.tracked_fields  # type: ignore[attr-defined]
        if field.name not in NOISE and not field.primary_key
    ]
    names = _names(fields, rows)
    people = _people(rows)
    listed = []
    for place, row in enumerate(rows[:count]):
        older = rows[place + 1] if place + 1 < len(rows) else None
        listed.append(
            Version(
                at=row.history_date,
                who=people.get(row.history_user_id, ""),
                what=_kind(row.history_type),
                kind={"+": "added", "-": "deleted"}.get(row.history_type, "changed"),
                reason=_reason(model, row.history_change_reason or ""),
                changes=[]
                if older is None or row.history_type != "~"
                else list(_changes(fields, older, row, names)),
                name=_title(model, row) if named else "",
            )
        )
    return listed


def _reason(model: type[Model], reason: str) -> str:
    """Why it was changed; where an action noted its own name (`publish`), that name's label."""
    labels: Mapping[str, Any] = getattr(model, "history_reasons", {})
    name, parted, rest = reason.partition(", ")
    return f"{labels[name]}{parted}{rest}" if name in labels else reason


def _kind(history_type: str) -> str:
    return {"+": _("Added"), "~": _("Changed"), "-": _("Deleted")}[history_type]


def _title(model: type[Model], row: Any) -> str:
    try:
        return str(row.instance)
    except (AttributeError, ObjectDoesNotExist):
        return f"{model._meta.verbose_name} {row.id}"


def _people(rows: Iterable[Any]) -> dict[int, str]:
    """Names of those who made the changes (one query)."""
    from disclosure.agencies.models import User

    keys = {row.history_user_id for row in rows if row.history_user_id}
    return {key: str(user) for key, user in User.objects.in_bulk(keys).items()} if keys else {}


def _names(fields: Iterable[Field], rows: Sequence[Any]) -> dict[str, dict[Any, str]]:
    """What foreign keys point at, one query a field; deleted ones are missing."""
    found: dict[str, dict[Any, str]] = {}
    for field in fields:
        if isinstance(field, ForeignKey):
            keys = {getattr(row, field.attname) for row in rows}
            if len(keys) > 1:
                related = field.related_model._default_manager.in_bulk(keys - {None})
                found[field.name] = {key: str(row) for key, row in related.items()}
    return found


def _changes(
    fields: Iterable[Field], older: Any, newer: Any, names: dict[str, dict[Any, str]]
) -> Iterable[Change]:
    for field in fields:
        old, new = getattr(older, field.attname), getattr(newer, field.attname)
        if old == new:
            continue
        label = capfirst(str(field.verbose_name))
        if isinstance(field, JSONField):
            names_of_keys = getattr(newer.instance_type, "json_labels", {})
            yield Change(label, diff=_diff(_lines(old, names_of_keys), _lines(new, names_of_keys)))
        elif isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > LONG:
            yield Change(label, diff=_diff(_text(old), _text(new)))
        else:
            yield Change(label, _shown(field, old, names), _shown(field, new, names))


def _shown(field: Field, value: Any, names: dict[str, dict[Any, str]]) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return _("(empty)")
    if isinstance(field, ForeignKey):
        return names.get(field.name, {}).get(value, f"#{value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "hour"):
        return formats.localize(timezone.localtime(value))
    return str(formats.localize(value))


def _text(value: str) -> list[str]:
    """The lines of a long text; of rich text, its words without the tags."""
    if "<" in value:
        plain = rich.to_plain(value)
        return plain.splitlines() if plain else []
    return value.splitlines()


def _lines(value: Any, labels: Mapping[str, Any]) -> list[str]:
    """A JSON value as lines, one a leaf: `1 · heading: …`, keys by their `labels`."""
    if isinstance(value, list | dict):
        pairs = enumerate(value, 1) if isinstance(value, list) else value.items()
        found = []
        for key, inner in pairs:
            shown = labels.get(str(key), key)
            for line in _lines(inner, labels):
                found.append(
                    f"{shown} · {line}" if isinstance(inner, list | dict) else f"{shown}: {line}"
                )
        return found
    return str(value).splitlines() or [""]


def _diff(old: Sequence[str], new: Sequence[str]) -> SafeString:
    """The lines that went and came, with a line around them; equal texts differ in form only."""
    parts: list[SafeString] = []
    for line in difflib.unified_diff(old, new, n=CONTEXT_LINES, lineterm=""):
        mark, text = line[:1], line[1:]
        if line.startswith(("---", "+++")) and not parts:
            continue
        if mark == "@":
            parts.append(mark_safe('<span class="diff-gap">…</span>'))
        elif mark == "-":
            parts.append(format_html("<del>{}</del>", text))
        elif mark == "+":
            parts.append(format_html("<ins>{}</ins>", text))
        else:
            parts.append(format_html("<span>{}</span>", text))
    if not parts:
        return format_html("<span>{}</span>", _("Only the markup changed."))
    return mark_safe("".join(parts))
