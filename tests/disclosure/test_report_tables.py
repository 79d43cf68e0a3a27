"""A report with tables: written, computed, adjusted, checked, approved, published, corrected."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AnnualReport, CellAdjustment, ReportEdition
from disclosure.publications.content import digest_of
from disclosure.reports import actions, remarks, rollup, sources
from disclosure.reports.tables.cells import NA
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORM_2021, FORMS
from disclosure.reports.tables.shapes import Place
from tests.factories import make_agency, make_tree, make_user
from tests.report_tables import broken, consistent
from tests.reporting import TEXTS, YEAR, Staff

pytestmark = pytest.mark.django_db
GRANTED = Place("requests", "granted", "natural_person")
NEW = Place("requests", "new", "natural_person")


@pytest.fixture
def staff() -> Staff:
    return Staff(make_agency("SL", name="示例省办公室"))


def refused(step: Any) -> set[str]:
    with pytest.raises(NotPossible) as error:
        step()
    return {one.code for one in error.value.refusals}


# --- writing -------------------------------------------------------------------------------------
def test_a_new_draft_has_every_cell_blank(staff: Staff) -> None:
    report = staff.draft()
    assert len(report.tables["requests"]) == 25
    assert set(report.cells.values.values()) == {None}
    assert report.texts == TEXTS


def test_a_year_before_2019_has_no_tables(staff: Staff) -> None:
    assert refused(lambda: staff.draft(2018, form="2021")) == {"form"}


def test_adjusting_keeps_the_difference_and_the_reason(staff: Staff) -> None:
    report = staff.filled()
    before = report.cells[GRANTED]
    assert isinstance(before, int)
    assert refused(
        lambda: actions.adjust(
            actor=staff.editor, report=report, values={GRANTED: before + 2}, reason=" "
        )
    ) == {"reason"}
    report = actions.adjust(
        actor=staff.editor, report=report, values={GRANTED: before + 2}, reason="线下办理2件"
    )
    kept = CellAdjustment.objects.get()
    assert (kept.kind, kept.amount, kept.reason) == ("add", 2, "线下办理2件")
    assert report.cells[GRANTED] == before + 2
    granted_total, processed = (
        GRANTED._replace(column="total"),
        GRANTED._replace(row="processed_total"),
    )
    old = read_tables(FORM_2021, consistent(FORM_2021))[0]
    for place in (granted_total, processed, processed._replace(column="total")):
        assert report.cells[place] == old[place] + 2, "totals follow their parts"
    assert {one.code for one in remarks.open_remarks(report) if one.is_error} == {"turnover"}
    report = actions.adjust(actor=staff.editor, report=report, values={GRANTED: before}, reason="")
    assert not CellAdjustment.objects.exists()
    assert report.cells == old


def test_blank_zero_and_not_applicable_are_three_values(staff: Staff) -> None:
    report = staff.filled()
    fees = Place("proactive", "fees", "amount")
    for value in (None, NA, Decimal(0), Decimal("3.5")):
        report = actions.adjust(
            actor=staff.editor, report=report, values={fees: value}, reason="核对"
        )
        assert report.cells[fees] == value
        assert (report.cells[fees] is None) == (value is None)


def test_a_cell_that_no_form_has(staff: Staff) -> None:
    report = staff.filled()
    place = Place("requests", "granted", "elephants")
    call = lambda: actions.adjust(actor=None, report=report, values={place: 1}, reason="x")  # noqa: E731
    assert refused(call) == {"cell"}


def test_only_a_draft_is_written_on(staff: Staff) -> None:
    report = actions.take(staff.filled(), "check", actor=staff.checker)
    for call in (
        lambda: actions.adjust(actor=staff.editor, report=report, values={GRANTED: 1}, reason="x"),
        lambda: actions.compute(actor=staff.editor, report=report),
        lambda: actions.sum_up(actor=staff.editor, report=report),
        lambda: actions.unload(actor=staff.editor, report=report),
        lambda: actions.update(actor=staff.editor, report=report),
    ):
        assert refused(call) == {"state"}


# --- computed ------------------------------------------------------------------------------------
def test_computing_counts_what_is_registered(staff: Staff) -> None:
    report = actions.compute(actor=staff.editor, report=staff.draft())
    assert report.computed_until == dt.date(YEAR, 12, 31)
    for place in FORM_2021.places:
        source = sources.source_of(FORM_2021, place)
        assert report.cells[place] == (0 if source else None), place
    assert sources.source_of(FORM_2021, Place("proactive", "fees", "amount")) is None


def test_an_adjustment_stands_when_the_year_is_counted_anew(staff: Staff) -> None:
    report = actions.compute(actor=staff.editor, report=staff.draft())
    report = actions.adjust(actor=staff.editor, report=report, values={NEW: 3}, reason="系统外3件")
    report = actions.compute(actor=staff.editor, report=report, until=dt.date(YEAR, 6, 30))
    assert (report.cells[NEW], report.computed_until) == (3, dt.date(YEAR, 6, 30))
    late = dt.date(YEAR + 1, 1, 1)
    assert refused(lambda: actions.compute(actor=None, report=report, until=late)) == {"until"}


# --- steps ---------------------------------------------------------------------------------------
def test_the_way_of_a_report_with_tables(staff: Staff) -> None:
    report = staff.filled()
    with pytest.raises(NotPermitted):
        actions.take(report, "approve", actor=staff.editor)
    assert "own" in refused(lambda: actions.take(report, "check", actor=staff.editor))
    assert "state" in refused(lambda: actions.publish(actor=staff.head, report=report))
    report = staff.out(report)
    assert report.is_visible(now())
    edition = report.edition
    assert edition is not None
    assert (edition.number, edition.sha256) == (1, digest_of(edition.content))
    assert edition.approved_by == staff.head
    assert edition.document().cells == report.cells
    assert [one.step for one in report.events.all()] == ["check", "approve", "publish"]


def test_a_report_below_is_submitted_and_can_be_sent_back() -> None:
    province, city, _other = make_tree()
    staff, above = Staff(city), make_user(Role.HEAD, agency=province, with_descendants=True)
    report = actions.take(staff.filled(), "check", actor=staff.checker)
    report = actions.take(report, "approve", actor=staff.head)
    assert refused(lambda: actions.publish(actor=staff.head, report=report)) == {"state"}
    report = actions.take(report, "submit", actor=staff.editor)
    for person in (staff.head, make_user(Role.HEAD, agency=city, with_descendants=True)):
        call = lambda who=person: actions.take(report, "send_back", actor=who, reason="数字有误")  # noqa: E731
        assert refused(call) == {"superior"}
    back = actions.take(report, "send_back", actor=above, reason="数字有误")
    assert (back.state, back.content_hash, back.approved_by) == ("draft", "", None)
    assert report.events.last().note == "数字有误"


def test_a_root_agency_submits_to_nobody(staff: Staff) -> None:
    report = actions.take(staff.filled(), "check", actor=staff.checker)
    report = actions.take(report, "approve", actor=staff.head)
    assert refused(lambda: actions.take(report, "submit", actor=staff.head)) == {"superior"}


@pytest.mark.parametrize("identity", [one.key for one in FORM_2021.identities])
def test_an_inconsistent_report_goes_nowhere(staff: Staff, identity: str) -> None:
    tables, before = broken(FORM_2021, identity)
    staff.out(staff.filled(YEAR - 1, before))
    report = staff.filled(YEAR, tables)
    codes = refused(lambda: actions.take(report, "check", actor=staff.checker))
    assert codes == {identity}
    warning = FORM_2021.identities[-1].key
    if identity == warning:  # a note settles it
        [remark] = remarks.open_remarks(report)
        actions.note(actor=staff.editor, report=report, key=remark.key, note="历史数据已核")
        assert remarks.open_remarks(report) == []
        assert staff.out(report).is_visible(now())
        return
    # Not past the actions either: by hand, through the ORM, in SQL.
    AnnualReport.objects.filter(pk=report.pk).update(state="approved", content_hash="x")
    report.refresh_from_db()
    assert identity in refused(lambda: actions.publish(actor=None, report=report))
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.publish_edition(report, actor=None, at=now())
    assert not report.editions.exists()


@pytest.mark.parametrize("form", FORMS)
def test_the_database_takes_consistent_editions_alone(staff: Staff, form: str) -> None:
    year = FORMS[form].first
    report = staff.filled(year)
    content = report.document().as_json()
    for key in [one.key for one in FORMS[form].identities if one.severity == "error"]:
        if key == "carried":
            continue
        bad = {**content, "tables": broken(FORMS[form], key)[0]}
        with pytest.raises(IntegrityError), transaction.atomic():
            _edition(report, bad)
    blank = {**content, "tables": {"remedies": {"reconsideration": [None, "NA", 1, 0, 1]}}}
    _edition(report, blank)
    _edition(report, content, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportEdition.objects.filter(number=2).update(content=blank)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportEdition.objects.all().delete()


def _edition(report: AnnualReport, content: Any, number: int = 1) -> ReportEdition:
    return ReportEdition.objects.create(
        report=report,
        number=number,
        form=report.form,
        content=content,
        sha256="",
        published_at=now(),
        reason="更正" if number > 1 else "",
    )


def test_a_report_is_not_public_as_anothers_edition(staff: Staff) -> None:
    first, second = staff.out(staff.filled(2022)), staff.filled(2023)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=second.pk).update(edition=first.edition, published_at=now())


def test_a_correction_leaves_both_editions(staff: Staff) -> None:
    report = staff.out(staff.filled())
    assert "state" in refused(lambda: actions.take(report, "check", actor=staff.checker))
    report = actions.take(report, "correct", actor=staff.editor, reason="漏计1件")
    assert report.is_visible(now()), "readers go on reading the edition that is out"
    out = Place("requests", "carried_out", "natural_person")
    values = {NEW: report.cells[NEW] + 1, out: report.cells[out] + 1}
    report = actions.adjust(actor=staff.editor, report=report, values=values, reason="漏计1件")
    assert report.published().cells[NEW] == values[NEW] - 1
    report = staff.out(report)
    assert [(one.number, one.reason) for one in report.editions.all()] == [
        (1, ""),
        (2, "漏计1件"),
    ]
    assert report.published().cells[NEW] == values[NEW]


def test_a_dropped_correction_brings_back_figures_and_adjustments(staff: Staff) -> None:
    report = staff.filled()
    fees = Place("proactive", "fees", "amount")
    report = actions.adjust(actor=staff.editor, report=report, values={fees: NA}, reason="无")
    report = staff.out(report)
    before = report.document().as_json()
    report = actions.take(report, "correct", actor=staff.editor, reason="更正")
    report = actions.adjust(
        actor=staff.editor, report=report, values={fees: Decimal(9)}, reason="有"
    )
    report = actions.take(report, "drop_correction", actor=staff.editor)
    assert report.document().as_json() == before
    assert CellAdjustment.objects.get().kind == "na"


# --- the agencies below --------------------------------------------------------------------------
def _people(agency: Agency) -> Staff:
    return Staff(agency)


def test_the_sum_of_the_agencies_below(django_assert_num_queries: Any) -> None:
    province, first, second = make_tree()
    top, one = _people(province), _people(first)
    one.out(one.filled())
    report = top.draft()
    with django_assert_num_queries(2):
        found = rollup.sum_below(report)
    assert found.agencies == [(first.code, 1)]
    assert found.missing == [second.code]
    report = actions.sum_up(actor=top.editor, report=report)
    assert report.cells == read_tables(FORM_2021, consistent(FORM_2021))[0]
    two = _people(second)
    two.out(two.filled())
    assert rollup.out_of_date(report) == [second.code]
    report = actions.sum_up(actor=top.editor, report=report)
    assert report.cells[GRANTED] == 2 * consistent(FORM_2021)["requests"]["granted"][0]
    assert rollup.out_of_date(report) == []
    report = top.out(report)
    below = AnnualReport.objects.get(agency=first)
    below = actions.take(below, "correct", actor=one.editor, reason="更正")
    out = Place("requests", "carried_out", "natural_person")
    values = {NEW: below.cells[NEW] + 1, out: below.cells[out] + 1}
    below = actions.adjust(actor=one.editor, report=below, values=values, reason="漏计")
    one.out(below)
    report.refresh_from_db()
    assert rollup.out_of_date(report) == [first.code], "it is said, not changed silently"
    assert report.cells[GRANTED] == 2 * consistent(FORM_2021)["requests"]["granted"][0]


def test_a_sum_below_speaks_for_what_is_below_it() -> None:
    province, city, _other = make_tree()
    county = make_agency("COUNTY", name="示例县", under=city)
    for people in (_people(county), _people(city)):
        report = people.filled() if people.agency == county else people.draft()
        if people.agency == city:
            report = actions.sum_up(actor=people.editor, report=report)
        people.out(report)
    found = rollup.sum_below(_people(province).draft())
    assert found.agencies == [(city.code, 1)]
    assert found.cells[GRANTED] == consistent(FORM_2021)["requests"]["granted"][0]
