"""Looking through a publication and keeping what was found, with decisions surviving."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.crypto import keyed_hash
from disclosure.core.dates import legal_day, now
from disclosure.findings import citing, links, lists, masking
from disclosure.findings.detectors import dates
from disclosure.findings.detectors.digits import narrow
from disclosure.findings.detectors.kinds import Hit
from disclosure.findings.detectors.table import MOST_HITS, RULES, detect
from disclosure.findings.models import Finding, FindingsScan
from disclosure.findings.sources import FIELDS, Foreign, SourceText, gather, place_of, place_of_name
from disclosure.publications.actions import locked
from disclosure.publications.models import Publication

VIEW = "disclosure.view_publication"
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
#: So much of the sentence around a word is what a decision is about.
_AROUND = 12
_State = Finding.State


@dataclass(frozen=True)
class Found:
    """One hit of a rule at a place; `matched` is the clear text and is kept nowhere."""

    rule: str
    place: str
    hit: Hit
    matched: str
    sentence: str = ""

    @property
    def mark(self) -> str:
        """The same for the same thing: digits alone of a number, otherwise the sentence too."""
        rule = RULES[self.rule]
        if rule.personal:
            essence = re.sub(r"[\s.\-]", "", narrow(self.matched)).upper()
        else:
            essence = f"{self.matched}|{self.sentence if rule.by_sentence else ''}"
        return keyed_hash("finding", f"{self.rule}|{essence}")


def look(publication: Publication, *, at: dt.datetime) -> Iterator[Found]:
    """Everything that every rule finds in the publication as it is; keeps nothing."""
    texts, foreign = gather(publication)
    in_force = lists.in_force(publication.agency)
    for source in texts:
        for rule, hit in _hits(source, publication, in_force, at):
            yield _found(rule, source, hit)
    for one in foreign:
        yield Found(one.rule, one.place, Hit(0, 0, reason=_reason(one)), one.where + one.detail)
    record = _record(publication)
    number = dates.year_of_number(record)
    if number is not None:
        text = publication.document_number
        yield Found("year_of_number", "document_number", number, text, str(record.date_made))
    if dates.made_after_publication(record):
        yield Found("made_after_publication", "date_made", Hit(0, 0), str(record.date_made))


def _hits(
    source: SourceText, publication: Publication, in_force: lists.Lists, at: dt.datetime
) -> Iterator[tuple[str, Hit]]:
    for rule, hit in detect(source.text):
        yield rule.key, hit
    yield from in_force.detect(source.visible)
    if source.place != "document_number":
        for hit in citing.not_public(source.visible, publication, at=at):
            yield "cites_not_public", hit
    if source.is_content:
        for hit in dates.date_in_text(source.visible, _record(publication)):
            yield "date_in_text", hit
    if source.is_html:
        yield from links.inside(source.mapped.links, at=at)
        for hit in links.dead(source.mapped.links):
            yield "dead_link", hit


def _record(publication: Publication) -> dates.Record:
    published_at = publication.published_at
    return dates.Record(
        publication.document_number,
        publication.date_made,
        legal_day(published_at) if published_at else None,
    )


def _found(rule: str, source: SourceText, hit: Hit) -> Found:
    text = source.text
    before = _SENTENCE_END.split(text[max(0, hit.start - _AROUND) : hit.start])[-1]
    after = _SENTENCE_END.split(text[hit.end : hit.end + _AROUND], maxsplit=1)[0]
    # Numbers aside: masking one must not undo a decision on the words beside it.
    around = re.sub(r"[\d*\s]", "", f"{before}|{after}")
    return Found(rule, source.place, hit, text[hit.start : hit.end], around)


def _reason(one: Foreign) -> str:
    return ": ".join(part for part in (one.where, one.detail) if part)[:300]


@transaction.atomic
def scan(
    publication: Publication, *, actor: User | None = None, at: dt.datetime | None = None
) -> list[Finding]:
    """Look the publication through and keep what is found; the findings that stand now.

    Found again, a decision stands. What is no longer found is mended, or gone with its file;
    should it come back, it is open again. What was overruled in an earlier version of the same
    item stays overruled in its revision.
    """
    moment = at or now()
    stored = locked(publication)
    rights.require(actor, VIEW, stored)
    known = {(one.rule, one.place, one.mark): one for one in stored.findings.all()}
    standing: dict[tuple[str, str, str], Finding] = {}
    for found in look(stored, at=moment):
        key = (found.rule, found.place, found.mark)
        finding = standing.get(key)
        if finding is None:
            finding = standing[key] = _begun(known.get(key), stored, found, moment)
        if len(finding.spans) < MOST_HITS:
            finding.spans.append([found.hit.start, found.hit.end])
    new = [one for key, one in standing.items() if key not in known]
    _take_over_decisions(stored, new)
    Finding.objects.bulk_create(new)
    Finding.objects.bulk_update([one for one in standing.values() if one not in new], _FOUND_AGAIN)
    _settle([one for key, one in known.items() if key not in standing], _places(stored))
    FindingsScan.objects.update_or_create(
        publication=stored, defaults={"revision": stored.revision, "scanned_at": moment}
    )
    body = next((one for one in gather(stored)[0] if one.place == "body"), None)
    links.note_links(stored, body.mapped.links if body else ())
    return list(standing.values())


_FOUND_AGAIN = [
    *("start", "end", "spans", "severity", "excerpt_masked", "reason", "right", "revision"),
    *("state", "note", "decided_by", "decided_at"),
]


def _begun(
    known: Finding | None, publication: Publication, found: Found, at: dt.datetime
) -> Finding:
    """The row for what was found: the known one as it is now, or a new one."""
    rule = RULES[found.rule]
    finding = known or Finding(
        publication=publication,
        rule=found.rule,
        place=found.place,
        mark=found.mark,
        found_at=at,
    )
    if finding.state in {_State.MENDED, _State.GONE}:
        finding.state, finding.note = _State.OPEN, ""
        finding.decided_by = finding.decided_at = None
    finding.severity = rule.severity
    finding.start, finding.end, finding.spans = found.hit.start, found.hit.end, []
    finding.excerpt_masked = masking.shown(found.rule, found.matched, personal=rule.personal)
    finding.reason, finding.right = found.hit.reason, found.hit.right
    finding.revision = publication.revision
    return finding


def _take_over_decisions(publication: Publication, new: Iterable[Finding]) -> None:
    """What was overruled where the same text is public already need not be overruled again."""
    item = publication.revises_id
    if item is None:
        return
    earlier = Finding.objects.filter(Q(publication=item) | Q(publication__revises=item))
    decided = {(one.rule, one.mark): one for one in earlier.filter(state=_State.OVERRULED)}
    for finding in new:
        before = decided.get((finding.rule, finding.mark))
        if before is not None:
            finding.state, finding.note = _State.OVERRULED, before.note
            finding.decided_by, finding.decided_at = before.decided_by, before.decided_at


def _places(publication: Publication) -> set[str]:
    """The places that there are now."""
    files = list(publication.attachments.all())
    return {*FIELDS, "date_made", *map(place_of, files), *map(place_of_name, files)}


def _settle(missing: Iterable[Finding], places: set[str]) -> None:
    """Of what is no longer found: open becomes mended, or gone with its place."""
    changed = []
    for finding in missing:
        if finding.state not in {_State.OPEN, _State.OVERRULED}:
            continue
        is_mended = finding.state == _State.OPEN and finding.place in places
        finding.state = _State.MENDED if is_mended else _State.GONE
        changed.append(finding)
    Finding.objects.bulk_update(changed, ["state"])
