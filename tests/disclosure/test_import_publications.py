"""The import: what it reads, what it refuses and how it says so, all or nothing."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from disclosure.core.dates import SHANGHAI, legal_day, now
from disclosure.core.errors import NotPossible, Refusal
from disclosure.models import Agency, AuditEntry, Category, Publication, User
from disclosure.publications import actions
from disclosure.publications.importing.columns import COLUMNS
from disclosure.publications.importing.problems import FileProblem
from disclosure.publications.importing.sources import open_source
from tests import factories as f

pytestmark = pytest.mark.django_db

KEYS = [column.key for column in COLUMNS]
HEADINGS = [column.heading for column in COLUMNS]
ROW = {
    "index_number": "旧〔2013〕/1",
    "title": "关于示例的通知",
    "agency": "示例省办公室",
    "category": "政策文件",
    "document_number": "示办发〔2013〕5号",
    "date_made": "2013-04-30",
    "published_on": "2013-05-06",
    "validity": "有效",
    "disclosure": "主动公开",
    "summary": "一个示例",
    "body": "第一段\n续行\n\n第二段 <1>",
    "keywords": "示例；通知",
}


@pytest.fixture(autouse=True)
def house() -> None:
    f.make_agency("SL", name="示例省办公室", short_name="省办", aliases="原省人防委\n旧名")
    f.make_category("policy", name="政策文件", document_type="policy")


@pytest.fixture
def publisher() -> User:
    return f.make_user("publisher", username="signer", with_descendants=True)


def row(**changes: str) -> dict[str, str]:
    return {**ROW, **changes}


def write(tmp_path: Path, *rows: dict[str, str], name: str = "in.csv", **how: str) -> Path:
    path = tmp_path / name
    keys = list(dict.fromkeys(key for one in rows for key in one)) or KEYS
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([dict(zip(KEYS, HEADINGS, strict=True)).get(key, key) for key in keys])
    writer.writerows([[one.get(key, "") for key in keys] for one in rows])
    path.write_bytes(buffer.getvalue().encode(how.get("encoding", "utf-8-sig")))
    return path


def run(path: Path, *options: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with override("en"):
        call_command("import_publications", str(path), *options, stdout=out, stderr=err)
    return out.getvalue()


def refusal(path: Path, *options: str) -> list[str]:
    """The lines that a refused import says, the last the command's own; nothing is stored."""
    before = list(Publication.objects.order_by("pk").values())
    others = (Agency.objects.count(), Category.objects.count(), AuditEntry.objects.count())
    err = io.StringIO()
    with override("en"), pytest.raises(CommandError) as raised:
        call_command("import_publications", str(path), *options, stdout=io.StringIO(), stderr=err)
    assert list(Publication.objects.order_by("pk").values()) == before
    assert others == (
        Agency.objects.count(),
        Category.objects.count(),
        AuditEntry.objects.count(),
    )
    return [*err.getvalue().splitlines(), str(raised.value)]


# --- what it takes ---------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_draft_from_csv_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    said = run(write(tmp_path, row(title="𠮷字通知"), encoding=encoding))
    assert said.startswith("Created 1, updated 0, unchanged 0;")
    found = Publication.objects.get()
    assert found.state == "draft"
    assert found.title == "𠮷字通知"
    assert found.index_number == "旧〔2013〕/1"
    assert found.agency.code == "SL"
    assert found.category.code == "policy"
    assert found.document_type == "policy"
    assert found.document_number_normal == "示办发(2013)5号"
    assert found.date_made == dt.date(2013, 4, 30)
    assert found.published_at == dt.datetime(2013, 5, 6, tzinfo=SHANGHAI)
    assert (found.validity, found.disclosure) == ("in_force", "proactive")
    assert found.body == "<p>第一段<br>续行</p>\n<p>第二段 &lt;1&gt;</p>"
    assert found.keyword_list == ["示例", "通知"]
    history = found.history.get()
    assert (history.history_change_reason, history.history_type) == ("import", "+")


