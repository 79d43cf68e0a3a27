"""The export: only what is public, in the import's columns, and it imports again unchanged."""

import csv
import datetime as dt
import gc
import io
import json
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disclosure.core import triggers
from disclosure.core.dates import SHANGHAI, now
from disclosure.core.html import as_html_source, sanitise
from disclosure.models import LogEntry, LogHead, Publication
from disclosure.publications import exporting
from disclosure.publications.exporting import KEYS
from disclosure.publications.importing import cells, columns
from disclosure.publications.importing.sources import open_source
from tests import factories as f

pytestmark = pytest.mark.django_db

BODIES = [
    "<p>一段</p>\n<p>二段 &amp; &lt;三&gt;</p>",
    "没有标签的文字 & <b>粗体</b>",
    "<pre>\n\n  缩进\n</pre>",
    '<table><caption>表</caption><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
    '<p>𠮷&nbsp;“引号”, "双引号"\r\n换行</p>',
    '<p class="no-indent"><a href="https://example.cn/?a=1&b=2">链接</a></p>',
    "",
]


COUNT = len(BODIES) + 1


def run(command: str, path: Path, *options: str) -> str:
    out = io.StringIO()
    with override("en"):
        call_command(command, str(path), *options, stdout=out)
    return out.getvalue()


def fill() -> None:
    province, first, _second = f.make_tree()
    same = [f.make_category(code, name="同名") for code in ("one", "two")]
    for number, body in enumerate(BODIES):
        f.make_publication(
            f"标题“{number}”,\t 空格",
            agency=first if number % 2 else province,
            category=same[number % 2],
            body=body,
            attachments={} if body else {"附件.pdf": f.PDF},
            summary=" 概述\n第二行 ",
            keywords="甲、乙; 丙",
            document_number="示〔2020〕1号",
            validity=["in_force", "amended", "repealed", "lapsed"][number % 4],
            published_at=dt.datetime(2020, 1, 1 + number, 23, 30, tzinfo=SHANGHAI),
            index_number="旧/2020 (1)" if number == 1 else "",
        )
    f.make_publication("另一件", agency=first, category=same[0], validity="lapsed")
    f.make_publication("草稿", state="draft")
    f.make_publication("撤回", state="withdrawn")
    f.make_publication("定时", published_at=now() + dt.timedelta(days=1))


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_what_is_exported_imports_again_unchanged(tmp_path: Path, ending: str) -> None:
    fill()
    path = tmp_path / f"out.{ending}"
    assert run("export_publications", path) == f"Exported {COUNT} publications.\n"
    history = Publication.history.count()
    assert run("import_publications", path).startswith(f"Created 0, updated 0, unchanged {COUNT};")
    assert Publication.history.count() == history


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_an_empty_portal_takes_it_over_whole(tmp_path: Path, ending: str) -> None:
    fill()
    path, again = tmp_path / f"out.{ending}", tmp_path / f"again.{ending}"
    run("export_publications", path)
    publisher = f.make_user("publisher", username="signer", with_descendants=True)
    with triggers.lifted(*triggers.declared()):
        Publication.objects.filter(body="").update(body="<p>x</p>")
    run("export_publications", path)
    with triggers.lifted(*triggers.declared()):
        LogEntry.objects.all().delete()
        LogHead.objects.all().delete()
        Publication.objects.update(sign_off=None, state="draft", version=0)
        Publication.objects.all().delete()
    options = ("--status", "published", "--signed-off-by", publisher.username)
    assert run("import_publications", path, *options).startswith(f"Created {COUNT},")
    run("export_publications", again)
    assert list(open_source(again).rows()) == list(open_source(path).rows())
    if ending != "xlsx":  # it says when it was made
        assert again.read_bytes() == path.read_bytes()


