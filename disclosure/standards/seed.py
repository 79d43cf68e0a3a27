"""The 26 areas as records; those there stay as they are."""

from django.db import transaction

from disclosure.agencies.models import User
from disclosure.standards import actions
from disclosure.standards.areas import AREAS
from disclosure.standards.models import StandardArea


@transaction.atomic
def seed_areas(*, actor: User | None = None) -> int:
    """Add the areas that are missing, and say how many."""
    known = set(StandardArea.objects.values_list("key", flat=True))
    missing = [
        StandardArea(key=area.key, name=area.name, name_en=area.name_en, order=10 * number)
        for number, area in enumerate(AREAS, 1)
        if area.key not in known
    ]
    for area in missing:
        actions.create_area(actor=actor, area=area)
    return len(missing)
