"""Everything that a report's author is told of its texts and tables, in one shape."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from disclosure.core.text import gettext_noop as _
from disclosure.reports.document import Document
from disclosure.reports.prose.drafting import Facts, open_places
from disclosure.reports.prose.fees import SINCE, fee_statement
from disclosure.reports.prose.figures import figures_of
from disclosure.reports.prose.growth import growths
from disclosure.reports.prose.likeness import ABOVE, alike
from disclosure.reports.tables.cells import NA, Cells
from disclosure.reports.tables.checking import Problem, read_tables, violations
from disclosure.reports.tables.shapes import Place, Severity

Kind = Literal[
    "identity",
    "empty_section",
    "open_place",
    "text_differs",
    "text_unlike_fee",
    "growth",
    "alike_last_year",
    "alike_other",
]
FEE_SECTION: Final = "other"
NO_FEE: Final = _("The section must say whether a processing fee was collected, and how much.")
_SENTENCES: Final[dict[str, str]] = {
    "empty_section": _("The section cannot be left empty."),
    "open_place": _("Something must still be filled in here: %(text)s"),
    "text_differs": _("The text says %(text)s, the table %(expected)s: %(cell)s."),
    "blank": _("The text says %(text)s, but the cell is left blank: %(cell)s."),
    "na": _("The text says %(text)s, the table “not applicable”: %(cell)s."),
    "fee_none": _(
        "The text says that no processing fee was collected; the records have %(collected)s yuan."
    ),
    "fee_amount": _(
        "The text says a processing fee of %(said)s yuan; the records have %(collected)s yuan."
    ),
    "grew": _("%(cell)s: over five times last year's figure (%(before)s, now %(now)s)."),
    "shrank": _("%(cell)s: under a fifth of last year's figure (%(before)s, now %(now)s)."),
    "alike_last_year": _("%(percent)s%% of the text stands in last year's report too."),
    "alike_other": _("%(percent)s%% of the text stands in the report of %(agency)s too."),
}


@dataclass(frozen=True)
class Remark:
    """A finding. `key` is the same for the same finding with the same values, so that a note given
    for it lapses when one changes; where it stands in the text is no part of the key.

    `message` is a msgid with `params`; of an identity it is empty, and `problem` says it. The
    cells that `cell` in the message names are `places`, summed. `spans` are the stretches of a
    text that stand elsewhere too.
    """

    key: str
    kind: Kind
    severity: Severity
    section: str = ""
    start: int = 0
    end: int = 0
    places: tuple[Place, ...] = ()
    message: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def place(self) -> Place | None:
        return self.places[0] if self.places else None

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


def remarks(
    document: Document,
    before: Document | None = None,
    others: Sequence[Document] = (),
    facts: Facts | None = None,
) -> list[Remark]:
    """Errors first, then in the order of the report. `before` is last year's report, `others` are
    other agencies'. A report in free form has no rules."""
    if document.form is None:
        return []
    found = [
        *_identities(document, before),
        *_empty(document),
        *_open(document),
        *_differing(document),
        *_fee(document, facts or Facts()),
        *_growth(document, before),
        *_alike(document, before, others),
    ]
    return sorted(_numbered(found), key=lambda one: not one.is_error)


def _remark(kind: Kind, severity: Severity, sentence: str, *values: object, **rest: Any) -> Remark:
    message = _SENTENCES.get(sentence, sentence)
    section = rest.get("section", "")
    parts = [kind, section, *(".".join(place[:3]) for place in rest.get("places", ()))]
    told = "\x1f".join([*parts, sentence, *map(str, values)])
    key = f"{kind}-{hashlib.sha256(told.encode()).hexdigest()[:20]}"
    return Remark(key, kind, severity, message=message, **rest)


def _numbered(found: list[Remark]) -> Iterator[Remark]:
    """The same finding for the second time has a key of its own."""
    seen: Counter[str] = Counter()
    for one in found:
        seen[one.key] += 1
        yield one if seen[one.key] == 1 else replace(one, key=f"{one.key}-{seen[one.key]}")


def _identities(document: Document, before: Document | None) -> Iterator[Remark]:
    if document.cells is None:
        return
    for problem in violations(document.cells, _cells_before(document, before)):
        places = (problem.place,) if problem.place else ()
        identity = problem.equation.identity.key if problem.equation else ""
        yield _remark(
            "identity",
            problem.severity,
            "",
            identity,
            problem.expected,
            problem.found,
            places=places,
            problem=problem,
        )


