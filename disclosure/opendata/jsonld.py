"""What pages say of themselves in schema.org's words, as a JSON-LD data block (which no browser
runs). Pure but for the escaping."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.safestring import SafeString

Made = dict[str, Any]
_CONTEXT = "https://schema.org"
#: So no text ends the block or begins another element.
_ESCAPED = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}

#: What an item is, by its kind of document; all others are documents.
TYPES = {
    "regulation": "Legislation",
    "normative_document": "Legislation",
    "statistics": "Report",
    "budget": "Report",
    "inspection": "Report",
}
DOCUMENT = "DigitalDocument"
_FORCE = {
    "in_force": "InForce",
    "amended": "PartiallyInForce",
    "repealed": "NotInForce",
    "lapsed": "NotInForce",
}


def script(*things: Made) -> SafeString:
    """The data block for a page's head: valid JSON whatever a text holds."""
    graph = {"@context": _CONTEXT, "@graph": list(things)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def _without_blanks(made: Made) -> Made:
    return {name: value for name, value in made.items() if value not in ("", None, [], {})}


def organisation(name: str, url: str, **more: str) -> Made:
    """An agency; `more`: telephone, email, address."""
    return _without_blanks({"@type": "GovernmentOrganization", "name": name, "url": url, **more})


def website(name: str, url: str, *, search: str, publisher: Made, language: str) -> Made:
    """The portal; `search`: the address of a search with `{search_term_string}` in it."""
    return {
        "@type": "WebSite",
        "name": name,
        "url": url,
        "inLanguage": language,
        "publisher": publisher,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Made:
    """The way to a page: names and whole addresses, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            _without_blanks({"@type": "ListItem", "position": place, "name": name, "item": url})
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }


def file(name: str, url: str, kind: str, sha256: str) -> Made:
    """An attachment."""
    return _without_blanks(
        {
            "@type": "MediaObject",
            "name": name,
            "contentUrl": url,
            "encodingFormat": kind,
            "sha256": sha256,
        }
    )


def document(
    *,
    url: str,
    title: str,
    numbers: Iterable[str],
    document_type: str,
    published: str,
    made: str,
    modified: str,
    validity: str,
    publisher: Made,
    keywords: list[str],
    description: str,
    part_of: Made,
    licence: str,
    files: list[Made],
) -> Made:
    """An item; days and moments in ISO 8601, `numbers` the index number and the document number."""
    index_number, document_number = [*numbers, "", ""][:2]
    kind = TYPES.get(document_type, DOCUMENT)
    of_law = {
        "legislationIdentifier": document_number or index_number,
        "legislationDate": made,
        "legislationPassedBy": publisher,
        "legislationLegalForce": f"https://schema.org/{_FORCE[validity]}",
    }
    return _without_blanks(
        {
            "@type": kind,
            "@id": url,
            "url": url,
            "name": title,
            "headline": title,
            "identifier": [number for number in (index_number, document_number) if number],
            "inLanguage": "zh-Hans",
            "dateCreated": made,
            "datePublished": published,
            "dateModified": modified,
            "publisher": publisher,
            "keywords": keywords,
            "description": description,
            "isPartOf": part_of,
            "license": licence,
            "isAccessibleForFree": True,
            "encoding": files,
            **(of_law if kind == "Legislation" else {}),
        }
    )
