"""Whether demonstration content is loaded: while it is, every page says so."""

from disclosure.publications.models import Publication


def is_loaded() -> bool:
    """One look at the partial index of demonstration publications."""
    return Publication.objects.filter(is_demo=True).order_by().exists()
