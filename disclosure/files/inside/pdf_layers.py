"""Layers of a PDF that are switched off: what is painted in them is cut from the pages."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

_PAINTS_PATH = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
#: Readers open no more forms within forms.
_DEEPEST = 40

Key = tuple[int, int]


def off_layers(pdf: pikepdf.Pdf) -> dict[Key, str]:
    """The layers that a viewer does not show: key of the object → its name."""
    properties = pdf.Root.get(Name.OCProperties)
    if not isinstance(properties, pikepdf.Dictionary):
        return {}
    groups = list(_items(properties.get(Name.OCGs)))
    default = properties.get(Name.D)
    if not isinstance(default, pikepdf.Dictionary):
        return {}
    listed = {one.objgen for one in _items(default.get(Name.OFF))}
    lit = {one.objgen for one in _items(default.get(Name.ON))}
    if str(default.get(Name.BaseState, "/ON")) == "/OFF":
        listed |= {one.objgen for one in groups} - lit
    listed |= {one.objgen for one in _off_on_screen(default)}
    return {one.objgen: str(one.get(Name.Name, "")) for one in groups if one.objgen in listed}


def _off_on_screen(default: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    """The layers that a reader switches off by itself when it shows the pages."""
    for rule in _items(default.get(Name.AS)):
        if rule.get(Name.Event) == Name.View:
            for group in _items(rule.get(Name.OCGs)):
                usage = group.get(Name.Usage)
                view = usage.get(Name.View) if isinstance(usage, pikepdf.Dictionary) else None
                if isinstance(view, pikepdf.Dictionary) and view.get(Name.ViewState) == Name.OFF:
                    yield group


def _items(value: object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(value, pikepdf.Array):
        for one in value:
            if isinstance(one, pikepdf.Dictionary):
                yield one


def is_off(group: object, off: dict[Key, str]) -> bool:
    """Whether a layer, or a membership in several, is not shown."""
    if not isinstance(group, pikepdf.Dictionary):
        return False
    if group.get(Name.Type) != Name.OCMD:
        return group.objgen in off
    members = group.get(Name.OCGs)
    groups = [members] if isinstance(members, pikepdf.Dictionary) else list(_items(members))
    states = [one.objgen in off for one in groups]
    if not states:
        return False
    policy = str(group.get(Name.P, "/AnyOn"))
    return {
        "/AnyOn": all(states),
        "/AllOn": any(states),
        "/AnyOff": not any(states),
        "/AllOff": not all(states),
    }.get(policy, False)


def cut(pdf: pikepdf.Pdf, off: dict[Key, str]) -> None:
    """Cut what is painted in the layers that are off; then the layers themselves are forgotten."""
    done: set[Key] = set()
    if off:
        for page in pdf.pages:
            resources = page.obj.get(Name.Resources, pikepdf.Dictionary())
            content = pikepdf.parse_content_stream(page)
            kept = list(_kept(content, resources, off))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
            _cut_forms(pdf, resources, off, done, 0)
    if Name.OCProperties in pdf.Root:
        del pdf.Root[Name.OCProperties]


def _cut_forms(
    pdf: pikepdf.Pdf,
    resources: pikepdf.Object,
    off: dict[Key, str],
    done: set[Key],
    depth: int,
) -> None:
    forms = resources.get(Name.XObject) if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(forms, pikepdf.Dictionary) or depth > _DEEPEST:
        return
    for key in list(forms.keys()):
        form = forms[key]
        if not isinstance(form, pikepdf.Stream):
            continue
        if is_off(form.get(Name.OC), off):
            del forms[key]
            continue
        if form.get(Name.Subtype) != Name.Form or form.objgen in done:
            continue
        done.add(form.objgen)
        inner = form.get(Name.Resources, resources)
        content = pikepdf.parse_content_stream(form)
        form.write(pikepdf.unparse_content_stream(list(_kept(content, inner, off))))
        _cut_forms(pdf, inner, off, done, depth + 1)


def _kept(content: Any, resources: pikepdf.Object, off: dict[Key, str]) -> Iterator[Any]:
    """A page's instructions without those that paint in a layer that is off."""
    groups: Any = (
        resources.get(Name.Properties, {}) if isinstance(resources, pikepdf.Dictionary) else {}
    )
    forms: Any = (
        resources.get(Name.XObject, {}) if isinstance(resources, pikepdf.Dictionary) else {}
    )
    stack: list[tuple[bool, bool]] = []  # is it a layer, is it off
    for instruction in content:
        operator = str(instruction.operator)
        operands = instruction.operands
        if operator in {"BDC", "BMC"}:
            is_layer = len(operands) == 2 and operands[0] == Name.OC
            group = operands[1] if is_layer else None
            if isinstance(group, pikepdf.Name):
                group = groups.get(group)
            stack.append((is_layer, is_layer and is_off(group, off)))
            if is_layer:
                continue
        elif operator == "EMC" and stack and stack.pop()[0]:
            continue
        if operator == "Do" and operands and is_off(_layer_of(forms, operands[0]), off):
            continue
        if not any(dark for _layer, dark in stack):
            yield instruction
        elif operator in _PAINTS_PATH:
            yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("n"))
        elif operator in _SHOWS_TEXT:
            if operator in {"'", '"'}:
                yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))
        elif operator not in {"Do", "sh", "INLINE IMAGE", "BI", "EI", "ID"}:
            yield instruction


def _layer_of(forms: Any, name: Any) -> Any:
    form = forms.get(name) if isinstance(forms, pikepdf.Dictionary) else None
    return form.get(Name.OC) if isinstance(form, pikepdf.Stream) else None
