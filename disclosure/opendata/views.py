"""Open data (数据开放): its page, its description for machines, and the dumps."""

import datetime as dt
import hashlib
import json
import logging
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.own import own_agency
from disclosure.core.dates import legal_day, now
from disclosure.files import sending
from disclosure.files.names import content_disposition
from disclosure.opendata import dcat, dumping
from disclosure.opendata.models import Dump
from disclosure.publications.models import Publication
from disclosure.publications.presenting import minute_text

logger = logging.getLogger(__name__)
#: Seconds after which to ask again for a dump that is being made.
_SOON = 300


@dataclass(frozen=True)
class File:
    """A dump as the page shows it."""

    name: str
    kind: str
    url: str
    as_of: str
    rows: str
    size: str
    sha256: str


def _file(dump: Dump) -> File:
    return File(
        name=str(dump),
        kind=dump.get_kind_display(),
        url=reverse("open-data-dump", args=[dump.kind]),
        as_of=minute_text(dump.as_of),
        rows=f"{dump.rows:,}",
        size=filesizeformat(dump.size),
        sha256=dump.sha256,
    )


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is for machines, and under which terms; two queries beside the page frame's."""
    context = {
        "files": [_file(dump) for dump in dumping.newest()],
        "column": {
            "name": _("Open data"),
            "description": _(
                "Everything public here for machines: downloads, interface, feeds, and the terms "
                "of use."
            ),
            "keywords": _("open data, download, interface, feeds"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [(_("Open data"), "")],
    }
    return render(request, "disclosure/opendata/page.html", context)


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    """The description in DCAT; four queries."""
    made = dcat.catalog(
        absolute=request.build_absolute_uri,
        agency=own_agency(),
        dumps=dumping.newest(),
        changed_at=_last_change(),
    )
    content = json.dumps(made, ensure_ascii=False, indent=1).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type=dcat.DATA_TYPE)
    answered: HttpResponse | None = get_conditional_response(request, etag=etag, response=response)
    found = response if answered is None else answered
    found["ETag"] = etag
    found["Cache-Control"] = "public, no-cache"
    found["Access-Control-Allow-Origin"] = "*"
    return found


def _last_change() -> dt.datetime | None:
    """When something came out last."""
    visible = Publication.objects.visible_to_public(now()).order_by("-published_at", "-id")
    return visible.values_list("published_at", flat=True).first()


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The newest dump of this kind; 503 while it is being made, also after a withdrawal, so that
    nobody is given what was taken back."""
    if kind not in Dump.Kind.values:
        raise Http404
    dump = next(iter(dumping.newest(kind)), None)
    if dump is None:
        return _not_now()
    etag = f'"{dump.sha256}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = sending.head(dump.size) if request.method == "HEAD" else _bytes(dump)
        if response.status_code == 503:
            return response
        response["Content-Type"] = "application/gzip"
        day = legal_day(dump.as_of).isoformat()
        response["Content-Disposition"] = content_disposition(f"publications-{day}.{kind}.gz")
    response["ETag"] = etag
    # Asked again each time: what is taken back must not live on in a cache.
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _bytes(dump: Dump) -> HttpResponseBase:
    try:
        return sending.body(dump.file)
    except FileNotFoundError:
        # Another process has just made newer ones.
        logger.warning("the file of dump %s is gone", dump.pk)
        return _not_now()


def _not_now() -> HttpResponse:
    return HttpResponse(
        _("This file is being made anew. Please try again in a few minutes."),
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(_SOON), "Cache-Control": "no-store"},
    )
