"""What the matrices share."""

import pytest
from django.db.models import Model

from disclosure.agencies.roles import Role
from disclosure.models import User
from tests.factories import make_agency, make_category, make_user
from tests.matrices.site import make_things


@pytest.fixture
def things(db) -> dict[type[Model], Model]:
    """One record of each model, of the agency HERE."""
    return make_things()


@pytest.fixture
def cast(db) -> dict[str, User]:
    """One person a role at the agency, a handler and a publisher elsewhere, and nobody."""
    here = make_agency("HERE")
    there = make_agency("THERE")
    people = {role.value: make_user(role, agency=here) for role in Role}
    people["all (other agency)"] = make_user(*Role, agency=there)
    people["no role"] = make_user()
    make_category("general")
    return people
