"""The demonstration content: complete, plausible, plainly made up, loaded once and removable."""

import datetime as dt
import io
import re
import zipfile
from collections import Counter as Tally
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from python_calamine import load_workbook

from disclosure.audit.trail import record
from disclosure.core import html, identities
from disclosure.core.dates import legal_day, now, today
from disclosure.demo import accounts, files, markup, publications
from disclosure.demo.agencies import CITIES, credit_code
from disclosure.demo.loaded import is_loaded
from disclosure.models import (
    Agency,
    Attachment,
    AuditEntry,
    CalendarDay,
    Category,
    EditionFile,
    FileCheck,
    Guide,
    Office,
    Publication,
    PublicChange,
    ReportEdition,
    RoleAssignment,
    Rule,
    User,
)
from disclosure.workdays.calendar import WorkdayCalendar
from portal.demo import demo_password
from portal.management.commands.serve import DEMO_ACCOUNTS
from requests_app import access_codes, clock, uploads
from requests_app.actions import Submission, submit
from requests_app.applicants import ApplicantData
from requests_app.demo import cases
from requests_app.demo.applicants import PHONE
from requests_app.determination import OUTCOMES, Group
from requests_app.lifecycle import State
from requests_app.models import Answer, Applicant, DisclosureRequest
from tests.factories import make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The content, loaded once for the module; the answer is what the command says."""
    said = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    """How many rows each table has, but for the mark that something public was written."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ("disclosure", "requests_app") and model is not PublicChange
    }


def demo_publications() -> list[Publication]:
    return list(Publication.objects.filter(is_demo=True).select_related("agency", "category"))


# --- agencies, accounts, pages -------------------------------------------------------------------
def test_the_tree_has_the_province_and_its_fourteen_cities(demo: str) -> None:
    root = Agency.objects.get(code="LNRF")
    assert root.depth == 1
    assert [child.code for child in Agency.objects.get_children(root)] == [
        city.code for city in CITIES
    ]
    assert len(CITIES) == 14
    assert "省人防办" in root.all_names
    disclosure = Office.objects.get(agency=root, is_disclosure_office=True)
    assert disclosure.parent is not None
    assert disclosure.parent.name == "秘书处"
    assert Office.objects.filter(is_disclosure_office=True).count() == 15
    for agency in Agency.objects.all():
        agency.full_clean(exclude=["path", "depth", "numchild"])
        assert agency.social_credit_code[2:8] == "000000"
        assert agency.phone == "000-00000000"
        assert "演示" in agency.head_name + agency.officer_name
        assert "演示" in agency.address
        assert agency.name_en


def test_each_agency_has_its_guide_and_rules(demo: str) -> None:
    for guide in Guide.objects.all():
        for part in Guide.PARTS:
            text = getattr(guide, part)
            assert len(html.to_plain(text)) > 40
            assert text == html.sanitise(text)
            assert "{" not in text
    assert Guide.objects.count() == 15
    province = Rule.objects.filter(
        agency__code="LNRF", is_demo=True, publication__state="published"
    )
    assert len(province) == 6
    for word in ("主动公开", "依申请公开", "考核评议", "发布", "保密审查", "责任追究"):
        assert province.filter(publication__title__contains=word).exists()
    for rule in province:
        assert rule.publication.body.count("<strong>第") >= 12
    assert "20个工作日" in province.get(slug="disclosure-on-request").publication.body
    assert Rule.objects.exclude(agency__code="LNRF").count() == 14


def test_the_accounts_cover_every_role(demo: str) -> None:
    people = accounts.demo_users()
    assert list(people).count("admin") == 1
    assert set(DEMO_ACCOUNTS.split()) <= set(people)
    assert all(user.check_password(demo_password()) for user in people.values())
    assert people["admin"].is_superuser
    assert not people["editor"].is_superuser
    assert people["handler"].has_perm(
        "requests_app.handle_disclosurerequest",
        DisclosureRequest(agency=Agency.objects.get(code="FXRF")),
    )
    assert not people["handler.sy"].has_perm(
        "requests_app.handle_disclosurerequest",
        DisclosureRequest(agency=Agency.objects.get(code="DLRF")),
    )


