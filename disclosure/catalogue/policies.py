"""Whether something may happen to a category: every reason at once, as sentences."""

from django.utils.translation import gettext_lazy as _

from disclosure.catalogue.models import Category
from disclosure.core.errors import Refusal


def why_not_place(category: Category, parent: Category | None) -> list[Refusal]:
    """Why `category` cannot stand below `parent`."""
    if parent is None:
        return []
    if parent.pk == category.pk or parent.path.startswith(category.path):
        return [Refusal(_("A category cannot be below itself."), code="parent")]
    return []


def why_not_delete_category(category: Category) -> list[Refusal]:
    """Why `category` cannot be deleted: something hangs on it."""
    refusals = []
    if category.numchild:
        refusals.append(
            Refusal(_("There are categories below it; move or delete them first."), code="below")
        )
    if category.publications.exists():
        refusals.append(
            Refusal(
                _("Publications stand in this category; take it out of use instead."), code="used"
            )
        )
    return refusals
