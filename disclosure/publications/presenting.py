"""Publications as strings ready to show, so that templates neither query nor format."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.core.dates import SHANGHAI, today
from disclosure.publications.models import Publication
from disclosure.publications.searching import Search, Snippet, Spans

#: The pill's look for each validity: always with its word beside it.
_LOOK = {
    Publication.Validity.IN_FORCE: "ok",
    Publication.Validity.AMENDED: "warn",
    Publication.Validity.REPEALED: "off",
    Publication.Validity.LAPSED: "off",
}
#: What a list needs; texts stay in the database.
LIST_FIELDS = (
    "id",
    "index_number",
    "title",
    "document_number",
    "published_at",
    "validity",
    "valid_until",
    "expires_on",
    "amended_on",
    "summary",
    "is_demo",
    "agency__code",
    "agency__name",
    "agency__name_en",
)


def day_text(moment: dt.datetime | None) -> str:
    """The day in China on which `moment` falls: `2026-03-31`."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d") if moment else ""


def minute_text(moment: dt.datetime | None) -> str:
    """`2026-03-31 09:00`, as META PubDate asks for it."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else ""


def name_lang(named: Agency | Category) -> str:
    """The language of `local_name`, for the `lang` of what shows it."""
    english = (get_language() or "").startswith("en") and named.name_en
    return "en" if english else "zh-Hans"


def for_list(queryset: QuerySet[Publication]) -> QuerySet[Publication]:
    """`queryset` with what a list shows in one query, without the texts."""
    return queryset.select_related("agency").only(*LIST_FIELDS)


def highlight(text: str, spans: Spans) -> SafeString:
    """`text` escaped, marked from the first to the second place of each of `spans`, which stand in
    order and apart."""
    if not spans:
        return conditional_escape(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return format_html_join(
        "",
        "{}{}{}",
        (
            (_OPEN, text[start:end], _CLOSE) if number % 2 else ("", text[start:end], "")
            for number, (start, end) in enumerate(pairwise(edges))
        ),
    )


_OPEN, _CLOSE = SafeString("<mark>"), SafeString("</mark>")


@dataclass(frozen=True)
class Row:
    """One publication in a list."""

    url: str
    title: str
    plain_title: str
    document_number: str
    agency: str
    agency_lang: str
    date: str
    validity: str
    look: str
    summary: str
    is_demo: bool
    #: The passage where the words are, and the attachment that it is from.
    snippet: str = ""
    snippet_name: str = ""


def row(
    publication: Publication,
    search: Search | None = None,
    on: dt.date | None = None,
    snippet: Snippet | None = None,
) -> Row:
    """The row as it stands on the day `on` (default: today), the words of `search` marked."""
    day = on or today()

    def marked(text: str) -> SafeString:
        return highlight(text, search.spans(text) if search else ())

    return Row(
        url=publication.get_absolute_url(),
        title=marked(publication.title),
        plain_title=publication.title,
        document_number=marked(publication.document_number),
        agency=publication.agency.local_name,
        agency_lang=name_lang(publication.agency),
        date=day_text(publication.published_at),
        validity=validity_label(publication, day),
        look=look_of(publication, day),
        summary=marked(publication.summary),
        is_demo=publication.is_demo,
        snippet=highlight(snippet.text, snippet.spans) if snippet else "",
        snippet_name=snippet.name if snippet else "",
    )


def rows(publications: Sequence[Publication], search: Search | None = None) -> list[Row]:
    """The rows of a list; with a search, one query for the passages."""
    on = today()
    snippets = search.snippets(publications) if search else {}
    return [row(one, search, on, snippets.get(one.pk)) for one in publications]


def look_of(publication: Publication, on: dt.date) -> str:
    """The class of the pill that says whether it is in force on the day `on`."""
    return _LOOK[Publication.Validity(publication.validity_on(on))]


def validity_label(publication: Publication, on: dt.date) -> str:
    """The word for whether it is in force on the day `on`."""
    return str(Publication.Validity(publication.validity_on(on)).label)
