"""What is to be settled before a report goes out: errors, and warnings that ask for a note.

The findings themselves are `prose.findings`; here they meet the reports that they are held
against, the facts of the year and the notes given. A note holds for a finding with its values:
another value is another finding.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from disclosure.agencies.models import Agency
from disclosure.reports.document import Document
from disclosure.reports.models import AnnualReport
from disclosure.reports.prose import findings, wording
from disclosure.reports.prose.drafting import Facts
from disclosure.reports.sources import Span
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.shapes import Form
from disclosure.reports.trail import ReportEdition, ReportEditionQuerySet

#: Reports of other agencies that a text is compared with, and their characters together.
MOST_OTHERS = 30
MOST_CHARACTERS = 300_000
_KEY_LENGTH = 200


@dataclass(frozen=True)
class Remark:
    """Something to mend or to say something to.

    `target` names what it is about: a cell (table.row.column) or a written section's key.
    """

    key: str
    code: str
    sentence: str
    is_error: bool
    target: str = ""
    note: str = ""

    @property
    def is_open(self) -> bool:
        return self.is_error or not self.note


#: What is known of a year beside the tables: `f(facts, agencies, span) -> facts`.
FactSource = Callable[[Facts, Sequence[Agency], Span], Facts]
_facts: list[FactSource] = []


def knows(source: FactSource) -> FactSource:
    """Have a source of facts asked."""
    _facts.append(source)
    return source


def facts_of(report: AnnualReport) -> Facts:
    """What the rooms know of the report's year, as far as it has been counted."""
    span = Span.of_year(report.year, report.computed_until)
    found = Facts()
    for source in _facts:
        found = source(found, [report.agency], span)
    return found


def _before(report: AnnualReport) -> ReportEditionQuerySet:
    """The public edition of the agency's report on the year before."""
    return ReportEdition.objects.of(
        AnnualReport.objects.filter(agency=report.agency_id, year=report.year - 1)
    )


def report_before(report: AnnualReport) -> Document | None:
    """The agency's published report on the year before (one query)."""
    edition = _before(report).only("content").first()
    return edition.document() if edition else None


def carried_out_before(report: AnnualReport) -> list[int] | None:
    """The requests that last year's published report carried out; None where it does not say."""
    found: list[int] | None = (
        _before(report).values_list("workings__carried_out", flat=True).first()
    )
    return found


def cells_before(report: AnnualReport) -> Cells | None:
    """The tables of the year before; what an imported report brought along, where there is none."""
    before = report_before(report)
    if before is not None:
        return before.cells
    return report.cells_of(report.previous) if report.previous else None


def _others(report: AnnualReport) -> list[Document]:
    """Published reports on the same and the last year of agencies beside this one (one query)."""
    path = report.agency.path[: -Agency.steplen]
    beside = AnnualReport.objects.filter(
        agency__path__startswith=path,
        agency__depth=report.agency.depth,
        year__in=(report.year, report.year - 1),
        edition__isnull=False,
    ).exclude(agency=report.agency_id)
    editions = ReportEdition.objects.of(
        beside.order_by("-year", "agency__path")[:MOST_OTHERS]
    ).exclude(form=AnnualReport.Form.FREE)
    found, left = [], MOST_CHARACTERS
    for edition in editions.order_by("-pk"):
        document = edition.document()
        left -= sum(map(len, document.texts.values()))
        if left < 0:
            break
        found.append(document)
    return found


def remarks(report: AnnualReport) -> list[Remark]:
    """Everything to be settled, errors first, with the notes given."""
    form = report.table_form
    if form is None:
        return []
    found = findings.remarks(
        report.document(), report_before(report), _others(report), facts_of(report)
    )
    notes = dict(report.remark_notes.values_list("key", "note")) if report.pk else {}
    shown = [_shown(form, one) for one in found]
    return [replace(one, note=notes.get(one.key, "")) for one in shown]


def open_remarks(report: AnnualReport) -> list[Remark]:
    """What is not settled yet."""
    return [one for one in remarks(report) if one.is_open]


def _shown(form: Form, found: findings.Remark) -> Remark:
    identity = found.problem.equation.identity.key if _is_identity(found) else found.kind  # type: ignore[union-attr]
    place = found.place
    target = ".".join(place[:3]) if place else found.section
    sentence = gettext("%(where)s: %(sentence)s") % {
        "where": wording.section_name(form, found),
        "sentence": wording.sentence(form, found),
    }
    return Remark(_short(found.key), identity, sentence, found.is_error, found.section or target)


def _is_identity(found: findings.Remark) -> bool:
    return found.problem is not None and found.problem.equation is not None


def _short(key: str) -> str:
    """The key, or what stands for one too long to be kept."""
    if len(key) <= _KEY_LENGTH:
        return key
    return f"{key[:100]}#{hashlib.sha256(key.encode()).hexdigest()}"
