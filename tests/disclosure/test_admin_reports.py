"""The staff pages of annual reports: form with its rows, steps, list, what is due."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import now, today
from disclosure.models import AnnualReport, AuditEntry, RoleAssignment
from disclosure.reports import panels, worklist
from disclosure.reports.rows import MOST_FIGURES, MOST_SECTIONS
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import make_agency, make_report, make_tree, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:disclosure_annualreport_changelist"
ADD = "admin:disclosure_annualreport_add"
DUE = "admin:disclosure_annualreport_due"


def page(name: str, report: AnnualReport) -> str:
    return reverse(f"admin:disclosure_annualreport_{name}", args=[report.pk])


def typed(**more: str) -> dict[str, str]:
    return {
        "title": "示例机关2014年年度报告𠮷",
        "lead": "前言一。\r\n前言二。",
        "year": "2014",
        "form": "free",
        "sections-0-number": "一",
        "sections-0-heading": "概述",
        "sections-0-text": "第一段。\r\n指标\t数量\r\n公开\t12",
        "sections-1-heading": "其他事项",
        "figures-0-name": "主动公开",
        "figures-0-value": "1,234",
        "figures-0-unit": "条",
        **more,
    }


def verbs() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor"))


# --- writing -------------------------------------------------------------------------------------
def test_a_report_is_written(client: Client) -> None:
    agency = make_agency("SL")
    editor = make_user(Role.EDITOR, agency=agency)
    got = signed_in(client, editor).get(reverse(ADD))
    data = form_data(got)
    assert data["agency"] == str(agency.pk), "the only one is chosen"
    assert data["year"] == str(today().year - 1)
    assert data["title"].startswith("示例机关SL")
    answer = client.post(reverse(ADD), data | typed())
    assert answer.status_code == 302, errors(answer)
    made = AnnualReport.objects.get()
    assert (made.agency, made.year, made.state, made.form) == (agency, 2014, "draft", "free")
    assert made.lead == "前言一。\n前言二。"
    assert made.sections == [
        {"number": "一", "heading": "概述", "text": "第一段。\n指标\t数量\n公开\t12"},
        {"number": "", "heading": "其他事项", "text": ""},
    ]
    assert made.figures == [{"name": "主动公开", "value": 1234, "unit": "条"}]
    assert made.history.get().history_user == editor
    assert verbs() == [("annualreport.created", editor.pk)]


def test_rows_are_moved_removed_and_added(client: Client) -> None:
    draft = make_report(state="draft")
    editor = make_user(Role.EDITOR, agency=draft.agency)
    data = form_data(signed_in(client, editor).get(page("change", draft)))
    assert data["sections-1-place"] == "2"
    assert data["figures-1-qualifier"] == "over"
    data |= {
        "sections-1-place": "1",
        "sections-2-heading": "新的一节",
        "sections-2-place": "2",
        "figures-0-DELETE": "on",
        "reason": "次序有误",
    }
    answer = client.post(page("change", draft), data)
    assert answer.status_code == 302, errors(answer)
    draft.refresh_from_db()
    headings = [one["heading"] for one in draft.sections]
    assert headings == ["改进措施", "新的一节", "总体情况"]
    assert draft.figures == [
        {
            "name": "发放资料",
            "value": 200_000,
            "unit": "份",
            "qualifier": "over",
            "as_written": "20余万份",
        }
    ]
    newest = draft.history.latest()
    assert (newest.history_user, newest.history_change_reason) == (editor, "次序有误")


def test_nothing_changed_writes_nothing(client: Client) -> None:
    draft = make_report(state="draft", lead="一。\n二。")
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    data = form_data(client.get(page("change", draft)))
    before = draft.history.count(), len(verbs())
    data["lead"] = data["lead"].replace("\n", "\r\n")  # as browsers send it
    assert client.post(page("change", draft), data | {"reason": "无"}).status_code == 302
    assert (draft.history.count(), len(verbs())) == before


def test_agency_and_year_are_fixed_once_stored(client: Client) -> None:
    draft = make_report(state="draft")
    other = make_agency()
    editor = make_user(Role.EDITOR, agency=other)
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    data = form_data(client.get(page("change", draft)))
    assert not {"agency", "year"} & set(data)
    client.post(page("change", draft), data | {"agency": str(other.pk), "year": "2012"})
    draft.refresh_from_db()
    assert (draft.agency == other, draft.year) == (False, 2014)
    assert signed_in(client, editor).get(page("change", draft)).status_code == 404


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("year", str(now().year)),
        ("year", "2007"),
        ("year", "99999999999"),
        ("year", "二〇一四"),
        ("title", "  "),
        ("title", "长" * 201),
        ("title", "坏\x08字"),
        ("lead", "坏\x00字"),
        ("form", "1999"),
        ("source_note", "长" * 301),
        ("sections", ("heading", "")),
        ("sections", ("heading", "长" * 201)),
        ("sections", ("heading", "坏\x0b字")),
        ("sections", ("text", "坏\x00字")),
        ("sections", ("text", "长" * 50_001)),
        ("sections", ("place", "第一")),
        ("figures", ("value", "很多")),
        ("figures", ("value", "-1")),
        ("figures", ("value", "")),
        ("figures", ("name", "")),
        ("figures", ("unit", "坏\x7f字")),
        ("figures", ("qualifier", "perhaps")),
    ],
)
def test_bad_input_is_told_at_its_place(client: Client, field: str, bad: Any) -> None:
    signed_in(client, make_user(Role.EDITOR, agency=make_agency()))
    change = {field: bad} if isinstance(bad, str) else {f"{field}-0-{bad[0]}": bad[1]}
    answer = client.post(reverse(ADD), form_data(client.get(reverse(ADD))) | typed(**change))
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert list(form.errors) == [field]
    text = answer.content.decode()
    assert "其他事项" in text, "what was typed stays"
    if not isinstance(bad, str):
        row = next(iter(form[field].value()))
        assert list(row.errors) == [bad[0]]
        assert f'id="id_{field}-0-{bad[0]}_error"' in text, "beside its control"
    assert not AnnualReport.objects.exists()


def test_a_second_report_of_a_year_is_told(client: Client) -> None:
    there = make_report()
    signed_in(client, make_user(Role.EDITOR, agency=there.agency))
    data = form_data(client.get(reverse(ADD))) | typed()
    answer = client.post("/en" + reverse(ADD), data)
    assert answer.status_code == 200
    assert errors(answer) == ["This agency already has a report for that year."]
    assert AnnualReport.objects.count() == 1


def test_an_overtaken_save_is_told_once(client: Client) -> None:
    draft = make_report(state="draft")
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    mine = form_data(client.get(page("change", draft)))
    theirs = mine | {"sections-0-text": "别人的。"}
    assert client.post(page("change", draft), theirs).status_code == 302
    answer = client.post(page("change", draft), mine | {"sections-0-text": "我的。"})
    assert answer.status_code == 200
    assert errors(answer)
    again = form_data(answer)
    assert again["sections-0-text"] == "我的。"
    draft.refresh_from_db()
    assert draft.sections[0]["text"] == "别人的。"
    assert client.post(page("change", draft), again).status_code == 302
    draft.refresh_from_db()
    assert draft.sections[0]["text"] == "我的。"


def test_more_figures_than_a_form_can_send_are_read(client: Client) -> None:
    many = [{"name": f"项目{n}", "value": n, "unit": "件"} for n in range(101)]
    draft = make_report(state="draft", figures=many)
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    got = client.get(page("change", draft))
    data = form_data(got)
    assert "项目100" in got.content.decode()
    assert "figures-0-name" not in data
    assert client.post(page("change", draft), data | {"title": "改"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, len(draft.figures)) == ("改", 101)


# --- whose it is ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["change", "history", "delete", "publish", "withdraw"])
def test_another_agencys_is_not_there(client: Client, name: str) -> None:
    _province, first, second = make_tree()
    foreign = make_report(state="draft", agency=second)
    signed_in(client, make_user(*Role, agency=first))
    assert client.get(page(name, foreign)).status_code == 404
    assert client.post(page(name, foreign), {"post": "yes"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "draft"


def test_a_foreign_agency_is_no_choice_and_is_refused(client: Client) -> None:
    _province, first, second = make_tree()
    signed_in(client, make_user(Role.EDITOR, agency=first))
    got = client.get(reverse(ADD), {"agency": second.pk, "year": "2014"})
    assert list(choices(got, "agency")) == [str(first.pk)]
    assert form_data(got)["title"] == ""
    answer = client.post(reverse(ADD), form_data(got) | typed(agency=str(second.pk)))
    assert answer.status_code == 200
    assert "agency" in answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("role", "draft", "public", "add"),
    [
        (Role.EDITOR, "write", "read", 200),
        (Role.HEAD, "write", "read", 403),
        (Role.REVIEWER, "read", "read", 403),
        (Role.PUBLISHER, "read", "read", 403),
        (Role.REPORTER, "read", "read", 403),
        (Role.AUDITOR, "read", "read", 403),
        (Role.HANDLER, "", "", 403),
        (Role.PLATFORM_ADMIN, "", "", 403),
    ],
)
def test_roles_may_what_the_table_gives(
    client: Client, role: Role, draft: str, public: str, add: int
) -> None:
    agency = make_agency()
    signed_in(client, make_user(role, agency=agency))
    assert client.get(reverse(ADD)).status_code == add
    for report, may in (
        (make_report(2014, state="draft", agency=agency), draft),
        (make_report(2013, agency=agency), public),
    ):
        answer = client.get(page("change", report))
        if not may:
            assert answer.status_code in {403, 404}
            continue
        text = answer.content.decode()
        assert "总体情况" in text
        assert ('name="_save"' in text) is (may == "write")
        assert ('name="sections-0-text"' in text) is (may == "write")
        assert client.get(page("history", report)).status_code == 200
        if may == "read":
            assert 'class="doc report-text"' in text, "the text is read, not its JSON"
            assert "200,000+" in text
            assert client.post(page("change", report), {"title": "x"}).status_code == 403
    assert client.get(reverse(LIST)).status_code == (200 if draft else 403)
    assert client.get(reverse(DUE)).status_code == (200 if draft else 403)


def test_nobody_deletes(client: Client) -> None:
    draft = make_report(state="draft")
    signed_in(client, make_user(*Role, agency=draft.agency))
    assert client.post(page("delete", draft), {"post": "yes"}).status_code == 403
    assert "deletelink" not in client.get(page("change", draft)).content.decode()
    assert AnnualReport.objects.exists()


# --- steps ---------------------------------------------------------------------------------------
def test_published_and_withdrawn_by_their_buttons(client: Client) -> None:
    draft = make_report(state="draft")
    editor = make_user(Role.EDITOR, agency=draft.agency)
    head = make_user(Role.HEAD, agency=draft.agency)
    on_site = draft.get_absolute_url()
    text = signed_in(client, editor).get(page("change", draft)).content.decode()
    assert page("publish", draft) not in text
    assert on_site not in text
    assert client.post(page("publish", draft)).status_code == 403
    text = signed_in(client, head).get(page("change", draft)).content.decode()
    assert page("publish", draft) in text
    assert client.get(page("publish", draft)).status_code == 200
    draft.refresh_from_db()
    assert draft.state == "draft", "a GET does nothing"
    assert client.post(page("publish", draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.is_visible(now())
    text = client.get(page("change", draft)).content.decode()
    assert f'href="{on_site}"' in text
    assert page("publish", draft) not in text
    assert client.post(page("publish", draft)).status_code == 409
    for reason in ("  ", "长" * 101):
        assert client.post(page("withdraw", draft), {"reason": reason}).status_code == 200
    assert client.get(on_site).status_code == 200
    assert client.post(page("withdraw", draft), {"reason": "数字有误"}).status_code == 302
    assert client.get(on_site).status_code == 404
    newest = draft.history.latest()
    assert (newest.history_change_reason, newest.history_user) == ("数字有误", head)
    assert verbs()[-2:] == [
        ("annualreport.publish", head.pk),
        ("annualreport.withdraw", head.pk),
    ]


def test_an_empty_draft_is_not_published_and_says_why(client: Client) -> None:
    draft = make_report(state="draft", sections=[])
    signed_in(client, make_user(Role.HEAD, agency=draft.agency))
    text = client.get("/en" + page("change", draft)).content.decode()
    assert 'aria-describedby="why-not-publish"' in text
    assert "There is no section with a text yet." in text
    assert client.post(page("publish", draft)).status_code == 409


def test_what_is_out_is_corrected_with_its_reason(client: Client) -> None:
    public = make_report()
    signed_in(client, make_user(Role.HEAD, agency=public.agency))
    assert 'name="_save"' not in client.get(page("change", public)).content.decode()
    assert client.post(page("change", public), {"title": "x"}).status_code == 403
    assert client.post(page("correct", public), {"reason": "数字有误"}).status_code == 302
    data = form_data(client.get(page("change", public)))
    answer = client.post(page("change", public), data | {"figures-0-value": "87"})
    assert answer.status_code == 302, errors(answer)
    on_site = public.get_absolute_url()
    assert "87" not in client.get(on_site).content.decode(), "not before it is published"
    assert client.post(page("publish", public)).status_code == 302
    public.refresh_from_db()
    assert (public.state, public.figures[0]["value"]) == ("published", 87)
    assert list(public.editions.values_list("number", "reason")) == [(1, ""), (2, "数字有误")]
    text = client.get(on_site).content.decode()
    assert "87" in text
    assert "数字有误" in text, "both editions can be read, with the reason"
    assert "?edition=1" in text
    earlier = client.get(on_site, {"edition": "1"})
    assert "86" in earlier.content.decode()
    for nonsense in ("0", "3", "x", "-1", "１", "9" * 30):
        assert client.get(on_site, {"edition": nonsense}).status_code == 404


def test_a_correction_given_up(client: Client) -> None:
    public = make_report()
    signed_in(client, make_user(Role.HEAD, agency=public.agency))
    assert client.post(page("drop_correction", public)).status_code == 409
    client.post(page("correct", public), {"reason": "数字有误"})
    data = form_data(client.get(page("change", public)))
    assert client.post(page("change", public), data | {"figures-0-value": "87"}).status_code == 302
    assert client.post(page("drop_correction", public)).status_code == 302
    public.refresh_from_db()
    assert (public.state, public.figures[0]["value"]) == ("published", 86)
    assert public.editions.count() == 1


def test_the_history_is_readable(client: Client) -> None:
    draft = make_report(state="draft")
    editor = make_user(Role.EDITOR, agency=draft.agency, full_name="王编辑")
    signed_in(client, editor)
    data = form_data(client.get(page("change", draft)))
    data |= {"sections-1-text": "更快更新。", "figures-0-value": "88", "reason": "核对后更正"}
    assert client.post(page("change", draft), data).status_code == 302
    text = client.get(page("history", draft)).content.decode()
    for part in ("王编辑", "核对后更正", "加快更新。</del>", "正文: 更快更新。</ins>", "88</ins>"):
        assert part in text, part


# --- the list ------------------------------------------------------------------------------------
def test_the_list_shows_only_ones_own(client: Client) -> None:
    province, first, second = make_tree()
    make_report(2014, agency=first)
    make_report(2013, agency=first, state="draft")
    make_report(2014, agency=second)
    signed_in(client, make_user(Role.EDITOR, agency=first))
    got = client.get(reverse(LIST))
    text = got.content.decode()
    assert [one.year for one in got.context["cl"].result_list] == [2014, 2013]
    assert "乙市办公室" not in text, "no filter choice either"
    assert "import_annual_report" in text
    for query, years in (
        ({"year": "2013"}, [2013]),
        ({"state__exact": "published"}, [2014]),
        ({"form__exact": "2021"}, []),
        ({"standing": "drafts"}, [2013]),
        ({"standing": "waiting"}, []),
        ({"standing": "nonsense"}, [2014, 2013]),
        ({"q": "2013"}, [2013]),
        ({"q": "甲市"}, [2014, 2013]),
        ({"agency__id__exact": second.pk}, [2014, 2013]),  # no filter for who has one agency
    ):
        got = client.get(reverse(LIST), query)
        assert [one.year for one in got.context["cl"].result_list] == years, query
    signed_in(client, make_user(Role.HEAD, agency=province, with_descendants=True))
    got = client.get(reverse(LIST), {"agency__id__exact": province.pk})
    assert len(got.context["cl"].result_list) == 3


# --- what is due ---------------------------------------------------------------------------------
@pytest.fixture
def new_year(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    """The portal's day: 25 January, six days before the departments' day."""
    day = dt.date(2026, 1, 25)
    for module in ("panels", "due_admin"):
        monkeypatch.setattr(f"disclosure.reports.{module}.today", lambda: day)
    return day


def test_what_is_due_with_its_level(new_year: dt.date) -> None:
    province, first, second = make_tree()
    type(province).objects.filter(pk=province.pk).update(kind="government")
    make_agency("PB", kind="public_body", under=province)
    make_agency("OLD", is_active=False, under=province)
    done = make_agency("DONE", under=province)
    make_report(2025, agency=done)
    draft = make_report(2025, agency=second, state="draft")
    editor = make_user(Role.EDITOR, agency=province, with_descendants=True)
    panel = panels.awaited(editor)
    assert panel is not None
    assert [row.label for row in panel.rows] == [province.name], "those below: the due page"
    for agency in (first, second, done):
        RoleAssignment.objects.create(user=editor, agency=agency, role=Role.EDITOR)
    panel = panels.awaited(type(editor).objects.get(pk=editor.pk))
    assert panel is not None
    assert [(row.label, row.level) for row in panel.rows] == [
        (first.name, "amber"),
        (second.name, "amber"),
        (province.name, "green"),
    ]
    assert "2026-01-31" in str(panel.rows[0].note)
    assert "2026-03-31" in str(panel.rows[2].note)
    assert panel.rows[0].url == f"{reverse(ADD)}?agency={first.pk}&year=2025"
    assert panel.rows[1].url == page("change", draft)
    # The head of one agency cannot begin one: the row leads to the agency's reports.
    panel = panels.awaited(make_user(Role.HEAD, agency=first))
    assert panel is not None
    assert [row.url for row in panel.rows] == [f"{reverse(LIST)}?agency__id__exact={first.pk}"]
    assert panels.awaited(make_user(Role.HEAD, agency=done)) is None
    for role in (Role.AUDITOR, Role.HANDLER, Role.PUBLISHER):
        assert panels.awaited(make_user(role, agency=first)) is None


@pytest.mark.parametrize(
    ("day", "level", "word"),
    [
        (dt.date(2026, 1, 1), "green", "30"),
        (dt.date(2026, 1, 30), "amber", "1"),
        (dt.date(2026, 2, 1), "red", "1"),
        (dt.date(2026, 12, 31), "red", "334"),
    ],
)
def test_the_level_follows_the_day(
    monkeypatch: pytest.MonkeyPatch, day: dt.date, level: str, word: str
) -> None:
    monkeypatch.setattr(panels, "today", lambda: day)
    panel = panels.awaited(make_user(Role.EDITOR, agency=make_agency()))
    assert panel is not None
    assert panel.level == level
    assert word in str(panel.rows[0].said)


def test_drafts_wait_for_who_can_go_on() -> None:
    _province, first, second = make_tree()
    make_report(2014, agency=first, state="draft")
    make_report(2013, agency=second, state="draft")
    make_report(2012, agency=first)
    head, editor = make_user(Role.HEAD, agency=first), make_user(Role.EDITOR, agency=second)
    found = {one: panels.panel_for(one)(head) for one in worklist.STANDINGS}
    waiting = found["waiting"]
    assert waiting is not None
    assert [row.word for row in waiting.rows] == ["2014"]
    assert waiting.url == f"{reverse(LIST)}?standing=waiting"
    assert found["drafts"] is None
    drafts = panels.panel_for("drafts")(editor)
    assert drafts is not None
    assert [row.word for row in drafts.rows] == ["2013"]
    assert panels.panel_for("waiting")(editor) is None


def test_the_due_page(client: Client, new_year: dt.date) -> None:
    _province, first, second = make_tree()
    signed_in(client, make_user(Role.AUDITOR, agency=first))
    text = client.get("/en" + reverse(DUE), {"p": "nonsense"}).content.decode()
    assert "Annual reports on 2025" in text
    assert "6 days left" in text
    assert first.name in text
    assert second.name not in text
    make_report(2025, agency=first)
    assert "Every report is published." in client.get("/en" + reverse(DUE)).content.decode()


def test_a_fixed_number_of_queries(client: Client, new_year: dt.date) -> None:
    province = make_agency("SL")
    editor = make_user(Role.EDITOR, Role.HEAD, agency=province, with_descendants=True)
    signed_in(client, editor)
    make_report(2014, agency=province)
    make_report(2013, agency=province, state="draft")
    urls = (reverse(LIST), reverse(DUE), reverse("admin:index"))

    def counts() -> list[int]:
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        return found

    counts()
    few = counts()
    for number in range(12):
        below = make_agency(f"C{number}", under=province)
        make_report(2014, agency=below)
        make_report(2013, agency=below, state="draft")
        province.refresh_from_db()
    many = counts()
    assert many[:2] == few[:2]
    assert many[2] <= few[2] + 3, "a panel with more than it shows counts the rest"


def test_a_long_report_asks_no_more(client: Client) -> None:
    short = make_report(2014, state="draft")
    section = {"number": "", "heading": "节", "text": "文。" * 500}
    figure = {"name": "项目", "value": 1, "unit": "件"}
    much = {"sections": [section] * MOST_SECTIONS, "figures": [figure] * MOST_FIGURES}
    long = make_report(2013, state="draft", agency=short.agency, **much)
    signed_in(client, make_user(Role.EDITOR, agency=short.agency))
    counts = []
    for report in (short, short, long):
        with CaptureQueriesContext(connection) as queries:
            data = form_data(client.get(page("change", report)))
        counts.append(len(queries))
    assert counts[2] == counts[1]
    data |= {name.replace("-place", "-DELETE"): "on" for name in data if name.endswith("-place")}
    answer = client.post(page("change", long), data)
    assert answer.status_code == 302, "a full form, each row ticked, is not more than Django takes"
    long.refresh_from_db()
    assert (long.sections, long.figures) == ([], [])
