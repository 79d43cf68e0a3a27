"""The life of a publication: states and transitions, declared once.

Actions, admin buttons, docs and tests read this table. A review workflow (审核, 保密审查, 签发)
will add rows between draft and published.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.core.transitions import Transition


class State(models.TextChoices):
    """Where a publication stands; visibility also asks for the moment of publication."""

    DRAFT = "draft", _("Draft")  # 草稿
    PUBLISHED = "published", _("Published")  # 已发布
    WITHDRAWN = "withdrawn", _("Withdrawn")  # 已撤回


TRANSITIONS: dict[str, Transition[State]] = {
    row.name: row
    for row in (
        Transition(
            "publish",
            frozenset({State.DRAFT}),
            State.PUBLISHED,
            "disclosure.publish_publication",
            _("Publish"),
        ),
        Transition(
            "withdraw",
            frozenset({State.PUBLISHED}),
            State.WITHDRAWN,
            "disclosure.withdraw_publication",
            _("Withdraw"),
            needs_reason=True,
        ),
        Transition(
            "reopen",
            frozenset({State.WITHDRAWN}),
            State.DRAFT,
            "disclosure.change_publication",
            _("Take back to draft"),
        ),
    )
}
