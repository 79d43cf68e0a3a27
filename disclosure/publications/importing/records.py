"""From a row to a publication: parsing, comparing with what is stored, every reason at once."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core import html
from disclosure.core.dates import legal_day, now, start_of, today
from disclosure.core.errors import Refusal
from disclosure.publications import policies
from disclosure.publications.importing.columns import BY_KEY, CellProblem
from disclosure.publications.importing.names import AgencyNames, CategoryNames
from disclosure.publications.importing.sources import CELL_LIMIT, SourceRow
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication

REQUIRED = ("title", "agency", "category")
_PLAIN_FIELDS = (
    "title",
    "document_number",
    "date_made",
    "validity",
    "disclosure",
    "exempt_ground",
    "summary",
    "keywords",
)
_CLEANED = frozenset({"index_number", *_PLAIN_FIELDS})
#: To which column a reason of the policies belongs.
_COLUMN_OF = {
    "date_made": "date_made",
    "before_made": "date_made",
    "too_far": "published_on",
    "disclosure": "disclosure",
    "agency": "agency",
    "role": "agency",
    "empty": "body",
}


@dataclass
class Parsed:
    """A row understood: its values by column key, and what was wrong, by column key."""

    number: int
    values: dict[str, Any]
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def index_number(self) -> str:
        found: str = self.values.get("index_number", "")
        return found

    def refuse(self, key: str, reason: object) -> None:
        self.problems.append((key, str(reason)))

    def refuse_all(self, refusals: list[Refusal]) -> None:
        for refusal in refusals:
            self.refuse(_COLUMN_OF.get(refusal.code, ""), refusal.reason)


def parse(
    row: SourceRow, agencies: AgencyNames, categories: CategoryNames, *, is_sheet: bool
) -> Parsed:
    """The row's values; a cell that cannot be understood is a problem and left out."""
    parsed = Parsed(row.number, {})
    if row.surplus:
        parsed.refuse("", _("This row has more cells than the heading has columns."))
    for key, cell in row.cells.items():
        try:
            if is_sheet and len(cell) >= CELL_LIMIT:
                raise CellProblem(
                    _("A spreadsheet cell ends here, so the text may be cut off; please use CSV.")
                )
            parsed.values[key] = BY_KEY[key].parse(cell)
        except CellProblem as problem:
            parsed.refuse(key, problem)
    for key, names in (("agency", agencies), ("category", categories)):
        if key not in parsed.values:
            continue
        try:
            parsed.values[key] = names.find(parsed.values[key])
        except CellProblem as problem:
            del parsed.values[key]
            parsed.refuse(key, problem)
    return parsed


def apply(publication: Publication, values: dict[str, Any]) -> None:
    """Put the row's values on a publication; no date of publication: the one it has stays."""
    for name in ("index_number", "agency", "category", *_PLAIN_FIELDS):
        if name in values:
            setattr(publication, name, values[name])
    if "body" in values:
        publication.body = values["body"]
    day = values.get("published_on")
    if day and (not publication.published_at or legal_day(publication.published_at) != day):
        publication.published_at = start_of(day)


def differs(stored: Publication, values: dict[str, Any]) -> bool:
    """Whether the row says something else than what is stored; absent columns say nothing."""
    for name in _PLAIN_FIELDS:
        old = getattr(stored, name)
        if isinstance(old, str):
            old = old.strip() if name == "summary" else " ".join(old.split())
        if name in values and values[name] != old:
            return True
    for name in ("agency", "category"):
        if name in values and values[name].pk != getattr(stored, f"{name}_id"):
            return True
    if "body" in values and values["body"] != html.sanitise(stored.body):
        return True
    day = values.get("published_on")
    return bool(day) and (stored.published_at is None or legal_day(stored.published_at) != day)


@dataclass(frozen=True)
class Release:
    """That the import publishes: who answers for it, and the moment."""

    signed_off_by: User
    at: dt.datetime


def check_new(parsed: Parsed, release: Release | None) -> None:
    """Add every reason for which the row cannot become a new publication."""
    refused = {key for key, _reason in parsed.problems}
    for key in REQUIRED:
        if not parsed.values.get(key) and key not in refused:
            parsed.refuse(key, _("This must not be empty."))
    publication = Publication()
    apply(publication, parsed.values)
    _check_fields(parsed, publication)
    if release:
        _check_release(parsed, publication, release)


def check_update(
    parsed: Parsed,
    stored: Publication,
    *,
    signed_off_by: User | None,
    release: Release | None,
) -> None:
    """Add every reason for which the stored publication cannot take the row's values;
    `release`: it is a draft that is to go out with them."""
    if "title" in parsed.values and not parsed.values["title"]:
        parsed.refuse("title", _("This must not be empty."))
    changed = Publication.objects.select_related("agency", "category").get(pk=stored.pk)
    apply(changed, parsed.values)
    _check_fields(parsed, changed)
    if parsed.problems:
        return
    parsed.refuse_all(policies.why_not_change(stored, changed, at=now()))
    if release:
        _check_release(parsed, changed, release)
    elif stored.state != State.DRAFT:
        if signed_off_by is None:
            parsed.refuse(
                "index_number",
                _("This is public already; changing it needs --signed-off-by."),
            )
            return
        for publication in (stored, changed):
            _check_right(parsed, publication, signed_off_by)


def _check_release(parsed: Parsed, publication: Publication, release: Release) -> None:
    if parsed.problems:
        return
    if not publication.body and publication.pk is None:
        parsed.refuse("body", _("What is published needs a text."))
    parsed.refuse_all(policies.why_not_publish(publication, at=release.at, taken_over=True))
    _check_right(parsed, publication, release.signed_off_by)


def _check_fields(parsed: Parsed, publication: Publication) -> None:
    refused = {key for key, _reason in parsed.problems}
    names = [field.name for field in publication._meta.fields if field.name not in _CLEANED]
    if not publication.index_number:
        names.append("index_number")  # it is assigned when the row is stored
    try:
        publication.clean_fields(exclude=names)
        if publication.disclosure == Publication.Disclosure.EXEMPT:
            publication.validate_constraints(exclude=names)
    except ValidationError as error:
        by_field = error.message_dict
        for name, messages in by_field.items():
            key = name if name in BY_KEY else "exempt_ground"
            if key not in refused:
                parsed.refuse(key, " ".join(messages))
    parsed.refuse_all(policies.why_not_keep(publication, on=today()))


def _check_right(parsed: Parsed, publication: Publication, person: User) -> None:
    refusal = rights.why_not(person, "disclosure.publish_publication", publication)
    reason = _("%(name)s may not publish for this agency.") % {"name": person}
    if refusal and ("agency", reason) not in parsed.problems:
        parsed.refuse("agency", reason)
