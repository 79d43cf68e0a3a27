"""The life of a publication (主动公开信息的流转): states and steps, declared once.

Actions, admin buttons, docs and tests read this table. Content changes in a draft alone; from
`submitted` on it is what was handed in, and whoever wants it otherwise sends it back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADD = "disclosure.add_publication"
WRITE = "disclosure.change_publication"
CHECK = "disclosure.check_publication"
REVIEW = "disclosure.review_publication"
SIGN_OFF = "disclosure.sign_publication"
PUBLISH = "disclosure.publish_publication"
WITHDRAW = "disclosure.withdraw_publication"


class State(models.TextChoices):
    """Where a publication stands; visibility also asks for the moment of publication."""

    DRAFT = "draft", _("Draft")  # 草稿
    SUBMITTED = "submitted", _("To be checked")  # 待初审
    CHECKED = "checked", _("In confidentiality review")  # 待保密审查
    REFERRED = "referred", _("With the secrecy authority")  # 送保密行政管理部门确定
    REVIEWED = "reviewed", _("To be signed off")  # 待签发
    SIGNED_OFF = "signed_off", _("Signed off")  # 已签发
    PUBLISHED = "published", _("Published")  # 已发布
    WITHDRAWN = "withdrawn", _("Withdrawn")  # 已撤回
    SUPERSEDED = "superseded", _("Earlier version")  # 历史版本
    #: A revision that was given up, or a draft found not to be disclosed.
    CLOSED = "closed", _("Closed unpublished")  # 不公开办结


#: Handed in and not out yet.
UNDER_WAY = frozenset(
    {State.SUBMITTED, State.CHECKED, State.REFERRED, State.REVIEWED, State.SIGNED_OFF}
)
#: Not out yet, whoever has it.
UNPUBLISHED = UNDER_WAY | {State.DRAFT}
#: A sign-off stands on it, so content and files are as they were signed off.
SEALED = frozenset({State.SIGNED_OFF, State.PUBLISHED, State.WITHDRAWN, State.SUPERSEDED})


class Part(StrEnum):
    """The headings under which steps stand."""

    WAY_OUT = "way_out"
    LIFE = "life"
    BACK = "back"


PART_LABELS: dict[str, str | Promise] = {
    Part.WAY_OUT: _("The way out"),
    Part.LIFE: _("Once it is public"),
    Part.BACK: _("Back"),
}


@dataclass(frozen=True)
class Transition:
    """One lawful step. `target` None: the state stays. `others_only`: nobody who worked on this
    content takes it (回避). `logged`: it is written into the public log, and when.
    """

    name: str
    sources: frozenset[State]
    target: State | None
    action: str
    label: str | Promise
    needs_reason: bool = False
    others_only: bool = False
    logged: bool = False
    article: str = ""
    part: Part = Part.WAY_OUT


def _row(
    name: str,
    sources: Iterable[State],
    target: State | None,
    action: str,
    label: str | Promise,
    **rest: object,
) -> Transition:
    return Transition(name, frozenset(sources), target, action, label, **rest)  # type: ignore[arg-type]


S = State
# One row is one step: the formatter would make a page of each.
# fmt: off
TRANSITIONS: dict[str, Transition] = {row.name: row for row in (
    # --- the way out (先审查、后公开) -------------------------------------------------------------
    _row("submit", {S.DRAFT}, S.SUBMITTED, WRITE, _("Hand in")),
    _row("check", {S.SUBMITTED}, S.CHECKED, CHECK, _("Pass the first check"), others_only=True),
    _row("pass_review", {S.CHECKED, S.REFERRED}, S.REVIEWED, REVIEW,
         _("Pass the confidentiality review"), others_only=True, article="17"),
    _row("refer", {S.CHECKED}, S.REFERRED, REVIEW, _("Ask the secrecy authority"),
         others_only=True, article="17"),
    _row("refuse", {S.CHECKED, S.REFERRED}, S.CLOSED, REVIEW, _("Not to be disclosed"),
         others_only=True, article="17"),
    _row("sign_off", {S.REVIEWED}, S.SIGNED_OFF, SIGN_OFF, _("Sign off"), others_only=True),
    _row("publish", {S.SIGNED_OFF}, S.PUBLISHED, PUBLISH, _("Publish"), logged=True, article="26"),
    # --- once it is public ----------------------------------------------------------------------
    _row("revise", {S.PUBLISHED}, None, WRITE, _("Begin a revision"), part=Part.LIFE),
    _row("repeal", {S.PUBLISHED}, None, PUBLISH, _("Mark as repealed"), needs_reason=True,
         logged=True, part=Part.LIFE),
    _row("lapse", {S.PUBLISHED}, None, PUBLISH, _("Mark as lapsed"), needs_reason=True,
         logged=True, part=Part.LIFE),
    _row("amend", {S.PUBLISHED}, None, PUBLISH, _("Mark as amended"), needs_reason=True,
         logged=True, part=Part.LIFE),
    _row("restore", {S.PUBLISHED}, None, PUBLISH, _("Mark as in force"), needs_reason=True,
         logged=True, part=Part.LIFE),
    _row("reclassify", {S.PUBLISHED}, None, PUBLISH, _("Move to another category"),
         part=Part.LIFE),
    _row("withdraw", {S.PUBLISHED}, S.WITHDRAWN, WITHDRAW, _("Withdraw"), needs_reason=True,
         logged=True, part=Part.LIFE),
    # --- back -----------------------------------------------------------------------------------
    _row("recall", {S.SUBMITTED, S.CHECKED}, S.DRAFT, WRITE, _("Take back to draft"),
         part=Part.BACK),
    _row("return_first", {S.SUBMITTED}, S.DRAFT, CHECK, _("Return from the first check"),
         needs_reason=True, others_only=True, part=Part.BACK),
    _row("return_review", {S.CHECKED, S.REFERRED}, S.DRAFT, REVIEW, _("Return from the review"),
         needs_reason=True, others_only=True, part=Part.BACK),
    _row("return_draft", {S.REVIEWED}, S.DRAFT, SIGN_OFF, _("Return"),
         needs_reason=True, part=Part.BACK),
    _row("hold", {S.SIGNED_OFF}, S.DRAFT, SIGN_OFF, _("Return instead of publishing"),
         needs_reason=True, part=Part.BACK),
    _row("give_up", {S.DRAFT}, S.CLOSED, WRITE, _("Give up the revision"), part=Part.BACK),
    _row("reopen", {S.WITHDRAWN, S.CLOSED}, S.DRAFT, WRITE, _("Take up again as a draft"),
         part=Part.BACK),
)}
# fmt: on
