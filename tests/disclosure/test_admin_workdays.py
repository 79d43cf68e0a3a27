"""The staff pages of the working-day calendar: years, their days, how they count."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPossible
from disclosure.models import AuditEntry, CalendarDay, CalendarYear, User
from disclosure.workdays import actions
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.panels import missing, missing_years
from disclosure.workdays.store import current_calendar
from disclosure.workdays.year import Break, look_at
from tests.admin_pages import errors, form_data, signed_in
from tests.factories import make_admin, make_tree, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:disclosure_calendaryear_changelist"
ADD = "admin:disclosure_calendaryear_add"
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def _in_autumn_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after which nothing can have been announced yet."""
    monkeypatch.setattr("disclosure.workdays.admin.today", lambda: date(2026, 11, 24))


def page(name: str, year: CalendarYear) -> str:
    return reverse(f"admin:disclosure_calendaryear_{name}", args=[year.pk])


def make_year(number: int = 2027, days: int = 1) -> CalendarYear:
    """An announced year with its first `days` days off."""
    announced_on = date(number - 1, 11, 5)
    year = CalendarYear(year=number, announced_on=announced_on, source="放假安排的通知")
    actions.save_year(actor=None, year=year)
    for day in range(1, days + 1):
        actions.save_day(actor=None, day=CalendarDay(year=year, date=date(number, 1, day)))
    return year


def row(number: int, day: str, kind: str = "off", name: str = "") -> dict[str, str]:
    prefix = f"days-{number}"
    return {f"{prefix}-date": day, f"{prefix}-kind": kind, f"{prefix}-name": name}


TYPED = {
    "year": "2027",
    "announced_on": "2026-11-05",
    "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "source_url": "www.gov.cn/zhengce",
}


def told(answer: Any) -> str:
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


def verbs() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor"))


# --- the happy path ------------------------------------------------------------------------------
def test_an_announcement_is_typed_in_one_form(client: Client) -> None:
    administrator = make_admin()
    data = form_data(signed_in(client, administrator).get(reverse(ADD)))
    assert data["days-9-date"] == "", "rows to type into, without scripts too"
    data |= TYPED | row(0, "2027-01-01", name="元旦") | row(2, "2027-01-03", "work")
    answer = client.post(reverse(ADD), data)
    assert answer.status_code == 302, errors(answer)
    year = CalendarYear.objects.get()
    assert (year.announced_on, year.source_url) == (date(2026, 11, 5), "https://www.gov.cn/zhengce")
    days = list(year.days.values_list("date", "kind", "name"))
    assert days == [(NEW_YEAR, "off", "元旦"), (date(2027, 1, 3), "work", "")]
    assert current_calendar().is_announced(2027)
    assert verbs() == [
        ("calendaryear.added", administrator.pk),
        ("calendarday.added", administrator.pk),
        ("calendarday.added", administrator.pk),
    ]
    noted = AuditEntry.objects.filter(verb="calendarday.added").order_by("pk")
    assert [(one.target_label, one.facts) for one in noted] == [
        ("2027-01-01", {"kind": "off"}),
        ("2027-01-03", {"kind": "work"}),
    ], "in no language of its own"
    assert year.history.get().history_user == administrator
    assert {one.history_user for one in CalendarDay.history.all()} == {administrator}
    assert "manage.py move_with_calendar" in told(answer)


def test_a_day_is_changed_added_and_taken_away(client: Client) -> None:
    year = make_year(days=2)
    administrator = make_admin()
    data = form_data(signed_in(client, administrator).get(page("change", year)))
    assert "year" not in data, "the year of an entry is fixed"
    before = len(verbs())
    data |= {"days-0-name": "元旦", "days-1-DELETE": "on"} | row(2, "2027-02-05")
    answer = client.post(page("change", year), data)
    assert answer.status_code == 302, errors(answer)
    assert "move_with_calendar" in told(answer)
    kept = year.days.values_list("date", "name")
    assert list(kept) == [(NEW_YEAR, "元旦"), (date(2027, 2, 5), "")]
    assert verbs()[before:] == [
        ("calendarday.deleted", administrator.pk),
        ("calendarday.changed", administrator.pk),
        ("calendarday.added", administrator.pk),
    ]


def test_nothing_changed_writes_and_says_nothing(client: Client) -> None:
    year = make_year()
    data = form_data(signed_in(client, make_admin()).get(page("change", year)))
    before = len(verbs()), year.history.count(), CalendarDay.history.count()
    answer = client.post(page("change", year), data)
    assert answer.status_code == 302, errors(answer)
    assert (len(verbs()), year.history.count(), CalendarDay.history.count()) == before
    assert "move_with_calendar" not in told(answer)


