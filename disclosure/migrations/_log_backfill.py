"""What was public before the log existed gets its entry; called by a migration's RunPython, after
content hash, version and sign-off of each row were filled in.

It may run again: an item that stands in the log is left alone. The hashing is the log's own.
"""

import datetime as dt

from django.db.models import Exists, OuterRef

from disclosure.publiclog import chain, details

BATCH = 500
#: State of the item → kind of its entry.
KINDS = {"published": "taken_over", "withdrawn": "withdrawn"}


def backfill(apps, schema_editor) -> None:
    """An entry on each item that is or was public, in the order of their keys."""
    using = schema_editor.connection.alias
    models = {
        name: apps.get_model("disclosure", name)
        for name in ("Publication", "Attachment", "LogEntry", "LogHead")
    }
    entries = models["LogEntry"].objects.using(using)
    head, _made = models["LogHead"].objects.using(using).get_or_create(pk=1)
    logged = models["LogEntry"].objects.filter(publication=OuterRef("pk"))
    rows = (
        models["Publication"]
        .objects.using(using)
        .filter(~Exists(logged), state__in=list(KINDS), revises__isnull=True)
        .select_related("agency")
        .order_by("pk")
    )
    end = chain.Head(head.seq, head.hash)
    moment = dt.datetime.now(dt.UTC)
    written_at = max(chain.to_second(moment), head.at or chain.to_second(moment))
    after = 0
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        files = _files_of(models["Attachment"].objects.using(using), batch)
        entries.bulk_create(
            _entry(models["LogEntry"], item, files.get(item.pk, []), moment, written_at, end)
            for item in batch
        )
        after = batch[-1].pk
        head.seq, head.hash, head.at = end.seq, end.hash, written_at
        head.save(using=using)
    if schema_editor.connection.vendor == "postgresql":
        # It alters no table while checks of its foreign keys are put off.
        schema_editor.connection.check_constraints()


def _files_of(attachments, batch) -> dict:
    found = {}
    for one in attachments.filter(publication__in=batch).order_by("order", "pk"):
        found.setdefault(one.publication_id, []).append(one)
    return found


def _entry(model, item, files, moment, written_at, end):
    kind = KINDS[item.state]
    told = details.of(item, files, kind=kind, at=moment)
    link = end.append(at=chain.moment_text(written_at), kind=kind, details=told.details)
    return model(
        seq=link.seq,
        at=written_at,
        kind=kind,
        publication_id=item.pk,
        agency_id=item.agency_id,
        version=item.version,
        visible_from=told.visible_from,
        closes=told.closes,
        details=told.details,
        sealed=link.sealed,
        previous=link.previous,
        hash=link.hash,
    )
