"""The words of a PDF that stand beside its pages' letters: bookmarks, what is read out in the place
of pictures, labels of pages; and texts that stand instead of letters, which go.
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

#: What may be a text instead of letters in a page's own instructions; names may be written with #.
_INSTEAD = re.compile(rb"/(?:ActualText|Alt|E[ (<\r\n]|[^\s/<>\[\](){}%]{0,40}#[0-9A-Fa-f]{2})")
_KEYS = ("/ActualText", "/Alt", "/E")
_MARKS = frozenset({"BDC", "DP"})
#: So many bookmarks or parts of the structure are read; nobody makes more.
_MOST = 200_000


def beside(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Bookmarks, the structure's replacements for pictures, hints of links, labels of pages."""
    yield from _titles(pdf.Root.get(Name.Outlines))
    yield from _structure(pdf.Root.get(Name.StructTreeRoot))
    for page in pdf.pages:
        notes = page.obj.get(Name.Annots)
        for note in notes if isinstance(notes, pikepdf.Array) else ():
            if isinstance(note, pikepdf.Dictionary):
                yield _text(note, Name.Contents)
    labels = pdf.Root.get(Name.PageLabels)
    numbers = labels.get(Name.Nums) if isinstance(labels, pikepdf.Dictionary) else None
    for label in numbers if isinstance(numbers, pikepdf.Array) else ():
        if isinstance(label, pikepdf.Dictionary):
            yield _text(label, Name.P)


def _text(one: Any, key: Any) -> str:
    value = one.get(key)
    return str(value) if isinstance(value, pikepdf.String) else ""


def _titles(start: Any) -> Iterator[str]:
    todo: list[Any] = [start]
    seen: set[tuple[int, int]] = set()
    while todo and len(seen) < _MOST:
        one = todo.pop()
        if not isinstance(one, pikepdf.Dictionary) or one.objgen in seen:
            continue
        if one.is_indirect:
            seen.add(one.objgen)
        yield _text(one, Name.Title)
        todo += [one.get(Name.Next), one.get(Name.First)]


def _structure(start: Any) -> Iterator[str]:
    todo: list[Any] = [start]
    seen: set[tuple[int, int]] = set()
    count = 0
    while todo and count < _MOST:
        one = todo.pop()
        count += 1
        if isinstance(one, pikepdf.Array):
            todo += reversed(list(one))
        if not isinstance(one, pikepdf.Dictionary) or one.objgen in seen:
            continue
        if one.is_indirect:
            seen.add(one.objgen)
        for key in (Name.T, Name.Alt, Name.E):
            yield _text(one, key)
        todo.append(one.get(Name.K))


def _is_painted(one: Any) -> bool:
    """Whether a stream beside the pages' own holds instructions."""
    return isinstance(one, pikepdf.Stream) and (
        one.get(Name.Subtype) == Name.Form or Name.PatternType in one
    )


def _bytes(one: Any) -> bytes:
    try:
        return bytes(one.read_bytes())
    except pikepdf.PdfError:
        return b""


def instead(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The texts that stand instead of letters in instructions, where there are such."""
    for one in [*pdf.pages, *filter(_is_painted, pdf.objects)]:
        for instruction in _instructions(one):
            for operand in _lists(instruction):
                yield " ".join(str(operand[key]) for key in _KEYS if key in operand)


def cut(pdf: pikepdf.Pdf) -> None:
    """Take them out of the instructions: the letters are the text."""
    for one in [*pdf.pages, *filter(_is_painted, pdf.objects)]:
        instructions = _instructions(one)
        if not any(_lists(instruction) for instruction in instructions):
            continue
        for instruction in instructions:
            for operand in _lists(instruction):
                for key in _KEYS:
                    if key in operand:
                        del operand[key]
        written = pikepdf.unparse_content_stream(instructions)
        if isinstance(one, pikepdf.Page):
            one.Contents = pdf.make_stream(written)
        else:
            one.write(written)


def _instructions(one: Any) -> list[Any]:
    """The instructions of a page or a stream; parsed only where they may hold such a text."""
    if isinstance(one, pikepdf.Page):
        held = one.obj.get(Name.Contents)
        streams = list(held) if isinstance(held, pikepdf.Array) else [held]
        raw = b"\n".join(_bytes(each) for each in streams if isinstance(each, pikepdf.Stream))
    else:
        raw = _bytes(one)
    if not _INSTEAD.search(raw):
        return []
    return list(pikepdf.parse_content_stream(one))


def _lists(instruction: Any) -> list[Any]:
    if str(instruction.operator) not in _MARKS:
        return []
    return [
        operand
        for operand in instruction.operands
        if isinstance(operand, pikepdf.Dictionary) and any(key in operand for key in _KEYS)
    ]
