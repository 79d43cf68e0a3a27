"""What DOCX, XLSX and PPTX have in common: parts joined by relationships.

Only what hangs on a kind of relationship that is known to be seen is kept; everything else is
told of and taken away, also what no program has thought of yet.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from disclosure.files.inside import images, markup
from disclosure.files.inside.packages import Package, local, pack, parse, serialise
from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt, inside

TYPES = "[Content_Types].xml"
#: Attributes that name a relationship are in one of these namespaces.
R = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
#: Kinds of relationship that every format may have, and what they mean where they are not seen.
HIDDEN_PARTS = {
    "aFChunk": "foreign_part",
    "activeXControlBinary": "embedded",
    "attachedTemplate": "external_link",
    "attachedToolbars": "macros",
    "author": "comments",
    "authors": "comments",
    "commentAuthors": "comments",
    "comments": "comments",
    "commentsExtended": "comments",
    "commentsExtensible": "comments",
    "commentsIds": "comments",
    "connections": "external_link",
    "control": "embedded",
    "customXml": "custom_xml",
    "customXmlProps": "custom_xml",
    "externalLink": "external_link",
    "externalLinkPath": "external_link",
    "frame": "external_link",
    "glossaryDocument": "custom_xml",
    "mailMergeSource": "external_link",
    "notesSlide": "notes",
    "oleObject": "embedded",
    "package": "embedded",
    "people": "comments",
    "person": "comments",
    "pivotCacheDefinition": "pivot_cache",
    "pivotCacheRecords": "pivot_cache",
    "pivotTable": "pivot_cache",
    "queryTable": "external_link",
    "revisionHeaders": "tracked_changes",
    "revisionLog": "tracked_changes",
    "subDocument": "external_link",
    "tags": "custom_xml",
    "threadedComment": "comments",
    "usernames": "tracked_changes",
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "xmlMaps": "custom_xml",
}
#: Taken away without a word: programs write these by themselves, and readers need none of them.
SILENT = frozenset(
    {
        *("calcChain", "handoutMaster", "notesMaster", "slideUpdateInfo", "stylesWithEffects"),
        *("changesInfo", "revisionInfo", "vmlDrawing", "documenttasks", "customProperty"),
        *("volatileDependencies", "printerSettings", "keyMapCustomizations", "webSettings"),
    }
)
_PROPERTIES = {
    "core-properties": "properties",
    "extended-properties": "properties",
    "custom-properties": "properties",
    "thumbnail": "thumbnail",
}
_TOLD_PROPERTIES = frozenset(
    {
        *("creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category"),
        *("Company", "Manager", "HyperlinkBase", "lpwstr", "bstr", "lpstr", "contentStatus"),
    }
)
_PICTURES = frozenset({*images.TYPES, "image/jpg"})
_WEB = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_MACRO_TYPES = (
    (
        "vnd.ms-word.document.macroEnabled.",
        "vnd.openxmlformats-officedocument.wordprocessingml.document.",
    ),
    ("vnd.ms-excel.sheet.macroEnabled.", "vnd.openxmlformats-officedocument.spreadsheetml.sheet."),
    (
        "vnd.ms-powerpoint.presentation.macroEnabled.",
        "vnd.openxmlformats-officedocument.presentationml.presentation.",
    ),
)
#: Elements that say nothing, or are not allowed, once what they held is gone.
_NOT_EMPTY = frozenset(
    {
        *("hyperlinks", "oleObjects", "controls", "tableParts", "externalReferences"),
        *("pivotCaches", "Choice", "Fallback", "AlternateContent", "sectionLst", "custDataLst"),
        *("notesMasterIdLst", "handoutMasterIdLst", "definedNames", "dataValidations", "object"),
    }
)


@dataclass(frozen=True)
class Relation:
    """One relationship of a part ("" is the package itself)."""

    source: str
    key: str
    kind: str
    target: str
    is_external: bool


def remove(element: etree._Element) -> None:
    """Take an element out; what follows it stays, and a list that is now empty goes too."""
    parent = element.getparent()
    if parent is None:
        return
    markup.take_out(element)
    if local(parent) in _NOT_EMPTY and len(parent) == 0 and not (parent.text or "").strip():
        remove(parent)


def relation_keys(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The attributes of an element that name a relationship: (attribute, key)."""
    for name, value in element.attrib.items():
        if str(name).startswith(tuple(f"{{{space}}}" for space in R)):
            yield str(name), str(value)


