"""The template components that forms and lists share."""

import pytest
from django import forms
from django.contrib.messages import constants
from django.template.loader import render_to_string


class Trial(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the document.")
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def field(form: forms.Form, name: str) -> str:
    return render_to_string("components/field.html", {"field": form[name]})


def test_a_field_says_what_belongs_to_it() -> None:
    html = field(Trial({}), "name")
    assert '<div class="field error">' in html
    assert '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext">As on the document.' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_are_a_group() -> None:
    html = field(Trial({}), "kind")
    assert '<fieldset class="field choices error"' in html
    assert "<legend>Kind</legend>" in html
    assert html.count('type="radio"') == 2


def test_a_tick_box_stands_before_its_label() -> None:
    html = field(Trial(), "agree")
    assert html.index("<input") < html.index("I agree")


def test_only_what_may_be_left_out_is_marked() -> None:
    assert 'class="optional"' in field(Trial(), "note")
    assert 'class="optional"' not in field(Trial(), "name")


def test_hidden_fields_are_only_themselves() -> None:
    assert "<div" not in field(Trial(), "token")


def test_summary_leads_to_each_field() -> None:
    form = Trial({})
    form.add_error(None, "Both cannot be.")
    html = render_to_string("components/error_summary.html", {"form": form})
    assert 'role="alert"' in html
    assert "<li>Both cannot be.</li>" in html
    for target in ("id_name", "id_kind_0", "id_agree"):
        assert f'href="#{target}"' in html


def test_no_summary_without_errors() -> None:
    assert "<div" not in render_to_string("components/error_summary.html", {"form": Trial()})


def test_typed_text_is_shown_as_text() -> None:
    html = field(Trial({"name": "<script>alert(1)</script>"}), "name")
    assert "<script>" not in html


def test_pager() -> None:
    html = render_to_string("components/pager.html", {"next_url": "?after=x&q=a"})
    assert 'rel="next" href="?after=x&amp;q=a"' in html
    assert 'rel="prev"' not in html
    assert "<nav" not in render_to_string("components/pager.html", {})


@pytest.mark.parametrize(
    ("level", "role", "kind"),
    [("success", "status", "ok"), ("warning", "status", "warn"), ("error", "alert", "bad")],
)
def test_messages(level: str, role: str, kind: str) -> None:
    assert level in constants.DEFAULT_TAGS.values()
    message = {"level_tag": level}
    html = render_to_string("components/messages.html", {"messages": [message]})
    assert f'class="notice {kind}"' in html
    assert f'role="{role}"' in html


def test_article_meta_is_escaped() -> None:
    html = render_to_string(
        "components/meta_article.html",
        {"article": {"title": '"><b>', "pub_date": "2026-02-10 09:30", "source": "甲"}},
    )
    assert '<meta name="ArticleTitle" content="&quot;&gt;&lt;b&gt;">' in html
    assert '<meta name="PubDate" content="2026-02-10 09:30">' in html
    assert '<meta name="ContentSource" content="甲">' in html


def test_breadcrumbs() -> None:
    html = render_to_string(
        "components/breadcrumbs.html", {"crumbs": [("上级", "/a/"), ("本页", None)]}
    )
    assert '<a href="/a/">上级</a>' in html
    assert '<span aria-current="page">本页</span>' in html
