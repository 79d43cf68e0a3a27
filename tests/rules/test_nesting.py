"""HTML that would keep a parser busy for minutes: the sizes here are the test."""

import pytest

from disclosure.core.html import sanitise, to_plain
from disclosure.core.nesting import flattened
from disclosure.reports.reading.plain import read_markdown

MANY = 200_000


@pytest.mark.parametrize(
    "one",
    [
        "<blockquote>",
        '<blockquote title="<">',
        "<blockquote><!--</blockquote>-->",
        '<blockquote><a title="></blockquote>"></a>',
        "<span>",
        "<unknown>",
        "<BlockQuote ",
    ],
)
def test_tags_within_each_other_are_left_out_and_their_text_stays(one: str) -> None:
    made = sanitise(one * MANY + ">字")
    assert made.count("<blockquote") <= 100
    assert made.count("<span") <= 100
    assert sanitise(made) == made


def test_what_is_left_out_takes_its_end_with_it() -> None:
    deep = "<blockquote>" * 150 + "字" + "</blockquote>" * 150 + "<p><b>后</b></p>"
    assert sanitise(deep) == (
        "<blockquote>" * 100 + "字" + "</blockquote>" * 100 + "<p><b>后</b></p>"
    )


@pytest.mark.parametrize(
    "value",
    [
        "<p>一<p>二" * 500,
        "<ul><li>一<li>二</ul>" * 500,
        "<table><tr><td>一<td>二<tr><th>三</table>" * 500,
        "<table>" + "<tr><td>一<td><b>二</b>" * 500 + "</table>",
        "<div><span>未完</div>" * 500,
        "<h2>一<h3>二" * 500,
        "<p>1 < 2 <!-- <b> --> <b>三</b></p>" * 500,
        "<title><b></title>" * 500,
    ],
)
def test_what_people_write_is_left_alone(value: str) -> None:
    assert flattened(value) == value


@pytest.mark.parametrize("value", ["<br" * MANY, "<!--" * MANY, '<a ="' * MANY, "</p>" * MANY])
def test_unfinished_tags_hold_no_text(value: str) -> None:
    assert to_plain(value) == ""


@pytest.mark.parametrize("blank", [" ", "\u3000", "\t", " \n"])
def test_long_blanks_are_one_break(blank: str) -> None:
    assert to_plain(f"<p>一{blank * MANY}</p>{blank * MANY}<p>二</p>{blank * MANY}") == "一\n二"


@pytest.mark.parametrize("mark", ["[", "!", "![", "*", "**a", "*a ", "`", "_", "<!--", "[a]("])
def test_a_line_of_marks_is_read_as_text(mark: str) -> None:
    structure = read_markdown(f"# 一、概述\n字{mark * MANY}\n**粗**[链](x)", titled=False)
    text = structure.sections[0][2]
    assert text[0].startswith("字")
    assert text[-1] == "粗链"
