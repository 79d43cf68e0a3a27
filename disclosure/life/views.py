"""Pages of an item beside its own: an earlier version, two versions compared, all changes.

They stand at the item's address with a parameter, for index numbers hold slashes. The item is
visible when they are asked; a withdrawn one has none of them.
"""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from disclosure.life import comparing, history, presenting, versions
from disclosure.publications import item
from disclosure.publications.models import Publication
from disclosure.publications.presenting import day_text


def version(request: HttpRequest, publication: Publication, at: dt.datetime) -> HttpResponse:
    """An earlier version, plainly marked; the present one is at the plain address."""
    row = _find(request, publication, request.GET["version"])
    if isinstance(row, HttpResponse):
        return row
    address = publication.get_absolute_url()
    if row.pk == publication.pk:
        return redirect(address)
    after = versions.following(publication, row.version)
    full = request.build_absolute_uri(f"{address}?version={row.version}")
    context = {
        **_frame(request, publication, _("Earlier version")),
        **item.content(row, address=full),
        "number": row.version,
        "since": day_text(row.version_at),
        "replaced_on": day_text(after.version_at),
        "why": after.change_note,
        "compare_url": f"?compare={row.version}",
        "live": publication,
    }
    return render(request, "disclosure/life/version.html", context)


def compare(request: HttpRequest, publication: Publication, at: dt.datetime) -> HttpResponse:
    """A version against the next one, or against `with`."""
    old = _find(request, publication, request.GET["compare"])
    if isinstance(old, HttpResponse):
        return old
    if "with" in request.GET:
        new = _find(request, publication, request.GET["with"])
    else:
        new = _find(request, publication, str(versions.following(publication, old.version).version))
    if isinstance(new, HttpResponse):
        return new
    if old.version >= new.version:
        raise Http404
    context = {
        **_frame(request, publication, _("What has changed")),
        "old": _named(publication, old),
        "new": _named(publication, new),
        "change_note": new.change_note,
        "fields": comparing.fields(old, new),
        "files": comparing.files(list(old.attachments.all()), list(new.attachments.all())),
        "lines": comparing.text(old, new) if old.body != new.body else [],
    }
    return render(request, "disclosure/life/compare.html", context)


def changes(request: HttpRequest, publication: Publication, at: dt.datetime) -> HttpResponse:
    """All changes of the item, and its earlier versions."""
    context = {
        **_frame(request, publication, _("Changes")),
        "changes": history.changes(publication, at),
        "versions": presenting.earlier_versions(publication),
        "item_url": publication.get_absolute_url(),
    }
    return render(request, "disclosure/life/changes.html", context)


def _find(
    request: HttpRequest, publication: Publication, number: str
) -> Publication | HttpResponse:
    """The version; or the page that says that nobody may read it any more (410)."""
    found = versions.find(publication, number)
    if found is None:
        raise Http404
    if found.row is not None:
        return found.row
    context = {
        **_frame(request, publication, _("Earlier version")),
        "number": number,
        "closed": found.closed,
        "date": day_text(found.closed.closed_at) if found.closed else "",
    }
    return render(request, "disclosure/life/closed.html", context, status=410)


def _frame(request: HttpRequest, publication: Publication, label: str) -> dict[str, Any]:
    address = publication.get_absolute_url()
    return {
        "live": publication,
        "item_url": address,
        "canonical": request.build_absolute_uri(address),
        "crumbs": [
            (_("Statutory disclosure"), reverse("catalogue")),
            (_("Document"), address),
            (label, ""),
        ],
    }


def _named(publication: Publication, row: Publication) -> dict[str, Any]:
    is_live = row.pk == publication.pk
    address = publication.get_absolute_url()
    return {
        "number": row.version,
        "date": day_text(row.version_at),
        "url": address if is_live else f"{address}?version={row.version}",
        "is_live": is_live,
    }
