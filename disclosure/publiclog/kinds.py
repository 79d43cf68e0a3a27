"""What the log has entries of: a row for each logged step of publications."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.publiclog import details


class Kind(models.TextChoices):
    """The kind of an entry; its value is hashed."""

    PUBLISHED = "published", _("Published")  # 发布
    TAKEN_OVER = "taken_over", _("Taken over as public already")  # 迁入
    REVISED = details.REVISED, _("Revised")  # 修订
    AMENDED = "amended", _("Amended")  # 修改
    REPEALED = "repealed", _("Repealed")  # 废止
    LAPSED = "lapsed", _("Lapsed")  # 失效
    RESTORED = "restored", _("Marked as in force")  # 恢复有效
    WITHDRAWN = details.WITHDRAWN, _("Withdrawn")  # 撤回
    VERSION_CLOSED = details.VERSION_CLOSED, _("Earlier version closed")  # 历史版本停止公开


#: The logged steps of `publications.lifecycle.TRANSITIONS`, and what an import takes over.
OF_STEP: dict[str, Kind] = {
    "publish": Kind.PUBLISHED,
    "repeal": Kind.REPEALED,
    "lapse": Kind.LAPSED,
    "amend": Kind.AMENDED,
    "restore": Kind.RESTORED,
    "withdraw": Kind.WITHDRAWN,
    "take_over": Kind.TAKEN_OVER,
}


def kind_of(step: str, facts: Mapping[str, Any]) -> Kind:
    """The kind of entry for a step; one that took the place of an earlier version is a revision."""
    return Kind.REVISED if "earlier" in facts else OF_STEP[step]
