"""A record's place in its tree, chosen in its form: below which, and after which."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
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
        for name in ("parent", "after"):
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = rows
        if "parent" in self.fields:
            self.fields["parent"].required = not self.may_be_root
            if above is not None:
                self.initial["parent"] = above.pk
                # Where it already stands is always a lawful choice.
                self.fields["parent"].queryset = rows | manager.filter(pk=above.pk).order_by("path")

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


def indented(node: Any) -> SafeString:
    """A node's name in a list, set in by its depth."""
    return format_html('<span class="tree-name depth-{}">{}</span>', node.depth, node.local_name)


def is_tree(model: type[Model] | None) -> bool:
    """Whether rows of `model` stand in a tree."""
    return hasattr(model, "steplen")