def test_english_headings_in_any_order_and_only_what_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Category, agency ,TITLE\npolicy,SL,甲\n\n政策文件,旧名,乙\n", encoding="utf-8")
    run(path)
    assert list(Publication.objects.order_by("pk").values_list("title", "agency__code")) == [
        ("甲", "SL"),
        ("乙", "SL"),
    ]


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([*HEADINGS, None])
    values = {
        **ROW,
        "date_made": dt.date(2013, 4, 30),
        "published_on": dt.datetime(2013, 5, 6, 8, 30),
        "document_number": 2013,
    }
    book.active.append([None] * 12)
    book.active.append([values[key] for key in KEYS])
    book.save(tmp_path / "in.xlsx")
    run(tmp_path / "in.xlsx")
    found = Publication.objects.get()
    assert found.date_made == dt.date(2013, 4, 30)
    assert found.published_at == dt.datetime(2013, 5, 6, tzinfo=SHANGHAI)
    assert found.document_number == "2013"


def test_a_cut_off_cell_of_a_workbook_is_a_bad_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append([row(body="长" * 32_767)[key] for key in KEYS])
    book.save(tmp_path / "in.xlsx")
    assert refusal(tmp_path / "in.xlsx")[0].startswith("Row 2, 正文: A spreadsheet cell ends here")


def test_json_with_either_keys(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    second = dict(zip(HEADINGS, row(index_number="2").values(), strict=True))
    items = [{**ROW, "keywords": ["示例", "通知"], "summary": None}, second]
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    run(path)
    assert Publication.objects.filter(keywords="示例；通知").count() == 2
    assert Publication.objects.get(index_number=ROW["index_number"]).summary == ""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2013-4-3", "2013-04-03"),
        ("2013/04/03", "2013-04-03"),
        ("2013.4.3", "2013-04-03"),
        ("2013年4月3日", "2013-04-03"),
        ("20130403", "2013-04-03"),
        ("２０１３－０４－０３", "2013-04-03"),
        ("2013-04-03 00:00:00", "2013-04-03"),
    ],
)
def test_days_as_people_write_them(tmp_path: Path, written: str, day: str) -> None:
    run(write(tmp_path, row(date_made=written)))
    assert Publication.objects.get().date_made == dt.date.fromisoformat(day)


def test_bodies_that_begin_with_a_tag_are_html_and_sanitised(tmp_path: Path) -> None:
    run(write(tmp_path, row(body='<h1>题</h1><p onclick="x()">文<script>x()</script></p>')))
    assert Publication.objects.get().body == "<h2>题</h2><p>文</p>"


def test_values_by_word_or_key_and_what_is_left_out(tmp_path: Path) -> None:
    run(
        write(
            tmp_path,
            row(index_number="1", validity="废止", disclosure="依申请公开"),
            row(index_number="2", validity="lapsed", disclosure="on_request"),
            row(index_number="3", validity="", disclosure="", published_on="", date_made=""),
        )
    )
    found = Publication.objects.order_by("index_number")
    assert [one.validity for one in found] == ["repealed", "lapsed", "in_force"]
    assert [one.disclosure for one in found] == ["on_request", "on_request", "proactive"]
    assert found[2].published_at is None


def test_what_is_not_disclosed_needs_its_ground(tmp_path: Path) -> None:
    rows = [
        row(disclosure="不予公开", exempt_ground=ground, index_number="")
        for ground in ("", "process")
    ]
    assert refusal(write(tmp_path, rows[0]))[0] == (
        "Row 2, exempt_ground: What is not disclosed needs a ground (Art. 14–16)."
    )
    run(write(tmp_path, rows[1]))
    found = Publication.objects.get()
    assert (found.disclosure, found.exempt_ground) == ("exempt", "process")
    assert found.index_number.startswith("SL/")


def test_numbers_are_given_after_those_that_the_file_brings(tmp_path: Path) -> None:
    year = legal_day(now()).year
    taken = f"SL/{year}-00001"
    rows = [
        row(index_number="", date_made=""),
        row(index_number=taken, title="有号"),
        row(index_number="", date_made="", title="再一件"),
    ]
    run(write(tmp_path, *rows))
    found = dict(Publication.objects.values_list("title", "index_number"))
    assert found.pop("有号") == taken
    assert set(found.values()) == {f"SL/{year}-00002", f"SL/{year}-00003"}


