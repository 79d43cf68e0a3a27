"""Tables that are only added to: the database itself refuses to change or delete their rows."""

import io
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import F, Model, QuerySet
from django.test.utils import CaptureQueriesContext

from disclosure.core import triggers
from disclosure.core.trigger_engines import engine_for
from disclosure.models import AuditEntry, Publication
from requests_app.models import DisclosureRequest, RequestEvent
from tests.factories import make_publication
from tests.request_factories import answer_request, make_request

pytestmark = pytest.mark.django_db

EVENTS = "requests_app.RequestEvent"
TRAIL = "disclosure.AuditEntry"


#: Tables of which no column ever changes.
WHOLE = (EVENTS, TRAIL)


@pytest.fixture
def rows() -> dict[str, int]:
    """How many rows each table has, once a request has been registered."""
    make_request("registered")
    connection.check_constraints()  # PostgreSQL alters and empties no table with checks to come
    return counts()


def counts() -> dict[str, int]:
    return {label: apps.get_model(label)._base_manager.count() for label in triggers.declared()}


def plain(label: str) -> QuerySet:
    """All rows, without the model's own refusals."""
    return QuerySet(apps.get_model(label))


def sql(statement: str, label: str) -> None:
    table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


def refused(act: Callable[[], object]) -> None:
    """The database refuses the act as a breach of integrity, and the transaction goes on."""
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        act()


def lose_one(label: str = EVENTS) -> str:
    """A trigger is gone, as after a rebuild of the table; its name."""
    found = engine_for("default").found()
    table = apps.get_model(label)._meta.db_table
    name = next(name for name in sorted(found) if found[name].table == table)
    engine_for("default").drop([found[name]])
    return name


def complaints() -> str:
    told = io.StringIO()
    call_command("check", databases=["default"], stderr=told, stdout=told)
    return told.getvalue()


def test_events_and_the_audit_trail_are_declared() -> None:
    assert {EVENTS, TRAIL} <= {*triggers.declared()}


@pytest.mark.parametrize("label", WHOLE)
def test_no_road_changes_or_deletes_a_row(label: str, rows: dict[str, int]) -> None:
    assert rows[label]
    stored = [*plain(label)]
    refused(lambda: sql("UPDATE {table} SET facts = '{{}}'", label))
    refused(lambda: sql("UPDATE {table} SET id = -id", label))
    refused(lambda: sql("DELETE FROM {table}", label))
    refused(lambda: plain(label).update(facts={}))
    refused(lambda: plain(label).bulk_update(stored, ["facts"]))
    refused(lambda: plain(label)._raw_delete("default"))
    refused(lambda: plain(label).delete())
    refused(lambda: Model.save(stored[0]))
    refused(lambda: Model.delete(stored[0]))
    refused(lambda: upsert(label, stored))
    assert counts() == rows
    assert [*plain(label).values()] == [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for row in stored
    ]


def upsert(label: str, stored: list[Model]) -> None:
    plain(label).bulk_create(
        stored, update_conflicts=True, update_fields=["facts"], unique_fields=["id"]
    )


@pytest.mark.parametrize("label", WHOLE)
def test_nor_does_emptying_or_replacing(label: str, rows: dict[str, int]) -> None:
    if connection.vendor == "sqlite":
        refused(lambda: sql("INSERT OR REPLACE INTO {table} SELECT * FROM {table}", label))
    else:
        refused(lambda: sql("TRUNCATE {table} CASCADE", label))
    assert counts() == rows


def test_an_issued_letter_keeps_its_number_and_seal() -> None:
    """Its document may be erased; what proves it genuine stays."""
    answer_request(make_request("registered"))
    label = "requests_app.Letter"
    assert label in triggers.declared()
    for column in ("number", "kind", "content_sha256", "verify_code"):
        refused(lambda column=column: plain(label).update(**{column: "x"}))
    refused(lambda: plain(label).update(issued_on="2020-01-01"))
    refused(lambda: plain(label)._raw_delete("default"))
    assert plain(label).update(document=None) == 1


def test_a_case_cannot_go_with_its_events(rows: dict[str, int]) -> None:
    refused(DisclosureRequest.objects.all().delete)
    assert counts() == rows


def test_an_update_of_nothing_is_no_offence(rows: dict[str, int]) -> None:
    """`loaddata` first tries to update the row that it then inserts."""
    assert plain(EVENTS).filter(pk=-1).update(facts={}) == 0
    event = plain(EVENTS).first()
    assert event is not None
    copy = RequestEvent(
        request=event.request, kind=event.kind, occurred_on=event.occurred_on, pk=event.pk + 1000
    )
    copy.save_base(raw=True)
    assert counts() == rows | {EVENTS: rows[EVENTS] + 1}


