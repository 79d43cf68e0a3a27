"""The pages of the search: facets, passages, suggestions; for staff, synonyms and misses."""

import datetime as dt
from typing import Any
from urllib.parse import quote

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from disclosure.core.dates import now, today
from disclosure.core.errors import NotPossible
from disclosure.models import FacetTotal, MissedSearch, SearchSynonym
from disclosure.search import actions, facets, misses
from disclosure.search.seed import COMMON, load_common
from disclosure.search.synonyms import as_mapping
from tests import factories as f
from tests.admin_pages import errors, form_data, signed_in

pytestmark = pytest.mark.django_db


def get(client: Client, query: str, page: str = "search/") -> Any:
    response = client.get(f"/en/{page}?{query}")
    assert response.status_code == 200
    return response


# --- facets and passages -------------------------------------------------------------------------
def test_facets_are_links_that_narrow_the_search_down(client: Client) -> None:
    city, bureau = f.make_agency("CITY", name="市政府"), f.make_agency("BUR", name="某局")
    for number in range(3):
        f.make_publication(f"警报{number}", agency=city, document_type="plan")
    f.make_publication("警报", agency=bureau, document_type="announcement")
    response = get(client, f"q={quote('警报')}")
    found = {facet.label: facet.choices for facet in response.context["listing"].facets}
    assert set(found) == {"Issued by", "Kind of document"}
    first = found["Issued by"][0]
    assert (first.label, first.count) == ("市政府", "3")
    narrowed = client.get("/en/search/" + first.url)
    listing = narrowed.context["listing"]
    assert len(listing.rows) == 3
    assert [chip.name for chip in listing.filter_chips] == ["agency"]
    page = narrowed.content.decode()
    assert "Filters in effect" in page
    assert f"Words · {'警报'}" not in page


def test_words_found_nowhere_as_written_are_taken_apart(client: Client) -> None:
    """On every page of the answer, whatever is filtered; not where somebody has them as written."""
    for number in range(25):
        f.make_publication(f"缺陷汽车产品召回管理办法{number}")
    first = get(client, f"q={quote('汽车召回')}")
    assert "Nothing has these words as they are written" in first.content.decode()
    listing = first.context["listing"]
    assert "<mark>汽车</mark>产品<mark>召回</mark>" in listing.rows[0].title
    second = get(client, listing.next_url.lstrip("?"))
    assert len(second.context["listing"].rows) == 5
    f.make_publication("汽车召回公告")
    written = get(client, f"q={quote('汽车召回')}").context["listing"]
    assert [row.plain_title for row in written.rows] == ["汽车召回公告"]


def test_nobody_learns_the_words_of_what_is_scheduled(client: Client) -> None:
    """Whether words are taken apart says whether anything has them as they are written."""
    f.make_publication("缺陷汽车产品召回管理办法")
    f.make_publication("汽车召回公告", published_at=now() + dt.timedelta(days=2))
    listing = get(client, f"q={quote('汽车召回')}").context["listing"]
    assert listing.search.is_apart
    assert [row.plain_title for row in listing.rows] == ["缺陷汽车产品召回管理办法"]


def test_the_list_without_words_has_its_totals_from_the_table(client: Client) -> None:
    f.make_publication("甲", published_at=dt.datetime(2020, 5, 1, tzinfo=dt.UTC))
    f.make_publication("乙")
    f.make_publication("丙", published_at=now() + dt.timedelta(days=2))
    assert get(client, "", "catalogue/").context["listing"].facets == []
    assert facets.count_if_due() > 0
    assert facets.count_if_due() == 0
    years = get(client, "", "catalogue/").context["listing"].facets[-1]
    assert [(one.label, one.count) for one in years.choices][1] == ("2020", "1")
    chosen = client.get("/en/catalogue/" + years.choices[1].url).context["listing"]
    assert [row.plain_title for row in chosen.rows] == ["甲"]
    assert chosen.count_text == "1 item"
    FacetTotal.objects.update(counted_at=dt.datetime(2020, 5, 1, tzinfo=dt.UTC))
    assert facets.count_if_due() > 0


def test_a_passage_shows_where_the_words_are_and_breaks_no_markup(client: Client) -> None:
    body = "<p>一般规定。</p><p>排水户 &lt;b&gt; 应当申领<strong>排水</strong>许可证。</p>"
    f.make_publication("办法", body=body, summary="关于许可")
    f.make_publication("许可证样式", attachments={"样式 A&B.txt": "许可证应当加盖印章".encode()})
    page = get(client, f"q={quote('許可証')}").content.decode()
    assert "&lt;b&gt; 应当申领排水<mark>许可证</mark>。" in page
    assert '<a href="' in page
    page = get(client, f"q={quote('加盖印章')}").content.decode()
    assert "Attachment “样式 A&amp;B.txt”:" in page
    assert "许可证应当<mark>加盖印章</mark>" in page


# --- help with the words -------------------------------------------------------------------------
def suggested(client: Client, typed: str) -> list[str]:
    response = get(client, f"q={quote(typed)}", "search/suggest")
    assert "Set-Cookie" not in response.headers
    found: list[str] = response.json()["suggestions"]
    return found


def test_suggestions_are_titles_that_are_public_and_other_forms(client: Client) -> None:
    load_common()
    f.make_publication("人民防空工程办法")
    f.make_publication("人防工程办法草稿", state="draft")
    f.make_publication("人防通知", state="withdrawn")
    for _number in range(2):
        f.make_publication("人防年报")
    assert suggested(client, "人防") == ["人民防空", "人防年报", "人民防空工程办法"]
    assert suggested(client, "人防工") == ["人民防空工程办法"]
    for nothing in ("", " ", "p", '"', "没有"):
        assert suggested(client, nothing) == []
    assert len(suggested(client, "人" * 500)) == 0


