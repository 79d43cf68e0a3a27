"""The public log: as a page, as a download, and the script that checks the download."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.core.dates import now
from disclosure.files.names import content_disposition
from disclosure.publiclog import presenting
from disclosure.publiclog.listing import LogListing

CHECKER = Path(__file__).with_name("check_log.py")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """`/log/`: every publication, revision and withdrawal, newest first."""
    context = {
        "listing": LogListing(request.GET, now()),
        "end": presenting.end(),
        "column": {
            "name": _("Public log"),
            "description": _(
                "Every publication, revision and withdrawal, chained by hash so that anyone can "
                "check that nothing was changed afterwards."
            ),
            "keywords": _("public log, hash, SHA-256"),
            "type": _("Government information disclosure"),
        },
        "crumbs": [(_("Public log"), "")],
    }
    return render(request, "disclosure/publiclog/log.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """`/log/publications.jsonl`: all entries, a line each, as they are read from the database."""
    moment, head = now(), presenting.end()
    etag = presenting.etag(head, moment)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        body = () if request.method == "HEAD" else presenting.download(head, moment)
        response = StreamingHttpResponse(body, content_type="application/jsonl; charset=utf-8")
        response["Content-Disposition"] = content_disposition("publications.jsonl")
    response["ETag"] = etag
    # Asked again each time: details may have to be left out from now on.
    response["Cache-Control"] = "public, no-cache"
    return response


@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """`/log/check_log.py`: the stand-alone script."""
    response = HttpResponse(CHECKER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = content_disposition("check_log.py")
    return response
