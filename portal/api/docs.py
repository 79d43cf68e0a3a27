"""The documentation: the schema as a page that people read, in their language, without scripts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.api.problems import KINDS
from portal.api.schema import TAGS, written

#: What stands in the example of an operation; the query as it is typed.
EXAMPLES: Mapping[str, str] = {
    "publications_list": "?validity=in_force&date_from=2026-01-01&fields=index_number,title",
    "versions_list": "?index_number=SL/2026-00001",
    "annual_reports_list": "?year=2025",
    "deadline_read": "?received=2026-02-10",
}
_PLACES = {"index_number": "SL/2026-00001", "code": "SL", "year": "2025"}
#: How deep records inside records are spelt out.
DEPTH = 3


@dataclass(frozen=True)
class Field:
    """A parameter or a field, ready to show."""

    name: str
    type: str
    about: str
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """An address, ready to show."""

    key: str
    path: str
    summary: str
    about: str
    parameters: tuple[Field, ...]
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True)
class Group:
    key: str
    label: str
    operations: tuple[Operation, ...]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """`/api/v1/docs/`: no query beside the page frame's."""
    title = _("Open data interface")
    context = {
        "groups": groups(get_language() or "zh-hans"),
        "problems": [(kind.slug, kind.status, kind.title) for kind in KINDS.values()],
        "site": request.build_absolute_uri("/").rstrip("/"),
        "column": {
            "name": title,
            "description": _("How to read what is public here with a program."),
            "keywords": _("open data, interface, API"),
            "type": _("Service"),
        },
        "crumbs": [(title, "")],
    }
    return render(request, "portal/api/docs.html", context)


@cache
def groups(language: str) -> tuple[Group, ...]:
    """All addresses by their group."""
    schema = written(language)
    found: dict[str, list[Operation]] = {tag: [] for tag in TAGS}
    for path, methods in schema["paths"].items():
        operation = methods["get"]
        found[operation["tags"][0]].append(_operation(schema, path, operation))
    return tuple(
        Group(tag["name"], tag["description"], tuple(found[tag["name"]])) for tag in schema["tags"]
    )


def _operation(schema: Mapping[str, Any], path: str, operation: Mapping[str, Any]) -> Operation:
    key, responses = operation["operationId"], operation["responses"]
    (media,) = responses["200"]["content"].values()
    example = path
    for name, value in _PLACES.items():
        example = example.replace(f"{{{name}}}", value)
    return Operation(
        key=key,
        path=path,
        summary=operation["summary"],
        about=operation.get("description", ""),
        parameters=tuple(_parameter(one) for one in operation.get("parameters", [])),
        fields=tuple(_fields(schema, media["schema"])),
        answers=tuple((code, told["description"]) for code, told in responses.items()),
        example=example + EXAMPLES.get(key, ""),
    )


def _parameter(one: Mapping[str, Any]) -> Field:
    return Field(
        one["name"],
        _type(one["schema"]),
        one.get("description", ""),
        tuple(one["schema"].get("enum", ())),
        bool(one.get("required")),
    )


def _fields(
    schema: Mapping[str, Any], shape: Mapping[str, Any], prefix: str = "", depth: int = 0
) -> Iterator[Field]:
    """The fields of a shape, those of records inside it after them with their way."""
    for name, member in _resolved(schema, shape).get("properties", {}).items():
        inner, many = _inner(schema, member)
        full = f"{prefix}{name}{'[]' if many else ''}"
        about = member.get("description", "").partition("\n\n")[0]
        choices = tuple(str(one) for one in inner.get("enum", ()) if one is not None)
        yield Field(full, _type(inner), about, choices)
        if depth < DEPTH:
            yield from _fields(schema, inner, f"{full}.", depth + 1)


def _inner(schema: Mapping[str, Any], member: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """What a member holds, and whether it holds many of it."""
    found = _resolved(schema, member)
    if found.get("type") == "array":
        return _resolved(schema, found["items"]), True
    return found, False


def _resolved(schema: Mapping[str, Any], shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """The shape that a reference names."""
    while "$ref" in shape or "allOf" in shape:
        if "allOf" in shape:
            (shape,) = shape["allOf"]
            continue
        found = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        shape = found
    return shape


def _type(shape: Mapping[str, Any]) -> str:
    if shape.get("format") in {"date", "date-time", "uri"}:
        return {"date": _("date"), "date-time": _("moment"), "uri": _("web address")}[
            shape["format"]
        ]
    names = {
        "string": _("string"),
        "integer": _("whole number"),
        "boolean": _("true or false"),
        "object": _("object"),
    }
    return names.get(shape.get("type", ""), _("any"))