# --- publishing ------------------------------------------------------------------------------
def test_publishing_records_who_signed_it_off(tmp_path: Path, publisher: User) -> None:
    path = write(tmp_path, row(), row(index_number="", published_on="", date_made=""))
    run(path, "--status", "published", "--signed-off-by", "signer")
    dated, undated = Publication.objects.order_by("published_at")
    assert dated.state == undated.state == "published"
    assert dated.published_at == dt.datetime(2013, 5, 6, tzinfo=SHANGHAI)
    assert legal_day(undated.published_at) == legal_day(now())
    assert undated.date_made is None
    entry = AuditEntry.objects.get(verb="importrun.done")
    assert (entry.facts["signed_off_by"], entry.facts["created"]) == (publisher.pk, 2)
    assert dated.sign_off == undated.sign_off
    assert dated.sign_off.signed_by == dated.published_by == publisher
    assert dated.sign_off.closed_at is not None
    assert "in.csv" in dated.sign_off.note
    assert Publication.objects.visible_to_public(now()).count() == 2


def test_publishing_needs_somebody_who_may(tmp_path: Path, publisher: User) -> None:
    path = write(tmp_path, row())
    options = ("--status", "published")
    assert "needs --signed-off-by" in refusal(path, *options)[-1]
    assert "no active user nobody" in refusal(path, *options, "--signed-off-by", "nobody")[-1]
    f.make_user("editor", username="writer")
    assert refusal(path, *options, "--signed-off-by", "writer")[0] == (
        "Row 2, 发布机构: 示例人员 may not publish for this agency."
    )
    publisher.is_active = False
    publisher.save()
    assert "no active user signer" in refusal(path, *options, "--signed-off-by", "signer")[-1]


def test_publishing_names_each_rule_that_a_row_breaks(tmp_path: Path, publisher: User) -> None:
    tomorrow = (legal_day(now()) + dt.timedelta(days=1)).isoformat()
    path = write(
        tmp_path,
        row(index_number="1", disclosure="依申请公开", summary=""),
        row(index_number="2", body=""),
        row(index_number="3", date_made="2013-05-07"),
        row(index_number="4", published_on=tomorrow),
    )
    lines = refusal(path, "--status", "published", "--signed-off-by", "signer")
    assert lines == [
        "Row 2, 内容概述: What can be had on request only needs a summary: it stands in the list.",
        "Row 3, 正文: What is published needs a text.",
        "Row 4, 成文日期: It would be published before the date made.",
        "Nothing was stored: 3 bad rows.",
    ]


def test_a_later_day_schedules(tmp_path: Path, publisher: User) -> None:
    tomorrow = legal_day(now()) + dt.timedelta(days=1)
    path = write(tmp_path, row(published_on=tomorrow.isoformat()))
    run(path, "--status", "published", "--signed-off-by", "signer")
    assert Publication.objects.get().state == "published"
    assert not Publication.objects.visible_to_public(now()).exists()


# --- what it refuses -------------------------------------------------------------------------
def test_every_bad_row_is_named_with_column_and_reason(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        row(index_number="1"),
        row(index_number="2", title="", agency="无此机关"),
        row(index_number="1"),
        row(index_number="4", date_made="2013-02-30", published_on="昨天"),
        row(index_number="5", validity="也许", category="没有"),
        row(index_number="6", title="长" * 301, keywords="a\x07b"),
        row(index_number="a//b"),
        row(index_number="8", date_made="1066-10-14", disclosure="保密"),
    )
    assert refusal(path) == [
        "Row 3, 发布机构: There is none of this name or code: 无此机关",
        "Row 3, 标题: This must not be empty.",
        "Row 4, 索引号: Row 2 has the same index number.",
        "Row 5, 成文日期: There is no such day.",
        "Row 5, 发布日期: This is not a date such as 2026-03-31.",
        "Row 6, 有效性: There is no such value; possible are 有效、已修改、已废止、已失效.",
        "Row 6, 主题分类: There is none of this name or code: 没有",
        "Row 7, 关键词: There is a control character (U+0007) in it.",
        "Row 7, 标题: Ensure this value has at most 300 characters (it has 301).",
        "Row 8, 索引号: An index number does not begin or end with a slash or hold '//' or '..'.",
        "Row 9, 成文日期: A date lies between 1900 and a year from now.",
        "Row 9, 公开属性: There is no such value; possible are 主动公开、依申请公开、不予公开.",
        "Nothing was stored: 7 bad rows.",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The first row must hold the headings"),
        ("标题,备注,发布机构\n".encode(), "Unknown columns: 备注."),
        ("标题,,发布机构\n".encode(), "Unknown columns: (empty)."),
        ("标题,title\n".encode(), "Columns that stand there twice: 标题."),
        ('标题,正文\n"甲,乙\n'.encode(), "Line 2 cannot be read as CSV"),
        (b"\xff\xff\xff\x00", "neither UTF-8 nor GB18030"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    assert said in refusal(path)[-1]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("in.json", b"{", "This is not JSON"),
        ("in.json", b"{}", "must be a list of objects"),
        ("in.json", b'[{"title": "a", "colour": 1}]', "Unknown columns: colour."),
        ("in.json", b'[{"title": "a", "\xe6\xa0\x87\xe9\xa2\x98": "b"}]', "twice"),
        ("in.json", b"[" * 100_000, "This is not JSON"),
        ("in.xlsx", b"PK\x03\x04nonsense", "not a readable XLSX"),
        ("in.xlsx", b"", "not a readable XLSX"),
        ("in.txt", b"", "must end in .csv, .xlsx or .json"),
    ],
)
def test_a_file_of_another_kind(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(path)[-1]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "none.csv")[-1]
    (tmp_path / "folder.csv").mkdir()
    assert "There is no file" in refusal(tmp_path / "folder.csv")[-1]


