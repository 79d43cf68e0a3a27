"""Entries of the register and rounds for tests, made through the actions."""

import datetime as dt
from typing import Any

from disclosure.agencies.models import User
from disclosure.core.dates import today
from disclosure.withheld import actions, rounds
from disclosure.withheld.models import ReassessmentRound, WithheldItem
from tests.factories import any_agency


def make_item(
    title: str = "示例讨论记录", *, actor: User | None = None, **fields: Any
) -> WithheldItem:
    """An entry decided on sixty days ago; `ago` (days) says otherwise."""
    ago = fields.pop("ago", 60)
    values = {
        "agency": any_agency(),
        "ground": "process",
        "decided_on": today() - dt.timedelta(days=ago),
        **fields,
    }
    return actions.create(actor=actor, item=WithheldItem(title=title, **values))


def make_round(actor: User | None = None, **fields: Any) -> ReassessmentRound:
    on = today()
    values = {
        "agency": any_agency(),
        "title": "示例评估",
        "begun_on": on,
        "due_on": on + dt.timedelta(days=30),
        "scope": "all",
        **fields,
    }
    return rounds.begin(actor=actor, round_=ReassessmentRound(**values))
