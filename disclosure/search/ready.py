"""Where the search hangs on to publications: what goes out, changes or is withdrawn is in the index
in the same transaction; what comes in bulk or late is marked. Imported when the app is ready.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.signals import request_finished
from django.db import connection
from django.db.models.signals import post_migrate, post_save, pre_delete
from django.dispatch import receiver

from disclosure.agencies import records
from disclosure.core import daily
from disclosure.files.models import FileCheck, FileText
from disclosure.publications import hooks, searching
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent, SignOff
from disclosure.search import facets, finding, index, misses, sweeping
from disclosure.search.backends import backend
from disclosure.search.models import SearchRow

#: In a transaction of staff so many parts are indexed at once; the rest of a long text follows.
AT_ONCE = 5

searching.register(finding.IndexSearch, facets.totals)
daily.register("search index", sweeping.sweep)
daily.register("totals of facets", facets.count_if_due)
daily.register("searches without a result", misses.sweep)


@hooks.effect("publish", "take_over", "withdraw", "reclassify")
def index_it(publication: Publication, event: PublicationEvent) -> None:
    """What anyone can find is what anyone may read."""
    for unfinished in index.renew([publication.pk], most_parts=AT_ONCE).unfinished:
        sweeping.mark(unfinished, unfinished)


@hooks.bulk_effect
def mark_them(publications: Sequence[Publication], sign_off: SignOff) -> None:
    """An import does not wait for the index; the worker is told."""
    keys = [one.pk for one in publications]
    sweeping.mark(min(keys), max(keys))


@receiver(post_save, sender=FileText)
@receiver(post_save, sender=FileCheck)
def file_became_known(instance: FileText | FileCheck, **kwargs: Any) -> None:
    """The text of a file can come after the item is out, or be cleared after."""
    publication = instance.attachment.publication
    if index.belongs(publication):
        sweeping.mark(publication.pk, publication.pk)


@receiver(pre_delete, sender=Publication)
def forget_it(instance: Publication, **kwargs: Any) -> None:
    index.forget([instance.pk])


@receiver(records.placed)
def node_was_moved(node: Any, **kwargs: Any) -> None:
    """What hangs below stands under other nodes now."""
    sweeping.mark_below(node)


@receiver(request_finished)
def keep_misses(**kwargs: Any) -> None:
    """After the answer has gone out: nobody waits for it."""
    misses.flush_if_due()


def keep_in_place(app_config: AppConfig) -> None:
    """Make the tables of the index after each migration; call in the app's `ready`."""
    post_migrate.connect(_install, sender=app_config)


def _install(**kwargs: Any) -> None:
    if SearchRow._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to before there was a search
    if backend().install():
        index.forget_rows()
        sweeping.mark_if_new()
