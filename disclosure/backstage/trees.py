"""A record's place in its tree, chosen in its form: below which, and after which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class NodeChoiceField(forms.ModelChoiceField):
    """A choice of nodes, indented as the tree is."""

    def label_from_instance(self, obj: Any) -> str:
        return "\u3000" * (obj.depth - 1) + str(obj.local_name)


class PlaceForm(forms.ModelForm):
    """Adds `parent` and `after`; the admin gives `places`, the nodes that may be chosen."""

    parent = NodeChoiceField(queryset=None, label=_("below"), required=False)
    after = NodeChoiceField(
        queryset=None,
        label=_("after"),
        required=False,
        help_text=_("Empty: last among its neighbours, or where it is now."),
    )
    #: Set by the admin on the form class it makes.
    places: QuerySet[Any]
    may_be_root = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        node: Any = self.instance
        rows = self.places.order_by("path")
        if node.pk:
            rows = rows.exclude(path__startswith=node.path)
        manager: Any = type(node)._default_manager
        above = manager.get_parent(node) if node.pk else None
        fields: dict[str, Any] = self.fields
        for name in ("parent", "after"):
            if name in fields:
                fields[name].queryset = rows
        if "parent" in fields:
            fields["parent"].required = not self.may_be_root
            if above is not None:
                self.initial["parent"] = above.pk
                # Where it already stands is always a lawful choice.
                fields["parent"].queryset = rows | manager.filter(pk=above.pk).order_by("path")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        after = self.cleaned_data.get("after")
        if after is not None:
            manager: Any = type(self.instance)._default_manager
            if manager.get_parent(after) != self.cleaned_data.get("parent"):
                self.add_error("after", _("This one does not stand below the one chosen above."))
        return cleaned

    @property
    def moves(self) -> bool:
        """Whether the form asks for another place."""
        return bool({"parent", "after"} & set(self.changed_data))


class TreeMixin:
    """Gives a ScopedModelAdmin whose form is a PlaceForm the two fields of the place.

    In `fieldsets` the name "place" stands for them; who may not move the record reads where it is.
    """

    model: type[Model]

    def may_place(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person decides where `obj` (None: a new one) stands."""
        base: Any = self
        if obj is None:
            return bool(base.has_add_permission(request))
        return bool(base.has_change_permission(request, obj))

    def may_be_root(self, request: HttpRequest) -> bool:
        return True

    def places(self, request: HttpRequest) -> QuerySet[Any]:
        """The nodes below and after which it may be put."""
        return self.model._default_manager.all()

    @admin.display(description=_("below"))
    def stands_below(self, node: Any) -> str:
        above = self.model._default_manager.get_parent(node)  # type: ignore[attr-defined]
        return above.local_name if above is not None else ""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        base: Any = super()
        place = ("parent", "after") if self._places(request, obj) else ("stands_below",)
        return [
            (name, {**options, "fields": _with_place(options["fields"], place)})
            for name, options in base.get_fieldsets(request, obj)
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        base: Any = super()
        fixed = list(base.get_readonly_fields(request, obj))
        return fixed if self._places(request, obj) else [*fixed, "stands_below"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        base: Any = super()
        made = base.get_form(request, obj, change=change, **kwargs)
        made.places = self.places(request)
        made.may_be_root = self.may_be_root(request)
        if not self._places(request, obj):
            for name in ("parent", "after"):
                made.base_fields.pop(name, None)
        return made

    def _places(self, request: HttpRequest, obj: Any) -> bool:
        base: Any = self
        may_save = obj is None or base.has_change_permission(request, obj)
        return bool(may_save and self.may_place(request, obj))


def _with_place(fields: Sequence[Any], place: Sequence[str]) -> list[Any]:
    found: list[Any] = []
    for name in fields:
        found.extend(place if name == "place" else [name])
    return found


def indented(node: Any) -> SafeString:
    """A node's name in a list, set in by its depth."""
    return format_html('<span class="tree-name depth-{}">{}</span>', node.depth, node.local_name)


def is_tree(model: type[Model] | None) -> bool:
    """Whether rows of `model` stand in a tree."""
    return hasattr(model, "steplen")
