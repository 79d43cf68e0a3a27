"""The texts of a publication that are looked through, and what others have found in its files.

A room that knows more texts registers a source: `@register_source def f(publication): yield …`,
yielding `SourceText` and `Foreign`. The record's fields and the files' names are here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext

from disclosure.findings.textmap import TextMap
from disclosure.publications.models import Attachment, Publication

FIELDS = ("title", "document_number", "summary", "keywords", "body")
HTML_FIELDS = frozenset({"body"})
#: Only the beginning of what is longer is looked through.
MOST_CHARACTERS = 3_000_000


@dataclass(frozen=True)
class SourceText:
    """A text at a place: a field's name, or an attachment's key. `is_html`: sanitised markup.

    `is_content`: the text that a reader reads, with the document's date at its end.
    """

    place: str
    label: str
    content: str
    is_html: bool = False
    is_content: bool = False

    @cached_property
    def mapped(self) -> TextMap:
        content = self.content[:MOST_CHARACTERS]
        return TextMap(content) if self.is_html else TextMap.of_plain(content)

    @property
    def text(self) -> str:
        return self.mapped.text if self.is_html else self.content[:MOST_CHARACTERS]

    @property
    def visible(self) -> str:
        """Without what stands in attributes."""
        return self.text[: self.mapped.visible] if self.is_html else self.text


@dataclass(frozen=True)
class Foreign:
    """Something found elsewhere, as in a file's hidden parts; `detail` holds no personal data."""

    rule: str
    place: str
    where: str
    detail: str


Source = Callable[[Publication], Iterable[SourceText | Foreign]]
_sources: list[Source] = []


def register_source(source: Source) -> Source:
    """Have `source` asked at every scan."""
    if source not in _sources:
        _sources.append(source)
    return source


def gather(publication: Publication) -> tuple[list[SourceText], list[Foreign]]:
    """Every text and every foreign finding of the publication as it is now."""
    texts: list[SourceText] = []
    foreign: list[Foreign] = []
    for source in (_fields, _names, *_sources):
        for one in source(publication):
            if isinstance(one, Foreign):
                foreign.append(one)
            elif one.content:
                texts.append(one)
    return texts, foreign


def _fields(publication: Publication) -> Iterator[SourceText]:
    for name in FIELDS:
        label = capfirst(str(Publication._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        is_html = name in HTML_FIELDS
        yield SourceText(name, label, getattr(publication, name), is_html, is_content=is_html)


def place_of(attachment: Attachment) -> str:
    """The place of an attachment's own text."""
    return str(attachment.uuid)


def place_of_name(attachment: Attachment) -> str:
    return f"name:{attachment.uuid}"


def _names(publication: Publication) -> Iterator[SourceText]:
    for attachment in publication.attachments.all():
        label = gettext("name of the file {name}").format(name=attachment.name)
        yield SourceText(place_of_name(attachment), label, attachment.name)
