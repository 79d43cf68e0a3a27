"""What can be done to an annual report: each is one transaction of permission, policy, write,
history and audit. Admin, commands and demonstration content all come through here.

`actor=None` is the system (commands, demonstration content).
"""

from disclosure.reports.actions.editions import publish_edition
from disclosure.reports.actions.figures import (
    adjust,
    compute,
    draft_texts,
    load,
    note,
    sum_up,
    unload,
)
from disclosure.reports.actions.importing import (
    Imported,
    agency_meant,
    import_report,
    may_mean,
)
from disclosure.reports.actions.steps import publish, take, withdraw
from disclosure.reports.actions.writing import create, update

__all__ = [
    "Imported",
    "adjust",
    "agency_meant",
    "compute",
    "create",
    "draft_texts",
    "import_report",
    "load",
    "may_mean",
    "note",
    "publish",
    "publish_edition",
    "sum_up",
    "take",
    "unload",
    "update",
    "withdraw",
]
