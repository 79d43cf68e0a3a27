"""What the database itself refuses: to change rows that are only added, and whatever else an app
declares as a rule over old and new rows.

An app says in `AppConfig.ready` which of its tables are such: `append_only("app.Model")`. Each
`migrate` ends with their triggers in place, and a system check (`manage.py check --database
default`) names one that is missing. No migration creates them: SQLite drops a table's triggers
whenever a later migration rebuilds it, so what a migration had created would silently be gone.

Migrations are the one way past them that needs no word: they find the triggers of the apps that
they change lifted, for a trigger that names a column would not let it go. All other code that
has to change or delete such rows says so with `lifted`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.migrations import Migration
from django.db.models.signals import post_migrate, pre_migrate

from disclosure.core.trigger_engines import Guard, Rule, Trigger, engine_for

_guards: dict[str, Guard | Rule] = {}


def append_only(
    label: str, *, may_delete: bool = False, fields: Iterable[str] = (), when: str = ""
) -> None:
    """Have the database refuse to change or delete rows of the model `label` ("app.Model").

    `fields`: only these never change. `when`: only for rows of which this SQL is true; it names
    columns as `OLD.column` and must be good for SQLite and PostgreSQL. `may_delete`: rows may go.
    """
    _guards[label] = Guard(label, may_delete, tuple(fields), when)


def refuse(label: str, name: str, when: str, *, on: Iterable[str], columns: Iterable[str]) -> None:
    """Have the database refuse what makes `when` true, under a short `name` that the error gives.

    `on`: of "insert", "update", "delete". `when` is SQL for SQLite and PostgreSQL alike over
    `NEW.column` and `OLD.column`, subqueries allowed; `{differs}` stands for the comparison that
    takes null for a value. `columns`: those it names, without which it cannot be put in place.
    """
    operations = tuple(on)
    key = f"{label}:{name}:{'-'.join(operations)}"
    _guards[key] = Rule(label, name, operations, when, tuple(columns))


def declared() -> list[str]:
    """The models that are kept so, as "app.Model"."""
    return sorted({guard.label for guard in _guards.values()})


@contextmanager
def lifted(*labels: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction, also as a decorator, that may change and delete rows of these models.

    For whoever takes demonstration content away and for a test's flush; nobody else.
    """
    known = {guard.label: guard.table for guard in _guards.values()}
    tables = {known[label] for label in labels}
    engine = engine_for(using)
    with transaction.atomic(using=using), engine.lifted(tables):
        yield


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Put every declared trigger in place; the names of those it created or dropped.

    What is in place is left alone: creating a trigger would lock its table.
    """
    engine = engine_for(using)
    if not any(engine.differences(_guards.values())):
        return []
    with transaction.atomic(using=using):
        to_drop, to_create = engine.differences(_guards.values())
        engine.drop(to_drop)
        engine.create(to_create)
    return sorted({trigger.name for trigger in [*to_drop, *to_create]})


def missing(using: str = DEFAULT_DB_ALIAS) -> list[Trigger]:
    """The declared triggers that are not in place, switched off, or not as declared.

    A table that is not there yet lacks nothing.
    """
    return engine_for(using).differences(_guards.values())[1]


def keep_in_place(app_config: AppConfig) -> None:
    """Lift the triggers before a migration and install them after; call in `ready`.

    One app's signals suffice: Django sends them for every app, whatever it migrates.
    """
    pre_migrate.connect(_lift_for_migrations, sender=app_config)
    post_migrate.connect(_install_after_migrations, sender=app_config)


def _lift_for_migrations(*, using: str, plan: list[tuple[Migration, bool]], **kwargs: Any) -> None:
    """Drop all but the triggers of the apps that the plan leaves alone."""
    changed = {migration.app_label for migration, _backwards in plan}
    kept = {guard.table for guard in _guards.values() if guard.model._meta.app_label not in changed}
    engine = engine_for(using)
    engine.drop([found for found in engine.found().values() if found.table not in kept])


def _install_after_migrations(*, using: str, **kwargs: Any) -> None:
    install(using)


# A warning, not an error: `migrate` runs this check first, and it is what mends it.
@register(Tags.database)
def check_append_only(
    app_configs: Any = None, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Whether the database refuses what it must."""
    return [
        Warning(
            f"The table {trigger.table} can be changed unseen: its trigger {trigger.name} is"
            f" missing, switched off or out of date.",
            hint=f"manage.py migrate --database {alias} puts it back.",
            id="disclosure.W001",
        )
        for alias in databases or ()
        for trigger in missing(alias)
    ]
