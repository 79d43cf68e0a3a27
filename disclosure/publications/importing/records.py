"""From a row to a publication: parsing, comparing with what is stored, every reason at once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.base import ModelState
from django.utils.translation import gettext as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core import html
from disclosure.core.dates import legal_day, start_of
from disclosure.core.errors import Refusal
from disclosure.publications import content, policies
from disclosure.publications.importing.columns import BY_KEY, CellProblem
from disclosure.publications.importing.names import AgencyNames, CategoryNames
from disclosure.publications.importing.sources import CELL_LIMIT, SourceRow
from disclosure.publications.lifecycle import ADD, PUBLISH, WRITE, State
from disclosure.publications.models import Publication, normalise_document_number

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
_LEFT_OUT = {one.name for one in Publication._meta.fields if one.name not in _CLEANED}
#: Of what is public only this is not a new version of it.
BESIDE_CONTENT = frozenset({"validity", "category"})
#: To which column a reason of the policies belongs.
_COLUMN_OF = {
    "date_made": "date_made",
    "before_made": "date_made",
    "too_far": "published_on",
    "disclosure": "disclosure",
    "agency": "agency",
    "index_number": "index_number",
    "role": "agency",
    "empty": "body",
    "summary": "summary",
    "state": "index_number",
    "revision": "index_number",
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


def blank() -> Publication:
    """A new publication with its defaults, as `Publication()`: that takes longer than all rules
    together."""
    one = Publication.__new__(Publication)
    one.__dict__.update(_blank().__dict__)
    one._state, one.contributors = ModelState(), []
    return one


@cache
def _blank() -> Publication:
    return Publication()


def apply(publication: Publication, values: dict[str, Any]) -> Publication:
    """Put the row's values on a publication; no date of publication: the one it has stays."""
    for name in ("index_number", "agency", "category", "body", *_PLAIN_FIELDS):
        if name in values:
            setattr(publication, name, values[name])
    day = values.get("published_on")
    if day and (not publication.published_at or legal_day(publication.published_at) != day):
        publication.published_at = start_of(day)
    return publication


def changes(stored: Publication, values: dict[str, Any]) -> set[str]:
    """The columns in which the row says something else than what is stored; absent ones say
    nothing."""
    found = set()
    for name in _PLAIN_FIELDS:
        old = getattr(stored, name)
        if isinstance(old, str):
            old = summary_of(stored) if name == "summary" else " ".join(old.split())
        if name in values and values[name] != old:
            found.add(name)
    for name in ("agency", "category"):
        if name in values and values[name].pk != getattr(stored, f"{name}_id"):
            found.add(name)
    if "body" in values and values["body"] not in (stored.body, html.sanitise(stored.body)):
        found.add("body")
    day = values.get("published_on")
    if day and (stored.published_at is None or legal_day(stored.published_at) != day):
        found.add("published_on")
    return found


def summary_of(publication: Publication) -> str:
    """The summary as a cell holds it."""
    return publication.summary.replace("\r\n", "\n").replace("\r", "\n").strip()


def items_numbered(numbers: Iterable[str]) -> dict[str, Publication]:
    """The items that have these index numbers, by it; their revisions are not asked."""
    wanted = [number for number in numbers if number]
    if not wanted:
        return {}
    found = Publication.objects.items().filter(index_number__in=wanted)
    return {one.index_number: one for one in found.select_related("agency", "category")}


class Terms:
    """On which terms a run takes rows: who imports (None: the command), who signs (None: nobody,
    or nobody yet), whether what is new goes out, and the moment."""

    def __init__(
        self, *, actor: User | None, signer: User | None, publish: bool, at: dt.datetime
    ) -> None:
        self.actor, self.signer, self.publish, self.at = actor, signer, publish, at
        self.today = legal_day(at)
        self._known: dict[tuple[int, str, str], bool] = {}

    def may(self, person: User | None, action: str, agency: Agency) -> bool:
        """Whether the table lets `person` do it for the agency; asked once for each."""
        if person is None:
            return True
        key = (person.pk, action, agency.code)
        if key not in self._known:
            self._known[key] = rights.allows(person, action, agency)
        return self._known[key]

    @property
    def public_already(self) -> str:
        """Why what is public takes no values from a run that nobody signs off."""
        if self.actor is None:
            return _("This is public already; changing it needs --signed-off-by.")
        return _(
            "This is public already: it is corrected by a file handed in as public already, "
            "which somebody else signs off."
        )

    @property
    def other_values(self) -> str:
        """Why a known index number takes no other values."""
        if self.actor is None:
            return _("This index number exists with other values; --update replaces them.")
        return _(
            "This index number exists with other values. To replace them, hand the file in "
            "again and tick that other values are replaced."
        )


def check_new(parsed: Parsed, terms: Terms) -> None:
    """Add every reason for which the row cannot become a new publication."""
    refused = {key for key, _reason in parsed.problems}
    for key in REQUIRED:
        if not parsed.values.get(key) and key not in refused:
            parsed.refuse(key, _("This must not be empty."))
    publication = apply(blank(), parsed.values)
    _check_fields(parsed, publication, terms)
    agency = parsed.values.get("agency")
    if terms.publish:
        _check_release(parsed, publication, terms)
    elif agency is not None and not terms.may(terms.actor, ADD, agency):
        parsed.refuse("agency", _("You may not add publications for this agency."))


