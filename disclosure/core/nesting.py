"""HTML made shallow before it is parsed: the parser's work grows with the square of the depth."""

import re
from collections import Counter
from typing import Final

#: Elements within each other; no text that people write comes near.
_DEEPEST: Final = 100
#: Letters within each other (bold in italic …): the parser opens all anew in each paragraph.
_MOST_STYLES: Final = 20
_STYLES: Final = {
    *("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"),
    *("tt", "u"),
}
#: They hold nothing, or the next of them ends the one before.
_FLAT: Final = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr", "p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
}
_CELLS: Final = {"td", "th", "caption"}
_ROWS: Final = {"tr", "thead", "tbody", "tfoot", "colgroup"}
#: Other rules hold within them, and nothing of them is kept anyway.
_FOREIGN: Final = {"svg", "math", "template"}
_RAW: Final = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"}
_OPENING: Final = re.compile(r"<!--|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)")
_REST: Final = re.compile(r"""(?>=\s*+"[^"]*"|=\s*+'[^']*'|[^>])*+(?:>|\Z)""")
_END_OF_COMMENT: Final = re.compile(r"--!?>")


def flattened(value: str) -> str:
    """`value` without the tags that nest deeper than anybody needs; their text stays."""
    kept: list[str] = []
    open_now = _Open()
    done = at = 0
    while found := _OPENING.search(value, at):
        if found["name"] is None:
            end = _END_OF_COMMENT.search(value, found.start() + 2)
            at = end.end() if end else len(value)
            continue
        rest = _REST.match(value, found.end())
        at = rest.end() if rest else len(value)
        name = found["name"].lower()
        if not (open_now.closed(name) if found["end"] else open_now.opened(name)):
            kept.append(value[done : found.start()])
            done = at
        elif name in _RAW and not found["end"]:
            end = re.compile(f"</{name}", re.IGNORECASE).search(value, at)
            at = end.start() if end else len(value)
    return "".join([*kept, value[done:]])


class _Open:
    """The elements that are open at a place of the text, and those left out within them."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.left_out: Counter[str] = Counter()

    def opened(self, name: str) -> bool:
        """Whether the tag stays."""
        if name in _FLAT:
            return True
        if name in _FOREIGN:
            return False
        if name in _CELLS | _ROWS and "table" in self.stack:
            self._end_of("table", itself=False)
            if name in _ROWS:
                return True
        is_style = name in _STYLES
        if len(self.stack) >= _DEEPEST or (
            is_style and sum(one in _STYLES for one in self.stack) >= _MOST_STYLES
        ):
            self.left_out[name] += 1
            return False
        self.stack.append(name)
        return True

    def closed(self, name: str) -> bool:
        """Whether the tag stays."""
        if name in _FOREIGN:
            return False
        if self.left_out[name]:
            self.left_out[name] -= 1
            return False
        if name in _CELLS | _ROWS and "table" in self.stack:
            self._end_of("table", itself=False)
        elif name == "table" or name not in self._outside_the_cell():
            self._end_of(name, itself=True)
        return True

    def _outside_the_cell(self) -> set[str]:
        """What a tag within a table's cell cannot end."""
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at] in _CELLS or self.stack[at] == "table":
                return set(self.stack[: at + 1]) - set(self.stack[at + 1 :])
        return set()

    def _end_of(self, name: str, *, itself: bool) -> None:
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at] == name:
                self.left_out.clear()
                del self.stack[at if itself else at + 1 :]
                return