# --- publications ---------------------------------------------------------------------------------
def test_publications_cover_the_law_and_the_years(demo: str) -> None:
    items = demo_publications()
    assert 100 <= len(items) <= 150
    roots = {category.path: category for category in Category.objects.get_root_nodes()}
    articles = {roots[item.category.path[: Category.steplen]].article for item in items}
    assert {f"20({number})" for number in range(1, 16)} <= articles
    assert {item.date_made.year for item in items if item.date_made} >= {*range(2013, 2027)}
    assert {item.validity for item in items} == {*Publication.Validity.values}
    assert {item.state for item in items} == {*Publication.State.values}
    assert {item.disclosure for item in items} == {*Publication.Disclosure.values}
    assert len({item.document_type for item in items}) >= 15
    assert len({item.agency.code for item in items}) >= 10
    visible = Publication.objects.visible_to_public(now())
    assert len([item for item in items if item.is_visible(now())]) == visible.count() >= 55
    scheduled = [one for one in items if one.published_at and one.published_at > now()]
    assert len(scheduled) == 2
    newest = visible.order_by("-published_at").first()
    assert newest is not None
    assert today() - legal_day(newest.published_at) < dt.timedelta(days=14)


def test_publications_are_such_as_an_agency_publishes(demo: str) -> None:
    calendar = WorkdayCalendar.from_table()
    lengths = []
    written = {text.get("索引号") for text in publications.read_texts()}
    for item in demo_publications():
        if item.index_number not in written:
            continue
        label = item.index_number
        item.full_clean()
        assert 1 <= len(item.summary) <= 100, label
        assert publications.NOTE in item.body, label
        assert item.body == html.sanitise(item.body), label
        assert not re.search(r"\{|\}|@|##|\||\]\(", html.to_plain(item.body).replace("@ex", "")), (
            label
        )
        assert item.date_made, label
        if item.published_at:
            published = legal_day(item.published_at)
            assert calendar.is_workday(published), label
            assert 0 <= calendar.count_between(item.date_made, published) <= 20, label
        if item.validity in ("repealed", "lapsed"):
            assert item.expires_on, label
            assert item.expires_on <= today(), label
        year = re.search(r"〔(\d{4})〕", item.document_number)
        assert not year or int(year[1]) == item.date_made.year, label
        lengths.append(len(html.to_plain(item.body)))
    assert min(lengths) < 250
    assert max(lengths) > 1500
    titles = [item.title for item in demo_publications() if item.revises_id is None]
    assert len(set(titles)) == len(titles)


def test_totals_in_tables_are_right(demo: str) -> None:
    checked = 0
    for item in demo_publications():
        for table in re.findall(r"<table>.*?</table>", item.body):
            rows = [
                re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in table.split("<tr>")[1:]
            ]
            if rows[-1][0] != "合计":
                continue
            for column in range(1, len(rows[-1])):
                if re.fullmatch(r"[\d.]+", rows[-1][column]):
                    parts = sum(float(row[column]) for row in rows[1:-1])
                    assert parts == pytest.approx(float(rows[-1][column])), item.index_number
                    checked += 1
    assert checked > 20


def test_links_between_publications_lead_somewhere(demo: str) -> None:
    known = {item.get_absolute_url() for item in demo_publications()}
    links = {
        link for item in demo_publications() for link in re.findall(r'href="([^"]+)"', item.body)
    }
    assert len(links) >= 5
    assert links <= known


def test_attachments_open(demo: str) -> None:
    kinds = Tally(attachment.name.rpartition(".")[2] for attachment in Attachment.objects.all())
    assert {*kinds} == {"pdf", "docx", "xlsx", "txt"}
    for attachment in Attachment.objects.select_related("publication"):
        with attachment.file.open("rb") as file:
            assert "示例内容" in text_of(file.read(), attachment.name), attachment.name


