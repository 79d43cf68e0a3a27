"""The lists in force for an agency: its own, those of the agencies above, the general one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from disclosure.agencies.models import Agency
from disclosure.findings.detectors import words
from disclosure.findings.detectors.kinds import Hit
from disclosure.findings.models import SensitiveSubject, Wording


@dataclass(frozen=True)
class Lists:
    """Compiled patterns with their rule, reason and right wording."""

    rows: tuple[tuple[str, object, str, str], ...]

    def detect(self, text: str) -> Iterator[tuple[str, Hit]]:
        """(rule, hit) for every word of the lists in `text`."""
        for rule, pattern, reason, right in self.rows:
            for hit in words.found(pattern, text, reason=reason, right=right):  # type: ignore[arg-type]
                yield rule, hit


def in_force(agency: Agency) -> Lists:
    """Two queries; the patterns are made anew, so that a change holds from the next scan on."""
    step = Agency.steplen
    above = [agency.path[:end] for end in range(step, len(agency.path) + 1, step)]
    mine = Q(agency__path__in=above)
    rows: list[tuple[str, object, str, str]] = [
        ("sensitive_subject", words.compiled(subject.words.splitlines()), subject.reason, "")
        for subject in SensitiveSubject.objects.filter(mine, is_active=True)
    ]
    for wording in Wording.objects.filter(mine | Q(agency__isnull=True), is_active=True):
        rule = f"{wording.kind}_wording"
        rows.append((rule, words.compiled([wording.wrong]), wording.reason, wording.right))
    return Lists(tuple(rows))
