"""The demonstration's life of documents."""

import pytest
from django.test import Client

from disclosure.catalogue.seed import seed_categories
from disclosure.core.dates import now
from disclosure.demo import accounts
from disclosure.demo.agencies import load_agencies
from disclosure.demo.life import load_life
from disclosure.demo.publications import load_publications
from disclosure.models import CleanUpRound, Publication, Relation

pytestmark = pytest.mark.django_db


def test_it_is_loaded_once(client: Client) -> None:
    at = now()
    seed_categories()
    agencies = load_agencies()
    people = accounts.load_accounts(agencies, "correct horse battery staple")
    load_publications(agencies, people, at=at)
    assert load_life(agencies, {}, at=at) == 0
    assert load_life(agencies, people, at=at) == 9
    assert load_life(agencies, people, at=at) == 0
    assert Relation.objects.count() == 8
    cleanup = CleanUpRound.objects.get()
    assert cleanup.state == "closed"
    assert cleanup.announcement.is_visible(now())
    assert Publication.objects.items().get(index_number="LNRF/2015-00018").validity == "repealed"
    page = client.get("/catalogue/LNRF/2025-00010/?compare=1").content.decode()
    assert "<del>15</del>" in page
    assert "<ins>10</ins>" in page
