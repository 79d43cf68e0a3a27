"""Taking over a standard catalogue: every row is looked at, then all are stored, or none."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency, User
from disclosure.core.errors import DomainError
from disclosure.standards import actions, matching
from disclosure.standards.columns import BY_KEY
from disclosure.standards.models import StandardArea, StandardItem
from disclosure.standards.reading import Problem as Found
from disclosure.standards.reading import Reading, Row

REASON = "import"


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken: its number in the sheet (0: the table), its column, the reason."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        if not self.row:
            return self.reason
        facts = {"row": self.row, "column": self.column, "reason": self.reason}
        if self.column:
            return gettext("Row %(row)s, %(column)s: %(reason)s") % facts
        return gettext("Row %(row)s: %(reason)s") % facts


@dataclass
class Result:
    """What was done, or would be; with a problem nothing was. `left`: items that the file does
    not have; they stay."""

    created: list[StandardItem] = field(default_factory=list)
    updated: list[StandardItem] = field(default_factory=list)
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return gettext(
            "Created %(created)s, updated %(updated)s, unchanged %(unchanged)s; not in the file "
            "and left as they are: %(left)s."
        ) % {
            "created": len(self.created),
            "updated": len(self.updated),
            "unchanged": self.unchanged,
            "left": len(self.left),
        }


def import_catalogue(
    *,
    actor: User | None,
    agency: Agency,
    area: StandardArea,
    reading: Reading,
    update: bool = False,
    dry_run: bool = False,
) -> Result:
    """Store what was read as the agency's catalogue of this area; a matter that is there already
    with other values is a bad row unless `update`."""
    result = Result(problems=[_said(found) for found in reading.problems])
    with transaction.atomic():
        stored = {
            (item.level1, item.level2): item
            for item in StandardItem.objects.select_for_update(of=("self",))
            .filter(agency=agency, area=area)
            .select_related("agency", "area")
        }
        for row in reading.rows:
            known = stored.pop((row.values["level1"], row.values["level2"]), None)
            _take(row, known, actor, agency, area, update, result)
        result.left = [item.matter for item in stored.values()]
        if result.problems or dry_run:
            transaction.set_rollback(True)
        else:
            keys = [item.pk for item in (*result.created, *result.updated)]
            matching.rematch(StandardItem.objects.filter(pk__in=keys))
    result.problems.sort(key=lambda one: one.row)
    return result


def _take(
    row: Row,
    known: StandardItem | None,
    actor: User | None,
    agency: Agency,
    area: StandardArea,
    update: bool,
    result: Result,
) -> None:
    item = copy(known) if known is not None else StandardItem(agency=agency, area=area)
    for name, value in row.values.items():
        setattr(item, name, value)
    actions.clean(item)
    problems = _wrong(item, row)
    if known is not None:
        differs = any(getattr(item, name) != getattr(known, name) for name in row.values)
        if not differs:
            result.unchanged += 1
            return
        if not update:
            problems.append(
                _problem(
                    row, "level2", _("This matter is there with other values: choose to update.")
                )
            )
    if not problems:
        try:
            with transaction.atomic():
                if known is None:
                    actions.create_item(actor=actor, item=item, reason=REASON, rematch=False)
                else:
                    actions.update_item(actor=actor, item=item, reason=REASON, rematch=False)
        except DomainError as error:
            problems += [_problem(row, refusal.code, refusal) for refusal in error.refusals]
    result.problems += problems
    if not problems:
        (result.created if known is None else result.updated).append(item)


def _wrong(item: StandardItem, row: Row) -> list[Problem]:
    """What the fields say: too long, too large."""
    left_out = ["agency", "area", "channels", "category"]
    try:
        item.clean_fields(exclude=left_out)
    except ValidationError as error:
        return [_problem(row, name, " ".join(texts)) for name, texts in error.message_dict.items()]
    return []


def _problem(row: Row, name: str, reason: object) -> Problem:
    column = BY_KEY.get({"audience_who": "specific", "at_county": "county"}.get(name, name))
    heading = ""
    if column is not None:
        heading = f"{column.above}·{column.below}" if column.below else column.above
    return Problem(row.number, heading, str(reason))


def _said(found: Found) -> Problem:
    return Problem(found.row, found.column, gettext(found.reason) % dict(found.facts))


def packed(rows: Sequence[Row]) -> list[list[object]]:
    """Rows as JSON, to be carried from a preview to its confirmation."""
    return [[row.number, row.values] for row in rows]


def unpacked(rows: Sequence[Sequence[object]]) -> Reading:
    """What `packed` gave."""
    return Reading(rows=[Row(int(str(number)), dict(values)) for number, values in rows])  # type: ignore[call-overload]
