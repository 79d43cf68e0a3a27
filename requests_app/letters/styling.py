"""What an agency adapts of its letters: each is one transaction of right, write, history and
audit. Letters that are issued already stay as they are. `actor=None` is the system.
"""

from django.utils.translation import gettext_lazy as _

from disclosure.agencies import records
from disclosure.agencies.models import User
from disclosure.core.errors import NotPossible, Refusal
from disclosure.paper.glyphs import missing_glyphs
from requests_app.letters.document import tidy
from requests_app.letters.models import LetterStyle, LetterWording
from requests_app.letters.wordings import why_not_word

TEXTS = (
    *("letterhead", "signature", "number_prefix", "contact"),
    *("reconsideration_body", "court", "online_channel"),
)


def create_style(*, actor: User | None, style: LetterStyle, reason: str = "") -> LetterStyle:
    """Store an agency's letter style."""
    _check_style(style)
    return records.create(
        actor=actor,
        action="requests_app.add_letterstyle",
        verb="letterstyle.created",
        obj=style,
        reason=reason,
    )


def update_style(*, actor: User | None, style: LetterStyle, reason: str = "") -> bool:
    """Store a changed letter style; letters issued from now on have it."""
    _check_style(style)
    return records.update(
        actor=actor,
        action="requests_app.change_letterstyle",
        verb="letterstyle.changed",
        obj=style,
        reason=reason,
    )


def create_wording(
    *, actor: User | None, wording: LetterWording, reason: str = ""
) -> LetterWording:
    """Store an agency's own wording."""
    _check_wording(wording)
    return records.create(
        actor=actor,
        action="requests_app.add_letterwording",
        verb="letterwording.created",
        obj=wording,
        reason=reason,
        wording=wording.kind,
    )


def update_wording(*, actor: User | None, wording: LetterWording, reason: str = "") -> bool:
    """Store a changed wording; letters issued from now on have it."""
    _check_wording(wording)
    return records.update(
        actor=actor,
        action="requests_app.change_letterwording",
        verb="letterwording.changed",
        obj=wording,
        reason=reason,
        wording=wording.kind,
    )


def delete_wording(*, actor: User | None, wording: LetterWording) -> None:
    """Go back to the portal's own wording."""
    records.delete(
        actor=actor,
        action="requests_app.delete_letterwording",
        verb="letterwording.deleted",
        obj=wording,
        wording=wording.kind,
    )


def why_not_style(style: LetterStyle) -> list[Refusal]:
    """Why letters cannot be written in this style."""
    reasons: list[Refusal] = []
    if set(style.number_prefix) & set("〔〕[]"):
        reasons.append(
            Refusal(
                _("The year and its brackets are added by the system; give what stands before."),
                code="number_prefix",
            )
        )
    for name in TEXTS:
        reasons += _unprintable(getattr(style, name), name)
    return reasons


def why_not_wording(wording: LetterWording) -> list[Refusal]:
    """Why letters cannot be written so: fields, articles, characters."""
    return [*why_not_word(wording.kind, wording.body), *_unprintable(wording.body, "body")]


def _unprintable(text: str, place: str) -> list[Refusal]:
    try:
        missing_glyphs(text)
    except NotPossible as error:
        return [Refusal(reason.reason, code=place) for reason in error.refusals]
    return []


def _check_style(style: LetterStyle) -> None:
    for name in TEXTS:
        setattr(style, name, tidy(getattr(style, name)))
    records.refuse_if(why_not_style(style))


def _check_wording(wording: LetterWording) -> None:
    wording.body = "\n".join(filter(None, map(tidy, wording.body.splitlines())))
    records.refuse_if(why_not_wording(wording))
