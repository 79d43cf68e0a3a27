"""What the database itself refuses of publications (先审查、后公开): neither a form, a bulk action,
an import, a shell nor raw SQL makes something public that nobody signed off.

- Public or signed off is only what has a sign-off of exactly its revision and content.
- The revision never goes back, and grows with each change of content and when a sign-off goes.
- What was once out is not deleted.
- The files of what is signed off or out are not touched.
- An open blanket sign-off serves its import; it is closed once and for all.
"""

from disclosure.core import triggers
from disclosure.publications.lifecycle import SEALED, State

_CONTENT = (
    "index_number",
    "agency_id",
    "title",
    "document_number",
    "document_type",
    "date_made",
    "effective_on",
    "valid_until",
    "summary",
    "body",
    "keywords",
    "disclosure",
)
_SIGNED = f"NEW.state IN ('{State.PUBLISHED}', '{State.SIGNED_OFF}')"
_NO_SIGN_OFF = """NOT EXISTS (
    SELECT 1 FROM disclosure_signoff s WHERE s.id = NEW.sign_off_id AND NEW.content_hash <> ''
    AND ((s.is_blanket AND s.closed_at IS NULL) OR (
        s.content_hash = NEW.content_hash AND s.revision = NEW.revision
        AND (s.publication_id = NEW.id OR s.publication_id IN (
            SELECT r.id FROM disclosure_publication r WHERE r.revises_id = NEW.id)))))"""
_MOVED = " OR ".join(
    f"OLD.{name} {{differs}} NEW.{name}"
    for name in ("state", "sign_off_id", "content_hash", "revision")
)
_CHANGED = " OR ".join(f"OLD.{name} {{differs}} NEW.{name}" for name in _CONTENT)
_FILE_CHANGED = " OR ".join(
    f"OLD.{name} {{differs}} NEW.{name}"
    for name in ("publication_id", "file", "name", "sha256", "size", '"order"')
)
_STATES = ", ".join(f"'{state}'" for state in sorted(SEALED))


def _sealed(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM disclosure_publication p WHERE p.id = {row}.publication_id"  # noqa: S608
        f" AND p.state IN ({_STATES}))"
    )


def declare() -> None:
    """Tell `disclosure.core.triggers`; called when the app is ready."""
    publication, columns = "disclosure.Publication", ("sign_off_id", "content_hash", "revision")
    triggers.refuse(
        publication,
        "unsigned",
        f"{_SIGNED} AND {_NO_SIGN_OFF}",
        on=["insert"],
        columns=columns,
    )
    triggers.refuse(
        publication,
        "unsigned",
        f"{_SIGNED} AND ({_MOVED}) AND {_NO_SIGN_OFF}",
        on=["update"],
        columns=columns,
    )
    triggers.refuse(
        publication,
        "unseen",
        f"NEW.revision < OLD.revision OR (NEW.revision = OLD.revision AND (({_CHANGED})"
        " OR (OLD.sign_off_id IS NOT NULL AND OLD.sign_off_id {differs} NEW.sign_off_id)))"
        f" OR (({_CHANGED}) AND NEW.sign_off_id IS NOT NULL"
        " AND NEW.sign_off_id = OLD.sign_off_id)",
        on=["update"],
        columns=columns,
    )
    triggers.refuse(publication, "kept", "OLD.version > 0", on=["delete"], columns=("version",))
    attachment = "disclosure.Attachment"
    for operation, when in {
        "insert": _sealed("NEW"),
        "update": f"({_FILE_CHANGED}) AND ({_sealed('OLD')} OR {_sealed('NEW')})",
        "delete": _sealed("OLD"),
    }.items():
        triggers.refuse(attachment, "sealed", when, on=[operation], columns=("publication_id",))
    triggers.append_only(
        "disclosure.SignOff",
        fields=[
            "publication",
            "revision",
            "content_hash",
            "written_by",
            "reviewed_by",
            "signed_by",
            "signed_at",
            "note",
            "is_blanket",
        ],
    )
    triggers.refuse(
        "disclosure.SignOff",
        "closed",
        "OLD.closed_at IS NOT NULL AND OLD.closed_at {differs} NEW.closed_at",
        on=["update"],
        columns=("closed_at",),
    )
    triggers.append_only("disclosure.PublicationEvent")
    triggers.append_only("disclosure.ConfidentialityReview")