def test_cells_beyond_the_headings_are_a_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("标题,发布机构,主题分类\n甲,SL,policy,多余\n乙,SL,policy,,\n", encoding="utf-8")
    assert refusal(path)[:-1] == ["Row 2: This row has more cells than the heading has columns."]


def test_a_name_that_several_bear_needs_the_code(tmp_path: Path) -> None:
    f.make_category("policy2", name="政策文件")
    assert "policy、policy2" in refusal(write(tmp_path, row()))[0]
    run(write(tmp_path, row(category="policy2")))


def test_a_row_that_fails_at_the_last_moment_undoes_all(tmp_path: Path, monkeypatch) -> None:
    run(write(tmp_path, row(index_number="2", title="乙")))

    def fail(*, actor, publication, reason=""):
        raise NotPossible(Refusal("just now", code="agency"))

    monkeypatch.setattr(actions, "update", fail)
    path = write(tmp_path, row(), row(index_number="2", title="改过"))
    assert refusal(path, "--update")[0] == "Row 3, 发布机构: just now"
    assert [one.title for one in Publication.objects.all()] == ["乙"]


# --- again -----------------------------------------------------------------------------------
def test_the_same_again_is_unchanged(tmp_path: Path, publisher: User) -> None:
    path = write(tmp_path, row())
    run(path)
    assert run(path).startswith("Created 0, updated 0, unchanged 1;")
    options = ("--status", "published", "--signed-off-by", "signer")
    assert run(path, *options).startswith("Created 0, updated 0, unchanged 1;")
    assert Publication.objects.get().history.count() == 1


def test_other_values_need_update(tmp_path: Path) -> None:
    run(write(tmp_path, row()))
    changed = write(tmp_path, row(validity="已废止"), row(index_number="新"))
    assert refusal(changed)[0] == (
        "Row 2, 索引号: This index number exists with other values; --update replaces them."
    )
    assert run(changed, "--update").startswith("Created 1, updated 1, unchanged 0;")
    assert Publication.objects.get(index_number=ROW["index_number"]).validity == "repealed"


def test_update_with_few_columns_leaves_the_rest(tmp_path: Path) -> None:
    run(write(tmp_path, row()))
    few = {"index_number": ROW["index_number"], "validity": "失效"}
    run(write(tmp_path, few), "--update")
    found = Publication.objects.get()
    assert (found.validity, found.title, found.keywords) == (
        "lapsed",
        ROW["title"],
        ROW["keywords"],
    )
    assert refusal(write(tmp_path, {**few, "title": ""}), "--update")[0] == (
        "Row 2, 标题: This must not be empty."
    )


def test_update_publishes_a_draft(tmp_path: Path, publisher: User) -> None:
    run(write(tmp_path, row()))
    few = write(tmp_path, {"index_number": ROW["index_number"]})
    said = run(few, "--update", "--status", "published", "--signed-off-by", "signer")
    assert said.startswith("Created 0, updated 1")
    assert Publication.objects.get().state == "published"


