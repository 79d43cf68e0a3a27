"""The life of an annual report: states and transitions, declared once.

Actions, policies, admin buttons, docs and tests read this table.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.core.transitions import Transition

PUBLISH = "disclosure.publish_annualreport"


class State(models.TextChoices):
    """Whether the public may read it."""

    DRAFT = "draft", _("Draft")  # 草稿
    PUBLISHED = "published", _("Published")  # 已发布


TRANSITIONS: dict[str, Transition[State]] = {
    row.name: row
    for row in (
        Transition("publish", frozenset({State.DRAFT}), State.PUBLISHED, PUBLISH, _("Publish")),
        # Taken back, it is a draft again: an address stands for a year, not for a text.
        Transition(
            "withdraw",
            frozenset({State.PUBLISHED}),
            State.DRAFT,
            PUBLISH,
            _("Withdraw"),
            needs_reason=True,
        ),
    )
}
