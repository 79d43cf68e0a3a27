"""What this room adds to the staff page of an item: its relations, its earlier versions."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.core.dates import now
from disclosure.life import policies, versions
from disclosure.life.kinds import KINDS
from disclosure.life.models import Relation
from disclosure.publications.hooks import Part, panel
from disclosure.publications.lifecycle import WITHDRAW, WRITE, State
from disclosure.publications.models import Publication

ITEM = "admin:disclosure_publication_change"
#: Rows that a part shows.
ROWS = 100


@panel(25)
def relations_part(request: HttpRequest, publication: Publication) -> Part | None:
    """What it does with other documents, for its writers and its reviewers; and what others do
    with it. Two queries."""
    user = person(request)
    item = publication.revises or publication
    rows = (
        Relation.objects.filter(Q(source__in=[publication.pk, item.pk]) | Q(target=item))
        .select_related("source__agency", "target__agency")
        .defer("source__body", "target__body")
        .order_by("pk")
    )
    may_write = rights.allows(user, WRITE, publication)
    shown = [_row(user, row, item, may_write=may_write) for row in rows[:ROWS]]
    may_add = may_write and publication.state not in policies.OVER
    if not shown and not may_add:
        return None
    add = f"{reverse('admin:disclosure_relation_add')}?source={publication.pk}"
    return Part(
        "relations",
        gettext("Related documents"),
        "admin/life_relations.html",
        {"rows": shown, "add_url": add if may_add else ""},
    )


def _row(user: Any, row: Relation, item: Publication, *, may_write: bool) -> dict[str, Any]:
    forth = row.target_id != item.pk
    other = row.target if forth else row.source
    known = other is not None and rights.allows(user, policies.VIEW, other)
    shown = other is not None and (known or other.is_visible(now()))
    removable = forth and may_write and not policies.why_not_touch(row)
    return {
        "heading": KINDS[row.kind].forth if forth else KINDS[row.kind].back,
        # What another agency is still writing on is named by its number alone.
        "title": (other.title if shown else other.index_number)
        if other is not None
        else row.target_text,
        "number": other.document_number if other is not None and shown else "",
        "url": reverse(ITEM, args=[other.pk]) if other is not None and known else "",
        "from_day": row.from_day,
        "step": KINDS[row.kind].step if forth and other is not None else "",
        "done": row.event_id is not None,
        "of_revision": row.source.revises_id is not None,
        "remove_url": reverse("admin:disclosure_relation_delete", args=[row.pk])
        if removable
        else "",
    }


@panel(80)
def versions_part(request: HttpRequest, publication: Publication) -> Part | None:
    """The earlier versions of an item, and whether they can still be read; one query."""
    if publication.version < 2 or publication.revises_id is not None:
        return None
    user = person(request)
    may_close = rights.allows(user, WITHDRAW, publication)
    is_public = publication.state == State.PUBLISHED
    add = reverse("admin:disclosure_closedversion_add")
    rows = [
        {
            "number": row.version,
            "closed": getattr(row, "closed", None),
            "note": row.change_note,
            "url": f"{publication.get_absolute_url()}?version={row.version}" if is_public else "",
            "close_url": f"{add}?version={row.pk}" if may_close else "",
        }
        for row in versions.earlier(publication)[:ROWS]
    ]
    if not rows:
        return None
    return Part("versions", gettext("Earlier versions"), "admin/life_versions.html", {"rows": rows})