def test_what_is_public_is_changed_only_with_a_sign_off(tmp_path: Path, publisher: User) -> None:
    run(write(tmp_path, row()), "--status", "published", "--signed-off-by", "signer")
    changed = write(tmp_path, row(summary="改"))
    assert "needs --signed-off-by" in refusal(changed, "--update")[0]
    f.make_user("editor", username="writer")
    assert "may not publish" in refusal(changed, "--update", "--signed-off-by", "writer")[0]
    run(changed, "--update", "--signed-off-by", "signer")
    found = Publication.objects.items().get()
    assert (found.summary, found.state, found.version) == ("改", "published", 2)
    earlier = found.revisions.get(state="superseded")
    assert (earlier.summary, earlier.version) == (ROW["summary"], 1)
    assert (
        "keeps its disclosure attribute"
        in refusal(
            write(tmp_path, row(disclosure="依申请公开")), "--update", "--signed-off-by", "signer"
        )[0]
    )


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, row(agency="新机关", category="新分类"), row(index_number=""))
    said = run(path, "--dry-run", "--create-missing")
    assert said.splitlines() == [
        "Created 2, updated 0, unchanged 0; new agencies 1, new categories 1.",
        "New agencies stand below 示例省办公室 for now; put them in their place: 新机关",
        "New categories stand at the top for now; put them in their place: 新分类",
        "Nothing was stored (dry run).",
    ]
    assert not Publication.objects.exists()
    assert Agency.objects.count() == Category.objects.count() == 1
    assert not AuditEntry.objects.exists()


# --- what is missing -------------------------------------------------------------------------
def test_missing_agencies_and_categories_are_made_once(tmp_path: Path, publisher: User) -> None:
    path = write(
        tmp_path,
        row(index_number="1", agency="某市办公室", category="新分类"),
        row(index_number="2", agency="某 市办公室", category="新分类"),
        row(index_number="3", agency="NEWAG", category="new-one"),
    )
    said = run(path, "--create-missing", "--status", "published", "--signed-off-by", "signer")
    assert said.splitlines()[0].endswith("new agencies 2, new categories 2.")
    assert said.splitlines()[1].endswith("put them in their place: 某市办公室、NEWAG")
    made = Agency.objects.get(name="某市办公室")
    assert Agency.objects.get_parent(made).code == "SL"
    assert not made.accepts_requests
    assert Agency.objects.get(code="NEWAG").name == "NEWAG"
    assert Category.objects.get(name="新分类").depth == 1
    assert Category.objects.get(code="new-one")
    assert run(path).startswith("Created 0, updated 0, unchanged 3;")


def test_a_name_that_cannot_be_one_is_a_bad_row(tmp_path: Path) -> None:
    lines = refusal(write(tmp_path, row(agency="长" * 101)), "--create-missing")
    assert lines[0].startswith("Row 2, 发布机构: Ensure this value has at most 100 characters")
    assert refusal(write(tmp_path, row(agency="")), "--create-missing")[0] == (
        "Row 2, 发布机构: This must not be empty."
    )


# --- size ------------------------------------------------------------------------------------
def test_csv_is_read_row_by_row(tmp_path: Path) -> None:
    source = open_source(write(tmp_path, *(row(index_number=str(n)) for n in range(3))))
    rows = source.rows()
    assert next(rows).number == 2
    assert [one.number for one in source.rows()] == [2, 3, 4]
    assert next(rows).number == 3


def test_long_files_tell_how_far_they_are(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("disclosure.management.commands.import_publications.EVERY", 2)
    monkeypatch.setattr("disclosure.publications.importing.importer.CHUNK", 2)
    monkeypatch.setattr("disclosure.publications.importing.storing.BATCH", 2)
    err = io.StringIO()
    path = write(tmp_path, *(row(index_number=str(number)) for number in range(4)))
    with override("en"):
        call_command("import_publications", str(path), stdout=io.StringIO(), stderr=err)
    assert err.getvalue().splitlines() == [
        "2 rows checked",
        "4 rows checked",
        "2 rows stored",
        "4 rows stored",
    ]


def test_the_number_of_queries_grows_only_with_the_rows(
    tmp_path: Path, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(20 * 16):
        run(write(tmp_path, *(row(index_number=str(number)) for number in range(20))))
    with django_assert_max_num_queries(10):
        run(write(tmp_path, *(row(index_number=str(number)) for number in range(20))))


def test_a_workbook_too_long_or_too_large(tmp_path: Path, monkeypatch) -> None:
    book = openpyxl.Workbook()
    for _number in range(3):
        book.active.append(HEADINGS)
    book.save(tmp_path / "in.xlsx")
    for name, limit in (
        ("sheets.MAX_SHEET_ROWS", 1),
        ("sheets.MAX_UNPACKED", 10),
        ("sources.MAX_FILE", 10),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"disclosure.publications.importing.{name}", limit)
            with pytest.raises(FileProblem):
                open_source(tmp_path / "in.xlsx")
