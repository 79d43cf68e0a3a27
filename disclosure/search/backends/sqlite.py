"""The index in SQLite: one contentless FTS5 table, whose rowid is the key turned round: the newest
come first when it goes up. Going down, FTS5 of SQLite 3.40 loses hits where keys are large and
came in no order (tried), so that way round is sorted outside it.

FTS5 counts positions by itself, so a gap is written as a filler that nobody can search for. The
tokens are ours: its `ascii` tokeniser takes everything between blanks as one, whatever script.
SQLite 3.40 knows no deletion in such a table: a row is forgotten by its old words.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from disclosure.search.asking import Phrase, Term
from disclosure.search.backends import VERSION, Entry, Look, Stretch, Token, number_token

TABLE = f"disclosure_search_{VERSION}"
_FILLER = "_"
_LAST = (1 << 63) - 1
_CREATE = f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(title, everything, facet, content='',
    prefix='1', tokenize="ascii tokenchars '#-_='")"""
_INSERT = f"INSERT INTO {TABLE}(rowid, title, everything, facet) VALUES (%s, %s, %s, %s)"  # noqa: S608
_FORGET = (
    f"INSERT INTO {TABLE}({TABLE}, rowid, title, everything, facet)"  # noqa: S608
    " VALUES ('delete', %s, %s, %s, %s)"
)


class SqliteBackend:
    """See `backends.Backend`."""

    def install(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE disclosure_%%'"
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
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")  # noqa: S608

    def add(self, entries: Iterable[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, [_row(entry) for entry in entries])

    def remove(self, entries: Iterable[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_FORGET, [_row(entry) for entry in entries])

    def keys(self, look: Look, stretch: Stretch) -> list[int]:
        asked = expression(look)
        if not asked:
            return []
        among = ", ".join(str(_LAST - key) for key in stretch.among)
        among = f" AND rowid IN ({among})" if among else ""
        # The plus keeps the order from FTS5.
        order = "rowid ASC" if stretch.descending else "+rowid DESC"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
                f" AND rowid BETWEEN %s AND %s{among} ORDER BY {order} LIMIT %s",
                [asked, _LAST - stretch.high, _LAST - stretch.low, stretch.limit],
            )
            return [_LAST - turned for (turned,) in cursor.fetchall()]


def _row(entry: Entry) -> tuple[int, str, str, str]:
    return _LAST - entry.key, text_of(entry.title), text_of(entry.full), " ".join(entry.facets)


def text_of(texts: Iterable[Sequence[Token]]) -> str:
    """The tokens in their order, a filler in each gap."""
    line: list[str] = []
    for tokens in texts:
        expected = -1  # between two texts there is a gap too
        for token, position in tokens:
            if position != expected:
                line.append(_FILLER)
            line.append(token)
            expected = position + 1
    return " ".join(line)


def expression(look: Look) -> str:
    """The question in FTS5's language; "" where nothing is asked that could be looked up."""
    wanted = [_in("everything", term) for term in look.wanted]
    wanted += [_facet(token) for token in look.facets]
    refused = [_in("everything", term) for term in look.unwanted]
    if look.has_number is not None:
        (wanted if look.has_number else refused).append(_facet(number_token(look.number)))
    if look.in_title is not None and look.wanted:
        titles = " AND ".join(_in("title", term) for term in look.wanted)
        (wanted if look.in_title else refused).append(f"({titles})")
    if not wanted:
        return ""
    # NOT stands between two expressions and binds more closely than AND.
    asked = f"({' AND '.join(wanted)})"
    return f"{asked} NOT ({' OR '.join(refused)})" if refused else asked


def _facet(token: str) -> str:
    return f"{{facet}} : ({_quoted([token])})"


def _in(column: str, term: Term) -> str:
    alternatives = " OR ".join(
        f"({' AND '.join(_phrase(phrase) for phrase in phrases)})" for phrases in term.any_of
    )
    return f"({{{column}}} : ({alternatives}))"


def _phrase(phrase: Phrase) -> str:
    return _quoted(phrase.tokens) + (" *" if phrase.is_prefix else "")


def _quoted(tokens: Iterable[str]) -> str:
    return '"' + " ".join(token.replace('"', '""') for token in tokens) + '"'