class Office:
    """An Office file opened: its parts, their XML once asked for, their relationships."""

    def __init__(self, data: bytes, spent: Spent) -> None:
        self.spent = spent
        self.package = Package(data, spent)
        self._trees: dict[str, etree._Element] = {}
        self._edited: set[str] = set()
        self.types = self._content_types()
        self.relations: list[Relation] = []
        for name in ["", *self.package.names]:
            self.relations += self._relations_of(name)

    def _content_types(self) -> dict[str, str]:
        root = parse(self.read(TYPES), f"part:{TYPES}")
        found: dict[str, str] = {}
        for element in root:
            kind = element.get("ContentType", "")
            if local(element) == "Default":
                found[f".{element.get('Extension', '').lower()}"] = kind
            elif local(element) == "Override":
                found[element.get("PartName", "").lstrip("/")] = kind
        return found

    def type_of(self, name: str) -> str:
        return self.types.get(name) or self.types.get(f".{name.rpartition('.')[2].lower()}", "")

    def read(self, name: str) -> bytes:
        return self.package.read(name)

    def tree(self, name: str) -> etree._Element:
        """The XML of a part, parsed once."""
        if name not in self._trees:
            data = self.package.read(name, limit=self.spent.limits.part)
            self._trees[name] = parse(data, f"part:{name}")
        return self._trees[name]

    def edit(self, name: str) -> etree._Element:
        """The XML of a part, to be written anew."""
        self._edited.add(name)
        return self.tree(name)

    @staticmethod
    def relations_part(name: str) -> str:
        folder, _slash, last = name.rpartition("/")
        return f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"

    def _relations_of(self, name: str) -> list[Relation]:
        part = self.relations_part(name)
        if part not in self.package.infos:
            return []
        folder = posixpath.dirname(name)
        found = []
        for element in self.tree(part):
            target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
            if not outside:
                target = unquote(target.partition("#")[0])
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            found.append(Relation(name, element.get("Id", ""), kind, target, outside))
        return found

    def main(self) -> str:
        """The part that everything hangs on."""
        for one in self.relations:
            is_main = one.source == "" and one.kind == "officeDocument" and not one.is_external
            if is_main and one.target in self.package.infos:
                return one.target
        raise Refused("broken")

    def of(self, name: str, kind: str = "") -> list[Relation]:
        return [one for one in self.relations if one.source == name and kind in {"", one.kind}]


