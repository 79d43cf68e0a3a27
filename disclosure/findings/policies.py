"""Whether findings keep an item back, and what may be done about one: every reason a sentence."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User
from disclosure.core.errors import Refusal
from disclosure.findings.detectors.table import RULES
from disclosure.findings.models import Finding, FindingsScan
from disclosure.findings.sources import FIELDS
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication

#: So many findings are named; of the rest their number.
MOST_NAMED = 10


def place_labels(publication: Publication) -> dict[str, str | Promise]:
    """What the places of findings are called (one query for the files)."""
    labels: dict[str, str | Promise] = {"date_made": _("date made")}
    for name in FIELDS:
        labels[name] = Publication._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    for file in publication.attachments.all():
        labels[str(file.uuid)] = file.name
        labels[f"name:{file.uuid}"] = format_lazy(_("name of the file {name}"), name=file.name)
    return labels


def is_current(publication: Publication) -> bool:
    """Whether the texts were looked through since they last changed."""
    scan = FindingsScan.objects.filter(publication=publication.pk).first()
    return scan is not None and scan.revision == publication.revision


def why_not_pass(publication: Publication) -> list[Refusal]:
    """Why the review cannot be passed yet: each open finding that blocks, with its place."""
    if not is_current(publication):
        return [
            Refusal(
                _("The texts have changed since they were last looked through for findings."),
                code="findings",
            )
        ]
    blocking = list(publication.findings.blocking()[: MOST_NAMED + 1])
    if not blocking:
        return []
    labels = place_labels(publication)
    reasons = [
        Refusal(
            _("%(rule)s in '%(place)s': %(found)s")
            % {
                "rule": finding.rule_label,
                "place": labels.get(finding.place, finding.place),
                "found": finding.excerpt_masked or finding.reason_shown,
            },
            code="findings",
        )
        for finding in blocking[:MOST_NAMED]
    ]
    if len(blocking) > MOST_NAMED:
        reasons.append(Refusal(_("There are more findings than these."), code="findings"))
    return reasons


def why_not_overrule(finding: Finding, *, actor: User | None, note: str) -> list[Refusal]:
    """Why a finding cannot be set aside: it asks a note, from somebody who did not write it."""
    reasons = _not_open(finding)
    if not note.strip():
        reasons.append(Refusal(_("Please say why it may stay."), code="note"))
    if actor is not None and actor.pk in _writers(finding.publication):
        reasons.append(
            Refusal(_("Who wrote the text does not overrule its findings."), "17", "writer")
        )
    return reasons


def _writers(publication: Publication) -> set[int | None]:
    return {publication.created_by_id, *publication.contributors}


def why_not_reopen(finding: Finding) -> list[Refusal]:
    """Why an overruled finding cannot be opened again."""
    if finding.state == Finding.State.OVERRULED:
        return []
    return [Refusal(_("Only what was overruled is opened again."), code="state")]


def why_not_mask(finding: Finding) -> list[Refusal]:
    """Why what was found cannot be masked with one click."""
    reasons = _not_open(finding) + why_not_edit(finding.publication)
    if not finding.is_personal:
        reasons.append(Refusal(_("Only personal data are masked."), code="rule"))
    return reasons + _in_file(finding)


def why_not_mend(finding: Finding) -> list[Refusal]:
    """Why a wording cannot be replaced with one click."""
    reasons = _not_open(finding) + why_not_edit(finding.publication)
    if not finding.right:
        reasons.append(Refusal(_("The list has no right wording for this."), code="rule"))
    return reasons + _in_file(finding)


def why_not_edit(publication: Publication) -> list[Refusal]:
    """Why the text cannot be changed now."""
    if publication.state == State.DRAFT:
        return []
    return [Refusal(_("Only a draft is changed: have it returned first."), code="state")]


def _not_open(finding: Finding) -> list[Refusal]:
    if finding.state == Finding.State.OPEN:
        return []
    return [Refusal(_("This finding is no longer open."), code="state")]


def _in_file(finding: Finding) -> list[Refusal]:
    if finding.place in FIELDS and finding.rule in RULES:
        return []
    return [
        Refusal(
            _("It stands in a file: mend it there and attach the file anew."), code="attachment"
        )
    ]
