"""Long files for staff (导出文件): made in the background, kept a day for the person who asked.

What can be made registers its maker under a name: `f(user, chosen, file) -> rows`, which writes to
an open binary file. `chosen` is what the address said, judged again with the person's rights when
the file is made.
"""

import datetime as dt
import tempfile
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import File
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from disclosure.agencies.models import User
from disclosure.core import background
from disclosure.core.dates import now

Maker = Callable[[User, Mapping[str, str], BinaryIO], int]
MAKERS: dict[str, Maker] = {}
KEPT = dt.timedelta(days=1)
#: A file that has taken so long was cut off by a crash.
LONGEST = dt.timedelta(hours=2)


class PreparedFile(models.Model):
    """A file that is being made, or waits to be fetched by the person who asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True)
    maker = models.CharField(max_length=40)
    chosen = models.JSONField(default=dict)
    name = models.CharField(_("file"), max_length=120)
    content_type = models.CharField(max_length=100)
    file = models.FileField(upload_to="prepared/%Y/%m", max_length=200, blank=True)
    rows = models.PositiveIntegerField(default=0)
    #: Why it could not be made, where the person can do something about it.
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("prepared file")
        verbose_name_plural = _("prepared files")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:disclosure_publication_file", args=[self.token])

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}


class CannotMake(Exception):
    """Why the file cannot be made, as a sentence for the person."""


def maker(name: str) -> Callable[[Maker], Maker]:
    """Registers what makes files under a name."""

    def register(function: Maker) -> Maker:
        MAKERS[name] = function
        return function

    return register


def ask(
    *, user: User, maker: str, chosen: Mapping[str, str], name: str, content_type: str
) -> PreparedFile:
    """Have the file made in the background."""
    if maker not in MAKERS:
        raise KeyError(maker)
    with transaction.atomic():
        asked = PreparedFile.objects.create(
            created_by=user,
            maker=maker,
            chosen=dict(chosen),
            name=name,
            content_type=content_type,
        )
        transaction.on_commit(lambda: background.wake(make_waiting))
    return asked


@task()
def make_waiting() -> int:
    """Make the files that are asked for."""
    return make_all_waiting()


def make_all_waiting() -> int:
    """Make the files that are asked for; how many. Safe to run at any time."""
    count = 0
    for key in list(_waiting().values_list("pk", flat=True)):
        taken = _waiting().filter(pk=key).update(state=PreparedFile.State.RUNNING, started_at=now())
        if taken:
            _make(PreparedFile.objects.select_related("created_by").get(pk=key))
            count += 1
    return count


def _waiting() -> models.QuerySet[PreparedFile]:
    return PreparedFile.objects.filter(state=PreparedFile.State.WAITING).order_by("pk")


def _make(asked: PreparedFile) -> None:
    state = PreparedFile.State.FAILED
    try:
        with tempfile.TemporaryFile() as file:
            asked.rows = MAKERS[asked.maker](asked.created_by, asked.chosen, file)
            file.seek(0)
            asked.file.save(f"{asked.token}{Path(asked.name).suffix}", File(file), save=False)
        state = PreparedFile.State.DONE
    except CannotMake as problem:
        asked.problem = str(problem)[:500]
    finally:
        asked.state = state
        asked.save()


def sweep() -> int:
    """Forget files older than a day, and give up what a crash cut off (a daily job)."""
    moment = now()
    PreparedFile.objects.filter(
        state=PreparedFile.State.RUNNING, started_at__lt=moment - LONGEST
    ).update(state=PreparedFile.State.FAILED)
    old = list(PreparedFile.objects.filter(created_at__lt=moment - KEPT))
    for one in old:
        if one.file:
            one.file.delete(save=False)
        one.delete()
    return len(old)
