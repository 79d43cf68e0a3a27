"""An e-mail to those who write the annual report, when an agency above reminds theirs of it."""

from typing import Final

from disclosure.agencies import rights
from disclosure.reports import due
from disclosure.reports.reminding import ReportReminder, listener
from requests_app.messages import outbox

WRITES: Final = "disclosure.change_annualreport"


@listener
def tell_writers(reminder: ReportReminder) -> None:
    """Queue one message for each of the agency's people who may write the report."""
    day = due.due_on(reminder.year, reminder.agency.kind)
    if day is None:
        return
    for user in rights.holders(WRITES, reminder.agency):
        outbox.queue(
            None,
            "report_reminder",
            user=user,
            agency=reminder.agency,
            params={"year": reminder.year, "date": day.isoformat()},
            key=f"report:{reminder.pk}:{user.pk}",
            at=reminder.at,
        )
