"""What the page cache needs in every process, also where none is kept: others keep pages."""

from disclosure.core import daily
from disclosure.freshness import generation, watching
from portal.page_cache.tables import PUBLIC


def declare() -> None:
    """Called when the site starts."""
    watching.watch(PUBLIC)
    daily.register("changes of what is public", generation.prune)
