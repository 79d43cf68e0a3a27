"""What can be done to an agency's own texts; each is one transaction of right, write, history and
audit. `actor=None` is the system.
"""

from disclosure.agencies import records
from disclosure.agencies.models import User
from requests_app.messages.models import MessageText
from requests_app.messages.policies import why_not_word
from requests_app.messages.texts import TEMPLATES


def create_text(*, actor: User | None, text: MessageText, reason: str = "") -> MessageText:
    """Store an agency's own wording."""
    _check(text)
    return records.create(
        actor=actor,
        action="requests_app.add_messagetext",
        verb="messagetext.created",
        obj=text,
        reason=reason,
    )


def update_text(*, actor: User | None, text: MessageText, reason: str = "") -> bool:
    """Store a changed wording; messages not yet sent go out with it."""
    _check(text)
    return records.update(
        actor=actor,
        action="requests_app.change_messagetext",
        verb="messagetext.changed",
        obj=text,
        reason=reason,
    )


def delete_text(*, actor: User | None, text: MessageText) -> None:
    """Go back to the portal's own text."""
    records.delete(
        actor=actor,
        action="requests_app.delete_messagetext",
        verb="messagetext.deleted",
        obj=text,
    )


def _check(text: MessageText) -> None:
    text.subject = " ".join(text.subject.split())
    text.body = "\n".join(line.rstrip() for line in text.body.splitlines()).strip()
    template = TEMPLATES[text.template]
    records.refuse_if(why_not_word(template, subject=text.subject, body=text.body))
