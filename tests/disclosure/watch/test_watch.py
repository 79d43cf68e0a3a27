"""The column watch: what it says, to whom, at which cost; as page, panel and CSV."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import now, today
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, Category, ColumnPlan
from disclosure.watch import actions, panels, report, sources
from disclosure.watch.rules import Standing
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import (
    make_agency,
    make_category,
    make_office,
    make_publication,
    make_tree,
    make_user,
)

pytestmark = pytest.mark.django_db
WATCH = reverse("admin:disclosure_columnplan_watch")
CSV = reverse("admin:disclosure_columnplan_csv")
ADD = reverse("admin:disclosure_columnplan_add")


def make_plan(
    agency: Agency, category: Category, period: int | None = 14, **more: object
) -> ColumnPlan:
    plan = ColumnPlan(agency=agency, category=category, period_days=period, **more)
    return actions.create_plan(actor=None, plan=plan)


def publish(agency: Agency, category: Category, days: int) -> None:
    at = now() - dt.timedelta(days=days)
    make_publication(agency=agency, category=category, published_at=at)


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    """The province's column is stale, city A's fresh, city B's empty."""
    province, first, second = make_tree()
    news, notices = make_category("news", name="动态"), make_category("notices", name="通知")
    publish(province, news, 20)
    publish(first, news, 3)
    publish(first, notices, 170)
    make_plan(province, news)
    make_plan(first, news)
    make_plan(first, notices, 183)
    make_plan(second, news, office=make_office(second))
    make_plan(second, notices, since=today())
    return province, first, second


def seen(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    page = client.get(f"{WATCH}{query}")
    assert page.status_code == 200
    return [(row.agency, row.label, row.level) for row in page.context["rows"]]


# --- what it says --------------------------------------------------------------------------------
def test_the_worst_on_top(tree: tuple[Agency, Agency, Agency]) -> None:
    user = make_user(Role.AUDITOR, agency=tree[0], with_descendants=True)
    found = report.columns(report.reach(user), at=now())
    told = [
        (one.agency.code, one.category.name if one.category else "", one.look.standing)
        for one in found
    ]
    assert told == [
        ("SLB", "", Standing.EMPTY),
        ("SLB", "动态", Standing.EMPTY),
        ("SL", "", Standing.STALE),
        ("SL", "动态", Standing.STALE),
        ("SLB", "通知", Standing.BEGUN),
        ("SLA", "通知", Standing.SOON),
        ("SLA", "", Standing.CURRENT),
        ("SLA", "动态", Standing.CURRENT),
    ]
    assert sum(one.category is None for one in found) == 3, "each agency's front page"


def test_only_what_is_public_counts(tree: tuple[Agency, Agency, Agency]) -> None:
    second, news = tree[2], Category.objects.get(code="news")
    make_publication(agency=second, category=news, state="draft")
    make_publication(agency=second, category=news, state="withdrawn")
    later = now() + dt.timedelta(days=1)
    make_publication(agency=second, category=news, published_at=later)
    user = make_user(Role.HEAD, agency=second)

    def standing(at: dt.datetime) -> Standing:
        rows = report.columns(report.reach(user), at=at)
        return next(row.look.standing for row in rows if row.category == news)

    assert standing(now()) == Standing.EMPTY
    assert standing(later) == Standing.CURRENT, "it comes out by itself"


def test_abolished_agencies_are_not_watched(tree: tuple[Agency, Agency, Agency]) -> None:
    Agency.objects.filter(code="SLB").update(is_active=False)
    user = make_user(Role.AUDITOR, agency=tree[0], with_descendants=True)
    assert "SLB" not in {one.agency.code for one in report.columns(report.reach(user), at=now())}


# --- to whom -------------------------------------------------------------------------------------
def test_a_superior_sees_all_below(client: Client, tree: tuple[Agency, Agency, Agency]) -> None:
    signed_in(client, make_user(Role.AUDITOR, agency=tree[0], with_descendants=True))
    assert len(seen(client)) == 8
    assert {row[2] for row in seen(client, "?level=red")} == {"red"}
    assert {row[2] for row in seen(client, "?level=open")} == {"red", "amber"}
    only = seen(client, f"?agency={tree[1].pk}")
    assert {row[0] for row in only} == {"甲市办公室"}
    assert len(seen(client, "?agency=nothing&level=purple")) == 8, (
        "what is not valid filters nothing"
    )


def test_an_agency_sees_its_own(client: Client, tree: tuple[Agency, Agency, Agency]) -> None:
    signed_in(client, make_user(Role.EDITOR, agency=tree[1]))
    assert {row[0] for row in seen(client)} == {"甲市办公室"}
    assert {row[0] for row in seen(client, f"?agency={tree[2].pk}")} == {"甲市办公室"}


@pytest.mark.parametrize("url", [WATCH, CSV])
def test_others_see_nothing(client: Client, tree: tuple[Agency, Agency, Agency], url: str) -> None:
    assert client.get(url).status_code == 302
    signed_in(client, make_user(Role.HANDLER, agency=tree[0]))
    assert client.get(url).status_code == 403


# --- the panel -----------------------------------------------------------------------------------
def test_the_start_page(tree: tuple[Agency, Agency, Agency]) -> None:
    province = tree[0]
    above = panels.columns(make_user(Role.HEAD, agency=province, with_descendants=True))
    assert above is not None
    assert {row.agency for row in above.rows} == {"示例省办公室"}, "its own, not those below"
    assert (above.level, above.count) == ("red", 2)
    for role in (Role.EDITOR, Role.PUBLISHER):
        assert panels.columns(make_user(role, agency=tree[2])) is not None
    assert panels.columns(make_user(Role.AUDITOR, agency=province)) is None
    assert panels.columns(make_user(Role.HANDLER, agency=province)) is None
    fresh = make_agency("NEU")
    assert panels.columns(make_user(Role.EDITOR, agency=fresh)) is None


# --- CSV -----------------------------------------------------------------------------------------
def test_csv(client: Client, tree: tuple[Agency, Agency, Agency], monkeypatch) -> None:
    monkeypatch.setattr(sources, "_registered", {})
    news, other = Category.objects.get(code="news"), make_category("other")
    keys = {(one.pk, column.pk): 3 for one in tree for column in (news, other)}
    sources.register("links", "=dead links", lambda _agencies: keys, url="/x/")
    Agency.objects.filter(code="SLA").update(name="=HYPERLINK(1)", name_en="")
    office = tree[2].offices.get()
    office.name = "@office"
    office.save()
    signed_in(client, make_user(Role.AUDITOR, agency=tree[0], with_descendants=True))
    answer = client.get(CSV)
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 9
    assert {len(row) for row in rows} == {9}
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]
    assert "'=HYPERLINK(1)" in {row[0] for row in rows}
    assert "'@office" in {row[3] for row in rows}
    told = {(row[1], row[2]): row[8] for row in rows[1:]}
    assert [told[code, "动态"] for code in ("SL", "SLA", "SLB")] == ["3"] * 3
    assert told["SLA", "通知"] == "0"
    assert sorted(told.values()) == ["0", "0", "3", "3", "3", "6", "6", "6"], (
        "columns unplanned too"
    )
    assert (
        len(list(csv.reader(io.StringIO(client.get(f"{CSV}?level=green").content.decode())))) == 3
    )
    page = client.get(WATCH).content.decode()
    assert 'href="/x/"' in page


