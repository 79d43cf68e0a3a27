"""The index in PostgreSQL: a narrow table of keys with two vectors, made of our tokens.

PostgreSQL's own plan is a trap: for rare words it walks the keys to the end. So a question is
asked in two steps: among the newest few hundred rows; and only where too few of them fit, over the
GIN index, fenced off (MATERIALIZED) from the order.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from disclosure.search.asking import Phrase, Term
from disclosure.search.backends import VERSION, Entry, Look, Stretch, Token, number_token

TABLE = f"disclosure_search_{VERSION}"
#: Rows that are walked before the index is asked.
WALKED = 500
#: Where more would have to be walked, the index is asked. An estimate, not measured at a million.
MOST_WALKED = 12_500
#: PostgreSQL keeps so many positions of a word, and none beyond the last.
_MOST_POSITIONS = 255
_LAST_POSITION = 16_383
_CREATE = f"""
CREATE TABLE {TABLE} (
    key bigint PRIMARY KEY, title tsvector NOT NULL, everything tsvector NOT NULL
);
ALTER TABLE {TABLE} ALTER COLUMN everything SET STORAGE EXTERNAL;
CREATE INDEX {TABLE}_title ON {TABLE} USING gin (title) WITH (fastupdate = off);
CREATE INDEX {TABLE}_everything ON {TABLE} USING gin (everything) WITH (fastupdate = off);
"""
_INSERT = (
    f"INSERT INTO {TABLE} (key, title, everything)"  # noqa: S608
    " VALUES (%s, %s::tsvector, %s::tsvector) ON CONFLICT (key) DO UPDATE"
    " SET title = excluded.title, everything = excluded.everything"
)


class PostgresBackend:
    """See `backends.Backend`."""

    def install(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
                " AND tablename ~ '^disclosure_search_[0-9]+$'"
            )
            found = {name for (name,) in cursor.fetchall()}
            for name in found - {TABLE}:
                cursor.execute(f'DROP TABLE "{name}"')
            if TABLE in found:
                return False
            cursor.execute(_CREATE)
            return True

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {TABLE}")

    def add(self, entries: Iterable[Entry]) -> None:
        rows = [(one.key, vector(one.title), vector(one.full, one.facets)) for one in entries]
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)

    def remove(self, entries: Iterable[Entry]) -> None:
        keys = [entry.key for entry in entries]
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE key = ANY(%s)", [keys])  # noqa: S608

    def keys(self, look: Look, stretch: Stretch) -> list[int]:
        fits, values = conditions(look)
        if not fits:
            return []
        order = "DESC" if stretch.descending else "ASC"
        reach = "key BETWEEN %s AND %s"
        bounds: list[Any] = [stretch.low, stretch.high]
        if stretch.among:
            reach += " AND key = ANY(%s)"
            bounds.append(list(stretch.among))
        with connection.cursor() as cursor:
            walk = WALKED
            while True:
                cursor.execute(
                    f"SELECT key, {fits} FROM (SELECT key, title, everything FROM {TABLE}"  # noqa: S608
                    f" WHERE {reach} ORDER BY key {order} LIMIT %s) newest ORDER BY key {order}",
                    [*values, *bounds, walk],
                )
                walked = cursor.fetchall()
                found = [key for key, is_fit in walked if is_fit]
                if len(found) >= stretch.limit or len(walked) < walk:
                    return found[: stretch.limit]
                # As many fit further on: common words are walked to, rare ones looked up.
                needed = int(1.2 * walk * stretch.limit / max(len(found), 1)) + 1
                if walk > WALKED or needed > MOST_WALKED:
                    break
                walk = needed
            cursor.execute(
                f"WITH found AS MATERIALIZED (SELECT key FROM {TABLE}"  # noqa: S608
                f" WHERE {fits} AND {reach}) SELECT key FROM found ORDER BY key {order} LIMIT %s",
                [*values, *bounds, stretch.limit],
            )
            return [key for (key,) in cursor.fetchall()]


def vector(texts: Iterable[Sequence[Token]], facets: Sequence[str] = ()) -> str:
    """A tsvector's text: each token with its places, from 1; facets without any."""
    places: dict[str, list[str]] = {}
    start = 1
    for tokens in texts:
        last = start
        for token, position in tokens:
            last = start + position
            found = places.setdefault(token, [])
            if len(found) < _MOST_POSITIONS and last <= _LAST_POSITION:
                found.append(str(last))
        start = last + 2
    words = [
        f"{_quoted(token)}:{','.join(where)}" if where else _quoted(token)
        for token, where in places.items()
    ]
    return " ".join([*words, *(_quoted(facet) for facet in facets)])


def conditions(look: Look) -> tuple[str, list[str]]:
    """The question as SQL with its values; "" where nothing is asked that could be looked up."""
    wanted = [_term(term) for term in look.wanted] + [_quoted(token) for token in look.facets]
    refused = [f"!{_term(term)}" for term in look.unwanted]
    if look.has_number is not None:
        token = _quoted(number_token(look.number))
        if look.has_number:
            wanted.append(token)
        else:
            refused.append(f"!{token}")
    if not wanted:
        return "", []
    fits, values = "everything @@ %s::tsquery", [" & ".join([*wanted, *refused])]
    if look.in_title is not None and look.wanted:
        fits += f" AND {'' if look.in_title else 'NOT '}title @@ %s::tsquery"
        values.append(" & ".join(_term(term) for term in look.wanted))
    return fits, values


def _term(term: Term) -> str:
    alternatives = (
        f"({' & '.join(_phrase(phrase) for phrase in phrases)})" for phrases in term.any_of
    )
    return f"({' | '.join(alternatives)})"


def _phrase(phrase: Phrase) -> str:
    words = [_quoted(token) for token in phrase.tokens]
    return f"({' <-> '.join(words)}{':*' if phrase.is_prefix else ''})"


def _quoted(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