class Seen:
    """The parts of an Office file that are seen, and the relationships that lead elsewhere."""

    def __init__(
        self, office: Office, allowed: frozenset[str], refused: Iterable[Relation] = ()
    ) -> None:
        self.office = office
        against = set(refused)
        self.parts: list[str] = []
        self.dropped: list[Relation] = []
        todo, reached = [""], {""}
        while todo:
            source = todo.pop(0)
            for one in office.of(source):
                if one.is_external:
                    web = one.kind == "hyperlink" and _WEB.match(one.target)
                    if not web or one in against:
                        self.dropped.append(one)
                elif one.kind not in allowed or one in against:
                    self.dropped.append(one)
                elif one.target not in reached:
                    if one.target not in office.package.infos:
                        self.dropped.append(one)
                        continue
                    reached.add(one.target)
                    todo.append(one.target)
        self.parts = [name for name in office.package.names if name in reached]

    def findings(self) -> list[HiddenFinding]:
        """What the dropped relationships lead to, what hangs on nothing, what pictures carry."""
        found = []
        office, named = self.office, {""}
        for one in office.relations:
            named.add(one.target)
        for one in self.dropped:
            if one.kind in _PROPERTIES:
                found += self._property_findings(one)
            elif one.is_external:
                found.append(HiddenFinding("external_link", f"part:{one.source}", one.target))
            elif one.kind not in SILENT and one.target in office.package.infos:
                kind = HIDDEN_PARTS.get(one.kind, "foreign_part")
                found.append(HiddenFinding(kind, f"part:{one.target}", one.kind))
        for name in office.package.names:
            if name not in named and name != TYPES and not name.endswith(".rels"):
                found.append(HiddenFinding("foreign_part", f"part:{name}"))
        for name in self._markup():
            words = markup.beside(office.tree(name))
            if words:
                found.append(HiddenFinding("custom_xml", f"part:{name}", words))
        for name in self.parts:
            kind = office.type_of(name)
            if kind.startswith("image/") and kind not in _PICTURES:
                found.append(HiddenFinding("opaque_picture", f"part:{name}", kind[6:]))
        for name in self.pictures():
            try:
                found += inside(f"part:{name}", images.inspect(office.read(name), office.spent))
            except Refused as refused:
                if refused.code != "broken":
                    raise
                found.append(HiddenFinding("broken_picture", f"part:{name}"))
        return found

    def _property_findings(self, one: Relation) -> list[HiddenFinding]:
        if one.target not in self.office.package.infos:
            return []
        if one.kind == "thumbnail":
            return [HiddenFinding("thumbnail", f"part:{one.target}")]
        root = self.office.tree(one.target)
        values = [
            f"{local(element)}: {element.text.strip()}"
            for element in root.iter()
            if local(element) in _TOLD_PROPERTIES and (element.text or "").strip()
        ]
        detail = excerpt("; ".join(values))
        return [HiddenFinding("properties", f"part:{one.target}", detail)] if values else []

    def pictures(self) -> list[str]:
        return [name for name in self.parts if self.office.type_of(name) in _PICTURES]

    def _markup(self) -> list[str]:
        """The seen parts that are XML, and their lists of relationships."""
        office = self.office
        found = [name for name in self.parts if office.type_of(name).endswith("xml")]
        lists = (office.relations_part(name) for name in ("", *self.parts))
        return [*found, *(name for name in lists if name in office.package.infos)]

    def pack(self, changed: Mapping[str, bytes] | None = None) -> bytes:
        """The file of the seen parts alone, each relationship that led elsewhere cut."""
        office = self.office
        for source in {one.source for one in self.dropped}:
            keys = {one.key for one in self.dropped if one.source == source}
            rels = office.edit(office.relations_part(source))
            for element in list(rels):
                if element.get("Id") in keys:
                    rels.remove(element)
            if source in self.parts and office.type_of(source).endswith("xml"):
                _cut(office.edit(source), keys)
        for name in self._markup():
            markup.clean(office.edit(name))
        parts = dict(changed or {})
        for name in self.pictures():
            try:
                parts[name] = images.strip(office.read(name), office.spent)
            except Refused as refused:
                if refused.code != "broken":
                    raise
        members = [(TYPES, self._types())]
        for name in sorted(["", *self.parts]):
            rels_name = office.relations_part(name)
            for one in (rels_name, name):
                if one not in office.package.infos:
                    continue
                data = parts.get(one)
                if data is None:
                    edited = one in office._edited
                    data = serialise(office.tree(one)) if edited else office.read(one)
                members.append((one, data))
        return pack(members)

    def _types(self) -> bytes:
        space = "http://schemas.openxmlformats.org/package/2006/content-types"
        root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
        types, kept = self.office.types, set(self.parts)
        endings = {f".{name.rpartition('.')[2].lower()}" for name in kept} | {".rels", ".xml"}
        for name in sorted(types):
            kind = types[name]
            for macro, plain in _MACRO_TYPES:
                kind = kind.replace(macro, plain)
            if name.startswith(".") and name in endings:
                etree.SubElement(root, f"{{{space}}}Default", Extension=name[1:], ContentType=kind)
            elif name in kept:
                etree.SubElement(
                    root, f"{{{space}}}Override", PartName=f"/{name}", ContentType=kind
                )
        return serialise(root)


def _cut(root: etree._Element, keys: set[str]) -> None:
    """Take away what names a relationship that is no longer there; text that is seen stays."""
    for element in list(root.iter(etree.Element)):
        for attribute, key in list(relation_keys(element)):
            if key not in keys:
                continue
            name = local(element)
            if name == "blip" or (name == "hyperlink" and len(element)) or element is root:
                del element.attrib[attribute]
            else:
                remove(element)
