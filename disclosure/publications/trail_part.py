"""The record of an item's way out (办理记录) on its staff page: who did what when, and said why."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from disclosure.audit.verbs import deed_label
from disclosure.publications import hooks
from disclosure.publications.models import Publication
from disclosure.publications.presenting import minute_text
from disclosure.publications.review import ANSWERS, CHECKLIST, YES
from disclosure.publications.review_sheet_admin import SHEET
from disclosure.publications.trail import ConfidentialityReview

#: Steps shown, the newest; the rest stands in the history.
SHOWN = 40
#: Deeds of the audit trail under another name.
_DEEDS = {"create": "created", "change": "changed", "take_over": "taken_over"}


@hooks.panel(10)
def trail_part(request: HttpRequest, publication: Publication) -> hooks.Part | None:
    """Steps with their reasons, reviews with their answers; three queries."""
    if publication.pk is None:
        return None
    events = publication.events.select_related("actor").order_by("-pk")[:SHOWN]
    rows = [
        {
            "at": minute_text(event.at),
            "what": deed_label(f"publication.{_DEEDS.get(event.step, event.step)}"),
            "who": str(event.actor or gettext("the system")),
            "note": event.note,
        }
        for event in events
    ]
    reviews = publication.reviews.select_related("reviewer").order_by("-pk")[:SHOWN]
    return hooks.Part(
        "trail",
        gettext("Record of the way out"),
        "admin/trail_part.html",
        {
            "rows": rows,
            "sheet_url": reverse(f"admin:{SHEET}", args=[publication.pk]),
            "reviews": [_review(one) for one in reviews],
            "sign_off": publication.sign_off,
            "content_hash": publication.content_hash if publication.sign_off_id else "",
        },
    )


def _review(one: ConfidentialityReview) -> dict[str, Any]:
    """A review as it is shown: its conclusion, and every answer that is not a plain yes."""
    said = [
        f"{gettext(question.text)}: {gettext(ANSWERS.get(answer, answer))}"
        for question in CHECKLIST
        for answer in [one.checklist.get(question.key, "")]
        if answer not in ("", YES)
    ]
    return {
        "at": minute_text(one.reviewed_at),
        "who": str(one.reviewer or "–"),
        "conclusion": one.get_conclusion_display(),
        "ground": one.get_ground_display() if one.ground else "",
        "note": one.note,
        "authority": one.authority,
        "authority_answer": one.authority_answer,
        "answers": said,
    }
