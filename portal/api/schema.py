"""The schema (OpenAPI 3.0), written from the views, their parameters and their shapes."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import uritemplate
import yaml
from django.http import HttpResponse
from django.urls import include, path, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import problems
from portal.api.base import ReadView
from portal.api.parameters import Parameter
from portal.api.shapes import Shape

#: Of the interface as it is described, not of the portal.
VERSION = "1.0"
#: Groups of addresses in their order.
TAGS: dict[str, str | Promise] = {
    "publications": _("Statutory disclosure"),
    "directory": _("Agencies, categories and guides"),
    "reports": _("Annual reports and figures"),
    "services": _("Services"),
}
_OF_PATH: dict[str, tuple[type, str | Promise]] = {
    "index_number": (str, _("The index number; a slash in it may stand as it is or as %2F.")),
    "code": (str, _("The code of the agency or the category.")),
    "year": (int, _("The year reported on.")),
}
ASKED_FOR = _("What was asked for.")
_ANSWERS: dict[int, str | Promise] = {
    400: _("A parameter is unknown or not possible; each is named."),
    404: _("There is nothing public at this address."),
    410: _("It was withdrawn, or this version may be read no more; the notice says why."),
    429: _("Too many requests at once; Retry-After says for how many seconds to wait."),
}


class ProblemShape(Shape):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text=_("What kind of problem it is: its place in the docs."))
    title = serializers.CharField(help_text=_("The same in words."))
    status = serializers.IntegerField(help_text=_("The status of the answer."))
    detail = serializers.CharField(help_text=_("What was wrong with this request."))
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text=_("The same by parameter."),
    )


@cache
def list_of(shape: Any) -> type[Shape]:
    """The shape of a page of records."""
    following, before = (
        _("The next page; null on the last."),
        _("The page before; null on the first."),
    )
    members = {
        "results": shape(many=True, help_text=_("The records of this page.")),
        "next": serializers.URLField(help_text=following, allow_null=True),
        "previous": serializers.URLField(help_text=before, allow_null=True),
        "__doc__": "",
    }
    return type(f"{shape.__name__.removesuffix('Shape')}ListShape", (Shape,), members)


class OperationSchema(AutoSchema):
    """An address as its view declares it."""

    view: ReadView

    def get_operation_id(self) -> str:
        return self.view.name

    def get_tags(self) -> list[str]:
        return [self.view.tag]

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_description(self) -> str:
        return str(self.view.about)

    def get_auth(self) -> list[Any]:
        return []

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        return type(serializer).__name__.removesuffix("Shape")

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def get_override_parameters(self) -> list[Any]:
        places = [
            OpenApiParameter(
                name, kind, OpenApiParameter.PATH, required=True, description=str(about)
            )
            for name in uritemplate.variables(self.path)
            for kind, about in [_OF_PATH[name]]
        ]
        return [*places, *(_parameter(one) for one in self.view.parameters)]

    def get_response_serializers(self) -> dict[Any, Any]:
        view = self.view
        shape: Any = view.shape
        found: dict[Any, Any] = {
            200: OpenApiResponse(list_of(shape) if view.is_list else shape, ASKED_FOR),
            304: OpenApiResponse(None, _("It has not changed since the ETag that was sent along.")),
        }
        for status in sorted({400, 429, *view.answers}):
            kind = (status, problems.CONTENT_TYPE)
            found[kind] = OpenApiResponse(ProblemShape, _ANSWERS[status])
        return found


def _parameter(one: Parameter) -> OpenApiParameter:
    shape: dict[str, Any] = {"type": "string"}
    shape |= {"enum": list(one.choices)} if one.choices else {}
    shape |= {"format": one.format} if one.format else {}
    shape |= {"pattern": one.pattern} if one.pattern else {}
    return OpenApiParameter(
        one.name, shape, required=one.required, description=str(one.description)
    )


# --- the whole -----------------------------------------------------------------------------------
def written(language: str) -> dict[str, Any]:
    """The schema in a language, as it is sent; made once a process."""
    found: dict[str, Any] = json.loads(as_text(language))
    return found


@cache
def as_text(language: str) -> str:
    with translation.override(language):
        patterns = [path("api/v1/", include("portal.api.urls"))]
        made: dict[str, Any] = SchemaGenerator(patterns=patterns).get_schema(public=True)
        for component in made["components"]["schemas"].values():
            component.pop("description", None)  # a docstring, which has one language
        made["paths"][reverse("api-deadline")] = _deadline()
        made |= {
            "info": {
                "title": str(_("Open data of the government information disclosure portal")),
                "version": VERSION,
                "description": str(
                    _(
                        "Read-only, for anyone, without a key. Only what is public on the pages is "
                        "here, as it is public now."
                    )
                ),
            },
            "servers": [{"url": "/"}],
            "tags": [{"name": name, "description": str(label)} for name, label in TAGS.items()],
        }
        return json.dumps(made, ensure_ascii=False, indent=1, default=str) + "\n"


def _deadline() -> dict[str, Any]:
    """The address of another room, which is no view of this one."""
    day = {"type": "string", "format": "date", "nullable": True}
    names = ("correction_notice_due", "answer_due", "extended_answer_due")
    problem = {
        "description": str(_ANSWERS[400]),
        "content": {
            problems.CONTENT_TYPE: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                        "errors": {"type": "object"},
                    },
                    "required": ["status", "detail", "errors"],
                }
            }
        },
    }
    properties: dict[str, Any] = {
        "received": {"type": "string", "format": "date"},
        "regulation": {"type": "string", "enum": ["711", "492"]},
        **dict.fromkeys(names, day),
        "provisional": {"type": "boolean"},
    }
    shape = {"type": "object", "properties": properties, "required": list(properties)}
    return {
        "get": {
            "operationId": "deadline_read",
            "tags": ["services"],
            "summary": str(_("Deadline calculator")),
            "description": str(
                _("Work out the last day for the answer to a request for government information.")
            ),
            "parameters": [
                {
                    "in": "query",
                    "name": "received",
                    "required": True,
                    "schema": {"type": "string", "format": "date"},
                    "description": str(_("The day on which the agency received the request.")),
                },
                {
                    "in": "query",
                    "name": "regulation",
                    "schema": {"type": "string", "enum": ["711", "492"]},
                    "description": str(
                        _("The decree; by itself the one in force on the day of receipt.")
                    ),
                },
            ],
            "responses": {
                "200": {
                    "description": str(ASKED_FOR),
                    "content": {"application/json": {"schema": shape}},
                },
                "400": problem,
            },
        }
    }


LANGUAGE = Parameter("lang", _("The language of the descriptions."), choices=("zh-hans", "en"))


class SchemaView(ReadView):
    """The schema as JSON, in Chinese or English."""

    schema = None  # it does not describe itself
    shape = Shape
    parameters = (LANGUAGE,)

    def get(self, request: Request) -> HttpResponse:
        text = as_text(self.language)
        return HttpResponse(text, content_type="application/vnd.oai.openapi+json; charset=utf-8")

    @property
    def language(self) -> str:
        return self.given.get("lang", "zh-hans")


class YamlView(SchemaView):
    """The same as YAML."""

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(as_yaml(self.language), content_type="application/yaml; charset=utf-8")


@cache
def as_yaml(language: str) -> str:
    return yaml.safe_dump(written(language), allow_unicode=True, sort_keys=False)


# --- the way in ----------------------------------------------------------------------------------
_WAYS: Mapping[str, tuple[str, str | Promise]] = {
    "publications": ("api-publications", _("Items of the catalogue")),
    "log": ("api-log", _("Entries of the public log")),
    "categories": ("api-categories", _("Categories")),
    "agencies": ("api-agencies", _("Agencies")),
    "annual_reports": ("api-annual-reports", _("Annual reports")),
    "request_statistics": ("api-request-statistics", _("Figures of the service")),
    "deadline": ("api-deadline", _("Deadline calculator")),
    "schema": ("api-schema", _("The schema of the interface")),
    "documentation": ("api-docs", _("The documentation")),
}
RootShape: type[Shape] = type(
    "RootShape",
    (Shape,),
    {key: serializers.URLField(help_text=about) for key, (_name, about) in _WAYS.items()}
    | {"__doc__": "Where everything is."},
)


class Root(ReadView):
    """Where everything is."""

    summary = _("Where everything is")
    tag, name = "services", "root_read"
    shape = RootShape

    def get(self, request: Request) -> Response:
        absolute = request.build_absolute_uri
        return Response({key: absolute(reverse(name)) for key, (name, _about) in _WAYS.items()})
