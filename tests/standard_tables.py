"""Customary tables of standard catalogues, written as agencies write them."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

ABOVE = [
    "序号",
    "公开事项",
    None,
    "公开内容\n（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    None,
    "公开方式",
    None,
    "公开层级",
    None,
]
BELOW = [None, "一级事项", "二级事项", *[None] * 5]
BELOW += ["全社会", "特定群众（请写明）", "主动", "依申请公开", "县级", "乡级"]
TITLE = "重大建设项目领域基层政务公开标准目录"


def item(serial: Any, level1: str | None, level2: str, **cells: Any) -> list[Any]:
    """A row; `cells` by the names below."""
    given = {
        "content": "批复文号、名称、内容",
        "basis": "《政府信息公开条例》",
        "time": "自信息形成之日起20个工作日内",
        "body": "发展改革部门",
        "channels": "■政府网站 □政府公报",
        "public": "√",
        "specific": None,
        "proactive": "√",
        "on_request": None,
        "county": "√",
        "township": None,
        **cells,
    }
    return [serial, level1, level2, *given.values()]


def book(
    rows: Sequence[Sequence[Any]],
    *,
    above: Sequence[Any] = ABOVE,
    below: Sequence[Any] | None = BELOW,
    title: str | None = TITLE,
    merged: Sequence[str] = (),
    first_sheet: Sequence[Sequence[Any]] | None = None,
) -> bytes:
    """The workbook; row 4 is the first item (with title and two rows of headings)."""
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    if first_sheet is not None:
        for row in first_sheet:
            sheet.append(row)
        sheet = workbook.create_sheet("目录")
    if title:
        sheet.append([title])
        sheet.merge_cells("A1:N1")
    sheet.append(above)
    if below is not None:
        sheet.append(below)
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell in (one for row in sheet for one in row if one.data_type == "f"):
        cell.data_type = "s"  # somebody's text that looks like a formula
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
