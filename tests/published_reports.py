"""Annual reports as agencies publish them, made of tables of `tests.report_tables`: HTML, DOCX,
PDF. A printed table is rows of cells (text, columns covered, rows covered)."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any

import docx

from disclosure.reports.tables.shapes import Form, Layout, Table
from tests.report_tables import Tables

Cell = tuple[str, int, int]
Rows = list[list[Cell]]
TITLE = "松江市档案局2024年政府信息公开工作年度报告"
OVERVIEW = "2024年，我局认真执行《中华人民共和国政府信息公开条例》，主动公开信息86条。"
PROBLEMS = "存在的主要问题是更新不够及时。下一步将加强培训。"
OTHER = "2024年没有收取信息处理费。"


def shown(value: Any) -> str:
    return "" if value is None else "不适用" if value == "NA" else str(value)


def _values(table: Table, row: str, tables: Tables) -> list[Any]:
    held = tables[table.key][row]
    if table.layout == Layout.LISTED:
        return list(held)
    return [held[column.key] for column in table.columns(row)]


def proactive(form: Form, tables: Tables) -> Rows:
    """Blocks one below the other, three columns of numbers wide; a lone column covers them."""
    table = form.table("proactive")
    rows: Rows = []
    for block in table.blocks:
        assert block.label
        rows.append([(block.label.zh, 4, 1)])
        wide = 3 // len(block.columns)
        spans = [wide] * len(block.columns)
        spans[-1] += 3 - sum(spans)
        titles = [column.label.zh for column in block.columns]
        rows.append([("信息内容", 1, 1), *zip(titles, spans, [1] * 3, strict=False)])
        for row in block.rows:
            texts = [shown(value) for value in _values(table, row.key, tables)]
            rows.append([(row.label.zh, 1, 1), *zip(texts, spans, [1] * 3, strict=False)])
    return rows


def requests(form: Form, tables: Tables) -> Rows:
    """The matrix under its merged headings."""
    table = form.table("requests")
    assert table.note
    rows: Rows = [
        [(f"（{table.note.zh}）", 3, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(one, 1, 1) for one in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    declared = list(table.rows.values())
    for above, same in groupby(declared, key=lambda row: row.above):
        members = list(same)
        for place, row in enumerate(members):
            cells: list[Cell] = []
            if above and not any(one is members[0] for one in declared[: declared.index(row)]):
                first = next(one for one in declared if one.above[:1] == above[:1])
                if row is first:
                    count = sum(1 for one in declared if one.above[:1] == above[:1])
                    cells.append((above[0].zh, 1, count))
                if len(above) > 1:
                    cells.append((above[1].zh, 1, len(members)))
            cells.append((row.label.zh, 3 - len(above), 1))
            cells += [(shown(value), 1, 1) for value in _values(table, row.key, tables)]
            rows.append(cells)
            del place
    return rows


def remedies(form: Form, tables: Tables) -> Rows:
    """The three groups beside each other."""
    table = form.table("remedies")
    outcomes = [(column.label.zh, 1, 1) for column in table.columns("reconsideration")]
    in_court = [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)]
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((text, 1, 2) for text, _a, _b in outcomes), *in_court],
        [*outcomes, *outcomes],
        [(shown(value), 1, 1) for row in table.rows for value in _values(table, row, tables)],
    ]


@dataclass
class Report:
    """A report to be printed: its tables can be changed before."""

    form: Form
    tables: Tables
    title: str = TITLE
    headings: list[str] = field(
        default_factory=lambda: [
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ]
    )

    def __post_init__(self) -> None:
        self.printed = {
            make.__name__: make(self.form, self.tables) for make in (proactive, requests, remedies)
        }

    def change(self, table: str, old: str, new: str) -> None:
        """Print another text in every cell that has `old`."""
        rows = self.printed[table]
        assert any(cell[0] == old for row in rows for cell in row), old
        self.printed[table] = [
            [(new if cell[0] == old else cell[0], *cell[1:]) for cell in row] for row in rows
        ]

    def cell(self, table: str, row: str, place: int, text: str) -> None:
        """Print `text` in the number cell at `place` of the row with this label."""
        for cells in self.printed[table]:
            for at, cell in enumerate(cells):
                if cell[0] == row:
                    cells[at + 1 + place] = (text, *cells[at + 1 + place][1:])
                    return
        raise AssertionError(row)

    def parts(self) -> list[str | Rows]:
        one, two, three, four, five, six = self.headings
        tables = self.printed
        return [
            self.title, one, OVERVIEW, two, tables["proactive"], three, tables["requests"],
            four, tables["remedies"], five, PROBLEMS, six, OTHER,
        ]  # fmt: skip


def html_table(rows: Rows) -> str:
    body = "".join(
        "<tr>"
        + "".join(
            f'<td colspan="{across}" rowspan="{down}"><p>{escape(text)}</p></td>'
            for text, across, down in row
        )
        + "</tr>"
        for row in rows
    )
    return f'<table border="1"><tbody>{body}</tbody></table>'


def article(report: Report) -> str:
    return "".join(
        f"<p>{escape(part)}</p>" if isinstance(part, str) else html_table(part)
        for part in report.parts()
    )


def as_html(report: Report, *, around: Callable[[str], str] | None = None) -> bytes:
    """On a page; `around` puts the article into a site's furniture."""
    inner = article(report)
    body = around(inner) if around else f"<div>{inner}</div>"
    return f"<!DOCTYPE html><html><head><title>页</title></head><body>{body}</body></html>".encode()