def test_a_year_is_deleted_with_its_days_after_a_question(client: Client) -> None:
    year = make_year(days=2)
    administrator = make_admin()
    signed_in(client, administrator)
    asked = client.get("/en" + page("delete", year)).content.decode()
    assert "provisional again" in asked
    assert CalendarYear.objects.exists(), "a GET does nothing"
    answer = client.post(page("delete", year), {"post": "yes"})
    assert answer.status_code == 302
    assert "move_with_calendar" in told(answer)
    assert not CalendarYear.objects.exists()
    assert not CalendarDay.objects.exists()
    assert current_calendar().is_provisional(NEW_YEAR)
    assert verbs()[-1] == ("calendaryear.deleted", administrator.pk)
    assert AuditEntry.objects.latest("pk").facts == {"days": 2}
    gone = CalendarDay.history.filter(history_type="-")
    assert [one.history_user for one in gone] == [administrator] * 2


def test_the_question_about_a_year_that_is_built_in(client: Client) -> None:
    asked = signed_in(client, make_admin()).get("/en" + page("delete", make_year(2026)))
    assert "counts as it is built in" in asked.content.decode()


# --- what the calendar says of it ----------------------------------------------------------------
def test_the_year_is_shown_as_it_counts(client: Client) -> None:
    year = make_year(2026, days=0)  # the committed table alone
    signed_in(client, make_user(Role.EDITOR))
    text = client.get("/en" + page("change", year)).content.decode()
    assert "Announced" in text
    assert "2026-02-15 Sunday" in text
    assert "2026-02-23 Monday" in text
    assert "9 days" in text, "as the announcement of the Spring Festival of 2026 says"
    assert "2026-02-14 Saturday" in text, "a make-up workday"
    actions.save_day(actor=None, day=CalendarDay(year=year, date=date(2026, 2, 24)))
    text = client.get("/en" + page("change", year)).content.decode()
    assert "10 days" in text, "a typed day counts at once"


def test_a_year_without_its_announcement_says_so(client: Client) -> None:
    year = CalendarYear.objects.create(year=2027)
    signed_in(client, make_user(Role.EDITOR))
    for url in (page("change", year), reverse(LIST)):
        text = client.get("/en" + url).content.decode()
        assert '<span class="pill warn">Provisional</span>' in text
        assert "Announced</span>" not in text


def test_looking_at_a_year() -> None:
    calendar = WorkdayCalendar(
        {date(2027, 1, 1): False, date(2027, 1, 4): False, date(2027, 1, 9): True}, [2027]
    )
    shown = look_at(calendar, 2027)
    assert shown.is_announced
    assert shown.breaks == (Break(NEW_YEAR, date(2027, 1, 4)),)
    assert shown.breaks[0].days == 4
    assert shown.make_up == (date(2027, 1, 9),)
    assert shown.workdays == 261 - 2 + 1
    assert look_at(calendar, 2028).breaks == ()


def test_a_break_over_the_turn_of_the_year_is_told_in_full() -> None:
    calendar = WorkdayCalendar({date(2027, 12, 31): False, date(2028, 1, 3): False}, [])
    whole = Break(date(2027, 12, 31), date(2028, 1, 3))
    assert look_at(calendar, 2027).breaks == look_at(calendar, 2028).breaks == (whole,)


# --- who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLATFORM_ADMIN])
def test_everyone_reads_it_and_changes_nothing(client: Client, role: Role) -> None:
    _province, first, _second = make_tree()
    year = make_year()
    signed_in(client, make_user(role, agency=first))
    text = client.get(reverse(LIST)).content.decode()
    assert page("change", year) in text
    text = client.get(page("change", year)).content.decode()
    assert "2027-01-01" in text or "2027年1月1日" in text, "the days are read with it"
    assert 'name="_save"' not in text
    assert 'name="days-0-date"' not in text
    assert client.get(page("history", year)).status_code == 200
    refused_everything(client, year)


def test_an_administrator_below_the_root_only_reads(client: Client) -> None:
    _province, first, _second = make_tree()
    year = make_year()
    signed_in(client, make_user(Role.PLATFORM_ADMIN, agency=first, with_descendants=True))
    assert client.get(page("change", year)).status_code == 200
    refused_everything(client, year)


