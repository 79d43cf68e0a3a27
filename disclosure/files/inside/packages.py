"""Zip packages and the XML in them, read within limits whatever their own tables claim."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable

from lxml import etree

from disclosure.files.inside.report import Refused, Spent

#: The one date that every packed member gets: the same file gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_UTF8, _ENCRYPTED = 0x800, 0x1
_STORED_WHEN_SMALL = 10 * 2**20


def _true_name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 mark Chinese programs write GBK."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_unsafe(name: str) -> bool:
    return name.startswith(("/", "\\")) or bool(re.search(r"(^|[/\\])\.\.([/\\]|$)", name))


class Package:
    """A zip file whose members can be read, each once it has been found harmless in size."""

    def __init__(self, data: bytes, spent: Spent, *, encrypted: str = "encrypted") -> None:
        self.spent = spent
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise Refused("broken") from error
        spent.enter(len(infos))
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise Refused(encrypted)
        self._refuse_bombs(infos, len(data))
        self.comment: bytes = self._zip.comment
        self.infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = _true_name(info)
            if _is_unsafe(name) or name in self.infos:
                raise Refused("broken", f"member:{name}")
            self.infos[name] = info
        self.has_prefix = bool(infos) and min(info.header_offset for info in infos) > 0

    def _refuse_bombs(self, infos: list[zipfile.ZipInfo], size: int) -> None:
        claimed = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        limits = self.spent.limits
        # Members that share their bytes: the same data unpacked many times.
        if packed > size or claimed > limits.unpacked:
            raise Refused("bomb")
        if claimed > _STORED_WHEN_SMALL and claimed > limits.ratio * max(packed, 1):
            raise Refused("bomb")

    @property
    def names(self) -> list[str]:
        return [name for name, info in self.infos.items() if not info.is_dir()]

    def read(self, name: str, *, limit: int | None = None) -> bytes:
        """The bytes of a member; refused when there are more of them than may be."""
        most = limit or self.spent.limits.unpacked
        try:
            with self._zip.open(self.infos[name]) as member:
                data = member.read(most + 1)
        except KeyError as error:
            raise Refused("broken", f"member:{name}") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Refused("broken", f"member:{name}") from error
        except RuntimeError as error:  # zipfile asks for a password with this
            raise Refused("encrypted", f"member:{name}") from error
        if len(data) > most:
            raise Refused("bomb", f"member:{name}")
        self.spent.unpack(len(data))
        return data


def pack(members: Iterable[tuple[str, bytes]], *, stored: Iterable[str] = ()) -> bytes:
    """A zip of the members in their order: the same members give the same bytes."""
    target = io.BytesIO()
    as_is = set(stored)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _DATE)
            plain = name.endswith("/") or name in as_is
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            info.external_attr = 0o40755 << 16 if name.endswith("/") else 0o100644 << 16
            info.create_system = 3
            archive.writestr(info, data, compresslevel=6)
    return target.getvalue()


def parse(data: bytes, where: str = "") -> etree._Element:
    """The root of an XML part: no entities, no network, no huge trees."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        bad = "entities" if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data else "broken"
        raise Refused(bad, where) from error
    if root.getroottree().docinfo.doctype:
        raise Refused("entities", where)
    return root


def serialise(root: etree._Element) -> bytes:
    """XML as Office writes it; what was parsed from it is written the same again."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: etree._Element) -> str:
    """The element's name without its namespace ("" for comments)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
