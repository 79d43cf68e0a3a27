"""Fills in what the way out of 0003 asks of what was public before it.

Nobody signed it off then; so one blanket sign-off without a name, closed at once, says just that.
"""

from typing import Any

from django.utils import timezone

from disclosure.publications import content

NOTE = "taken over from the portal's earlier version"
BATCH = 500
OUT = ("published", "withdrawn")


def forwards(apps: Any, schema_editor: Any) -> None:
    """Digest, version and sign-off of each public or withdrawn item, in batches by key."""
    publications = apps.get_model("disclosure", "Publication").objects
    rows = publications.filter(state__in=OUT, sign_off__isnull=True)
    if not rows.exists():
        return
    moment = timezone.now()
    sign_offs = apps.get_model("disclosure", "SignOff").objects
    sign_off = sign_offs.create(signed_at=moment, note=NOTE, is_blanket=True)
    last = 0
    while batch := list(rows.filter(pk__gt=last).select_related("agency").order_by("pk")[:BATCH]):
        files = _files(apps, batch)
        for row in batch:
            row.content_hash = content.digest(row, files.get(row.pk, []))
            row.sign_off = sign_off
            row.version = 1
            row.published_at = row.published_at or row.updated_at
            row.version_at = row.published_at
        fields = ["content_hash", "sign_off", "version", "published_at", "version_at"]
        publications.bulk_update(batch, fields)
        last = batch[-1].pk
    sign_offs.filter(pk=sign_off.pk).update(closed_at=timezone.now())


def _files(apps: Any, batch: list[Any]) -> dict[int, list[Any]]:
    attachments = apps.get_model("disclosure", "Attachment").objects
    found: dict[int, list[Any]] = {}
    rows = attachments.filter(publication__in=[row.pk for row in batch])
    for one in rows.order_by("publication_id", "order", "pk"):
        found.setdefault(one.publication_id, []).append(one)
    return found


def backwards(apps: Any, schema_editor: Any) -> None:
    """The sign-off goes; the columns go with 0003."""
    apps.get_model("disclosure", "Publication").objects.filter(sign_off__note=NOTE).update(
        sign_off=None
    )
    apps.get_model("disclosure", "SignOff").objects.filter(note=NOTE, is_blanket=True).delete()