def refused_everything(client: Client, year: CalendarYear) -> None:
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse(ADD), TYPED).status_code == 403
    assert client.post(page("change", year), TYPED | row(0, "2027-01-02")).status_code == 403
    assert client.get(page("delete", year)).status_code == 403
    assert client.post(page("delete", year), {"post": "yes"}).status_code == 403
    assert CalendarDay.objects.count() == 1


def test_an_administrator_at_the_root_may(client: Client) -> None:
    province, _first, _second = make_tree()
    signed_in(client, make_user(Role.PLATFORM_ADMIN, agency=province))
    data = form_data(client.get(reverse(ADD))) | TYPED | row(0, "2027-01-01")
    assert client.post(reverse(ADD), data).status_code == 302


def test_who_holds_no_role_sees_nothing(client: Client) -> None:
    year = make_year()
    signed_in(client, make_user())
    for url in (reverse(LIST), page("change", year)):
        assert client.get(url).status_code == 302, "to the sign-in page"


# --- what is typed wrong -------------------------------------------------------------------------
@dataclass(frozen=True)
class Said:
    """What a form says in English: of the year's fields, of each row of days, and altogether."""

    year: dict[str, list[str]]
    days: list[dict[str, list[str]]]
    all: list[str]


def said_by(answer: Any) -> Said:
    with translation.override("en"):
        form = answer.context["adminform"].form
        rows = answer.context["inline_admin_formsets"][0].formset.forms
        return Said(plain(form.errors), [plain(row.errors) for row in rows], errors(answer))


def plain(found: Any) -> dict[str, list[str]]:
    return {field: [str(one) for one in told] for field, told in found.items()}


def refused(client: Client, url: str, **typed: str) -> Said:
    """What the form says; what was typed is kept in it, and nothing is stored."""
    sent = form_data(client.get("/en" + url)) | typed
    years, days = CalendarYear.objects.count(), CalendarDay.objects.count()
    answer = client.post("/en" + url, sent)
    assert answer.status_code == 200
    assert (CalendarYear.objects.count(), CalendarDay.objects.count()) == (years, days)
    again = form_data(answer)
    assert {name: again.get(name) for name in typed} == typed, "what was typed is kept"
    return said_by(answer)


@pytest.fixture
def administrator(client: Client) -> User:
    user = make_admin()
    signed_in(client, user)
    return user


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("year", "2007", "Years from 2008 to 2100 can be entered."),
        ("year", "99999", "Years from 2008 to 2100 can be entered."),
        ("year", "9" * 30, "Years from 2008 to 2100 can be entered."),
        ("year", "", "This field is required."),
        ("year", "明年", "Enter a whole number."),
        ("source", "", "An announced year needs its source."),
        ("announced_on", "2026-12-01", "An announcement cannot lie in the future."),
        ("announced_on", "0026-11-05", "A year is announced in the year before it"),
        ("announced_on", "2024-11-05", "A year is announced in the year before it"),
        ("announced_on", "五日", "Enter a valid date."),
        ("source_url", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
@pytest.mark.usefixtures("administrator")
def test_a_wrong_year_is_told_at_its_field(
    client: Client, field: str, value: str, said: str
) -> None:
    found = refused(client, reverse(ADD), **(TYPED | row(0, "2027-01-01") | {field: value}))
    assert any(said in one for one in found.year.get(field, [])), found
    if field == "year" and not value.isdigit():
        assert len(found.all) == 1, "the days are not blamed for it"


@pytest.mark.usefixtures("administrator")
def test_a_year_is_entered_once(client: Client) -> None:
    make_year()
    found = refused(client, reverse(ADD), **(TYPED | row(0, "2027-02-05")))
    assert found.year["year"] == ["This year is already there: change that entry."]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2028-01-03", "This date is not in the year of the entry."),
        ("2027-02-30", "Enter a valid date."),
        ("元旦", "Enter a valid date."),
        ("2027-01-01", "This date is already there: change that entry."),
    ],
)
@pytest.mark.usefixtures("administrator")
def test_a_wrong_day_is_told_at_its_field(client: Client, day: str, said: str) -> None:
    year = make_year()
    found = refused(client, page("change", year), **row(1, day, "work", "名字"))
    assert found.days[1]["date"] == [said]


@pytest.mark.usefixtures("administrator")
def test_the_same_day_twice_is_told_at_the_second(client: Client) -> None:
    typed = TYPED | row(0, "2027-01-01") | row(1, "2027-01-01", "work")
    found = refused(client, reverse(ADD), **typed)
    assert found.days[0] == {}
    assert found.days[1] == {"date": ["This date stands twice in this form."]}
    assert found.all == ["This date stands twice in this form."]


