"""What this room adds to the service; imported when the app is ready."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from disclosure.core import daily
from disclosure.life.models import ClosedVersion
from disclosure.opendata import dumping
from disclosure.publications import hooks
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent

daily.register("dumps of open data", dumping.make_daily)


@hooks.effect("withdraw")
def no_dump_has_it(publication: Publication, event: PublicationEvent) -> None:
    """What is taken back stands in no dump from now on."""
    dumping.take_from_the_public()


@receiver(post_save, sender=ClosedVersion)
def no_dump_has_this_version(created: bool, **kwargs: Any) -> None:
    """A dump may be older than the version that came after the closed one."""
    if created:
        dumping.take_from_the_public()
