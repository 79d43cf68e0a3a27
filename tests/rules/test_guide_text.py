"""A guide's parts as one text and back."""

from hypothesis import given
from hypothesis import strategies as st

from disclosure.catalogue import guide_text
from disclosure.core import html

PARTS = {part: f"<p>{part}</p>" for part in guide_text.HEADINGS}


def test_the_parts_stand_in_the_order_of_article_12() -> None:
    body = guide_text.render(dict(reversed(PARTS.items())))
    assert [one.part for one in guide_text.sections(body)] == list(guide_text.HEADINGS)
    assert [one.title for one in guide_text.sections(body)] == list(guide_text.HEADINGS.values())
    assert guide_text.parts(body) == PARTS


def test_what_says_nothing_has_no_section() -> None:
    assert guide_text.render({"remedies": "  "}) == ""
    assert guide_text.parts("") == {}
    body = guide_text.render({"remedies": "<p>复议</p>"})
    assert body == "<h2>投诉与救济</h2>\n<p>复议</p>"


def test_headings_inside_rank_below_the_sections_own_and_stay_there() -> None:
    body = guide_text.render({"remedies": "<h2>一</h2><h3>（一）</h3><p>复议</p>"})
    assert "<h3>一</h3><h4>（一）</h4>" in body
    parts = guide_text.parts(body)
    assert parts is not None
    assert guide_text.render(parts) == body


def test_text_that_begins_with_a_word_becomes_a_paragraph() -> None:
    body = guide_text.render({"remedies": "可以 <strong>复议</strong>"})
    assert body.endswith("<p>可以 <strong>复议</strong></p>")


def test_a_text_written_otherwise_is_shown_but_is_not_in_parts() -> None:
    body = "<p>前言</p>\n<h2>投诉与救济</h2>\n<p>复议</p>\n<h2>附则</h2>\n<p>施行</p>"
    assert [(one.part, one.title, one.body) for one in guide_text.sections(body)] == [
        ("", "", "<p>前言</p>"),
        ("remedies", "投诉与救济", "<p>复议</p>"),
        ("", "附则", "<p>施行</p>"),
    ]
    assert guide_text.parts(body) is None


@given(
    st.dictionaries(
        st.sampled_from(list(guide_text.HEADINGS)),
        st.lists(
            st.sampled_from(
                [
                    "<h2>题</h2>",
                    "<p>甲</p>",
                    "字 ",
                    "<ul><li>项</li></ul>",
                    "<h3>目</h3>",
                    "\n",
                    "<b>",
                ]
            ),
            max_size=5,
        ).map("".join),
    )
)
def test_what_was_rendered_reads_back_as_itself(typed: dict[str, str]) -> None:
    body = guide_text.render(typed)
    assert html.sanitise(body) == body
    parts = guide_text.parts(body)
    assert parts is not None
    assert guide_text.render(parts) == body
