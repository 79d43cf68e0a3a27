"""The interface keeps what its schema says: tried by schemathesis on the application itself."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from portal.api import schema
from tests.portal.api.conftest import API, World

#: Not asked: that every value of the right form is accepted (a code must exist), nor that every
#: wrong one is refused (an empty value counts as none).
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
OPERATIONS = [
    operation["get"]["operationId"] for operation in schema.written("en")["paths"].values()
]


@pytest.fixture
def application(world: World) -> Iterator[WSGIHandler]:
    """The application as a server has it; a test's connection stays open between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_address_keeps_what_the_schema_says(application: WSGIHandler) -> None:
    """Values of the right form and of wrong ones, the same in every run."""
    loaded = schemathesis.openapi.from_dict(schema.written("en"))
    loaded.app = application
    tried = set()
    for result in loaded.get_all_operations():
        operation = result.ok()
        tried.add(operation.definition.raw["operationId"])

        @seed(2026)
        @settings(
            max_examples=3,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def probe(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        probe()
    assert tried == set(OPERATIONS)


def test_values_that_are_there_are_answered_as_the_schema_says(application: WSGIHandler) -> None:
    loaded = schemathesis.openapi.from_dict(schema.written("en"))
    loaded.app = application
    places: dict[str, dict[str, Any]] = {
        "publications_list": {"query": {"agency": "SL", "q": "通知"}},
        "publications_read": {"path_parameters": {"index_number": "SLA/2026/1"}},
        "versions_list": {"query": {"index_number": "SLA/2026/1"}},
        "categories_read": {"path_parameters": {"code": "normative"}},
        "agencies_read": {"path_parameters": {"code": "SLA"}},
        "guides_read": {"path_parameters": {"code": "SLA"}},
        "annual_reports_read": {"path_parameters": {"code": "SL", "year": 2023}},
        "deadline_read": {"query": {"received": "2026-02-10"}},
    }
    for result in loaded.get_all_operations():
        operation = result.ok()
        name = operation.definition.raw["operationId"]
        response = operation.Case(**places.get(name, {})).call_and_validate(checks=CHECKS)
        assert response.status_code == 200, name


def test_the_schema_is_served_in_two_forms_and_two_languages(client: Client) -> None:
    chinese = client.get(f"{API}schema/")
    english = client.get(f"{API}schema/", {"lang": "en"})
    assert json.loads(english.content) == schema.written("en")
    assert chinese.json()["info"]["title"] == "政府信息公开平台数据开放接口"
    assert yaml.safe_load(client.get(f"{API}schema.yaml", {"lang": "en"}).content) == english.json()
    assert chinese.json()["openapi"] == "3.0.3"
    assert client.get(f"{API}schema/", {"lang": "de"}).status_code == 400
