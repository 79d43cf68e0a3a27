"""Atom feeds (RFC 4287) of what was published last: of everything, of a category or an agency with
what is below it."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.own import own_agency
from disclosure.core.dates import now
from disclosure.publications.filters import PublicationFilter
from disclosure.publications.models import Publication, PublicationQuerySet
from disclosure.publications.trail import PublicationEvent

SIZE = 50
#: So many of the newest are looked through first: a large part finds its entries there.
WINDOW = 2000
#: The steps that change what the public reads of an item.
_SEEN = ("publish", "take_over", "repeal", "lapse", "amend", "restore", "reclassify")
#: What a feed without entries says of its last change: the Regulation came into force.
_BEGINNING = dt.datetime(2008, 5, 1, tzinfo=dt.UTC)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class _Feed(Atom1Feed):
    """Without entries its date stands still, so that it stays the same document."""

    def latest_post_date(self) -> dt.datetime:
        found: dt.datetime = super().latest_post_date() if self.items else _BEGINNING
        return found


@dataclass(frozen=True)
class Subject:
    """What a feed is of: its name and the page with the same list."""

    name: str
    page: str


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What was published last."""
    rows = Publication.objects.visible_to_public(now())
    return _answer(request, Subject("", reverse("catalogue")), newest(rows))


@require_safe
def of_category(request: HttpRequest, code: str) -> HttpResponse:
    """What was published last in a category and below it."""
    return _of_part(request, "category", code)


@require_safe
def of_agency(request: HttpRequest, code: str) -> HttpResponse:
    """What an agency and those below it published last."""
    return _of_part(request, "agency", code)


def _of_part(request: HttpRequest, parameter: str, code: str) -> HttpResponse:
    given = QueryDict(mutable=True)
    given[parameter] = code
    visible = Publication.objects.visible_to_public(now())
    chosen = PublicationFilter(given, visible)
    tree = chosen.categories if parameter == "category" else chosen.agencies
    if code not in tree.by_code:
        raise Http404
    page = f"{reverse('catalogue')}?{given.urlencode()}"
    return _answer(request, Subject(tree.by_code[code].label, page), newest(chosen.qs, visible))


def newest(
    rows: QuerySet[Publication], visible: PublicationQuerySet | None = None
) -> list[Publication]:
    """The newest of `rows`, a part of what is `visible`; at most two queries, both bounded where
    the part is large."""
    changed = (
        PublicationEvent.objects.filter(publication=OuterRef("pk"), step__in=_SEEN)
        .order_by()
        .values("publication")
        .annotate(last=Max("at"))
        .values("last")
    )
    ordered = (
        rows.select_related("agency", "category")
        .only(
            *("index_number", "title", "document_number", "summary", "published_at"),
            *("version_at", "agency__code", "agency__name", "category__code", "category__name"),
        )
        .annotate(changed_at=Subquery(changed))
        .order_by("-published_at", "-id")
    )
    if visible is not None:
        recent = visible.order_by("-published_at", "-id").values("pk")[:WINDOW]
        found: list[Publication] = list(ordered.filter(pk__in=recent)[:SIZE])
        if len(found) == SIZE:
            return found
    return [*ordered[:SIZE]]


def _answer(request: HttpRequest, subject: Subject, entries: Iterable[Publication]) -> HttpResponse:
    feed = _made(request, subject, entries)
    content = feed.writeString("utf-8").encode()
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    moment = int(feed.latest_post_date().timestamp())
    response = HttpResponse(content, content_type=feed.content_type)
    answered: HttpResponse | None = get_conditional_response(
        request, etag=etag, last_modified=moment, response=response
    )
    found = response if answered is None else answered
    found["ETag"] = etag
    found["Last-Modified"] = http_date(moment)
    found["Cache-Control"] = "public, no-cache"
    found["Access-Control-Allow-Origin"] = "*"
    return found


def _made(request: HttpRequest, subject: Subject, entries: Iterable[Publication]) -> _Feed:
    """The feed; its own and its entries' addresses as the reader reached the portal, their
    identity always the same."""
    own = own_agency()
    site = (own.site_name or own.name) if own else _("Government information disclosure")
    title = f"{subject.name} - {site}" if subject.name else site
    feed = _Feed(
        title=_text(title),
        link=request.build_absolute_uri(subject.page),
        description=None,
        subtitle=_("Government information disclosed lately"),
        language="zh-Hans",
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=_identity(request.path),
        author_name=_text(own.name if own else site),
    )
    for one in entries:
        address = one.get_absolute_url()
        feed.add_item(
            title=_text(one.title),
            link=request.build_absolute_uri(address),
            # Atom's summary is HTML here: the text is escaped.
            description=escape(_text(_summary(one))),
            unique_id=_identity(address),
            pubdate=one.published_at,
            updateddate=changed_at(one),
            author_name=_text(one.agency.name),
            author_link=request.build_absolute_uri(one.agency.get_absolute_url()),
            categories=[_text(one.category.name)],
        )
    return feed


def changed_at(publication: Publication) -> dt.datetime:
    """When what the public reads of it changed last; never before it could be read."""
    moments = [publication.published_at, publication.version_at]
    changed = getattr(publication, "changed_at", None)
    known = [moment for moment in [*moments, changed] if moment is not None]
    return max(known, default=_BEGINNING)


def _summary(publication: Publication) -> str:
    number = publication.document_number
    return " ".join([*([f"（{number}）"] if number else []), *publication.summary.split()])


def _identity(path: str) -> str:
    """A name for ever (RFC 4151), also where the portal is reached in another way."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{path}"


def _text(value: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_IN_XML.sub("", value)
