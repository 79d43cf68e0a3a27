"""What the tests of this room need: people, normative documents, revisions that are out."""

import datetime as dt
from typing import Any

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from disclosure.life import relating
from disclosure.models import Agency, Publication, Relation, User
from disclosure.publications import actions
from tests import factories as f

MADE = dt.date(2026, 1, 5)


class Cast:
    """Three people of one agency, whose rights reach down."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.editor = self._one(Role.EDITOR)
        self.reviewer = self._one(Role.REVIEWER)
        self.publisher = self._one(Role.PUBLISHER)

    def _one(self, role: Role) -> User:
        return f.make_user(role, agency=self.agency, with_descendants=True)

    def draft(self, title: str = "示例通知", **fields: Any) -> Publication:
        publication = Publication(
            title=title,
            agency=fields.pop("agency", self.agency),
            category=fields.pop("category", None) or f.any_category(),
            body=fields.pop("body", "<p>示例正文。</p>"),
            date_made=fields.pop("date_made", MADE),
            **fields,
        )
        return actions.create(actor=self.editor, publication=publication)

    def out(self, draft: Publication, until: str = "publish") -> Publication:
        return f.walk_out(draft, until, reviewer=self.reviewer, signer=self.publisher)

    def revised(self, item: Publication, **fields: Any) -> Publication:
        """The item with a revision adopted."""
        return self.out(self.revision(item, **fields))

    def revision(self, item: Publication, **fields: Any) -> Publication:
        draft = actions.revise(actor=self.editor, publication=item)
        draft.change_note = "更正"
        for name, value in fields.items():
            setattr(draft, name, value)
        return actions.update(actor=self.editor, publication=draft)

    def relate(self, source: Publication, kind: str, target: Any, **fields: Any) -> Relation:
        end = {"target_text": target} if isinstance(target, str) else {"target": target}
        return relating.relate(
            actor=self.editor, relation=Relation(source=source, kind=kind, **end, **fields)
        )


def normative(title: str = "", **fields: Any) -> Publication:
    """A normative document that is out for a month."""
    return f.make_publication(
        title,
        document_type="normative_document",
        published_at=now() - dt.timedelta(days=30),
        **fields,
    )
