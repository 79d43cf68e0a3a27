"""What the tests of messages share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """What is asserted is the sources' English."""
    with translation.override("en"):
        yield