# --- lifting -----------------------------------------------------------------------------------


def test_lifted_for_the_named_tables_only(rows: dict[str, int]) -> None:
    with triggers.lifted(EVENTS):
        assert plain(EVENTS).update(facts={"lifted": True}) == rows[EVENTS]
        refused(lambda: plain(TRAIL).update(facts={}))
        plain(EVENTS)._raw_delete("default")
    assert counts() == rows | {EVENTS: 0}
    make_request("registered")
    refused(lambda: plain(EVENTS).update(facts={}))
    assert triggers.missing() == []


def test_one_lifting_inside_another(rows: dict[str, int]) -> None:
    with triggers.lifted(EVENTS):
        with triggers.lifted(EVENTS, TRAIL):
            plain(TRAIL).update(facts={"inner": True})
        refused(lambda: plain(TRAIL).update(facts={}))
        plain(EVENTS).update(facts={"outer": True})
    refused(lambda: plain(EVENTS).update(facts={}))
    refused(lambda: plain(TRAIL).update(facts={}))


def test_an_exception_undoes_the_lifting(rows: dict[str, int]) -> None:
    def fails() -> None:
        with triggers.lifted(EVENTS):
            plain(EVENTS)._raw_delete("default")
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert counts() == rows
    refused(lambda: plain(EVENTS).update(facts={}))
    assert triggers.missing() == []


@pytest.mark.django_db(transaction=True)
def test_lifting_ends_with_the_transaction(rows: dict[str, int]) -> None:
    def fails() -> None:
        with triggers.lifted(EVENTS):
            plain(EVENTS)._raw_delete("default")
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert counts() == rows
    refused(lambda: plain(EVENTS).update(facts={}))
    with triggers.lifted(EVENTS):
        plain(EVENTS).update(facts={"lifted": True})
    refused(lambda: plain(EVENTS).update(facts={}))


