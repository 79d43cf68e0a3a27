"""Whether something may happen to a category, a guide or a rule: every reason at once, as
sentences.
"""

from django.utils.translation import gettext_lazy as _

from disclosure.catalogue.models import Category, Rule
from disclosure.catalogue.standing import was_public
from disclosure.core.errors import Refusal
from disclosure.publications import policies as publishing
from disclosure.publications.lifecycle import UNDER_WAY, State
from disclosure.publications.models import Publication


# --- categories ----------------------------------------------------------------------------------
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


# --- guides and rules ----------------------------------------------------------------------------
def why_not_write(row: Publication | None) -> list[Refusal]:
    """Why the text of a guide or a rule cannot be written on now; `row` holds its newest text.

    A draft is written on, of what is public a revision is begun.
    """
    if row is None or row.state in {State.DRAFT, State.PUBLISHED}:
        return []
    words = _UNDER_WAY if row.state in UNDER_WAY else _TAKEN_BACK
    return [Refusal(words % {"state": row.get_state_display()}, code="state")]


_UNDER_WAY = _(
    "The text is on its way out ('%(state)s'). Take it back to draft on the page of its "
    "publication first."
)
_TAKEN_BACK = _(
    "The publication is '%(state)s'. Take it up again as a draft on its own page first."
)


def why_not_change_rule(stored: Rule, changed: Rule) -> list[Refusal]:
    """Why the place of a rule cannot be changed: addresses that were public are kept."""
    reasons = []
    if stored.agency_id != changed.agency_id:
        reasons.append(Refusal(_("A rule stays with its agency."), code="agency"))
    if stored.slug != changed.slug and was_public(stored):
        reasons.append(Refusal(_("The address of a page that was public is kept."), code="slug"))
    return reasons


def why_not_delete_rule(rule: Rule) -> list[Refusal]:
    """Why `rule` cannot be deleted: what was handed in or public is withdrawn or repealed."""
    return publishing.why_not_delete(rule.publication) if rule.publication else []
