"""What the matrices share."""

import pytest
from django.db.models import Model

from tests.matrices.site import make_things


@pytest.fixture
def things(db) -> dict[type[Model], Model]:
    """One record of each model, of the agency HERE."""
    return make_things()