# --- plans ---------------------------------------------------------------------------------------
def test_a_plan_is_made_in_admin(client: Client, tree: tuple[Agency, Agency, Agency]) -> None:
    head = make_user(Role.HEAD, agency=tree[0], with_descendants=True)
    make_category("child", under=Category.objects.get(code="news"))
    page = signed_in(client, head).get(ADD)
    notices = Category.objects.get(code="notices")
    assert str(notices.pk) in choices(page, "category")
    assert str(Category.objects.get(code="news").pk) not in choices(page, "category")
    data = form_data(page) | {"agency": tree[0].pk, "category": notices.pk, "period_days": "183"}
    answer = client.post(ADD, data)
    assert answer.status_code == 302, errors(answer)
    plan = ColumnPlan.objects.get(agency=tree[0], category=notices)
    assert (plan.since, plan.period_days) == (today(), 183)
    again = client.post(ADD, data)
    assert errors(again)
    assert AuditEntry.objects.filter(verb="columnplan.created", actor=head).count() == 1


def test_what_no_plan_can_be(tree: tuple[Agency, Agency, Agency]) -> None:
    province, first, _second = tree
    news = Category.objects.get(code="news")
    make_category("child", under=news)
    news.refresh_from_db()
    with pytest.raises(NotPossible):
        make_plan(make_agency("X"), news)
    with pytest.raises(NotPossible):
        make_plan(province, Category.objects.get(code="notices"), office=make_office(first))


def test_rights_over_plans(tree: tuple[Agency, Agency, Agency]) -> None:
    plan = ColumnPlan.objects.get(agency=tree[0])
    editor = make_user(Role.EDITOR, agency=tree[0])
    other = make_user(Role.HEAD, agency=tree[1])
    plan.period_days = 30
    for user in (editor, other):
        with pytest.raises(NotPermitted):
            actions.update_plan(actor=user, plan=plan)
        with pytest.raises(NotPermitted):
            actions.delete_plan(actor=user, plan=plan)
    assert actions.update_plan(actor=make_user(Role.HEAD, agency=tree[0]), plan=plan)


# --- cost ----------------------------------------------------------------------------------------
def test_queries_do_not_grow(client: Client, tree: tuple[Agency, Agency, Agency]) -> None:
    user = make_user(Role.AUDITOR, agency=tree[0], with_descendants=True)
    signed_in(client, user)

    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    few = count(WATCH), count(CSV)
    for number in range(6):
        agency = make_agency(f"M{number}", under=tree[0])
        make_plan(agency, Category.objects.get(code="news"), office=make_office(agency))
        publish(agency, Category.objects.get(code="news"), number * 5)
    assert (count(WATCH), count(CSV)) == few
    reached = report.reach(user)
    with CaptureQueriesContext(connection) as queries:
        report.columns(reached, at=now())
    assert len(queries) == 2
