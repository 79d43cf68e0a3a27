"""Over 1,000 random histories of an agency, the computed tables three and four satisfy every
identity, within a year and from one to the next, and equal a slow count of plain records.

Drawn: requests of all six kinds of applicant, received over the turns of four years and not yet
received, open, ended in every row, put right, withdrawn, merged, split, sent on to another agency,
reopened and answered again, with remedies begun and decided in other years. 1,000 histories
(PARTS × DIFFERENT, no two alike in a part) are stored as the rows that the count reads, each
counted for two years running, the second of them whole or so far. Another 30 are walked through
the real actions and counted from their events, so that what the count reads (`received_on`,
`counted_on`, `counted_outcome`) is held against the same slow count.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from disclosure.catalogue.models import DocumentType
from disclosure.core.errors import DomainError
from disclosure.models import Agency
from disclosure.reports import sources
from disclosure.reports.sources import Span
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.checking import violations
from disclosure.reports.tables.forms import FORM_2019, FORM_2021, FORMS
from disclosure.reports.tables.shapes import Form
from requests_app.models import DisclosureRequest, RemedyCase, RequestEvent
from tests.factories import make_agency, make_publication
from tests.requests_app.paths.walking import Walk, read
from tests.requests_app.slow_count import GROUPS, KINDS, OUTCOMES, RESULTS, Case, Suit, count

pytestmark = pytest.mark.django_db

#: Tests, examples of each, histories in an example; hypothesis draws some of them twice.
PARTS, BATCHES, TOGETHER = 4 if connection.vendor == "sqlite" else 1, 12, 25
#: So many of each part are unlike each other.
DIFFERENT = 250
#: The years that are counted begin and end within the days that are drawn.
YEARS = (2024, 2025)
FIRST, DAYS = dt.date(2023, 11, 1), 26 * 31
EDGES = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2025, 1, 1)]
EDGES += [dt.date(2025, 12, 31), dt.date(2026, 1, 1)]


# --- drawing -------------------------------------------------------------------------------------
class History:
    """What came to an agency, and what it sent on to its neighbour."""

    def __init__(self) -> None:
        self.own: list[Case] = []
        self.sent_on: list[Case] = []
        self.suits: list[Suit] = []
        self.form = FORM_2021
        self.until: dt.date | None = None

    def __repr__(self) -> str:
        return f"{self.form.key} {self.until} {self.own} {self.sent_on} {self.suits}"


DAY = st.one_of(
    st.sampled_from(EDGES), st.integers(0, DAYS).map(lambda number: FIRST + dt.timedelta(number))
)
LATER = st.one_of(st.integers(0, 40), st.integers(0, 500)).map(dt.timedelta)
WAYS = st.sampled_from(
    [*("answered",) * 4, "open", "withdrawn", "merged", "split", "sent_on", "reopened", "unread"]
)


@st.composite
def histories(draw: Any) -> History:
    history = History()
    history.form = draw(st.sampled_from([FORM_2021, FORM_2019]))
    history.until = draw(st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)))
    for _number in range(draw(st.integers(0, 5))):
        _come(draw, history)
    return history


def _come(draw: Any, history: History) -> None:
    """One request, and what becomes of it."""
    received, way = draw(DAY), draw(WAYS)
    # Where the day of receipt was put right, the last entry counts: nothing else is kept of it.
    case = Case(f"R{len(history.own)}", draw(st.sampled_from(KINDS)), received)
    history.own.append(case)
    if way == "unread":
        case.received = None
        return
    end = received + draw(LATER)
    if way in {"answered", "reopened"}:
        case.ends.append((end, draw(st.sampled_from(OUTCOMES))))
    if way in {"withdrawn", "merged"}:
        case.ends.append((end, "other"))
    if way == "reopened":
        again = end + draw(LATER)
        case.is_open_again = draw(st.booleans())
        if not case.is_open_again:
            case.ends.append((again, draw(st.sampled_from(OUTCOMES))))
    if way == "sent_on":
        case.ends.append((end, "unable_not_held"))
        there = Case(f"S{len(history.own)}", case.kind, end)
        if draw(st.booleans()):
            there.ends.append((end + draw(LATER), draw(st.sampled_from(OUTCOMES))))
        history.sent_on.append(there)
    if way == "split":
        for part in range(draw(st.integers(1, 3))):
            ends = [(received + draw(LATER), draw(st.sampled_from(OUTCOMES)))]
            history.own.append(Case(f"{case.name}.{part}", case.kind, received, ends[: part % 2]))
    for _number in range(draw(st.integers(0, 2))):
        suit = Suit(case, draw(st.sampled_from(GROUPS)), received + draw(LATER))
        if draw(st.booleans()):
            suit.decided, suit.result = suit.begun + draw(LATER), draw(RESULT)
        history.suits.append(suit)


RESULT = st.sampled_from(RESULTS[:3])


# --- storing -------------------------------------------------------------------------------------
def store(batch: list[History], agencies: list[Agency], neighbour: Agency) -> None:
    """The rows as the actions leave them, as far as the count reads them."""
    pairs = []
    for place, (history, agency) in enumerate(zip(batch, agencies, strict=True)):
        for case in (*history.own, *history.sent_on):
            case.name = f"{place}-{case.name}"
        pairs += [(agency, case) for case in history.own]
        pairs += [(neighbour, case) for case in history.sent_on]
    made = DisclosureRequest.objects.bulk_create(_row(of, case) for of, case in pairs)
    keys = {row.number: row.pk for row in made}
    RemedyCase.objects.bulk_create(
        RemedyCase(
            request_id=keys[suit.case.name],
            kind=suit.group,
            by="applicant",
            against="answer" if suit.case.ends else "silence",
            body="示例省人民政府",
            received_on=suit.begun,
            reply_due=suit.begun + dt.timedelta(10),
            decided_on=suit.decided,
            outcome=suit.result or "pending",
        )
        for history in batch
        for suit in history.suits
    )


def _row(agency: Agency, case: Case) -> DisclosureRequest:
    row = DisclosureRequest(
        number=case.name,
        agency=agency,
        applicant_kind=case.kind,
        intake_channel="online",
        information_name="示例信息",
        form="electronic",
        channel="online",
        state="registered" if case.received else "submitted",
        received_on=case.received,
        answer_due=case.received,
        access_code_hash="0" * 64,
    )
    if case.ends:
        row.counted_on, row.counted_outcome = case.ends[0]
        if not case.is_open_again:
            row.answered_on, row.outcome = case.ends[-1]
            row.closed_on, row.state = row.answered_on, "closed"
    return row


# --- comparing -----------------------------------------------------------------------------------
def computed(form: Form, agencies: list[Agency], span: Span, *counted: History) -> Cells:
    """The computed tables, once they are found to be those of the slow count."""
    cells = sources.compute(form, agencies, span)
    found = slowly(form, span, *counted)
    differing = {
        place: (value, found[tuple(place[:3])])
        for place, value in cells.values.items()
        if place.table != "proactive" and value != len(found[tuple(place[:3])])
    }
    assert differing == {}, (span, counted)
    assert {tuple(place[:3]) for place in cells.values if place.table != "proactive"} == set(found)
    return cells


def slowly(form: Form, span: Span, *counted: History) -> dict[Any, list[str]]:
    cases = [case for history in counted for case in history.own]
    suits = [suit for history in counted for suit in history.suits]
    return count(form.key, cases, suits, span.first, span.last)


def two_years(agencies: list[Agency], history: History) -> None:
    """Both years are right, and the second follows on the first."""
    form, (year, next_year) = history.form, YEARS
    before = computed(form, agencies, Span.of_year(year), history)
    cells = computed(form, agencies, Span.of_year(next_year, history.until), history)
    assert violations(before) == []
    assert violations(cells, before) == []


def neighbourly(batch: list[History]) -> History:
    """What the neighbour of several agencies got."""
    there = History()
    there.own = [case for history in batch for case in history.sent_on]
    return there


def quietly(part: int, examples: int) -> Any:
    """Always the same examples of a part, and others than those of the next one."""
    chosen = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: seed(part)(chosen(test))


@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_histories_are_counted_right(part: int) -> None:
    agencies = [make_agency(f"H{place}") for place in range(TOGETHER)]
    neighbour, done = make_agency("N"), set()

    @quietly(part, BATCHES)
    @given(st.lists(histories(), min_size=TOGETHER, max_size=TOGETHER, unique_by=repr))
    def holds(batch: list[History]) -> None:
        done.update(map(repr, batch))
        with transaction.atomic():
            store(batch, agencies, neighbour)
            for agency, history in zip(agencies, batch, strict=True):
                two_years([agency], history)
            there = neighbourly(batch)
            two_years([neighbour], there)
            everything = [*batch, there]
            computed(FORM_2021, [*agencies, neighbour], Span.of_year(2025), *everything)
            transaction.set_rollback(True)

    holds()
    assert len(done) >= DIFFERENT


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_cell_opens_the_list_of_what_it_counts(form: Form) -> None:
    """As many as the cell says, and just those; of a year so far, for two agencies together."""
    agencies, neighbour = [make_agency("A"), make_agency("B")], make_agency("N")
    for kind in (DocumentType.NORMATIVE, DocumentType.NORMATIVE, DocumentType.PENALTY):
        make_publication(agency=agencies[0], document_type=kind, date_made=dt.date(2025, 3, 3))

    @quietly(0, 2)
    @given(st.lists(histories(), min_size=12, max_size=12, unique_by=repr))
    def holds(batch: list[History]) -> None:
        with transaction.atomic():
            store(batch, agencies * 6, neighbour)
            span = Span.of_year(2025, dt.date(2025, 11, 5))
            cells = computed(form, agencies, span, *batch)
            opened(form, agencies, span, cells, slowly(form, span, *batch))
            transaction.set_rollback(True)

    holds()


def opened(
    form: Form, agencies: list[Agency], span: Span, cells: Cells, listed: dict[Any, list[str]]
) -> None:
    admin = reverse("admin:requests_app_disclosurerequest_changelist")
    for place in form.places:
        source = sources.source_of(form, place)
        if source is None:
            assert place not in cells.values
            continue
        assert source.behind is not None
        behind = source.behind(agencies, span, place.row, place.column)
        assert behind.count == cells[place], place
        rows = list(behind.rows(0, behind.count + 5)) if behind.count else []
        assert len(rows) == behind.count, place
        if place.table == "proactive":
            continue
        assert sorted(row.name for row in rows) == sorted(listed[tuple(place[:3])]), place
        assert all(row.url.startswith(admin) and row.day for row in rows)


# --- walked --------------------------------------------------------------------------------------
#: Histories of each part.
WALKED = 10
#: What ends a remedy, and the column that it counts in.
COLUMNS = {
    "upheld": "upheld",
    "claim_rejected": "upheld",
    "changed": "corrected",
    "revoked_new_answer": "corrected",
    "withdrawn": "other",
    "mediated_new_answer": "other",
}
ANSWERS = (
    *("given", "partly", "already_public", "refused_process", "refused_internal_affairs"),
    *("not_existing", "unprocessed_petition", "unprocessed_repeated", "record_kept", "other"),
)
#: What becomes of a request: steps with the most days before each. `z`: the newest part of a split,
#: or what was sent on; `A`: an open request of the same applicant. Each row is one part's.
STORIES = (
    (
        ("40 answer as={answer}",),
        ("9 ask_correction until={until}", "12 correct", "30 answer as={answer}"),
        ("9 points of=甲,乙,丙", "9 split out=乙,丙", "20 z:answer as=given", "20 answer as=given"),
        (
            "30 answer as={answer}",
            "30 file_remedy kind={group}",
            "99 decide_remedy result={result}",
        ),
    ),
    (
        ("30 withdraw",),
        ("9 merge into=A",),
        ("20 answer as=not_ours send_on=SLA", "40 z:withdraw"),
        ("60 file_remedy kind=litigation_direct against=silence",),
    ),
    (
        (
            *("30 answer as=refused_process", "0 serve", "90 file_remedy"),
            *("90 decide_remedy result=revoked_new_answer", "9 reopen", "30 answer as={answer}"),
        ),
        ("0 amend entry=received day={corrected}", "40 answer as={answer}"),
        ("30 record_withdrawal on={back}", "3 amend entry=received day={corrected}"),
    ),
)
#: What must have happened in each part.
HAPPENED = (
    {"answered", "corrected", "split_off", "remedy_filed", "remedy_decided"},
    {"withdrawn", "merged", "sent_here", "remedy_filed"},
    {"answered", "withdrawn", "amended", "reopened", "remedy_decided"},
)


@st.composite
def ways(draw: Any, stories: Any) -> list[str]:
    """Lines of a way, by day; a line that is not lawful then is refused and changes nothing."""
    lines: list[tuple[dt.date, str]] = []
    for name in "ab":
        day = dt.date(2024, 11, 20) + dt.timedelta(draw(st.integers(0, 55)))
        come, kind = (
            draw(st.sampled_from(["visit", "post", "submit"])),
            draw(st.sampled_from(KINDS)),
        )
        if not lines:
            lines.append((dt.date(2024, 11, 1), f"A:visit applicant_kind={kind}"))
        received = day - dt.timedelta(draw(st.integers(0, 3)) if come == "post" else 0)
        told = f" received={received}" if come == "post" else ""
        lines.append((day, f"{name}:{come} applicant_kind={kind}{told}"))
        if come == "submit":
            lines.append((day, f"{name}:register"))
        corrected = received - dt.timedelta(draw(st.integers(1, 30)))
        for line in draw(st.sampled_from(stories)):
            most, _, step = line.partition(" ")
            day += dt.timedelta(draw(st.integers(0, int(most))))
            said = step.format(
                answer=draw(st.sampled_from(ANSWERS)),
                until=day + dt.timedelta(20),
                back=max(received, day - dt.timedelta(10)),
                group=draw(st.sampled_from(GROUPS)),
                result=draw(st.sampled_from(sorted(COLUMNS))),
                corrected=corrected,
            )
            lines.append((day, said if ":" in said else f"{name}:{said}"))
    return [f"{day} {said}" for day, said in sorted(lines, key=lambda line: line[0])]


def go(walk: Walk, text: str) -> None:
    """Take a line if it is lawful."""
    for line in read(text):
        newest = max(walk.cases, default="") if line.case == "z" else line.case
        walk.told.clear()  # `due` is asked elsewhere
        try:
            with transaction.atomic():
                walk.go(replace(line, case=newest))
        except DomainError:
            pass


def remembered(agency: Agency) -> History:
    """What the events tell, read one by one in the order of entry."""
    history, cases = History(), {}
    for request in DisclosureRequest.objects.filter(agency=agency).order_by("pk"):
        case = cases[request.pk] = Case(request.number, request.applicant_kind, None)
        listed = list(RequestEvent.objects.filter(request=request).order_by("pk").values())
        days = {event["id"]: event["occurred_on"] for event in listed}
        for event in listed:
            if event["kind"] == "amended":
                days[event["facts"]["event"]] = dt.date.fromisoformat(event["facts"]["day"])
        suits: dict[int, Suit] = {}
        for event in listed:
            day, kind, facts = days[event["id"]], event["kind"], event["facts"]
            if kind == "received":
                case.received = day
            elif kind == "answered":
                case.ends.append((day, facts["outcome"]))
            elif kind in {"withdrawn", "merged"}:
                case.ends.append((day, "other"))
            elif kind == "remedy_filed":
                group = RemedyCase.objects.get(pk=facts["remedy"]).kind
                suits[facts["remedy"]] = Suit(case, group, day)
            elif kind == "remedy_decided":
                suit = suits[facts["remedy"]]
                suit.decided, suit.result = day, COLUMNS[facts["result"]]
        history.own.append(case)
        history.suits += suits.values()
    return history


@pytest.mark.parametrize("part", range(len(STORIES)))
def test_histories_walked_through_the_actions_are_counted_right(part: int) -> None:
    walk, done, happened = Walk(), 0, set()

    @quietly(part, WALKED)
    @given(ways(STORIES[part]), st.sampled_from([FORM_2019, FORM_2021]))
    def holds(lines: list[str], form: Form) -> None:
        nonlocal done
        with transaction.atomic():
            walk.cases.clear()
            for text in lines:
                go(walk, text)
            happened.update(RequestEvent.objects.values_list("kind", flat=True))
            for agency in (walk.agency, walk.other):
                history = remembered(agency)
                history.form = form
                two_years([agency], history)
                computed(FORM_2021, [agency], Span.of_year(2025, dt.date(2025, 1, 20)), history)
            done += 1
            transaction.set_rollback(True)

    holds()
    assert done >= WALKED
    assert happened >= HAPPENED[part]
