"""The parts of a Word document that hold running text, and what of them no page shows."""

from collections.abc import Iterable, Iterator

from lxml import etree

from disclosure.files.inside.docx_styles import is_on, value, w
from disclosure.files.inside.ooxml import Office, Relation, Seen, relation_keys
from disclosure.files.inside.packages import local

STORIES = ("header", "footer", "footnotes", "endnotes")
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}


def stories(office: Office, seen: Seen, main: str) -> list[str]:
    """The document's own part first."""
    kept = set(seen.parts)
    return [
        main,
        *dict.fromkeys(
            one.target
            for one in office.of(main)
            if one.kind in STORIES and not one.is_external and one.target in kept
        ),
    ]


def unused(office: Office, main: str) -> list[Relation]:
    """Headers and footers that say something and stand on no page: of first pages where none is
    other than the rest, of even pages where they are not told apart, or of no section at all."""
    root = office.tree(main)
    even = any(
        is_on(w(office.tree(one.target), "evenAndOddHeaders"))
        for one in office.of(main, "settings")
        if one.target in office.package.infos
    )
    used: set[str] = set()
    current: dict[tuple[str, str], str] = {}
    for section in (one for one in root.iter(etree.Element) if local(one) == "sectPr"):
        for element in section:
            if local(element) in {"headerReference", "footerReference"}:
                kind = value(element, "type") or "default"
                for _attribute, key in relation_keys(element):
                    current[local(element), kind] = key
        first = is_on(w(section, "titlePg"))
        for (_name, kind), key in current.items():
            if kind == "default" or (kind == "first" and first) or (kind == "even" and even):
                used.add(key)
    return [
        one
        for one in office.of(main)
        if one.kind in {"header", "footer"}
        and one.key not in used
        and one.target in office.package.infos
        and _says_something(office.tree(one.target))
    ]


def _says_something(root: etree._Element) -> bool:
    return any(
        local(one) in {"drawing", "pict", "object", "instrText"}
        or (local(one) == "t" and (one.text or "").strip())
        for one in root.iter(etree.Element)
    )


def lost_notes(office: Office, parts: Iterable[str]) -> Iterator[tuple[str, etree._Element]]:
    """Footnotes and endnotes that nothing leads to: (part, note)."""
    roots = {name: office.tree(name) for name in parts}
    led_to = {
        (local(one), value(one, "id"))
        for root in roots.values()
        for one in root.iter(etree.Element)
        if local(one) in _NOTES.values()
    }
    for name, root in roots.items():
        for note in root:
            reference = _NOTES.get(local(note), "")
            plain = value(note, "type") in {None, "normal"}
            if reference and plain and (reference, value(note, "id")) not in led_to:
                yield name, note
