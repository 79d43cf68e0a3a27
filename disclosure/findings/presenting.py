"""The texts of a publication with what was found in them marked, for the findings page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from disclosure.findings import policies
from disclosure.findings.detectors.kinds import SEVERITY_LABELS
from disclosure.findings.models import Finding
from disclosure.findings.sources import SourceText, gather
from disclosure.findings.textmap import Span, TextMap
from disclosure.publications.models import Publication

#: Of a longer text only what stands around findings is shown.
WHOLE = 60_000
AROUND = 300


@dataclass(frozen=True)
class Shown:
    """A finding with its number on the page, its place's name, and what stands against a click."""

    number: int
    finding: Finding
    place: str
    #: Whether it is marked in a text below.
    is_marked: bool
    can_mask: bool = False
    can_mend: bool = False
    not_in_file: str = ""

    @property
    def severity(self) -> str:
        return str(SEVERITY_LABELS[self.finding.severity])


@dataclass(frozen=True)
class ShownText:
    """A text with its marks; `pieces`: several where only parts of it are shown."""

    place: str
    label: str
    pieces: Sequence[SafeString]
    is_html: bool
    is_whole: bool


@dataclass(frozen=True)
class Page:
    """Everything that the page shows."""

    open: list[Shown] = field(default_factory=list)
    decided: list[Shown] = field(default_factory=list)
    texts: list[ShownText] = field(default_factory=list)
    maskable: int = 0


def page(publication: Publication, *, is_current: bool) -> Page:
    """The findings in their order of place, and the texts; marks stand where the scan is of
    this very text."""
    rows = list(publication.findings.select_related("decided_by"))
    for row in rows:
        row.publication = publication
    labels = policies.place_labels(publication)
    texts, _foreign = gather(publication)
    order = {source.place: number for number, source in enumerate(texts)}
    rows.sort(key=lambda one: (order.get(one.place, len(order)), one.start, one.pk))
    numbered = {one.pk: number for number, one in enumerate(_open(rows), 1)}
    found = Page()
    for row in rows:
        shown = _shown(row, numbered.get(row.pk, 0), str(labels.get(row.place, "")), order)
        (found.open if row.pk in numbered else found.decided).append(shown)
    marked = [one for one in _open(rows) if is_current]
    for source in texts:
        found.texts.append(_text(source, [m for m in marked if m.place == source.place], numbered))
    maskable = sum(one.can_mask for one in found.open)
    return Page(found.open, found.decided, found.texts, maskable)


def _open(rows: Iterable[Finding]) -> list[Finding]:
    return [one for one in rows if one.state == Finding.State.OPEN]


def _shown(row: Finding, number: int, place: str, texts: dict[str, int]) -> Shown:
    against_mask = policies.why_not_mask(row)
    in_file = [one for one in against_mask if one.code == "attachment"]
    return Shown(
        number=number,
        finding=row,
        place=place,
        is_marked=bool(number) and row.place in texts and bool(row.end),
        can_mask=not against_mask,
        can_mend=not policies.why_not_mend(row),
        not_in_file=str(in_file[0]) if number and in_file else "",
    )


def _text(source: SourceText, findings: list[Finding], numbers: dict[int, int]) -> ShownText:
    by_number = {str(numbers[one.pk]): one for one in findings}
    spans = [Span(start, end, str(numbers[one.pk])) for one in findings for start, end in one.spans]
    begun: set[str] = set()

    def opening(span: Span, is_first: bool) -> str:
        finding = by_number[span.value]
        anchor = "" if span.value in begun else f' id="found-{span.value}" tabindex="-1"'
        begun.add(span.value)
        label = (
            f'<span class="found-label">{span.value} {escape(finding.rule_label)}</span>'
            if is_first
            else ""
        )
        return (
            f'<mark class="found {escape(finding.severity)}"{anchor} '
            f'title="{escape(finding.reason_shown)}">{label}'
        )

    if len(source.content) <= WHOLE:
        markup = source.mapped.highlight(spans, opening)
        clean = mark_safe(markup)  # sanitised when it was stored, or escaped by `of_plain`
        return ShownText(source.place, source.label, [clean], source.is_html, is_whole=True)
    pieces = []
    for begin, end in _windows(spans, len(source.text)):
        inside = [
            Span(span.start - begin, span.end - begin, span.value)
            for span in spans
            if begin <= span.start and span.end <= end
        ]
        piece = TextMap.of_plain(source.text[begin:end]).highlight(inside, opening)
        pieces.append(mark_safe(piece))
    return ShownText(source.place, source.label, pieces, is_html=False, is_whole=False)


def _windows(spans: Iterable[Span], length: int) -> list[tuple[int, int]]:
    """What stands around the spans, overlapping parts together."""
    windows: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda one: one.start):
        begin, end = max(0, span.start - AROUND), min(length, span.end + AROUND)
        if windows and begin <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((begin, end))
    return windows
