"""The triggers of `disclosure.core.triggers` in the SQL of each database."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import truncate_name
from django.db.models import Model

PREFIX = "append_only_"
RULE_PREFIX = "refuse_"
PREFIXES = (PREFIX, RULE_PREFIX)
# Of a name in PostgreSQL, in bytes.
LONGEST_NAME = 63


@dataclass(frozen=True)
class Guard:
    """What is declared of one table; see `append_only`."""

    label: str
    may_delete: bool
    fields: tuple[str, ...]
    when: str

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        """The columns of `fields`."""
        return [str(self.model._meta.get_field(name).column) for name in self.fields]  # type: ignore[union-attr]

    @property
    def needed_columns(self) -> set[str]:
        """The columns without which the triggers cannot be created."""
        return {*self.columns, *re.findall(r"\bOLD\.(\w+)", self.when)}


@dataclass(frozen=True)
class Rule:
    """What is refused of one table; see `triggers.refuse`."""

    label: str
    name: str
    operations: tuple[str, ...]
    when: str
    columns: tuple[str, ...]

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def needed_columns(self) -> set[str]:
        """The columns without which the triggers cannot be created."""
        return set(self.columns)

    def condition(self, differs: str) -> str:
        return " ".join(self.when.format(differs=differs).split())


@dataclass(frozen=True)
class Trigger:
    """One trigger; `mark` is what the database says of it if it is the one that `sql` creates."""

    name: str
    table: str
    sql: str
    mark: str


class Engine(ABC):
    """How a database is told; all statements run on one connection."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @abstractmethod
    def triggers(self, guard: Guard) -> list[Trigger]:
        """What keeps the table append-only as declared."""

    @abstractmethod
    def rule(self, rule: Rule, operation: str) -> Trigger:
        """What refuses one operation where the rule says so."""

    def wanted(self, declared: Guard | Rule) -> list[Trigger]:
        """The triggers of one declaration."""
        if isinstance(declared, Guard):
            return self.triggers(declared)
        return [self.rule(declared, operation) for operation in declared.operations]

    @abstractmethod
    def found(self) -> dict[str, Trigger]:
        """What the database has of ours, by name."""

    @abstractmethod
    def lifted(self, tables: set[str]) -> AbstractContextManager[None]:
        """Lift the triggers of these tables inside the running transaction."""

    @abstractmethod
    def create(self, triggers: Iterable[Trigger]) -> None:
        """Create them in place of those of the same name."""

    @abstractmethod
    def drop(self, triggers: Iterable[Trigger]) -> None:
        """Drop those that are there."""

    def differences(self, guards: Iterable[Guard | Rule]) -> tuple[list[Trigger], list[Trigger]]:
        """What is to drop, and what to create, until all is as `guards` say."""
        found = self.found()
        wanted = {
            trigger.name: trigger
            for guard in self.present(guards)
            for trigger in self.wanted(guard)
        }
        return (
            [trigger for name, trigger in found.items() if name not in wanted],
            [
                trigger
                for name, trigger in wanted.items()
                if name not in found or found[name].mark != trigger.mark
            ],
        )

    def present(self, guards: Iterable[Guard | Rule]) -> Iterator[Guard | Rule]:
        """Those whose table and columns are there: a migrate may stop half-way."""
        with self.connection.cursor() as cursor:
            introspection = self.connection.introspection
            tables = set(introspection.table_names(cursor))
            for guard in guards:
                if guard.table not in tables or not router.allow_migrate_model(
                    self.connection.alias, guard.model
                ):
                    continue
                if needed := guard.needed_columns:
                    rows = introspection.get_table_description(cursor, guard.table)
                    if not needed <= {row.name for row in rows}:
                        continue
                yield guard

    def execute(self, sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []

    def quote(self, name: str) -> str:
        return self.connection.ops.quote_name(name)

    def condition(self, guard: Guard, operation: str, differs: str) -> str:
        """Of which rows the operation is refused, as SQL; "" means all."""
        parts = [f"({guard.when})"] if guard.when else []
        if guard.columns and operation == "update":
            changes = (
                f"OLD.{name} {differs} NEW.{name}" for name in map(self.quote, guard.columns)
            )
            parts.append(f"({' OR '.join(changes)})")
        return " AND ".join(parts)

    def name(self, guard: Guard, operation: str) -> str:
        return truncate_name(f"{PREFIX}{guard.table}_{operation}", LONGEST_NAME)

    def rule_name(self, rule: Rule, operation: str) -> str:
        name = f"{RULE_PREFIX}{rule.table}_{rule.name}_{operation}"
        return truncate_name(name, LONGEST_NAME)


class SQLite(Engine):
    """Triggers that raise. There is no variable of a transaction that they could read, so lifting
    drops them and creates them again; both are part of the transaction, and it alone may write.
    """

    def triggers(self, guard: Guard) -> list[Trigger]:
        triggers = [self.trigger(guard, "update", "UPDATE", self.when(guard, "update"))]
        if not guard.may_delete:
            triggers.append(self.trigger(guard, "delete", "DELETE", self.when(guard, "delete")))
            # `INSERT OR REPLACE` deletes the row of the same key without a delete trigger.
            key = self.quote(str(guard.model._meta.pk.column))
            same = f"OLD.{key} = NEW.{key}" + (f" AND ({guard.when})" if guard.when else "")
            table = self.quote(guard.table)
            when = f" WHEN EXISTS (SELECT 1 FROM {table} AS OLD WHERE {same})"  # noqa: S608
            triggers.append(self.trigger(guard, "replace", "INSERT", when))
        return triggers

    def when(self, guard: Guard, operation: str) -> str:
        condition = self.condition(guard, operation, "IS NOT")
        return f" WHEN {condition}" if condition else ""

    def trigger(self, guard: Guard, operation: str, event: str, when: str) -> Trigger:
        name = self.name(guard, operation)
        # Written as SQLite keeps it, so that it can be compared.
        sql = (
            f"CREATE TRIGGER {self.quote(name)} BEFORE {event} ON {self.quote(guard.table)}"
            f" FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT,"
            f" '{guard.table} is append-only: {operation.upper()} refused'); END"
        )
        return Trigger(name, guard.table, sql, mark=sql)

    def rule(self, rule: Rule, operation: str) -> Trigger:
        name = self.rule_name(rule, operation)
        sql = (
            f"CREATE TRIGGER {self.quote(name)} BEFORE {operation.upper()}"
            f" ON {self.quote(rule.table)} FOR EACH ROW WHEN {rule.condition('IS NOT')}"
            f" BEGIN SELECT RAISE(ABORT, '{rule.table} refuses: {rule.name}'); END"
        )
        return Trigger(name, rule.table, sql, mark=sql)

    def found(self) -> dict[str, Trigger]:
        rows = self.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {
            name: Trigger(name, table, sql, mark=sql)
            for name, table, sql in rows
            if name.startswith(PREFIXES)
        }

    @contextmanager
    def lifted(self, tables: set[str]) -> Iterator[None]:
        # What is found, not what is declared: within another `lifted` they stay lifted.
        taken = [trigger for trigger in self.found().values() if trigger.table in tables]
        self.drop(taken)
        yield
        self.create(taken)

    def create(self, triggers: Iterable[Trigger]) -> None:
        for trigger in triggers:
            self.drop([trigger])
            self.execute(trigger.sql)

    def drop(self, triggers: Iterable[Trigger]) -> None:
        for trigger in triggers:
            self.execute(f"DROP TRIGGER IF EXISTS {self.quote(trigger.name)}")


class PostgreSQL(Engine):
    """One function for all. It reads a variable of the transaction, so lifting locks nothing and
    is seen by nobody else. It refuses TRUNCATE too, unless the table is empty.
    """

    VARIABLE = "disclosure.lifted"
    FUNCTION = """
CREATE OR REPLACE FUNCTION disclosure_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    holds_rows boolean := true;
BEGIN
    IF TG_TABLE_NAME = ANY (string_to_array(current_setting('disclosure.lifted', true), ',')) THEN
        holds_rows := false;
    ELSIF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME)
            INTO holds_rows;
    END IF;
    IF holds_rows THEN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation',
                  TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$
"""

    def triggers(self, guard: Guard) -> list[Trigger]:
        operations = ["update"] if guard.may_delete else ["update", "delete", "truncate"]
        return [self.trigger(guard, operation) for operation in operations]

    def trigger(self, guard: Guard, operation: str) -> Trigger:
        name = self.name(guard, operation)
        each = "STATEMENT" if operation == "truncate" else "ROW"
        condition = self.condition(guard, operation, "IS DISTINCT FROM")
        when = f" WHEN ({condition})" if condition and each == "ROW" else ""
        sql = (
            f"CREATE TRIGGER {self.quote(name)} BEFORE {operation.upper()}"
            f" ON {self.quote(guard.table)} FOR EACH {each}{when}"
            " EXECUTE FUNCTION disclosure_append_only()"
        )
        # PostgreSQL keeps no text; a digest of it goes into the comment.
        digest = hashlib.sha256((self.FUNCTION + sql).encode()).hexdigest()[:16]
        return Trigger(name, guard.table, sql, mark=f"disclosure.core.triggers {digest}")

    def rule(self, rule: Rule, operation: str) -> Trigger:
        """A function of its own: the WHEN of a trigger takes no subquery."""
        name = self.rule_name(rule, operation)
        back = "OLD" if operation == "delete" else "NEW"
        sql = f"""
CREATE OR REPLACE FUNCTION {self.quote(name)}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {rule.condition("IS DISTINCT FROM")} THEN
        IF TG_TABLE_NAME = ANY
            (string_to_array(current_setting('{self.VARIABLE}', true), ',')) IS NOT TRUE THEN
            RAISE EXCEPTION '{rule.table} refuses: {rule.name}'
                USING ERRCODE = 'integrity_constraint_violation',
                      TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
        END IF;
    END IF;
    RETURN {back};
END $$;
CREATE TRIGGER {self.quote(name)} BEFORE {operation.upper()} ON {self.quote(rule.table)}
    FOR EACH ROW EXECUTE FUNCTION {self.quote(name)}()
"""
        digest = hashlib.sha256(sql.encode()).hexdigest()[:16]
        return Trigger(name, rule.table, sql, mark=f"disclosure.core.triggers {digest}")

    def found(self) -> dict[str, Trigger]:
        rows = self.execute(
            "SELECT tgname, relname, CASE WHEN tgenabled IN ('O', 'A')"
            " THEN COALESCE(obj_description(pg_trigger.oid, 'pg_trigger'), '') ELSE 'off' END"
            " FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
            " AND (starts_with(tgname::text, %s) OR starts_with(tgname::text, %s))",
            list(PREFIXES),
        )
        return {name: Trigger(name, table, "", mark) for name, table, mark in rows}

    @contextmanager
    def lifted(self, tables: set[str]) -> Iterator[None]:
        [(before,)] = self.execute(f"SELECT current_setting('{self.VARIABLE}', true)")
        already = set(filter(None, (before or "").split(",")))
        self.let(already | tables)
        # After an exception the rollback brings the variable back.
        yield
        self.let(already)

    def let(self, tables: set[str]) -> None:
        """Lift the triggers of exactly these tables until the transaction ends."""
        self.execute(f"SELECT set_config('{self.VARIABLE}', %s, true)", [",".join(sorted(tables))])

    def create(self, triggers: Iterable[Trigger]) -> None:
        wanted = list(triggers)
        if wanted:
            self.execute(self.FUNCTION)
        for trigger in wanted:
            self.drop([trigger])
            self.execute(trigger.sql)
            place = f"{self.quote(trigger.name)} ON {self.quote(trigger.table)}"
            self.execute(f"COMMENT ON TRIGGER {place} IS '{trigger.mark}'")

    def drop(self, triggers: Iterable[Trigger]) -> None:
        for trigger in triggers:
            place = f"{self.quote(trigger.name)} ON {self.quote(trigger.table)}"
            self.execute(f"DROP TRIGGER IF EXISTS {place}")


ENGINES: dict[str, type[Engine]] = {"sqlite": SQLite, "postgresql": PostgreSQL}


def engine_for(using: str) -> Engine:
    connection = connections[using]
    return ENGINES[connection.vendor](connection)
