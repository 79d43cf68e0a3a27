"""What this room does when something is published. Imported when the app is ready."""

from disclosure.core import daily
from disclosure.publications import hooks
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent
from disclosure.standards import matching


@hooks.effect("publish", "take_over")
def join(publication: Publication, event: PublicationEvent) -> None:
    """Join what goes out (or its revision's item) to the standard catalogue."""
    matching.match_publication(publication.revises or publication)


daily.register("publications of standard catalogues", matching.sweep)