@pytest.mark.usefixtures("administrator")
def test_a_day_of_an_unknown_kind_or_without_date(client: Client) -> None:
    sent = form_data(client.get(reverse(ADD))) | TYPED
    answer = client.post(reverse(ADD), sent | row(0, "2027-01-01", "half"))
    assert answer.status_code == 200
    assert errors(answer)
    answer = client.post(reverse(ADD), sent | row(0, "", "work"))
    assert answer.status_code == 200
    assert errors(answer)
    assert not CalendarYear.objects.exists()


@pytest.mark.usefixtures("administrator")
def test_control_characters_are_told(client: Client) -> None:
    sent = form_data(client.get(reverse(ADD))) | TYPED
    for typed in ({"source": "通\x08知"}, row(0, "2027-01-01", name="元\x00旦")):
        answer = client.post(reverse(ADD), sent | typed)
        assert answer.status_code == 200
        assert errors(answer)
    assert not CalendarYear.objects.exists()


@pytest.mark.usefixtures("administrator")
def test_what_another_did_meanwhile_is_told(client: Client) -> None:
    year = make_year(days=2)
    sent = form_data(client.get("/en" + page("change", year)))
    actions.delete_day(actor=None, day=year.days.get(date=date(2027, 1, 2)))
    answer = client.post("/en" + page("change", year), sent | {"days-0-name": "元旦"})
    assert answer.status_code == 200
    assert any("Somebody else has saved this meanwhile" in one for one in said_by(answer).all)
    again = client.post("/en" + page("change", year), form_data(answer))
    assert again.status_code in {200, 302}, "the row that is gone is no server error"
    actions.delete_year(actor=None, year=year)
    assert client.post(page("change", year), sent).status_code == 404


def test_the_year_of_an_entry_is_fixed_for_actions_too() -> None:
    year = make_year()
    year.year = 2028
    with pytest.raises(NotPossible):
        actions.save_year(actor=None, year=year)


# --- history, lists ------------------------------------------------------------------------------
def test_the_history_names_years_and_days(client: Client) -> None:
    year = make_year()
    administrator = make_admin("记录人")
    signed_in(client, administrator)
    data = form_data(client.get(page("change", year)))
    answer = client.post(
        page("change", year), data | {"source": "更正的通知", "days-0-name": "元旦"}
    )
    assert answer.status_code == 302, errors(answer)
    text = client.get(page("history", year)).content.decode()
    assert "更正的通知" in text
    assert "元旦" in text
    assert str(administrator) in text


def test_the_list_says_how_each_year_counts(client: Client) -> None:
    make_year(days=3)
    signed_in(client, make_user(Role.AUDITOR))
    text = client.get("/en" + reverse(LIST)).content.decode()
    assert '<td class="field-days_off">3</td>' in text
    assert '<td class="field-make_up">0</td>' in text
    assert '<span class="pill ok">Announced</span>' in text
    assert "through 2026 are built in" in text


@pytest.mark.usefixtures("administrator")
def test_queries_do_not_grow_with_years_and_days(client: Client) -> None:
    year = make_year(days=2)
    urls = [reverse(LIST), page("change", year), page("history", year)]
    few = [count(client, url) for url in urls]
    for day in range(3, 20):
        actions.save_day(actor=None, day=CalendarDay(year=year, date=date(2027, 1, day)))
    for number in range(2028, 2040):
        make_year(number, days=3)
    assert [count(client, url) for url in urls] == few


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


# --- the start page ------------------------------------------------------------------------------


def test_the_start_page_asks_for_the_next_year_from_november_on() -> None:
    calendar = WorkdayCalendar({}, [2026])
    assert missing_years(date(2026, 10, 31), calendar) == []
    assert missing_years(date(2026, 11, 1), calendar) == [2027]
    assert missing_years(date(2027, 1, 4), calendar) == [2027]
    assert missing_years(date(2027, 11, 1), calendar) == [2027, 2028]


def test_who_may_enter_a_year_is_asked_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosure.workdays.panels.today", lambda: date(2039, 12, 1))
    begun = CalendarYear.objects.create(year=2039)
    panel = missing(make_user(Role.PLATFORM_ADMIN, username="administrator"))
    assert panel is not None
    assert [(row.label, row.level) for row in panel.rows] == [("2039", "red"), ("2040", "amber")]
    assert panel.rows[0].url == page("change", begun)
    assert panel.rows[1].url == f"{reverse(ADD)}?year=2040"
    assert missing(make_user(Role.AUDITOR, username="reader")) is None
