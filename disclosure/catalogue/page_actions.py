"""What can be done to guides and rules; each is one transaction of right, write, history and audit.

Their public text goes the way out of publications: what is written here goes into the open draft,
and of what is public already a revision is begun. `actor=None` is the system.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.catalogue import guide_text, policies, standing
from disclosure.catalogue.models import Guide, Rule
from disclosure.catalogue.seed import ensure_category
from disclosure.catalogue.standing import Page
from disclosure.core import html
from disclosure.publications import actions as publishing
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication

#: The catalogue's record asks for a summary; of a guide or a rule the title says it all.
SUMMARY = 100


@dataclass(frozen=True)
class Text:
    """What goes into the publication of a guide or a rule."""

    title: str
    body: str
    date_made: dt.date | None = None
    #: Of a revision: what the public is told of it.
    change_note: str = ""


def guide_title(guide: Guide) -> str:
    return f"{guide.agency.name}政府信息公开指南"


# --- guides --------------------------------------------------------------------------------------
@transaction.atomic
def create_guide(
    *,
    actor: User | None,
    guide: Guide,
    date_made: dt.date | None = None,
    is_demo: bool = False,
    reason: str = "",
) -> Guide:
    """Store an agency's guide (Art. 12) and, where a part says something, its draft."""
    _clean(guide)
    rights.require(actor, "disclosure.add_guide", guide)
    if text := _of_guide(guide, date_made):
        guide.publication = _draft(guide, text, actor, is_demo=is_demo)
    return records.create(
        actor=actor,
        action="disclosure.add_guide",
        verb="guide.created",
        obj=guide,
        reason=reason,
    )


@transaction.atomic
def update_guide(
    *,
    actor: User | None,
    guide: Guide,
    date_made: dt.date | None,
    change_note: str = "",
    reason: str = "",
) -> bool:
    """Store a changed guide and write it into the open draft; False when nothing differs."""
    _clean(guide)
    return _update(guide, _of_guide(guide, date_made, change_note), actor, reason)


def _clean(guide: Guide) -> None:
    for part in Guide.PARTS:
        setattr(guide, part, html.sanitise(getattr(guide, part)))


def _of_guide(guide: Guide, date_made: dt.date | None, change_note: str = "") -> Text | None:
    """The text as it would be public; None while no part says anything."""
    body = guide_text.render({part: getattr(guide, part) for part in Guide.PARTS})
    return Text(guide_title(guide), body, date_made, change_note) if body else None


# --- rules ---------------------------------------------------------------------------------------
@transaction.atomic
def create_rule(*, actor: User | None, rule: Rule, text: Text, reason: str = "") -> Rule:
    """Store one of an agency's rules, its text as a draft."""
    rights.require(actor, "disclosure.add_rule", rule)
    rule.publication = _draft(rule, text, actor, is_demo=rule.is_demo)
    return records.create(
        actor=actor, action="disclosure.add_rule", verb="rule.created", obj=rule, reason=reason
    )


@transaction.atomic
def update_rule(*, actor: User | None, rule: Rule, text: Text, reason: str = "") -> bool:
    """Store a changed rule and write its text into the open draft; False when nothing differs."""
    stored = records.locked(rule)
    rights.require(actor, "disclosure.change_rule", stored)
    rights.require(actor, "disclosure.change_rule", rule)
    records.refuse_if(policies.why_not_change_rule(stored, rule))
    return _update(rule, text, actor, reason)


@transaction.atomic
def delete_rule(*, actor: User | None, rule: Rule) -> None:
    """Delete a rule that was never handed in, with its draft."""
    stored = records.locked(rule)
    rights.require(actor, "disclosure.delete_rule", stored)
    records.refuse_if(policies.why_not_delete_rule(stored))
    draft = stored.publication
    records.delete(actor=actor, action="disclosure.delete_rule", verb="rule.deleted", obj=stored)
    if draft is not None:
        publishing.delete(actor=actor, publication=draft)


# --- both ----------------------------------------------------------------------------------------
def _update(page: Page, text: Text | None, actor: User | None, reason: str) -> bool:
    name = page._meta.model_name
    stored = records.locked(page)
    rights.require(actor, f"disclosure.change_{name}", stored)
    rights.require(actor, f"disclosure.change_{name}", page)
    page.publication_id = stored.publication_id
    changed = records.changes(stored, page)
    written = text is not None and _write(page, text, actor)
    if not changed and not written:
        return False
    records.save(page, actor, reason)
    fields = [*changed, "publication"] if written else changed
    record(actor, f"{name}.changed", page, fields=list(dict.fromkeys(fields)))
    return True


def _draft(page: Page, text: Text, actor: User | None, *, is_demo: bool) -> Publication:
    return publishing.create(
        actor=actor,
        publication=Publication(
            agency=page.agency,
            category=ensure_category(page.category_code),
            document_type=page.document_type,
            title=text.title,
            summary=text.title[:SUMMARY],
            body=text.body,
            date_made=text.date_made,
            is_demo=is_demo,
        ),
    )


def _write(page: Page, text: Text, actor: User | None) -> bool:
    """Put the text into the row that is written on; False when it stands there already."""
    if page.publication is None:
        page.publication = _draft(page, text, actor, is_demo=False)
        return True
    item = publishing.locked(page.publication)
    row = standing.open_revision(item) or item
    wanted = {
        "title": " ".join(text.title.split()),
        "body": html.sanitise(text.body),
        "date_made": text.date_made,
    }
    if row.revises_id is not None:
        wanted["change_note"] = text.change_note.strip()
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    records.refuse_if(policies.why_not_write(row))
    if row.state == State.PUBLISHED:
        row = publishing.revise(actor=actor, publication=row)
        wanted["change_note"] = text.change_note.strip()
    for name, value in wanted.items():
        setattr(row, name, value)
    publishing.update(actor=actor, publication=row)
    return True