@pytest.mark.django_db(transaction=True)
def test_flush_needs_the_lifting(rows: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert counts() == rows
    with triggers.lifted(*triggers.declared()):
        call_command("flush", interactive=False, verbosity=0)
    assert {*counts().values()} == {0}
    assert triggers.missing() == []
    # Nothing is there that a second one could take away.
    call_command("flush", interactive=False, verbosity=0)


# --- staying in place --------------------------------------------------------------------------


def test_all_are_in_place() -> None:
    assert triggers.missing() == []
    assert complaints() == "System check identified no issues (0 silenced).\n"


def test_what_is_in_place_is_left_alone() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert triggers.install() == []
    assert asked.captured_queries
    begun = {one["sql"].split()[0].upper() for one in asked.captured_queries}
    assert not begun & {"CREATE", "DROP", "ALTER"}


@pytest.mark.parametrize("label", WHOLE)
def test_the_check_names_one_that_is_gone_and_migrate_mends_it(
    label: str, rows: dict[str, int]
) -> None:
    name = lose_one(label)
    assert [trigger.name for trigger in triggers.missing()] == [name]
    assert name in complaints()
    assert "manage.py migrate" in complaints()
    with pytest.raises(CommandError):
        call_command("check", databases=["default"], fail_level="WARNING", stderr=io.StringIO())
    call_command("migrate", verbosity=0, stderr=io.StringIO())
    assert triggers.missing() == []
    assert name not in complaints()
    refused(lambda: plain(label).update(facts={}))
    refused(lambda: plain(label)._raw_delete("default"))


def test_the_check_names_one_that_is_switched_off_or_changed() -> None:
    name = lose_one()
    if connection.vendor == "sqlite":
        sql(f"CREATE TRIGGER {name} BEFORE DELETE ON {{table}} BEGIN SELECT 1; END", EVENTS)
        changed = {name}
    else:
        triggers.install()
        sql("ALTER TABLE {table} DISABLE TRIGGER ALL", EVENTS)
        changed = {
            f"append_only_requests_app_requestevent_{one}"
            for one in ("update", "delete", "truncate")
        }
    assert {trigger.name for trigger in triggers.missing()} == changed
    assert {*triggers.install()} == changed
    assert triggers.missing() == []


def test_one_that_is_no_longer_declared_goes(declare, rows: dict[str, int]) -> None:
    declare(EVENTS, may_delete=True)
    assert "append_only_requests_app_requestevent_delete" in triggers.install()
    refused(lambda: plain(EVENTS).update(facts={}))
    plain(EVENTS)._raw_delete("default")
    assert counts() == rows | {EVENTS: 0}


def test_a_table_that_is_not_there_lacks_nothing(rows: dict[str, int]) -> None:
    """As when a migrate stops before the table, or takes the whole app away."""
    sql("ALTER TABLE {table} RENAME TO somewhere_else", EVENTS)
    assert triggers.missing() == []
    assert "append_only" not in complaints()
    triggers.install()


class Rebuilds(migrations.Migration):
    """Changes a column in a way for which SQLite builds the table anew."""

    operations = [
        migrations.AlterField("requestevent", "kind", models.CharField(max_length=33, null=True)),
    ]


def steps(*, backwards: bool) -> Iterator[None]:
    """The migration and what Django does around it, in `yield`s between the three."""
    migration = Rebuilds("9999_rebuilds", "requests_app")
    config = apps.get_app_config("disclosure")
    signal = {"sender": config, "app_config": config, "using": "default", "verbosity": 0}
    plan = [(migration, backwards)]
    models.signals.pre_migrate.send(**signal, plan=plan, apps=apps)
    yield
    state = ProjectState.from_apps(apps)
    with connection.schema_editor() as editor:
        (migration.unapply if backwards else migration.apply)(state, editor)
    yield
    models.signals.post_migrate.send(**signal, plan=plan, apps=apps)
    yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_rebuilt_table_has_them_again(backwards: bool, rows: dict[str, int]) -> None:
    try:
        migrating = steps(backwards=backwards)
        next(migrating)
        lifted = {trigger.table for trigger in triggers.missing()}
        assert RequestEvent._meta.db_table in lifted
        assert AuditEntry._meta.db_table not in lifted, "another app's are in force meanwhile"
        next(migrating)
        assert triggers.missing()
        next(migrating)
        assert triggers.missing() == []
        assert counts() == rows
        refused(lambda: plain(EVENTS).update(facts={}))
        refused(lambda: plain(EVENTS)._raw_delete("default"))
    finally:
        for _step in steps(backwards=True):
            pass


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.django_db(transaction=True)
def test_sqlite_loses_them_by_a_rebuild(rows: dict[str, int]) -> None:
    """The trap for which all this is built: if it is gone one day, so may the rebuild's care."""
    field = RequestEvent._meta.get_field("kind")
    longer = field.clone()
    longer.max_length = 33
    longer.null = True
    longer.set_attributes_from_name("kind")
    longer.model = RequestEvent
    with connection.schema_editor() as editor:
        editor.alter_field(RequestEvent, field, longer)
    try:
        assert len(triggers.missing()) == 3
        assert complaints().count("append_only_requests_app_requestevent_") == 3
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(RequestEvent, longer, field)
        triggers.install()
    assert triggers.missing() == []


# --- parts of a table --------------------------------------------------------------------------


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Declare for one test; the end of its transaction takes the triggers away again."""
    monkeypatch.setattr(triggers, "_guards", dict(triggers._guards))
    return triggers.append_only


def test_some_fields_of_some_rows(declare) -> None:
    """A published item keeps its title; a draft may change, and the rest of both."""
    draft, public = make_publication("稿", state="draft"), make_publication("公开")
    declare("disclosure.Publication", fields=["title", "body"], when="OLD.state = 'published'")
    assert len(triggers.install()) == 3
    items = Publication._base_manager
    items.filter(pk=draft.pk).update(title="新稿", revision=F("revision") + 1)
    items.filter(pk=public.pk).update(title="公开", is_demo=True)
    refused(lambda: items.filter(pk=public.pk).update(title="另一个"))
    refused(lambda: items.filter(pk=public.pk).update(body="<p>另一个</p>"))
    refused(lambda: items.filter(pk=public.pk)._raw_delete("default"))
    if connection.vendor == "sqlite":
        replace = "INSERT OR REPLACE INTO {{table}} SELECT * FROM {{table}} WHERE id = {}"
        refused(lambda: sql(replace.format(public.pk), "disclosure.Publication"))
        sql(replace.format(draft.pk), "disclosure.Publication")
    with triggers.lifted("disclosure.PublicationEvent"):
        draft.events.all().delete()
    items.filter(pk=draft.pk)._raw_delete("default")
    assert [*items.values_list("title", flat=True)] == ["公开"]
    assert triggers.missing() == []


def test_a_column_that_is_not_there_yet(declare) -> None:
    """A migrate that stops half-way leaves the rest to the next one."""
    declare("disclosure.Publication", when="OLD.comes_later IS NOT NULL")
    assert triggers.install() == []
    assert triggers.missing() == []
