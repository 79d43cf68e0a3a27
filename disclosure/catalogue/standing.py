"""Guides and rules as their publications let them stand: what the public sees, what is written on.

`publication` of a guide or a rule is the item; its open revision, where there is one, is the row
that staff write on.
"""

import datetime as dt

from django.db.models import Prefetch, QuerySet

from disclosure.agencies.models import Agency
from disclosure.catalogue import guide_text
from disclosure.catalogue.models import Guide, Rule
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication

Page = Guide | Rule
_ENDED = (State.SUPERSEDED, State.CLOSED)


def public_rules(at: dt.datetime) -> QuerySet[Rule]:
    """The rules that anyone may read at the moment `at`, with their publications."""
    visible = Publication.objects.visible_to_public(at)
    return Rule.objects.filter(publication__in=visible).select_related("publication")


def public_guides(at: dt.datetime) -> QuerySet[Guide]:
    """The guides that anyone may read at the moment `at`, with their publications."""
    visible = Publication.objects.visible_to_public(at)
    return Guide.objects.filter(publication__in=visible).select_related("publication")


def public_guide(agency: Agency, at: dt.datetime) -> Guide | None:
    return public_guides(at).filter(agency=agency).first()


def was_public(page: Page) -> bool:
    """Whether its address was ever out."""
    return page.publication is not None and page.publication.version > 0


# --- staff ---------------------------------------------------------------------------------------
#: For lists: the open revision of each item in one query.
OPEN_REVISIONS = Prefetch(
    "publication__revisions",
    queryset=Publication.objects.exclude(state__in=_ENDED).defer("body"),
    to_attr="open_revisions",
)


def open_revision(item: Publication) -> Publication | None:
    """The revision of `item` that is being written or on its way out."""
    known = getattr(item, "open_revisions", None)
    if known is not None:
        return known[0] if known else None
    return item.revisions.exclude(state__in=_ENDED).first()


def working(page: Page) -> Publication | None:
    """The row that holds the newest text: the open revision, else the item itself."""
    item = page.publication
    return None if item is None else open_revision(item) or item


def parts_of(guide: Guide) -> dict[str, str]:
    """The guide's parts as its newest text has them, which its own page may have changed; as they
    are stored where that text was written otherwise."""
    row = working(guide)
    stored = {part: getattr(guide, part) for part in Guide.PARTS}
    found = guide_text.parts(row.body) if row else None
    return stored if found is None else {part: found.get(part, "") for part in Guide.PARTS}
