"""Tables of contents and tables that scroll, from sanitised HTML."""

import re

from disclosure.core.html import as_html_source, from_either, from_plain, sanitise
from disclosure.core.outline import read


def test_four_headings_make_a_table_of_contents() -> None:
    body = (
        "<h2>第一章　总则</h2><p>a</p><h3>第一节</h3><h2>第二章 <b>分则</b></h2><h2>A &amp; B</h2>"
    )
    reading = read(body)
    assert [(one.anchor, one.text, one.level) for one in reading.headings] == [
        ("s1", "第一章 总则", 1),
        ("s2", "第一节", 2),
        ("s3", "第二章 分则", 1),
        ("s4", "A & B", 1),
    ]
    assert '<h2 id="s3">第二章 <b>分则</b></h2>' in reading.html


def test_three_headings_do_not() -> None:
    reading = read("<h2>a</h2><h2>b</h2><h2>c</h2><h2> </h2>")
    assert reading.headings == []
    assert 'id="s3"' in reading.html
    assert "<h2> </h2>" in reading.html


def test_headings_of_the_second_level_alone_are_the_first() -> None:
    assert {one.level for one in read("<h3>a</h3>" * 4).headings} == {1}


def test_no_heading_skips_a_rank() -> None:
    shown = read("<h3>a</h3><h4>b</h4><h3>c</h3><h2>d</h2><h4>e</h4><h4>f</h4>").html
    ranks = re.findall(r"<(h\d)", shown)
    assert ranks == ["h2", "h3", "h2", "h2", "h3", "h3"]


def test_wide_tables_can_be_reached_and_scrolled() -> None:
    row = "<tr><td>1</td><td>2</td><td>3</td></tr>"
    shown = read(f"<table><caption>各市</caption><tbody>{row}</tbody></table>").html
    assert shown.startswith(
        '<div class="table-frame" role="region" tabindex="0" aria-label="各市"><table>'
    )
    assert shown.endswith("</table></div>")


def test_narrow_and_nested_tables_get_one_frame() -> None:
    inner = "<table><tr><td>x</td></tr></table>"
    shown = read(f"<table><tr><td>{inner}</td></tr></table>after").html
    assert shown.count("table-frame") == 1
    assert "tabindex" not in shown
    assert shown.endswith("</table></div>after")


def test_a_span_counts_as_its_columns_and_a_table_without_caption_has_a_number() -> None:
    shown = read('<table><tr><td colspan="4">x</td></tr></table>', table_label="T{number}").html
    assert 'aria-label="T1"' in shown


def test_marked_lines_of_plain_text_are_headings() -> None:
    assert from_plain("# 总则\n\n第一条\n甲\n\n### 附则") == (
        "<h2>总则</h2>\n<p>第一条<br>甲</p>\n<h3>附则</h3>"
    )
    assert from_plain("#1 不是标题") == "<p>#1 不是标题</p>"


def test_html_comes_back_as_it_was() -> None:
    for body in ("", "<p>a</p>", "a <b>b</b>", "1 &lt; 2", "  x", "<pre>\n\na</pre>", "a\x0bb"):
        stored = sanitise(body)
        assert from_either(as_html_source(stored)) == stored
