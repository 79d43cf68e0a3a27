"""The start page's panel: imports that others handed in, to be signed off."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Panel, Row, panel_of, register
from disclosure.core.dates import legal_day
from disclosure.publications.importing import signing
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.lifecycle import PUBLISH


def to_sign(user: User) -> Panel | None:
    """What waits for somebody's sign-off, the longest waiting first."""
    if not rights.allows(user, PUBLISH):
        return None
    return panel_of(
        "imports",
        _("Imports to be signed off"),
        signing.to_sign(user),
        _row,
        reverse("admin:disclosure_publication_import"),
    )


def _row(run: ImportRun) -> Row:
    day = legal_day(run.asked_at).isoformat() if run.asked_at else ""
    return Row(
        label=run.file_name,
        url=run.get_absolute_url(),
        note=f"{run.created_by or '–'} · {day}",
    )


register("imports", to_sign, order=24)