def check_update(parsed: Parsed, stored: Publication, changed: set[str], terms: Terms) -> None:
    """Add every reason for which the stored publication cannot take the row's values."""
    if "title" in parsed.values and not parsed.values["title"]:
        parsed.refuse("title", _("This must not be empty."))
    if stored.state == State.PUBLISHED:
        _check_correction(parsed, stored, changed, terms)
    elif stored.state == State.DRAFT:
        _check_draft(parsed, stored, terms)
    else:
        parsed.refuse(
            "index_number",
            _("This is '%(state)s': only a draft or what is public can be changed here.")
            % {"state": stored.get_state_display()},
        )


def _check_draft(parsed: Parsed, stored: Publication, terms: Terms) -> None:
    was, publication = _twice(stored, parsed.values)
    _check_fields(parsed, publication, terms)
    if parsed.problems:
        return
    parsed.refuse_all(policies.why_not_change(was, publication))
    if terms.publish:
        _check_release(parsed, publication, terms)
        return
    for agency in (was.agency, publication.agency):
        if not terms.may(terms.actor, WRITE, agency):
            parsed.refuse("agency", _("You may not change publications of this agency."))
            return


def _check_correction(parsed: Parsed, stored: Publication, changed: set[str], terms: Terms) -> None:
    """What is public becomes a new version, under the blanket sign-off; the earlier one stays."""
    was, publication = _twice(stored, parsed.values)
    if terms.signer is None and not terms.publish:
        parsed.refuse("index_number", terms.public_already)
        return
    if "agency" in changed:
        parsed.refuse("agency", _("What was public stays with its agency."))
    if "published_on" in changed:
        parsed.refuse("published_on", _("The day on which it became public stays as it is."))
    if "exempt_ground" in changed:
        parsed.refuse("exempt_ground", _("What is public has no ground for not disclosing."))
    _check_fields(parsed, publication, terms)
    if parsed.problems:
        return
    parsed.refuse_all(policies.why_not_revised(was, publication))
    if changed - BESIDE_CONTENT:
        parsed.refuse_all(policies.why_not_content(publication, at=terms.at, taken_over=True))
        if stored.revisions.exclude(state__in=[State.SUPERSEDED, State.CLOSED]).exists():
            parsed.refuse("index_number", _("A revision of this is under way already."))
    _check_right(parsed, was, terms)


def _twice(stored: Publication, values: dict[str, Any]) -> tuple[Publication, Publication]:
    """The publication as it is, and as it would be."""
    fields = {one.attname: getattr(stored, one.attname) for one in stored._meta.concrete_fields}
    changed = Publication(**fields)
    changed.agency, changed.category = stored.agency, stored.category
    changed._state.adding = False
    return stored, apply(changed, values)


def _check_release(parsed: Parsed, publication: Publication, terms: Terms) -> None:
    if parsed.problems:
        return
    if not publication.body and publication.pk is None:
        parsed.refuse("body", _("What is published needs a text."))
    if publication.pk is None:
        reasons = policies.why_not_content(publication, at=terms.at, taken_over=True)
    else:
        reasons = policies.why_not_take_over(publication, at=terms.at)
    parsed.refuse_all(reasons)
    _check_right(parsed, publication, terms)


def _check_fields(parsed: Parsed, publication: Publication, terms: Terms) -> None:
    refused = {key for key, _reason in parsed.problems}
    names = _LEFT_OUT
    if not publication.index_number:
        names = {*names, "index_number"}  # it is assigned when the row is stored
    try:
        publication.clean_fields(exclude=names)
        if publication.disclosure == Publication.Disclosure.EXEMPT:
            publication.validate_constraints(exclude={*names, "index_number"})
    except ValidationError as error:
        by_field = error.message_dict
        for name, messages in by_field.items():
            key = name if name in BY_KEY else "exempt_ground"
            if key not in refused:
                parsed.refuse(key, " ".join(messages))
    parsed.refuse_all(policies.why_not_keep(publication, on=terms.today))


def _check_right(parsed: Parsed, publication: Publication, terms: Terms) -> None:
    """Who imports has drafts or publishing in hand there, and who signs off publishing."""
    if not any(terms.may(terms.actor, action, publication.agency) for action in (ADD, PUBLISH)):
        reason = _("You may not add publications for this agency.")
        if ("agency", reason) not in parsed.problems:
            parsed.refuse("agency", reason)
        return
    if terms.may(terms.signer, PUBLISH, publication.agency):
        return
    reason = _("%(name)s may not publish for this agency.") % {"name": terms.signer}
    if ("agency", reason) not in parsed.problems:
        parsed.refuse("agency", reason)


def fill(publication: Publication) -> Publication:
    """Derive what the draft's own action derives; cells are sanitised when they are read."""
    publication.document_number_normal = normalise_document_number(publication.document_number)
    publication.document_type = publication.document_type or publication.category.document_type
    return publication


def seal(publication: Publication) -> Publication:
    """Give what goes out the digest of its content; it has no files."""
    publication.content_hash = content.digest(publication, files=[])
    return publication
