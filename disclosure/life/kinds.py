"""How one document stands to another, declared once: words for both ends, and what follows."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a document does with another one."""

    AMENDS = "amends", _("Amends")  # 修改
    REPEALS = "repeals", _("Repeals")  # 废止
    REPLACES = "replaces", _("Replaces")  # 取代
    INTERPRETS = "interprets", _("Interprets")  # 解读
    RELATED = "related", _("Goes with")  # 相关


@dataclass(frozen=True)
class Row:
    """`step`: what becomes of the target once the source is public; empty: nothing.

    `forth` and `back` are headings on the page of the source and of the target; `done` is what
    the target's history says, with the source's title and number.
    """

    forth: str | Promise
    back: str | Promise
    step: str = ""
    done: str = ""


KINDS: dict[str, Row] = {
    Kind.AMENDS: Row(_("Amends"), _("Amended by"), "amend", "由《{title}》{number}修改"),
    Kind.REPEALS: Row(_("Repeals"), _("Repealed by"), "repeal", "由《{title}》{number}废止"),
    Kind.REPLACES: Row(
        _("Takes the place of"), _("Replaced by"), "repeal", "由《{title}》{number}取代"
    ),
    Kind.INTERPRETS: Row(_("Interprets"), _("Interpretations")),
    # Only a clean-up round's announcement does something through it.
    Kind.RELATED: Row(_("See also"), _("See also"), done="由《{title}》{number}宣布失效"),
}
#: They change the validity of what they point at, so the reviewer has to see them.
WITH_EFFECT = frozenset(kind for kind, row in KINDS.items() if row.step)
#: What they make of it: a relation that only says what is so already changes nothing.
BECOMES = {"amend": frozenset({"amended"}), "repeal": frozenset({"repealed"})}
#: They end what they point at; a circle of them would leave nothing in force.
ENDING = frozenset({Kind.REPEALS, Kind.REPLACES})
