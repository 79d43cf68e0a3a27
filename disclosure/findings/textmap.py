"""The text of sanitised HTML with each sign's place in the markup, so that what is found in the
text can be marked or replaced there without ever breaking a tag. Pure.

Blocks end with a line break and table cells with a tab; the values of `href` and `title` follow
after the visible text, one a line, for numbers hide there too (`tel:`).
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_TOKEN = re.compile(
    r'<(?P<tag>/?[a-zA-Z][a-zA-Z0-9]*)(?:[^<>"]|"[^"]*")*>|<!--.*?-->|&[#\w]+;', re.S
)
_ATTRIBUTE = re.compile(r'\s(href|title)="([^"]*)"')
_BREAKS = {"/p", "/h1", "/h2", "/h3", "/h4", "/li", "/tr", "/dt", "/dd", "br", "hr"} | {
    *("/blockquote", "/pre", "/caption", "/table", "/ul", "/ol", "/dl", "/div"),
}
_CELLS = {"/td", "/th"}


@dataclass(frozen=True)
class _Piece:
    """Signs of the text (`start` in it) that stand together in the markup."""

    start: int
    text: str
    #: Place in the markup; None where the piece stands for a tag.
    html_start: int | None
    html_end: int
    is_attribute: bool = False
    #: Written otherwise than it reads (an entity): taken whole or not at all.
    is_entity: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Span:
    """A place in the text, and what is to become of it there."""

    start: int
    end: int
    value: str = ""


class TextMap:
    """`text` is what the markup reads; `visible` is how much of it a reader sees."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self._pieces: list[_Piece] = []
        self._length = 0
        attributes: list[tuple[str, int, str]] = []
        #: The addresses of links with their place in the text.
        self.links: list[Span] = []
        place = 0
        for token in _TOKEN.finditer(markup):
            self._run(markup[place : token.start()], place)
            place = token.end()
            tag = (token["tag"] or "").lower()
            if token[0].startswith("&"):
                self._add(html.unescape(token[0]), token.start(), token.end(), is_entity=True)
            elif tag in _BREAKS:
                self._add("\n", None, 0)
            elif tag in _CELLS:
                self._add("\t", None, 0)
            for named in _ATTRIBUTE.finditer(token[0]) if tag else ():
                attributes.append((named[1], token.start() + named.start(2), named[2]))
        self._run(markup[place:], place)
        self.visible = self._length
        for name, where, value in attributes:
            self._add("\n", None, 0)
            start = self._length
            self._attribute(where, value)
            if name == "href":
                self.links.append(Span(start, self._length, html.unescape(value)))
        self.text = "".join(piece.text for piece in self._pieces)
        self._starts = [piece.start for piece in self._pieces]

    @classmethod
    def of_plain(cls, text: str) -> "TextMap":
        """A plain text as markup of its own."""
        return cls(html.escape(text, quote=False))

    def _add(self, text: str, start: int | None, end: int, **kind: bool) -> None:
        if text:
            self._pieces.append(_Piece(self._length, text, start, end, **kind))
            self._length += len(text)

    def _run(self, text: str, place: int) -> None:
        self._add(text, place, place + len(text))

    def _attribute(self, where: int, value: str) -> None:
        place = 0
        for entity in re.finditer(r"&[#\w]+;", value):
            self._add(
                value[place : entity.start()],
                where + place,
                where + entity.start(),
                is_attribute=True,
            )
            self._add(
                html.unescape(entity[0]),
                where + entity.start(),
                where + entity.end(),
                is_attribute=True,
                is_entity=True,
            )
            place = entity.end()
        self._add(value[place:], where + place, where + len(value), is_attribute=True)

    def _overlapping(self, start: int, end: int) -> Iterable[_Piece]:
        place = max(bisect_right(self._starts, start) - 1, 0)
        while place < len(self._pieces) and self._pieces[place].start < end:
            piece = self._pieces[place]
            if piece.end > start and piece.html_start is not None:
                yield piece
            place += 1

    def replace(self, spans: Iterable[Span]) -> str:
        """The markup with each span of the text reading `value` instead. Tags stay where they
        are; a value as long as what it replaces goes sign for sign, else it stands at the first."""
        edits: list[tuple[int, int, str]] = []
        for span in _apart(spans):
            same = len(span.value) == span.end - span.start
            rest = span.value
            for piece in self._overlapping(span.start, span.end):
                first, last = max(span.start, piece.start), min(span.end, piece.end)
                if same:
                    value = span.value[first - span.start : last - span.start]
                else:
                    value, rest = rest, ""
                edits.append((*_in_markup(piece, first, last), html.escape(value, quote=True)))
        return self._edited(edits)

    def highlight(self, spans: Iterable[Span], opening: Callable[[Span, bool], str]) -> str:
        """The markup with each span in `<mark>`; `opening(span, is_first)` gives its start tag.

        A mark never holds a tag, so the markup stays well formed; of spans that overlap, the
        later one begins where the earlier ends. What stands in attributes is not marked.
        """
        edits: list[tuple[int, int, str]] = []
        for span in _apart(spans, cut=True):
            is_first = True
            for piece in self._overlapping(span.start, span.end):
                if piece.is_attribute:
                    continue
                first, last = max(span.start, piece.start), min(span.end, piece.end)
                begin, end = _in_markup(piece, first, last)
                marked = f"{opening(span, is_first)}{self.markup[begin:end]}</mark>"
                edits.append((begin, end, marked))
                is_first = False
        return self._edited(edits)

    def _edited(self, edits: list[tuple[int, int, str]]) -> str:
        parts, place = [], 0
        for begin, end, value in sorted(edits):
            parts += [self.markup[place:begin], value]
            place = end
        return "".join([*parts, self.markup[place:]])


def _in_markup(piece: _Piece, first: int, last: int) -> tuple[int, int]:
    """The markup of the signs `first` to `last` of the text."""
    where = piece.html_start or 0
    if piece.is_entity:
        return where, piece.html_end
    return where + first - piece.start, where + last - piece.start


def _apart(spans: Iterable[Span], *, cut: bool = False) -> Iterable[Span]:
    """The spans in their order, none within another; `cut` keeps the rest of one overlapped."""
    end = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        start = max(span.start, end) if cut else span.start
        if start < end or start >= span.end:
            continue
        yield Span(start, span.end, span.value)
        end = span.end


def spliced(text: str, spans: Iterable[Span]) -> str:
    """A plain text with each span reading `value` instead."""
    parts, place = [], 0
    for span in _apart(spans):
        parts += [text[place : span.start], span.value]
        place = span.end
    return "".join([*parts, text[place:]])
