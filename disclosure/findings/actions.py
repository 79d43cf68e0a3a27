"""What can be done about findings, and to the lists: each one transaction of right, policy, write,
history and audit. Texts are changed through the publications' own `update`.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import now
from disclosure.findings import masking, policies
from disclosure.findings.models import Finding, SensitiveSubject, Wording
from disclosure.findings.scanning import scan
from disclosure.findings.sources import FIELDS, SourceText, gather
from disclosure.findings.textmap import Span, spliced
from disclosure.publications import actions as publishing
from disclosure.publications.lifecycle import WRITE
from disclosure.publications.models import Publication

OVERRULE = "disclosure.overrule_finding"
#: Asked where a wording has no agency: the general list.
GENERAL = "disclosure.keep_general_wording"
#: Places that overlap are masked one after the other.
_ROUNDS = 4

__all__ = ["mask", "mask_all", "mend_wording", "overrule", "reopen_finding", "scan"]


# --- decisions -----------------------------------------------------------------------------------
@transaction.atomic
def overrule(actor: User | None, finding: Finding, note: str) -> Finding:
    """Set a finding aside with a note: what was found may stay."""
    stored = _locked(finding)
    rights.require(actor, OVERRULE, stored)
    records.refuse_if(policies.why_not_overrule(stored, actor=actor, note=note))
    _decide(stored, actor, Finding.State.OVERRULED, note.strip()[:300])
    record(actor, "finding.overruled", stored, label=stored.rule_label)
    return stored


@transaction.atomic
def reopen_finding(actor: User | None, finding: Finding) -> Finding:
    """Take back that a finding was set aside."""
    stored = _locked(finding)
    rights.require(actor, OVERRULE, stored)
    records.refuse_if(policies.why_not_reopen(stored))
    _decide(stored, actor, Finding.State.OPEN, "")
    record(actor, "finding.reopened", stored, label=stored.rule_label)
    return stored


def _decide(finding: Finding, actor: User | None, state: str, note: str) -> None:
    finding.state, finding.note = state, note
    finding.decided_by, finding.decided_at = actor, now()
    finding.save(update_fields=["state", "note", "decided_by", "decided_at"])


def _locked(finding: Finding) -> Finding:
    """The row as it is now, with its publication locked first, as a scan locks it."""
    publishing.locked(finding.publication)
    return records.locked(finding)


# --- mending -------------------------------------------------------------------------------------
@transaction.atomic
def mask(actor: User | None, finding: Finding) -> Finding:
    """Mask what was found, wherever it stands in its text; a change of the draft like any other."""
    publication = publishing.locked(finding.publication)
    rights.require(actor, WRITE, publication)
    scan(publication)
    finding.refresh_from_db()
    records.refuse_if(policies.why_not_mask(finding))
    _change(actor, publication, _masked(publication, [finding]), gettext("Personal data masked"))
    finding.refresh_from_db()
    return finding


@transaction.atomic
def mask_all(actor: User | None, publication: Publication) -> int:
    """Mask every open finding of personal data in the record and the text; how many. What stands
    in files stays open."""
    stored = publishing.locked(publication)
    rights.require(actor, WRITE, stored)
    records.refuse_if(policies.why_not_edit(stored))
    todo = _to_mask(stored)
    number = len(todo)
    for _round in range(_ROUNDS):
        if not todo:
            break
        _change(actor, stored, _masked(stored, todo), gettext("Personal data masked"))
        stored = publishing.locked(stored)
        todo = _to_mask(stored)
    return number


def _to_mask(publication: Publication) -> list[Finding]:
    return [
        one
        for one in scan(publication)
        if one.state == Finding.State.OPEN and one.is_personal and one.place in FIELDS
    ]


@transaction.atomic
def mend_wording(actor: User | None, finding: Finding) -> Finding:
    """Put the right wording in the place of the wrong one."""
    publication = publishing.locked(finding.publication)
    rights.require(actor, WRITE, publication)
    scan(publication)
    finding.refresh_from_db()
    records.refuse_if(policies.why_not_mend(finding))
    spans = {finding.place: [Span(start, end, finding.right) for start, end in finding.spans]}
    _change(actor, publication, spans, gettext("Wording mended"))
    finding.refresh_from_db()
    return finding


def _masked(publication: Publication, findings: Iterable[Finding]) -> dict[str, list[Span]]:
    """For each field what is to stand where; the places are those of the scan just made."""
    texts = {one.place: one.text for one in gather(publication)[0]}
    spans: dict[str, list[Span]] = defaultdict(list)
    for finding in findings:
        for start, end in finding.spans:
            value = masking.masked(finding.rule, texts[finding.place][start:end])
            spans[finding.place].append(Span(start, end, value))
    return spans


def _change(
    actor: User | None, publication: Publication, spans: dict[str, list[Span]], reason: str
) -> None:
    texts = {one.place: one for one in gather(publication)[0]}
    for place, wanted in spans.items():
        setattr(publication, place, _replaced(texts[place], wanted))
    publishing.update(actor=actor, publication=publication, reason=reason)
    scan(publication)


def _replaced(source: SourceText, spans: Iterable[Span]) -> str:
    if source.is_html:
        return source.mapped.replace(spans)
    return spliced(source.content, spans)


# --- lists ---------------------------------------------------------------------------------------
def create_subject(*, actor: User | None, subject: SensitiveSubject) -> SensitiveSubject:
    """Add a sensitive subject to an agency's list."""
    _tidy(subject)
    return records.create(
        actor=actor,
        action="disclosure.add_sensitivesubject",
        verb="sensitivesubject.created",
        obj=subject,
    )


def update_subject(*, actor: User | None, subject: SensitiveSubject) -> bool:
    """Store a changed sensitive subject."""
    _tidy(subject)
    return records.update(
        actor=actor,
        action="disclosure.change_sensitivesubject",
        verb="sensitivesubject.changed",
        obj=subject,
    )


def delete_subject(*, actor: User | None, subject: SensitiveSubject) -> None:
    """Take a sensitive subject off the list."""
    records.delete(
        actor=actor,
        action="disclosure.delete_sensitivesubject",
        verb="sensitivesubject.deleted",
        obj=subject,
    )


@transaction.atomic
def create_wording(*, actor: User | None, wording: Wording) -> Wording:
    """Add a wording to an agency's list, or to the general one."""
    _require_general(actor, wording)
    return records.create(
        actor=actor, action="disclosure.add_wording", verb="wording.created", obj=wording
    )


@transaction.atomic
def update_wording(*, actor: User | None, wording: Wording) -> bool:
    """Store a changed wording."""
    _require_general(actor, wording)
    return records.update(
        actor=actor, action="disclosure.change_wording", verb="wording.changed", obj=wording
    )


@transaction.atomic
def delete_wording(*, actor: User | None, wording: Wording) -> None:
    """Take a wording off its list."""
    _require_general(actor, wording)
    records.delete(
        actor=actor, action="disclosure.delete_wording", verb="wording.deleted", obj=wording
    )


def _require_general(actor: User | None, wording: Wording) -> None:
    """The general list is the platform administrator's, as it is and as it becomes."""
    stored = Wording.objects.filter(pk=wording.pk).first() if wording.pk else None
    if wording.agency_id is None or (stored is not None and stored.agency_id is None):
        rights.require(actor, GENERAL, wording)


def _tidy(subject: SensitiveSubject) -> None:
    words = (line.strip() for line in subject.words.splitlines())
    subject.words = "\n".join(dict.fromkeys(word for word in words if word))
