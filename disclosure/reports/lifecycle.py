"""The life of an annual report: states and steps, declared once.

Actions, policies, admin buttons, docs and tests read this table.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.core.transitions import Transition

WRITE = "disclosure.change_annualreport"
CHECK = "disclosure.check_annualreport"
APPROVE = "disclosure.approve_annualreport"
SUBMIT = "disclosure.submit_annualreport"
#: Held above the agency whose report it is.
SUPERVISE = "disclosure.supervise_annualreport"
PUBLISH = "disclosure.publish_annualreport"


class State(models.TextChoices):
    """Where the writing stands. What the public reads is an edition, frozen at publication."""

    DRAFT = "draft", _("Draft")  # 草稿
    CHECKED = "checked", _("Figures checked")  # 已复核
    APPROVED = "approved", _("Approved")  # 已审定
    SUBMITTED = "submitted", _("Submitted to the superior agency")  # 已报上级
    PUBLISHED = "published", _("Published")  # 已发布


#: What is on its way is not written on; a step back makes it a draft again.
UNDER_WAY = frozenset({State.CHECKED, State.APPROVED, State.SUBMITTED})

TRANSITIONS: dict[str, Transition[State]] = {
    row.name: row
    for row in (
        Transition("check", frozenset({State.DRAFT}), State.CHECKED, CHECK, _("Check")),
        Transition("approve", frozenset({State.CHECKED}), State.APPROVED, APPROVE, _("Approve")),
        Transition(
            "submit",
            frozenset({State.APPROVED}),
            State.SUBMITTED,
            SUBMIT,
            _("Submit to the superior agency"),
        ),
        Transition(
            "return_draft",
            frozenset({State.CHECKED, State.APPROVED}),
            State.DRAFT,
            CHECK,
            _("Return"),
            needs_reason=True,
        ),
        Transition(
            "send_back",
            frozenset({State.SUBMITTED}),
            State.DRAFT,
            SUPERVISE,
            _("Return to the agency"),
            needs_reason=True,
        ),
        # The free form (2008–2018) was public in its time: it goes out from the draft.
        Transition(
            "publish",
            frozenset({State.DRAFT, State.APPROVED, State.SUBMITTED}),
            State.PUBLISHED,
            PUBLISH,
            _("Publish"),
        ),
        # The public goes on reading the last edition until the correction is published.
        Transition(
            "correct",
            frozenset({State.PUBLISHED}),
            State.DRAFT,
            WRITE,
            _("Correct"),
            needs_reason=True,
        ),
        Transition(
            "drop_correction",
            frozenset({State.DRAFT}),
            State.PUBLISHED,
            WRITE,
            _("Give up the correction"),
        ),
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
