"""The annual report counted from the casework: its cells, their records, what passes from year to
year."""

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import AnnualReport
from disclosure.reports import actions, remarks, sources
from disclosure.reports.tables.checking import violations
from disclosure.reports.tables.forms import FORM_2019, FORM_2021
from disclosure.reports.tables.shapes import Place
from requests_app.models import DisclosureRequest
from tests.admin_pages import signed_in
from tests.factories import make_user
from tests.reporting import Staff
from tests.requests_app.paths.walking import Walk, read

pytestmark = pytest.mark.django_db
TOTAL_IN = Place("requests", "carried_in", "total")


@pytest.fixture
def walk() -> Walk:
    return Walk()


def go(walk: Walk, lines: str) -> None:
    for line in read(lines):
        walk.go(line)


YEAR_TURN = """
    2025-12-22 visit
    2026-01-15 answer as=given
    2025-12-30 b:submit
    2025-12-31 b:withdraw
    2025-12-31 c:submit
    2026-01-05 c:withdraw
    """


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=["2019", "2021"])
def test_every_cell_has_its_records(walk: Walk, form) -> None:
    go(walk, YEAR_TURN)
    for year in (2025, 2026):
        span = sources.Span.of_year(year)
        cells = sources.compute(form, [walk.agency], span)
        assert violations(cells) == []
        for place in form.places:
            source = sources.source_of(form, place)
            if source is None:
                continue
            assert source.behind is not None
            behind = source.behind([walk.agency], span, place.row, place.column)
            assert behind.count == cells[place], place
            rows = behind.rows(0, 10)
            assert len(rows) == min(behind.count, 10)
            assert all(row.url.startswith("/admin/") and row.name for row in rows)


def test_in_the_older_form_what_is_closed_otherwise_is_one_row(walk: Walk) -> None:
    go(walk, YEAR_TURN)
    cells = sources.compute(FORM_2019, [walk.agency], sources.Span.of_year(2026))
    assert cells[Place("requests", "other", "total")] == 1
    assert not FORM_2019.has(Place("requests", "other_not_corrected", "total"))


def test_a_difference_between_two_years_is_told_by_its_cases(walk: Walk, client: Client) -> None:
    go(walk, "2025-12-22 visit")
    staff = Staff(walk.agency)

    def counted(year: int) -> AnnualReport:
        return actions.compute(actor=staff.editor, report=staff.draft(year))

    last = counted(2025)
    open_case = DisclosureRequest.objects.get()
    AnnualReport.objects.filter(pk=last.pk).update(state="approved", content_hash="x")
    last.refresh_from_db()
    last.edition = actions.publish_edition(last, actor=None, at=last.computed_at)
    AnnualReport.objects.filter(pk=last.pk).update(
        state="published", edition=last.edition, published_at=last.computed_at, content_hash=""
    )
    assert last.edition.workings["carried_out"] == [open_case.pk]
    go(walk, "2025-12-29 b:post")  # registered late: the letter had lain about
    report = counted(2026)
    assert (report.cells[TOTAL_IN], last.cells[Place("requests", "carried_out", "total")]) == (2, 1)
    assert "carried" in {one.code for one in remarks.open_remarks(report)}
    url = reverse(
        "admin:disclosure_annualreport_cell", args=[report.pk, "requests.carried_in.total"]
    )
    signed_in(client, staff.editor)
    assert "turn_added" not in client.get(url).context
    signed_in(client, make_user(Role.HEAD, Role.HANDLER, agency=walk.agency))
    context = client.get(url).context
    late = DisclosureRequest.objects.exclude(pk=open_case.pk).get()
    assert [one.name for one in context["turn_added"]] == [late.number]
    assert context["turn_gone"] == []
    assert late.number in client.get(url).content.decode()


def test_fees_are_held_against_section_six(walk: Walk) -> None:
    report = actions.compute(actor=None, report=Staff(walk.agency).draft(2025))
    facts = remarks.facts_of(report)
    assert (facts.fee_notices, facts.fee_collected) == (0, 0)
    report.texts = {**report.texts, "other": "本年度共收取信息处理费1200元。"}
    assert "text_unlike_fee" in {one.code for one in remarks.open_remarks(report)}