def test_a_wrong_character_is_mended(client: Client) -> None:
    f.make_publication("政府信息公开指南")
    response = get(client, f"q={quote('信息公开只南')}")
    assert response.context["closest"] == "信息公开指南"
    mended = client.get("/en/search/" + response.context["closest_url"])
    assert len(mended.context["listing"].rows) == 1
    assert get(client, f"q={quote('完全无关')}").context["closest"] == ""


# --- misses --------------------------------------------------------------------------------------
def test_what_finds_nothing_is_counted_without_a_person(client: Client) -> None:
    f.make_publication("警报")
    misses.flush()
    MissedSearch.objects.all().delete()
    for words in ("停水通知", "停水 通知", "停水通知", "警报"):
        get(client, f"q={quote(words)}")
    get(client, f"q={quote('停水通知')}&agency=nobody&validity=lapsed")
    for personal in ("13912345678", "张三 110101199003077758", "a@b.cn", "８８８ ８８８ ８８"):
        get(client, f"q={quote(personal)}")
    assert not MissedSearch.objects.exists()
    misses.flush()
    rows = MissedSearch.objects.order_by("words").values_list("words", "day", "count")
    assert list(rows) == [("停水 通知", today(), 1), ("停水通知", today(), 2)]
    misses.note("停水通知")
    misses.flush()
    assert MissedSearch.objects.get(words="停水通知").count == 3
    assert misses.flush() == 0
    MissedSearch.objects.update(day=today() - misses.KEPT - dt.timedelta(days=1))
    assert misses.sweep() == 2


def test_misses_neither_fill_the_table_nor_cost_anybody_the_answer(
    client: Client, monkeypatch
) -> None:
    monkeypatch.setattr(misses, "MOST_A_DAY", 2)
    misses.forget()
    for words in ("甲乙", "丙丁", "戊己"):
        misses.note(words)
    misses.flush()
    kept = set(MissedSearch.objects.values_list("words", flat=True))
    assert len(kept) == 2
    misses.note("庚辛")
    misses.note(min(kept))
    misses.flush()
    assert set(MissedSearch.objects.values_list("words", flat=True)) == kept
    assert MissedSearch.objects.get(words=min(kept)).count == 2

    def busy() -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(misses, "flush", busy)
    monkeypatch.setattr(misses, "EVERY", 0.0)
    get(client, f"q={quote('停水通知')}")
    misses.flush_if_due()
    misses.forget()


def test_words_parted_by_anything_are_not_too_many(client: Client) -> None:
    many = [chr(0x4E00 + number) for number in range(31)]
    for parting in ("、", "､", "·", "、-", "”“"):
        listing = get(client, f"q={quote(parting.join(many))}").context["listing"]
        assert not listing.words
        assert [error.code for error in listing.form.errors.as_data()["q"]] == ["too_many"]
        assert client.get("/search/suggest", {"q": parting.join(many)}).json() == {
            "suggestions": []
        }
    assert get(client, f"q={quote('、'.join(many[:30]))}").context["listing"].words


# --- synonyms ------------------------------------------------------------------------------------
def test_the_common_short_forms_are_loaded_once() -> None:
    assert load_common() == len(COMMON)
    assert load_common() == 0
    actions.delete_synonym(actor=None, synonym=SearchSynonym.objects.get(words=COMMON[0]))
    assert load_common() == 0, "what was deleted stays away"
    mapping = as_mapping(COMMON)
    assert mapping["人防"] == ("人民防空",)
    assert mapping["发改委"] == ("发展和改革委员会", "发展改革委")


@pytest.mark.parametrize(
    "words", ["人防", "人防、人防", "人、人民", "、".join("甲乙丙丁戊己庚辛壬"), "；"]
)
def test_a_group_that_makes_no_sense_is_refused(words: str) -> None:
    with pytest.raises(NotPossible):
        actions.create_synonym(actor=None, synonym=SearchSynonym(words=words))


def test_the_platform_makes_a_synonym_of_what_was_missed(client: Client) -> None:
    f.make_publication("城镇排水管理办法")
    MissedSearch.objects.create(words="下水道", day=today(), count=4)
    admin = f.make_user("platform_admin")
    signed_in(client, admin)
    missed = client.get("/en/admin/disclosure/missedsearch/")
    assert "4 times" in missed.content.decode()
    add = reverse("admin:disclosure_searchsynonym_add")
    assert f"{add}?words={quote('下水道')}" in missed.content.decode()
    form = client.get(f"{add}?words={quote('下水道')}")
    sent = form_data(form)
    assert sent["words"] == "下水道"
    refused = client.post(add, sent)
    assert any("两个以上不同的词" in one for one in errors(refused))
    sent["words"] = "下水道；排水"
    assert client.post(add, sent).status_code == 302
    assert SearchSynonym.objects.get().words == "下水道、排水"
    found = get(client, f"q={quote('下水道')}").context["listing"].rows
    assert [row.plain_title for row in found] == ["城镇排水管理办法"]
    assert "城镇<mark>排水</mark>管理办法" in found[0].title


def test_others_see_the_words_and_change_nothing(client: Client) -> None:
    synonym = actions.create_synonym(actor=None, synonym=SearchSynonym(words="人防、人民防空"))
    MissedSearch.objects.create(words="下水道", day=today(), count=1)
    signed_in(client, f.make_user("editor"))
    missed = client.get("/en/admin/disclosure/missedsearch/").content.decode()
    assert "下水道" in missed
    assert "Make a synonym" not in missed
    change = reverse("admin:disclosure_searchsynonym_change", args=[synonym.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"words": "人防、别的"}).status_code == 403
