"""Standard catalogues come in from the customary table, whatever it looks like, or say why not."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from disclosure.models import Agency, AuditEntry, StandardArea, StandardItem
from disclosure.publications.importing.sources import FileProblem
from disclosure.standards import workbook
from disclosure.standards.importing import Result, import_catalogue, packed, unpacked
from disclosure.standards.seed import seed_areas
from tests.factories import make_agency, make_category
from tests.standard_tables import ABOVE, BELOW, book, item

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    seed_areas()
    return make_agency("XIAN", name="示例县办公室")


def area() -> StandardArea:
    return StandardArea.objects.get(key="projects")


def take(agency: Agency, data: bytes, **how: Any) -> Result:
    reading = workbook.read_bytes(data)
    return import_catalogue(actor=None, agency=agency, area=area(), reading=reading, **how)


def told(result: Result) -> list[str]:
    return [str(problem) for problem in result.problems]


# --- what is understood --------------------------------------------------------------------------
def test_the_customary_table(agency: Agency) -> None:
    rows = [
        item(
            1, "批准服务信息", "办事指南", channels="■政府网站 ■两微一端\n□政府公报 ■其他：触摸屏"
        ),
        item(2.0, None, "批准结果", specific="征地农民", public=None, township="✓"),
        item("（3）", "批准结果信息", "备案结果", proactive="□", on_request="是"),
        ["注：■为选中的渠道。"],
        [None] * 14,
        ABOVE,
        BELOW,
        item(4, "招标投标信息", "招标公告", county=None, township="●"),
    ]
    result = take(agency, book(rows, merged=["B4:B5", "E4:E5"]))
    assert told(result) == []
    found = list(StandardItem.objects.order_by("serial"))
    assert [(one.serial, one.level1, one.level2) for one in found] == [
        (1, "批准服务信息", "办事指南"),
        (2, "批准服务信息", "批准结果"),
        (3, "批准结果信息", "备案结果"),
        (4, "招标投标信息", "招标公告"),
    ]
    first, second, third, fourth = found
    assert first.channels == ["website", "social", "other"]
    assert first.channels_note == "其他：触摸屏"
    assert second.basis == first.basis, "merged over both rows"
    assert (second.audience, second.audience_who) == ("specific", "征地农民")
    assert (second.at_county, second.at_township) == (True, True)
    assert (third.way, first.way) == ("on_request", "proactive")
    assert (fourth.at_county, fourth.at_township) == (False, True)
    assert AuditEntry.objects.filter(verb="standarditem.created").count() == 4


def test_one_row_of_headings_with_words(agency: Agency) -> None:
    above = ["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体"]
    above += ["公开渠道", "公开对象", "公开方式", "公开层级"]
    rows = [
        [1, "甲", "乙", "内容", "", "", "", "政府网站、公示栏", "全社会", "主动公开", "县、乡级"],
        [2, "甲", "丙", "内容", "", "", "", "", "特定群众", "依申请公开", "乡级"],
    ]
    data = book(rows, above=above, below=None, title=None, first_sheet=[["封面"], [None]])
    assert told(take(agency, data)) == []
    first, second = StandardItem.objects.order_by("serial")
    assert first.channels == ["website", "notice_board"]
    assert (first.at_county, first.at_township, first.audience) == (True, True, "public")
    assert (second.at_county, second.way, second.audience) == (False, "on_request", "specific")


# --- what is refused -----------------------------------------------------------------------------
def test_every_bad_row_is_named_and_nothing_stored(agency: Agency) -> None:
    rows = [
        item(1, "甲", "一"),
        item("二", "甲", "二"),
        item(3, "甲", "三", content=None),
        item(4, "甲", "四", public=None),
        item(5, "甲", "五", on_request="√"),
        item(6, "甲", "六", county=None),
        item(7, "甲", "七", county="县级单位"),
        item(8, "甲", "一"),
        item(None, "乙", "长" * 201),
        [*item(10, "乙", "九"), "多余"],
        item(11, None, ""),
        item(12, "丙", "长" * 201),
    ]
    result = take(agency, book(rows))
    assert [(one.row, one.column) for one in result.problems] == [
        (5, "序号"),
        (6, "公开内容（要素）"),
        (7, "公开对象"),
        (8, "公开方式"),
        (9, "公开层级·县级"),
        (10, "公开层级·县级"),
        (11, "公开事项·二级事项"),
        (12, "序号"),
        (13, ""),
        (14, "公开事项·一级事项"),
        (15, "公开事项·二级事项"),
    ]
    assert all(one.reason for one in result.problems)
    assert not StandardItem.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (book([], above=["名称", "日期"], below=None), ["公开事项"]),
        (book([item(1, "甲", "一")], above=[*ABOVE, "颜色"]), ["颜色"]),
        (book([item(1, "甲", "一")], above=[*ABOVE, "公开依据"]), ["公开依据"]),
        (
            book([item(1, "甲", "一")[:4]], above=ABOVE[:4], below=BELOW[:4]),
            ["公开对象", "公开层级"],
        ),
        (book([]), [""]),
    ],
)
def test_a_table_that_is_none(agency: Agency, data: bytes, words: list[str]) -> None:
    result = take(agency, data)
    assert [problem.row for problem in result.problems] == [0]
    assert all(word in result.problems[0].reason for word in words)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"a,b\n1,2\n"])
def test_no_workbook(data: bytes) -> None:
    with pytest.raises(FileProblem):
        workbook.read_bytes(data)


def test_too_large() -> None:
    with pytest.raises(FileProblem, match="5 MB"):
        workbook.read_bytes(b"x" * (workbook.MOST_BYTES + 1))


def test_two_cells_far_from_each_other() -> None:
    """The reader makes a full table of what lies between, and would take the process with it."""
    far = openpyxl.Workbook()
    far.active["A1"], far.active["XFD1048576"] = "序号", "x"
    buffer = io.BytesIO()
    far.save(buffer)
    with pytest.raises(FileProblem):
        workbook.read_bytes(buffer.getvalue())


# --- again ---------------------------------------------------------------------------------------
def test_what_is_exported_imports_again_unchanged(agency: Agency) -> None:
    category = make_category("x")
    rows = [
        item(
            1,
            "甲",
            "一",
            content="=1+1\n第二行",
            basis="-减号",
            channels="■政府网站（县门户）\n■大喇叭",
        ),
        item(2, None, "二", specific="@某人", public=None, on_request="√", proactive=None),
        item(3, "乙", "", township="√", time="及时公开"),
    ]
    assert told(take(agency, book(rows))) == []
    StandardItem.objects.filter(serial=1).update(category=category, keywords="招标")
    before = list(StandardItem.objects.order_by("pk").values())
    assert before[0]["content"] == "=1+1\n第二行"
    data = workbook.write("题目", StandardItem.objects.order_by("serial"))
    assert b"<f>" not in b"".join(_parts(data)), "no cell is a formula"
    result = take(agency, data, update=True)
    assert told(result) == []
    assert (result.created, result.updated, result.unchanged) == ([], [], 3)
    assert list(StandardItem.objects.order_by("pk").values()) == before
    other = make_agency("YI", name="乙县办公室")
    assert len(take(other, data).created) == 3


def _parts(data: bytes) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist() if "sheet" in name]


def test_other_values_need_to_be_asked_for(agency: Agency) -> None:
    take(agency, book([item(1, "甲", "一"), item(2, "甲", "二")]))
    changed = book([item(5, "甲", "一", content="新内容")])
    result = take(agency, changed)
    assert len(result.problems) == 1
    assert StandardItem.objects.get(level2="一").content != "新内容"
    result = take(agency, changed, update=True, dry_run=True)
    assert (len(result.updated), result.left) == (1, ["甲 · 二"])
    assert StandardItem.objects.get(level2="一").serial == 1
    take(agency, changed, update=True)
    assert StandardItem.objects.get(level2="一").serial == 5
    assert StandardItem.history.filter(history_change_reason="import").count() == 3


def test_a_preview_carries_the_rows(agency: Agency) -> None:
    reading = workbook.read_bytes(book([item(1, "甲", "一")]))
    assert unpacked(packed(reading.rows)).rows == reading.rows


# --- the command ---------------------------------------------------------------------------------
def run(path: Path, *more: str) -> str:
    out = io.StringIO()
    call_command(
        "import_standard_catalogue", str(path), *more, stdout=out, stderr=out, agency="XIAN"
    )
    return out.getvalue()


def test_the_command(tmp_path: Path, agency: Agency) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(book([item(1, "甲", "一")]))
    run(path, "--area", "重大建设项目", "--dry-run")
    assert not StandardItem.objects.exists()
    assert "1" in run(path, "--area", "projects")
    assert StandardItem.objects.get().area.key == "projects"
    path.write_bytes(book([item("x", "甲", "一")]))
    with pytest.raises(CommandError):
        run(path, "--area", "projects")
    with pytest.raises(CommandError, match="nowhere"):
        run(path, "--area", "nowhere")
    with pytest.raises(CommandError):
        run(tmp_path / "none.xlsx", "--area", "projects")


def test_areas_are_seeded_once() -> None:
    assert (seed_areas(), seed_areas()) == (26, 0)
