"""Where the files hang on to the way out; imported when the app is ready."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from disclosure.core import daily
from disclosure.core.errors import NotPossible, Refusal
from disclosure.files import clearing, kinds, older, policies
from disclosure.files.models import FileCheck
from disclosure.publications import hooks
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent

daily.register("virus scans that had to wait", clearing.scan_pending)
daily.register("files from before they were looked into", older.look_into)


@hooks.check("pass_review", "sign_off", "publish")
def files_are_cleared(
    publication: Publication, *, at: dt.datetime, data: Mapping[str, Any]
) -> list[Refusal]:
    """What is known of the files says that they may go out."""
    return policies.why_not_release(publication)


@hooks.panel(20)
def files_part(request: HttpRequest, publication: Publication) -> hooks.Part | None:
    """What became of each file: scanned, cleaned, held, with the way to its page; one query."""
    rows = publication.attachments.select_related("file_check").order_by("order", "pk")
    files = [
        {
            "name": one.name,
            "check": check,
            "url": reverse("admin:disclosure_filecheck_change", args=[check.pk]) if check else "",
            "is_held": check is not None and check.cleared_at is None,
            "reasons": [each.sentence for each in kinds.problems(check.problems)] if check else [],
        }
        for one in rows
        for check in [getattr(one, "file_check", None)]
    ]
    if not files:
        return None
    return hooks.Part(
        "files", gettext("checks of files"), "admin/files_part.html", {"files": files}
    )


@hooks.effect("publish", "take_over")
def files_are_still_clean(publication: Publication, event: PublicationEvent) -> None:
    """The gate: every file is opened once more, or nothing goes out."""
    reasons = policies.why_not_release(publication, thoroughly=True)
    if reasons:
        raise NotPossible(reasons)


@hooks.effect("revise")
def files_of_a_revision(publication: Publication, event: PublicationEvent) -> None:
    """A revision begins with the same bytes: what is known of them goes along."""
    revision = Publication.objects.filter(pk=event.facts.get("revision")).first()
    if revision is None:
        return
    known = {str(one.file.name): one for one in publication.attachments.all()}
    for one in revision.attachments.all():
        if str(one.file.name) in known:
            clearing.copy(known[str(one.file.name)], one)


@receiver(post_delete, sender=FileCheck)
def forget_original(instance: FileCheck, **kwargs: Any) -> None:
    """The original goes with its check, unless a revision's copy has it too."""
    name = str(instance.original.name or "")
    if name and not FileCheck.objects.filter(original=name).exists():
        storage = instance.original.storage
        transaction.on_commit(lambda: storage.delete(name))
