"""A choice among hundreds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_SELECTED = mark_safe(" selected")


class LongSelect(forms.Select):
    """A select that writes its options and groups itself: Django renders a template for each, which
    for all agencies takes longer than everything else on a page."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        parts: list[SafeString] = []
        alone: list[tuple[Any, Any]] = []
        for key, label in self.choices:
            if isinstance(label, list | tuple):
                parts += [_options(alone, chosen), _group(key, label, chosen)]
                alone = []
            else:
                alone.append((key, label))
        parts.append(_options(alone, chosen))
        known = flatatt(self.build_attrs(self.attrs, dict(attrs or {})))
        inner = format_html_join("\n", "{}", ((part,) for part in parts if part))
        return format_html('<select name="{}"{}>\n{}\n</select>', name, known, inner)


def _options(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((key, _SELECTED if str(key) == chosen else "", label) for key, label in choices),
    )


def _group(name: Any, choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    return format_html('<optgroup label="{}">\n{}\n</optgroup>', name, _options(choices, chosen))
