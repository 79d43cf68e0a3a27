"""The page of one publication, in the agencies' customary form: record, text, files, relations."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from disclosure.catalogue.models import Category
from disclosure.core import outline
from disclosure.core.dates import legal_day
from disclosure.core.html import to_plain
from disclosure.core.trees import Tree
from disclosure.files import archive
from disclosure.publications import validity
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Attachment, Publication
from disclosure.publications.presenting import (
    day_text,
    for_list,
    look_of,
    minute_text,
    name_lang,
    rows,
    validity_label,
)

LATEST = 5
DESCRIPTION = 120


@dataclass(frozen=True)
class File:
    """An attachment as it is listed."""

    name: str
    url: str
    size: str
    kind: str
    sha256: str


# --- what other rooms add ------------------------------------------------------------------------
Build = Callable[[Publication, dt.datetime], dict[str, Any]]
Answer = Callable[[HttpRequest, Publication, dt.datetime], HttpResponse]
PLACES = ("main", "aside")


@dataclass(frozen=True)
class Extra:
    """A part of the page that another room gives: what it adds to the page's context (empty: it
    is left out) and the template that shows it, under the text or beside it."""

    build: Build
    template: str
    place: str
    order: int


EXTRAS: dict[str, Extra] = {}
#: Parameters of the address that lead to another page of the item.
ANSWERS: dict[str, Answer] = {}
#: Rooms that know why an end still to come is not told yet.
UNTOLD: list[Callable[[Publication, dt.datetime], bool]] = []


def register_extra(
    key: str, build: Build, template: str, *, place: str = "aside", order: int = 100
) -> None:
    """Have `build` asked for each page; the same key again replaces it."""
    if place not in PLACES:
        raise ValueError(place)
    EXTRAS[key] = Extra(build, template, place, order)


def register_answer(parameter: str, answer: Answer) -> None:
    """Have `answer` give the page where the address has `?parameter=`; asked of what is visible."""
    ANSWERS[parameter] = answer


def _extras(publication: Publication, at: dt.datetime) -> dict[str, Any]:
    """The context of the extras, and their templates by place."""
    found: dict[str, Any] = {f"extras_{place}": [] for place in PLACES}
    for extra in sorted(EXTRAS.values(), key=lambda one: one.order):
        added = extra.build(publication, at)
        if added:
            found[f"extras_{extra.place}"].append(extra.template)
            found.update(added)
    return found


# --- the page ------------------------------------------------------------------------------------
def context(publication: Publication, *, at: dt.datetime, address: str) -> dict[str, Any]:
    """What the page shows of `publication`, which is visible at `at`; six queries, and those of
    what other rooms add."""
    way = Tree.load(Category.objects.all()).way_to(publication.category_id)
    categories = [(node.label, f"{reverse('catalogue')}?category={node.code}") for node in way]
    visible = Publication.objects.visible_to_public(at).filter(category=publication.category_id)
    newer, older = _neighbours(publication, visible)
    latest = for_list(visible.exclude(pk=publication.pk)).order_by("-published_at", "-id")
    on = legal_day(at)
    return {
        **content(publication, address=address),
        "categories": categories,
        "date_published": day_text(publication.published_at),
        "validity": validity_label(publication, on),
        "look": look_of(publication, on),
        "validity_note": validity_note(publication, at),
        "no_longer": no_longer(publication, on),
        "newer": newer,
        "older": older,
        "latest": rows(list(latest[:LATEST])),
        "crumbs": [
            (_("Statutory disclosure"), reverse("catalogue")),
            *categories,
            (_("Document"), ""),
        ],
        **_extras(publication, at),
    }


def content(publication: Publication, *, address: str) -> dict[str, Any]:
    """The record, the text and the files of an item or of a version of it; one query."""
    reading = outline.read(publication.body, table_label=_("Table {number}"))
    attachments = list(publication.attachments.all())
    return {
        "publication": publication,
        "agency_name": publication.agency.local_name,
        "agency_lang": name_lang(publication.agency),
        "agency_url": publication.agency.get_absolute_url(),
        "document_type": publication.get_document_type_display(),
        "date_made": publication.date_made.isoformat() if publication.date_made else "",
        "keywords": "；".join(publication.keyword_list),
        "body": mark_safe(reading.html),
        "headings": reading.headings,
        "files": [_file(attachment) for attachment in attachments],
        "files_url": _all_files(publication, attachments),
        "citation": citation(publication, address),
        "share": _by_mail(publication.title, address),
        "article": _article(publication, address),
    }


def validity_note(publication: Publication, at: dt.datetime) -> str:
    """The days beside the word: from when it is in force, and since when it no longer is; an end
    still to come is told unless it comes from something that is not public yet."""
    notes, on = [], legal_day(at)
    if publication.effective_on:
        notes.append(_("in force from %(date)s") % {"date": publication.effective_on.isoformat()})
    ends = _end(publication)
    if ends is not None and not (ends > on and any(told(publication, at) for told in UNTOLD)):
        notes.append(_("until %(date)s") % {"date": (ends - dt.timedelta(days=1)).isoformat()})
    return " · ".join(notes)


def _end(publication: Publication) -> dt.date | None:
    """The first day without it, past or to come, as far as one is known."""
    if publication.validity in validity.ENDED:
        return publication.expires_on
    last = publication.valid_until
    # 9999-12-31 is how some write that it has no end.
    return last + dt.timedelta(days=1) if last and last < dt.date.max else None


def no_longer(publication: Publication, on: dt.date) -> str:
    """The plain sentence on top of what is not in force as it stands; else empty."""
    day = validity.ended_on(publication, on)
    date = day.isoformat() if day else ""
    now = publication.validity_on(on)
    if now == Publication.Validity.REPEALED:
        if date:
            return _("This document was repealed on %(date)s.") % {"date": date}
        return _("This document has been repealed.")
    if now == Publication.Validity.LAPSED:
        if date:
            return _("This document lapsed on %(date)s.") % {"date": date}
        return _("This document has lapsed.")
    if now == Publication.Validity.AMENDED and publication.version > 1:
        return _("This document has been amended; its changes stand beside the text.")
    if now == Publication.Validity.AMENDED:
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


def _all_files(publication: Publication, attachments: list[Attachment]) -> str:
    """Where all of several files are had at once; an earlier version's are had one by one."""
    if len(attachments) < 2 or publication.revises_id is not None:
        return ""
    return reverse("attachments-all", args=[attachments[0].uuid, archive.name_of(publication)])


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
    """What is said of an item that was taken back; of a bare tombstone, only when."""

    date: str
    index_number: str = ""
    agency: str = ""
    agency_lang: str = ""
    reason: str = ""


def withdrawal(publication: Publication) -> Withdrawal | None:
    """The notice of `publication`'s withdrawal; None where the public never saw it.

    A reason that stands means: taken back and not published since, also where staff already
    mend it as a draft. One query.
    """
    if publication.state == State.PUBLISHED or not publication.withdrawn_reason:
        return None
    events = publication.events.filter(step__in=["publish", "take_over", "withdraw"])
    last, before, *_rest = [*events.order_by("-pk")[:2], None, None]
    if last is None or last.step != "withdraw" or before is None:
        return None
    goes_out = parse_datetime(str(before.facts.get("published_at", "")))
    if goes_out is not None and goes_out > last.at:
        return None
    if publication.is_tombstone:
        return Withdrawal(date=day_text(last.at))
    return Withdrawal(
        date=day_text(last.at),
        index_number=publication.index_number,
        agency=publication.agency.local_name,
        agency_lang=name_lang(publication.agency),
        reason=publication.withdrawn_reason,
    )
