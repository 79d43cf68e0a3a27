"""What every test stands on. `tests/settings.py` has the settings, `tests/run.py` runs it all."""

import copy
import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from disclosure.core import triggers
from disclosure.files import isolated
from disclosure.search import backends as search_backends
from disclosure.search import misses as search_misses

# A test makes and drops many small objects: collecting less often takes a tenth of the time off.
gc.set_threshold(200_000, 50, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database-only",
        action="store_true",
        help="leave out tests that ask no database: those of a second database",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser journeys last: Playwright's event loop, once started, stays in the thread, and
    Django then refuses to touch the database there."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if config.getoption("--with-database-only"):
        left_out = [item for item in items if not asks_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if asks_database(item)]


def asks_database(item: pytest.Item) -> bool:
    """Whether the test may ask a database: pytest-django refuses it to all others."""
    fixtures = {"db", "transactional_db", "django_db_setup"} & set(
        getattr(item, "fixturenames", ())
    )
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def _flush_empties_append_only_tables() -> Iterator[None]:
    """A test that commits ends with a flush, which the database's triggers would refuse."""
    flush = TransactionTestCase._fixture_teardown

    def lifted_flush(case: TransactionTestCase) -> None:
        with triggers.lifted(*triggers.declared()):
            flush(case)
        # What is no model's table; what a rolled-back test wrote is gone by itself.
        search_backends.backend().empty()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_are_opened_once() -> Iterator[None]:
    """The child process that opens a file gives the same answer to the same file: asked once."""
    answers: dict[Any, Any] = {}
    run = isolated.run

    def remembered(task: str, data: bytes, content_type: str = "", **limits: Any) -> Any:
        key = (task, data, content_type, *sorted(limits.items()))
        if key not in answers:
            answers[key] = run(task, data, content_type, **limits)
        return copy.deepcopy(answers[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolated, "run", remembered)
        yield


@pytest.fixture
def english() -> Iterator[None]:
    """Texts in English, as the sources write them."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _clean_between_tests() -> Iterator[None]:
    """No test sees another's cache or language."""
    cache.clear()
    search_misses.forget()
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _no_rate_limits(request: pytest.FixtureRequest, settings) -> None:
    """Tests are many visitors from one address; `rate_limits` brings the limits back."""
    settings.RATE_LIMITS = "rate_limits" in request.fixturenames


@pytest.fixture
def rate_limits() -> None:
    """Ask for this fixture to have the limits on attempts in force."""