def test_csv_as_spreadsheets_read_it(tmp_path: Path) -> None:
    f.make_publication(
        "甲", validity="repealed", published_at=dt.datetime(2020, 1, 1, 1, tzinfo=SHANGHAI)
    )
    path = tmp_path / "out.csv"
    run("export_publications", path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, only = csv.reader(file)
    assert heading == [
        *("索引号", "标题", "发布机构", "主题分类", "文号", "成文日期", "发布日期", "有效性"),
        *("公开属性", "内容概述", "正文", "关键词"),
    ]
    assert only[1] == "甲"
    assert only[6:9] == ["2020-01-01", "已废止", "主动公开"]
    assert only[10] == "<p>示例正文。</p>"


def test_json_with_english_keys(tmp_path: Path) -> None:
    f.make_publication("甲")
    path = tmp_path / "out.json"
    run("export_publications", path)
    (only,) = json.loads(path.read_text(encoding="utf-8"))
    assert list(only)[:3] == ["index_number", "title", "agency"]
    assert (only["validity"], only["disclosure"]) == ("in_force", "proactive")


def test_nothing_public_is_an_empty_list(tmp_path: Path) -> None:
    run("export_publications", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == []
    assert run("import_publications", tmp_path / "out.json").startswith("Created 0")


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    f.make_publication(body=f"<p>{'长' * 32_767}</p>", index_number="长/1")
    with pytest.raises(CommandError, match="A text of 长/1 is longer"):
        run("export_publications", tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
    run("export_publications", tmp_path / "out.csv")
    with pytest.raises(CommandError, match=r"must end in \.csv / \.xlsx / \.json"):
        run("export_publications", tmp_path / "out.ods")
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_publications", tmp_path / "none" / "out.csv")


# --- odd values ------------------------------------------------------------------------------
ODD = st.text(
    st.sampled_from("=+-@＝＋－＠'\"\t\r\n ,;；、_x000D_<>&/#甲𠮷é\u00a0\u3000\u2028\x85{}|10"),
    max_size=24,
)


@given(values=st.lists(st.tuples(ODD, ODD, ODD), min_size=1, max_size=5))
@example(values=[("_x000D_", "_x0041_", "a_x0041_b")])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_odd_values_come_back_as_they_were(tmp_path: Path, kind: str, values) -> None:
    items = [
        {
            **dict.fromkeys(KEYS, "x"),
            "validity": "in_force",
            "disclosure": "proactive",
            "date_made": "",
            "published_on": "",
            "title": columns.one_line(title),
            "summary": summary.replace("\r", "\n").strip(),
            "body": as_html_source(sanitise(body)),
        }
        for title, summary, body in values
    ]
    path = tmp_path / f"odd.{kind}"
    with path.open("wb") as file:
        assert exporting.FORMATS[kind].write(file, iter(items)) == len(items)
    back = [
        {key: columns.BY_KEY[key].parse(cell) for key, cell in row.cells.items()}
        for row in open_source(path).rows()
    ]
    for item, found in zip(items, back, strict=True):
        assert found["title"] == item["title"]
        assert found["summary"] == item["summary"]
        assert found["body"] == sanitise(item["body"])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "'=1", "''@x", "'x", "'", ""])
def test_no_cell_of_a_table_runs_and_each_is_read_back(text: str) -> None:
    for write in (cells.guarded, cells.typed):
        assert cells.read(write(text)) == text
    assert not cells.guarded(text).startswith(("=", "+", "-", "@", "＝"))


def test_a_workbook_holds_texts_alone(tmp_path: Path) -> None:
    f.make_publication("=HYPERLINK(1)", index_number="001")
    run("export_publications", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "inlineStr"}
    assert [cell.value for cell in sheet[2]][:2] == ["001", "=HYPERLINK(1)"]
    assert sheet["B2"].data_type == "s"


def test_memory_stays_as_it_is_however_many(tmp_path: Path) -> None:
    item = {**dict.fromkeys(KEYS, "x" * 500), "validity": "in_force", "disclosure": "proactive"}
    ours = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as the portal collects, not as the tests do
    tracemalloc.start()
    try:
        for kind in ("csv", "json", "xlsx"):
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            with (tmp_path / f"out.{kind}").open("wb") as file:
                exporting.FORMATS[kind].write(file, (dict(item) for _n in range(2000)))
            assert tracemalloc.get_traced_memory()[1] - before < 4 * 2**20, kind
    finally:
        tracemalloc.stop()
        gc.set_threshold(*ours)


# --- what goes wrong -------------------------------------------------------------------------
def test_a_failed_export_leaves_the_old_file(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    f.make_publication()
    monkeypatch.setattr("disclosure.publications.exporting.as_html_source", lambda body: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("export_publications", path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_few_queries_however_many(tmp_path: Path, django_assert_num_queries) -> None:
    for _number in range(5):
        f.make_publication()
    with django_assert_num_queries(3):  # agencies, categories, items
        run("export_publications", tmp_path / "out.csv")