def text_of(data: bytes, name: str) -> str:
    """What a reader would see in a file."""
    ending = name.rpartition(".")[2]
    if ending == "txt":
        return data.decode("utf-8-sig")
    if ending == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            return "".join(ElementTree.fromstring(archive.read("word/document.xml")).itertext())
    if ending == "xlsx":
        rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        return "".join(str(cell) for row in rows for cell in row)
    return pdf_text(data)


def pdf_text(data: bytes) -> str:
    """What a reader finds on the pages."""
    pages = PdfReader(io.BytesIO(data)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_nothing_sensitive_is_said(demo: str) -> None:
    text = "".join(item.title + item.body + item.summary for item in demo_publications())
    assert not re.search(r"防护等级|抗力级别|战术技术|掩蔽面积|指挥所|警报器[数位]", text)


# --- requests -------------------------------------------------------------------------------------
def test_requests_are_in_every_state(demo: str) -> None:
    requests = list(DisclosureRequest.objects.filter(is_demo=True))
    assert 28 <= len(requests) <= 40
    assert {request.state for request in requests} >= {*State} - {State.APPROVAL, State.APPROVED}
    assert {OUTCOMES[one.outcome].group for one in requests if one.outcome} == {*Group}
    assert len({request.intake_channel for request in requests}) == 6
    assert len({request.applicant_kind for request in requests}) == 6
    assert len({request.agency_id for request in requests}) >= 6
    assert {one.handler_id for one in requests if one.state == "submitted"} == {None}


def test_open_requests_show_every_light(demo: str) -> None:
    calendar = WorkdayCalendar.from_table()
    unfinished = DisclosureRequest.objects.unfinished().filter(is_demo=True)
    assert {one.waiting_for for one in unfinished} >= {"", "correction", "payment"}
    unfinished = unfinished.filter(waiting_for="")
    assert all(one.answer_due and one.amber_on and one.red_on for one in unfinished)
    left = [clock.days_left(one.answer_due, today(), calendar) for one in unfinished]
    lights = {clock.level(today(), one.amber_on, one.red_on) for one in unfinished}
    assert lights == {"green", "amber", "red"}
    assert sum(days < 0 for days in left) == 1
    assert 0 in left


def test_answered_requests_were_answered_in_time_and_say_what_the_law_asks(demo: str) -> None:
    answered = DisclosureRequest.objects.exclude(outcome="").prefetch_related("answers")
    for request in answered:
        assert request.answer_due is None or request.answered_on <= request.answer_due
        assert request.closed_on is None or request.closed_on >= request.answered_on
        if request.outcome == "other":
            assert not request.answers.exists()  # withdrawn
            continue
        text = request.answers.get().text
        assert "行政复议" in text
        assert re.search(r"第[一二三四五六七八九十]+条", text)
        assert request.letters.get(kind="answer").read().signature == request.agency.name
        refused = OUTCOMES[request.outcome].group in (Group.REFUSED, Group.PARTLY)
        assert ("应当先" in text) == refused


def test_numbers_follow_the_days(demo: str) -> None:
    for agency in Agency.objects.all():
        numbers = [one.number for one in agency.requests.order_by("submitted_at", "number")]
        assert numbers == sorted(numbers)


def test_visitors_can_follow_two_requests(demo: str) -> None:
    said = re.findall(r"^demonstration request (\S+) access code (\S+)$", demo, re.M)
    found = [access_codes.find(number, code) for number, code in said]
    assert [one.state for one in found if one] == ["registered", "answered"]


def test_applicants_are_nobody(demo: str) -> None:
    for applicant in Applicant.objects.select_related("request"):
        data = applicant.data or {}
        assert data["name"].endswith("（演示）")
        assert data["phone"] == PHONE == "13800000000"
        assert data["email"].endswith("@example.invalid")
        if data.get("id_type") == "resident_id":
            identities.validate_resident_id(data["id_number"])
            assert data["id_number"].startswith("000000")
        if code := data.get("organisation_code"):
            identities.validate_social_credit_code(code)
            assert code[2:8] == "000000"


def test_no_real_looking_personal_data_in_any_text(demo: str) -> None:
    # One draft holds numbers that nobody has, for the reviewer to find.
    items = [item for item in demo_publications() if item.index_number != "LNRF-CG-0012"]
    texts = [item.title + item.body for item in items]
    texts += [request.description for request in DisclosureRequest.objects.all()]
    texts += [answer.text for answer in Answer.objects.all()]
    texts += [guide.how_to_request + guide.remedies for guide in Guide.objects.all()]
    texts += [rule.publication.body for rule in Rule.objects.all()]
    for text in texts:
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{17}[\dXx]", text)
        assert {*re.findall(r"\d{3,4}-\d{7,8}", text)} <= {"000-00000000"}
        assert all(mail.endswith("@example.invalid") for mail in re.findall(r"[\w.]+@[\w.]+", text))
        assert "http://" not in text
        assert not re.search(r"https://(?!fuyi\.example\.invalid/)", text)


# --- running it -----------------------------------------------------------------------------------
def test_a_second_run_changes_nothing(demo: str) -> None:
    before = counts()
    changed = User.objects.get(username="editor")
    changed.set_password("something else")
    changed.save()
    before["disclosure.HistoricalUser"] += 1
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    assert counts() == {
        **before,
        "disclosure.HistoricalUser": counts()["disclosure.HistoricalUser"],
    }
    assert "new " not in said.getvalue()
    changed.refresh_from_db()
    assert changed.check_password(demo_password())


def test_removing_leaves_nothing(demo: str, django_capture_on_commit_callbacks) -> None:
    assert is_loaded()
    stored = [(one.file.storage, one.file.name) for one in Attachment.objects.all()]
    stored += [
        (one.original.storage, one.original.name) for one in FileCheck.objects.exclude(original="")
    ]
    assert ReportEdition.objects.exclude(form="free").exists()
    made = [(one.file.storage, one.file.name) for one in EditionFile.objects.all()]
    with django_capture_on_commit_callbacks() as callbacks:
        call_command("load_demo", "--remove", verbosity=0)
    assert not is_loaded()
    left = {label: count for label, count in counts().items() if count}
    assert {*left} == {
        "disclosure.Category",
        "disclosure.HistoricalCategory",
        "disclosure.StandardArea",
        "disclosure.HistoricalStandardArea",
        "disclosure.SearchSynonym",
        "disclosure.HistoricalSearchSynonym",
        "disclosure.AuditEntry",
        "disclosure.Counter",  # how often something public was taken back
    }
    said = {*AuditEntry.objects.values_list("verb", flat=True)}
    assert said == {"category.created", "standardarea.created", "searchsynonym.created"}
    others = ("disclosure.opendata.", "disclosure.freshness.")
    deleting = [one for one in callbacks if not one.__module__.startswith(others)]
    assert len(deleting) == len(stored) + len(made) + 1  # and the file of an answer


def test_removing_keeps_what_is_real(demo: str) -> None:
    agency = Agency.objects.get(code="SYRF")
    editor = User.objects.get(username="editor")
    real = make_publication("真实文件", agency=agency)
    record(editor, "publication.changed", real)
    adopted = Agency.objects.get(code="DLRF")
    adopted.social_credit_code = credit_code(12345)
    adopted.save()
    applicant = ApplicantData(name="真实申请人", phone="000")
    request = submit(
        Submission(
            agency, "natural_person", applicant, "paper", "mail", information_name="真实申请"
        )
    ).request
    said = io.StringIO()
    call_command("load_demo", "--remove", stdout=said)

    assert Publication.objects.get() == real
    assert DisclosureRequest.objects.get() == request
    assert {*Agency.objects.values_list("code", flat=True)} == {"LNRF", "SYRF", "DLRF"}
    editor.refresh_from_db()
    assert not editor.is_active
    assert not editor.has_usable_password()
    assert not RoleAssignment.objects.exclude(user=real.published_by).exists()
    assert "closed, but kept for what they did: editor" in said.getvalue()
    later = submit(Submission(agency, "natural_person", applicant, "paper", "mail")).request
    assert int(later.number[-4:]) == int(request.number[-4:]) + 1


def test_refreshing_counts_from_today_anew(demo: str) -> None:
    before = {key: count for key, count in counts().items() if "Historical" not in key}
    call_command("load_demo", "--refresh", verbosity=0)
    after = counts()
    assert {key: after[key] for key in before} == before


def test_all_of_it_shows(demo: str, client: Client) -> None:
    for path in ("/", "/guide/", "/rules/", "/catalogue/", "/agencies/SYRF/guide/", "/en/"):
        assert client.get(path).status_code == 200
    for item in Publication.objects.filter(index_number__contains="2019-"):
        page = client.get(item.get_absolute_url())
        assert page.status_code == 200
        assert item.title in page.content.decode()


def test_dates_hold_on_any_day(demo: str) -> None:
    """Counted from a Sunday, a long holiday and a day at the turn of the year alike."""
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    calendar = WorkdayCalendar.from_table()
    categories = {category.code: category for category in Category.objects.all()}
    for moment in ("2026-02-17T00:05+08:00", "2026-10-04T12:00+08:00", "2027-01-03T23:55+08:00"):
        at = dt.datetime.fromisoformat(moment)
        lights = set()
        for text in publications.read_texts():
            item = publications.make_item(text, agencies, categories, at=at, calendar=calendar)
            published = item.publication.published_at
            if item.step == "published" and text.get("发布日期")[0] == "-":
                assert published < at
            if published:
                assert published <= at + dt.timedelta(days=30)
        for text in cases.read_texts():
            steps = list(cases.make_case(text, agencies, calendar, at).moments.values())
            assert steps == sorted(steps)
            assert steps[-1] <= at
            if not text.get("答复"):
                due = calendar.add_workdays(legal_day(steps[0]), 20)
                light = clock.levels(due, calendar)
                lights.add(clock.level(legal_day(at), light.amber_on, light.red_on))
        assert lights == {"green", "amber", "red"}


def test_tokens_lead_to_codes_of_their_own(demo: str) -> None:
    known = DisclosureRequest.objects.exclude(submission_token_hash=None)
    assert known.filter(submission_token_hash=uploads.token_hash(cases.token("01"))).count() == 1
    assert not CalendarDay.objects.exists()


# --- the small tools ------------------------------------------------------------------------------
def test_marks_become_html() -> None:
    made = markup.to_html(
        "第一章 总则\n第一条 依照第二条 <办理>。\n## 一、题\n### 小题\n= 中\n> 右\n@ 顶格\n"
        "- 甲\n- 乙\n| 项 | 数 |\n| 一 | 2 |\n[文](/catalogue/A/)"
    )
    head = '<thead><tr><th scope="col">项</th><th scope="col">数</th></tr></thead>'
    table = f"<table>{head}<tbody><tr><td>一</td><td>2</td></tr></tbody></table>"
    assert made.splitlines() == [
        "<h2>第一章 总则</h2>",
        "<p><strong>第一条</strong>　依照第二条 &lt;办理&gt;。</p>",
        "<h2>一、题</h2>",
        "<h3>小题</h3>",
        '<p class="centre">中</p>',
        '<p class="right">右</p>',
        '<p class="no-indent">顶格</p>',
        "<ul><li>甲</li><li>乙</li></ul>",
        table,
        '<p><a href="/catalogue/A/">文</a></p>',
    ]


def test_files_are_whole_and_always_the_same() -> None:
    lines = ["第一段<&>。" * 30, "第二段"] * 20
    assert files.pdf("题", lines) == files.pdf("题", lines)
    assert files.document("题", lines) == files.document("题", lines)
    assert "第二段" in text_of(files.document("题", lines), "a.docx")
    assert pdf_text(files.pdf("题目", lines)).startswith("题目　　第一段<&>。")
    assert files.pdf("题", lines).count(b"/Type /Page ") > 1
    assert text_of(files.spreadsheet([["甲", 1.5], ["<乙>", 2]]), "a.xlsx") == "甲1.5<乙>2.0"


@pytest.mark.parametrize("number", [1, 15, 900, 999_999_999])
def test_made_up_codes_pass_their_check(number: int) -> None:
    identities.validate_social_credit_code(credit_code(number))
    with pytest.raises(ValidationError):
        identities.validate_social_credit_code(credit_code(number)[:-1] + "?")