def _cells_before(document: Document, before: Document | None) -> Cells | None:
    """Last year's tables: of its report, else as this report brought them along."""
    if before is not None and before.cells is not None:
        return before.cells
    if before is None and document.previous and document.form:
        return read_tables(document.form, document.previous)[0]
    return None


def _empty(document: Document) -> Iterator[Remark]:
    """Sections one and five (and what else the form needs) cannot be left empty; six has its own
    rule from 2021 on."""
    for key, text in (document.form.texts if document.form else {}).items():
        if key == FEE_SECTION or not text.needed or document.texts.get(key, "").strip():
            continue
        yield _remark("empty_section", Severity.ERROR, "empty_section", section=key)


def _open(document: Document) -> Iterator[Remark]:
    for section, text in _texts(document):
        for one in open_places(text):
            yield _remark(
                "open_place",
                Severity.ERROR,
                "open_place",
                one.text,
                section=section,
                start=one.start,
                end=one.end,
                params={"text": one.text},
            )


def _differing(document: Document) -> Iterator[Remark]:
    if document.cells is None:
        return
    texts = dict(_texts(document))
    for one in figures_of(texts, document.cells, document.year, document.agency):
        if one.verdict != "differs":
            continue
        sentence = "na" if one.expected == NA else "text_differs"
        sentence = "blank" if one.expected is None else sentence
        yield _remark(
            "text_differs",
            Severity.WARNING,
            sentence,
            one.value,
            one.expected,
            section=one.section,
            start=one.start,
            end=one.end,
            places=one.places,
            params={"text": one.text, "expected": one.expected},
        )


def _fee(document: Document, facts: Facts) -> Iterator[Remark]:
    if document.year < SINCE:
        return
    statement = fee_statement(document.texts.get(FEE_SECTION, ""), document.year)
    rest: dict[str, Any] = {
        "section": FEE_SECTION,
        "start": statement.start,
        "end": statement.end,
    }
    if statement.says == "silent":
        yield _remark("text_unlike_fee", Severity.ERROR, NO_FEE, **rest)
        return
    collected = facts.fee_collected
    if collected is None or statement.agrees_with(collected):
        return
    said = statement.amount
    yield _remark(
        "text_unlike_fee",
        Severity.WARNING,
        f"fee_{statement.says}",
        said.normalize() if said else 0,
        collected.normalize(),
        params={"said": said, "collected": collected},
        **rest,
    )


def _growth(document: Document, before: Document | None) -> Iterator[Remark]:
    earlier = _cells_before(document, before)
    if document.cells is None or earlier is None:
        return
    for one in growths(document.cells, earlier):
        yield _remark(
            "growth",
            Severity.WARNING,
            "grew" if one.grew else "shrank",
            one.before,
            one.now,
            places=(one.place,),
            params={"before": one.before, "now": one.now},
        )


def _alike(
    document: Document, before: Document | None, others: Sequence[Document]
) -> Iterator[Remark]:
    names = {one.agency for one in (document, *others)}
    compared: list[tuple[Kind, list[Document]]] = [
        ("alike_last_year", [before] if before else []),
        ("alike_other", [one for one in others if one.agency_code != document.agency_code]),
    ]
    for section, text in _texts(document):
        for kind, documents in compared:
            by_code = {one.agency_code or one.agency: one for one in documents}
            texts = {code: one.texts.get(section, "") for code, one in by_code.items()}
            for likeness in alike(text, texts, names, ABOVE):
                percent = int(likeness.share * 100)
                spans = tuple((one.start, one.end) for one in likeness.passages)
                yield _remark(
                    kind,
                    Severity.WARNING,
                    kind,
                    likeness.name,
                    percent,
                    section=section,
                    start=spans[0][0] if spans else 0,
                    end=spans[0][1] if spans else len(text),
                    spans=spans,
                    params={"percent": percent, "agency": by_code[likeness.name].agency},
                )


def _texts(document: Document) -> list[tuple[str, str]]:
    """The written sections in the form's order."""
    keys = document.form.texts if document.form else {}
    return [(key, document.texts[key]) for key in keys if key in document.texts]
