"""Every way to write is noticed, once a transaction, and undone with it."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from disclosure.audit.models import AuditEntry
from disclosure.core import bulk
from disclosure.freshness import generation, watching
from disclosure.models import Agency, Category, PublicChange, SignOff
from portal.page_cache.tables import APART, APART_APPS, PUBLIC
from tests.factories import make_agency, make_publication


def is_noticed(write: Callable[[], object]) -> bool:
    """Whether `write`, in a transaction of its own as far as we can tell, makes a generation."""
    connection.run_on_commit.clear()
    before = generation.current()
    write()
    return generation.current() != before


def raw(sql: str, *parameters: object) -> Callable[[], object]:
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    return write


@pytest.mark.django_db
def test_whoever_writes_is_noticed() -> None:
    agency = make_agency("ABC")
    everything = Agency.objects.all()
    nothing = Agency.objects.filter(name="没有")
    table = Agency._meta.db_table

    assert is_noticed(lambda: make_publication("甲", agency=agency))
    assert is_noticed(agency.save)
    assert is_noticed(lambda: everything.update(name="乙"))
    assert is_noticed(lambda: Agency.objects.bulk_update([agency], ["name"]))
    assert is_noticed(raw(f"update {table} set name = %s", "丙"))
    assert is_noticed(raw(f"WITH one AS (SELECT 1) UPDATE {table} SET name = %s", "丁"))
    assert is_noticed(lambda: watching.touched(table))
    assert is_noticed(watching.changed)
    categories = [Category(code=f"x{n}", name=f"x{n}", path=f"99{n}", depth=1) for n in range(3)]
    assert is_noticed(lambda: Category.objects.bulk_create(categories[:2]))
    assert is_noticed(lambda: bulk.insert(Category, categories[2:]))
    assert is_noticed(lambda: Category.objects.filter(code="x0").delete())

    assert not is_noticed(lambda: nothing.update(name="乙"))
    assert not is_noticed(nothing.delete)
    assert not is_noticed(lambda: list(everything))
    assert not is_noticed(lambda: watching.touched(AuditEntry._meta.db_table))
    assert not is_noticed(lambda: AuditEntry.objects.bulk_create([AuditEntry(verb="sign_in")]))


@pytest.mark.django_db
def test_one_row_a_transaction_that_no_count_of_queries_sees() -> None:
    agency = make_agency("ABC")
    connection.run_on_commit.clear()
    before = PublicChange.objects.count()
    with CaptureQueriesContext(connection) as queries:
        for name in "甲乙丙":
            Agency.objects.filter(pk=agency.pk).update(name=name)
    assert len(queries) == 3
    assert PublicChange.objects.count() == before + 1


@pytest.mark.django_db
def test_what_is_rolled_back_was_no_change_and_what_follows_is_one() -> None:
    agency = make_agency("ABC")
    rows = Agency.objects.filter(pk=agency.pk)
    connection.run_on_commit.clear()
    before = generation.current()
    with transaction.atomic():
        rows.update(name="甲")
        transaction.set_rollback(True)
    assert generation.current() == before
    with transaction.atomic():
        rows.update(name="乙")
        point = transaction.savepoint()
    assert generation.current() != before

    connection.run_on_commit.clear()
    before = generation.current()
    point = transaction.savepoint()
    rows.update(name="丙")
    transaction.savepoint_rollback(point)
    assert generation.current() == before
    rows.update(name="丁")
    assert generation.current() != before


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_commits_by_itself() -> None:
    """Its row is there with it: both in one transaction."""
    make_agency("ABC")
    before, hooks = generation.current(), connection.run_on_commit
    assert hooks == []
    Agency.objects.update(name="甲")
    after = generation.current()
    assert after != before
    # With RETURNING, which SQLite commits when its row has been read.
    PublicChange.objects.all().delete()
    Agency.history.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Agency._meta.db_table} SET name = %s RETURNING name",
            ["乙"],
        )
        assert cursor.fetchone() == ("乙",)
    assert generation.current()[0] == 1


@pytest.mark.django_db
def test_pruned_rows_never_bring_a_generation_back(monkeypatch) -> None:
    monkeypatch.setattr(generation, "FEW", 3)
    PublicChange.objects.all().delete()
    assert generation.current() == (0, 0)
    old = generation.now() - 2 * generation.SETTLED
    PublicChange.objects.bulk_create(PublicChange(token=n, at=old) for n in range(4))
    connection.run_on_commit.clear()
    assert generation.prune() == 4
    count, total = generation.current()
    assert count == 1
    assert total > 0
    assert generation.prune() == 0


def test_every_model_is_public_or_not() -> None:
    """A new model belongs in `portal.page_cache.tables`."""
    ours = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label not in APART_APPS and not model.__name__.startswith("Historical")
    }
    assert ours == PUBLIC | APART
    assert not PUBLIC & APART
    assert SignOff._meta.label in PUBLIC
