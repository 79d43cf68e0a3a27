"""The page of one publication, in the agencies' customary form: record, text, files, relations."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from disclosure.catalogue.models import Category
from disclosure.core import outline
from disclosure.core.html import to_plain
from disclosure.core.trees import Tree
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Attachment, Publication
from disclosure.publications.presenting import (
    day_text,
    for_list,
    look_of,
    minute_text,
    name_lang,
    rows,
)

LATEST = 5
CHANGES = 6
DESCRIPTION = 120


@dataclass(frozen=True)
class Step:
    """A day in the public life of the item."""

    date: str
    what: str


@dataclass(frozen=True)
class File:
    """An attachment as it is listed."""

    name: str
    url: str
    size: str
    kind: str
    sha256: str


def context(publication: Publication, *, at: dt.datetime, address: str) -> dict[str, Any]:
    """What the page shows of `publication`, which is visible at `at`; seven queries."""
    attachments = list(publication.attachments.all())
    reading = outline.read(publication.body, table_label=_("Table {number}"))
    way = Tree.load(Category.objects.all()).way_to(publication.category_id)
    categories = [(node.label, f"{reverse('catalogue')}?category={node.code}") for node in way]
    visible = Publication.objects.visible_to_public(at).filter(category=publication.category_id)
    newer, older = _neighbours(publication, visible)
    latest = for_list(visible.exclude(pk=publication.pk)).order_by("-published_at", "-id")
    return {
        "publication": publication,
        "agency_name": publication.agency.local_name,
        "agency_lang": name_lang(publication.agency),
        "agency_url": publication.agency.get_absolute_url(),
        "categories": [
            (node.label, f"{reverse('catalogue')}?category={node.code}") for node in way
        ],
        "document_type": publication.get_document_type_display(),
        "date_made": publication.date_made.isoformat() if publication.date_made else "",
        "date_published": day_text(publication.published_at),
        "validity": publication.get_validity_display(),
        "look": look_of(publication),
        "validity_note": validity_note(publication),
        "no_longer": no_longer(publication),
        "keywords": "；".join(publication.keyword_list),
        "body": mark_safe(reading.html),
        "headings": reading.headings,
        "files": [_file(attachment) for attachment in attachments],
        "newer": newer,
        "older": older,
        "latest": rows(latest[:LATEST]),
        "steps": _steps(publication, attachments, at=at),
        "citation": citation(publication, address),
        "share": _by_mail(publication.title, address),
        "article": _article(publication, address),
        "crumbs": [
            (_("Statutory disclosure"), reverse("catalogue")),
            *categories,
            (_("Document"), ""),
        ],
    }


def validity_note(publication: Publication) -> str:
    """The days beside the word: from when it is in force, and since when it no longer is."""
    notes = []
    if publication.effective_on:
        notes.append(_("in force from %(date)s") % {"date": publication.effective_on.isoformat()})
    if publication.expires_on:
        notes.append(_("until %(date)s") % {"date": publication.expires_on.isoformat()})
    return " · ".join(notes)


def no_longer(publication: Publication) -> str:
    """The plain sentence on top of what is not in force as it stands; else empty."""
    validity = Publication.Validity
    date = publication.expires_on.isoformat() if publication.expires_on else ""
    if publication.validity == validity.REPEALED:
        if date:
            return _("This document was repealed on %(date)s.") % {"date": date}
        return _("This document has been repealed.")
    if publication.validity == validity.LAPSED:
        if date:
            return _("This document lapsed on %(date)s.") % {"date": date}
        return _("This document has lapsed.")
    if publication.validity == validity.AMENDED:
        return _("This document has been amended; this is the text as it was published.")
    return ""


def _by_mail(title: str, address: str) -> str:
    """The parameters of a mailto link; line feeds in a title would end them."""
    return urlencode({"subject": " ".join(title.split()), "body": address}, quote_via=quote)


def citation(publication: Publication, address: str) -> str:
    """How to cite it, in Chinese: maker, title, number, day, address."""
    title = publication.title.replace("《", "〈").replace("》", "〉")
    number = f"（{publication.document_number}）" if publication.document_number else ""
    date = (
        publication.date_made.isoformat()
        if publication.date_made
        else day_text(publication.published_at)
    )
    return f"{publication.agency.name}：《{title}》{number}，{date}，{address}"


def _neighbours(
    publication: Publication, visible: QuerySet[Publication]
) -> tuple[Publication | None, Publication | None]:
    """What stands above and below it in the list of its category."""
    moment, key = publication.published_at, publication.pk
    few = visible.only("index_number", "title")
    newer = few.filter(
        Q(published_at__gt=moment) | Q(published_at=moment, pk__gt=key), published_at__gte=moment
    ).order_by("published_at", "id")
    older = few.filter(
        Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=key), published_at__lte=moment
    ).order_by("-published_at", "-id")
    return newer.first(), older.first()


def _file(attachment: Attachment) -> File:
    return File(
        name=attachment.name,
        url=attachment.get_absolute_url(),
        size=filesizeformat(attachment.size),
        kind=attachment.name.rpartition(".")[2].upper(),
        sha256=attachment.sha256,
    )


def _steps(
    publication: Publication, attachments: Sequence[Attachment], *, at: dt.datetime
) -> list[Step]:
    """The public changes, oldest first: publication, then at most the latest few after it."""
    published = publication.published_at
    if published is None:
        return []
    history = publication.history.order_by("-history_date", "-history_id").values_list(
        "history_date", "history_change_reason", "state"
    )[:100]
    found: list[tuple[dt.datetime, str]] = []
    first_out = None
    for moment, reason, state in reversed(history):
        if reason == "publish" and first_out is None:
            first_out = max(moment, published)
        elif first_out is None or moment <= first_out:
            continue
        elif reason == "publish":
            found.append((moment, _("Published again")))
        elif reason == "withdraw":
            found.append((moment, _("Withdrawn")))
        elif state == State.PUBLISHED:
            found.append((moment, _("Changed")))
    found += [
        (attachment.added_at, _("Attachment added"))
        for attachment in attachments
        if first_out is not None and attachment.added_at > first_out
    ]
    steps = [Step(day_text(moment), what) for moment, what in sorted(found) if moment <= at]
    return [Step(day_text(published), _("Published")), *list(dict.fromkeys(steps))[-CHANGES:]]


def _article(publication: Publication, address: str) -> dict[str, str]:
    """The META of a content page (国办发〔2017〕47号); they name what stands on the page."""
    description = publication.summary or to_plain(publication.body)[:DESCRIPTION]
    return {
        "title": publication.title,
        "pub_date": minute_text(publication.published_at),
        "source": publication.agency.name,
        "keywords": "；".join(publication.keyword_list) or publication.category.name,
        "author": publication.agency.name,
        "description": " ".join(description.split()),
        "image": "",
        "url": address,
    }


@dataclass(frozen=True)
class Withdrawal:
    """What is said of an item that was public and was taken back."""

    index_number: str
    agency: str
    agency_lang: str
    reason: str
    date: str


def withdrawal(publication: Publication, *, at: dt.datetime) -> Withdrawal | None:
    """The notice of `publication`'s withdrawal; None where the public never saw it.

    A reason that stands means: taken back and not published since, also where staff already
    mend it as a draft.
    """
    if publication.state == State.PUBLISHED or not publication.withdrawn_reason:
        return None
    last = (
        publication.history.filter(history_change_reason="withdraw")
        .order_by("-history_date", "-history_id")
        .values_list("history_date", "published_at")
        .first()
    )
    if last is None or last[1] is None or last[1] > last[0]:
        return None
    return Withdrawal(
        index_number=publication.index_number,
        agency=publication.agency.local_name,
        agency_lang=name_lang(publication.agency),
        reason=publication.withdrawn_reason,
        date=day_text(last[0]),
    )