def furnished(inner: str) -> str:
    """Menus, a way, a sidebar and a footer in nested layout tables."""
    menu = "".join(
        f"<li><a href='#'>{one}</a></li>" for one in ("首页", "政府信息公开年报", "一、总体情况")
    )
    return f"""
    <script>var a = "一、总体情况";</script><div class="top"><ul>{menu}</ul></div>
    <table><tr><td width="200"><table><tr><td>政府信息公开指南</td><td>公告</td></tr>
    <tr><td>政府信息公开年报</td><td>12</td></tr></table></td>
    <td><div>当前位置：首页 &gt; 年报</div><div style="display:none">旧稿：其他需要报告的事项</div>
    <div class="con"><table><tr><td>{inner}</td></tr></table></div></td></tr></table>
    <div class="footer"><p>主办单位：松江市人民政府办公室</p><p>苏ICP备00000000号</p></div>"""


def as_docx(report: Report) -> bytes:
    """With Word's merged cells."""
    document = docx.Document()
    for part in report.parts():
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        width = sum(across for _text, across, _down in part[0])
        table = document.add_table(rows=len(part), cols=width)
        fields = [row.cells for row in table.rows]
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(part):
            column = 0
            for text, across, down in row:
                while (at, column) in taken:
                    column += 1
                cell = fields[at][column]
                if across > 1 or down > 1:
                    cell = cell.merge(fields[at + down - 1][column + across - 1])
                cell.text = text
                taken |= {(at + y, column + x) for y in range(down) for x in range(across)}
                column += across
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


_CSS = """
@page { size: A4; margin: 20mm } body { font: 10pt "Noto Sans CJK SC", sans-serif }
table { border-collapse: collapse; width: 100% } td { border: 0.5pt solid; font-size: 8pt }
td p { margin: 1pt }
"""


def as_pdf(report: Report) -> bytes:
    """Ruled tables, broken over pages where they are long."""
    return printed(as_html(report).decode())


def printed(page: str, look: str = "") -> bytes:
    """A page as PDF."""
    import weasyprint

    page = page.replace("</head>", f"<style>{_CSS}{look}</style></head>")
    data = weasyprint.HTML(string=page).write_pdf()
    assert isinstance(data, bytes)
    return data
