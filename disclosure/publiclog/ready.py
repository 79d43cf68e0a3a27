"""What the log hangs on to the way out of publications; imported when the app is ready."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from disclosure.core import daily, triggers
from disclosure.publications import hooks, item
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent, SignOff
from disclosure.publiclog import actions, watching
from disclosure.publiclog.kinds import OF_STEP, kind_of
from disclosure.publiclog.presenting import entries_of


@hooks.effect(*OF_STEP)
def log(publication: Publication, event: PublicationEvent) -> None:
    """An entry for each step that the public is to be able to check."""
    actions.append(publication, kind=kind_of(event.step, event.facts), at=event.at)


@hooks.bulk_effect
def log_many(publications: Sequence[Publication], sign_off: SignOff) -> None:
    """The same for what an import takes over, which has no files."""
    actions.append_many(((one, ()) for one in publications), at=sign_off.signed_at)


def _shown(publication: Publication, at: dt.datetime) -> dict[str, Any]:
    entries = entries_of(publication, at)
    return {"log_entries": entries, "content_hash": publication.content_hash} if entries else {}


item.register_extra("log", _shown, "disclosure/_log.html", order=200)


def declare() -> None:
    """Tell the database what it has to refuse, and the portal what to check daily."""
    triggers.append_only("disclosure.LogEntry")
    head, columns = "disclosure.LogHead", ("seq",)
    triggers.refuse(head, "back", "NEW.seq <= OLD.seq", on=["update"], columns=columns)
    triggers.refuse(head, "gone", "OLD.seq > 0", on=["delete"], columns=columns)
    daily.register("public log", watching.run)
