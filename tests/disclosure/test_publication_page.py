"""The page of one publication: who may see it, what the record says, how it reads."""

import datetime as dt
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from disclosure.catalogue.index_numbers import validate_index_number
from disclosure.core.dates import SHANGHAI, now
from disclosure.life import relating
from disclosure.models import Relation
from disclosure.publications import actions, item
from tests import factories as f

pytestmark = pytest.mark.django_db


def page_of(client: Client, publication) -> str:
    response = client.get("/en" + publication.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "number",
    [
        "000000001/2021-00151",
        "11370812004339255B/2020-22849",
        "20191202-189769",
        "旧〔2013〕5号/之一",
        "a.b/c d+e",
        "100%/&x=1?y#z",
        "a;b:c@d,e",
        "𠮷/1",
    ],
)
def test_every_index_number_makes_an_address_and_leads_back(client: Client, number: str) -> None:
    validate_index_number(number)
    publication = f.make_publication(index_number=number)
    address = publication.get_absolute_url()
    assert address.isascii()
    response = client.get(address)
    assert response.status_code == 200
    assert response.context["publication"].index_number == number
    moved = client.get(address.rstrip("/"))
    assert (moved.status_code, unquote(moved["Location"])) == (301, unquote(address))


@pytest.mark.parametrize(
    "number", ["/a", "a/", "a//b", "../a", "a/./b", " a", "a\n", "a\x00b", "a\u202eb", "."]
)
def test_numbers_that_no_address_can_hold_are_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        validate_index_number(number)


def test_what_is_not_public_does_not_exist(client: Client) -> None:
    draft = f.make_publication(state="draft")
    scheduled = f.make_publication(published_at=now() + dt.timedelta(hours=1))
    on_request = f.make_publication(state="draft", disclosure="on_request")
    for publication in (draft, scheduled, on_request):
        assert client.get(publication.get_absolute_url()).status_code == 404
    for address in ("/catalogue/nothing/", "/catalogue/a%00b/", "/catalogue/x//"):
        assert client.get(address).status_code == 404


def test_staff_see_no_more_here(client: Client) -> None:
    draft = f.make_publication(state="draft")
    client.force_login(f.make_user("editor"))
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_what_was_withdrawn_says_so_without_its_text(client: Client) -> None:
    gone = f.make_publication(
        "秘密标题", state="withdrawn", reason="内容有误", body="<p>秘密正文</p>"
    )
    response = client.get("/en" + gone.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert "内容有误" in page
    assert gone.index_number in page
    assert now().astimezone(SHANGHAI).strftime("%Y-%m-%d") in page
    assert "秘密" not in page
    assert 'content="noindex"' in page


def test_a_withdrawn_item_that_is_being_mended_still_says_so(client: Client) -> None:
    gone = f.make_publication(state="withdrawn")
    draft = actions.take(gone, "reopen", actor=None)
    assert client.get(gone.get_absolute_url()).status_code == 410
    f.walk_out(draft)
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_of_a_tombstone_only_the_day_is_left(client: Client) -> None:
    gone = f.make_publication("秘密标题", index_number="旧/1")
    actions.withdraw(actor=None, publication=gone, reason="依法删除", tombstone=True)
    response = client.get("/en" + gone.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert now().astimezone(SHANGHAI).strftime("%Y-%m-%d") in page
    for hidden in ("秘密", "依法删除", "Issued by", "Index number", "Reason"):
        assert hidden not in page


def test_what_was_withdrawn_before_it_came_out_does_not_exist(client: Client) -> None:
    later = f.make_publication(published_at=now() + dt.timedelta(days=2))
    actions.withdraw(actor=None, publication=later, reason="改期")
    assert client.get(later.get_absolute_url()).status_code == 404


def test_the_record_is_complete(client: Client) -> None:
    agency = f.make_agency("SL", name="示例省办公室", name_en="Example Office")
    category = f.make_category("b", name_en="Below", under=f.make_category("a", name_en="Above"))
    publication = f.make_publication(
        "关于示例的通知",
        agency=agency,
        category=category,
        document_number="示办发〔2026〕12号",
        date_made=dt.date(2026, 2, 28),
        published_at=dt.datetime(2026, 3, 1, 9, 5, tzinfo=SHANGHAI),
        effective_on=dt.date(2026, 4, 1),
        keywords="人防；工程",
    )
    page = page_of(client, publication)
    for value in (
        publication.index_number,
        "示办发〔2026〕12号",
        "2026-02-28",
        "2026-03-01",
        "in force from 2026-04-01",
        "人防；工程",
        '<a href="/en/catalogue/?category=a">Above</a>',
        '<a href="/en/catalogue/?category=b">Below</a>',
        '<a href="/en/agencies/SL/">Example Office</a>',
        "示例省办公室：《关于示例的通知》（示办发〔2026〕12号），2026-02-28，http://testserver/en/",
        '<meta name="PubDate" content="2026-03-01 09:05">',
        '<meta name="ArticleTitle" content="关于示例的通知">',
        '<meta name="ContentSource" content="示例省办公室">',
        '<meta name="Keywords" content="人防；工程">',
        '<meta name="Description" content="示例正文。">',
    ):
        assert value in page, value


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"validity": "in_force"}, ""),
        ({"validity": "repealed"}, "This document has been repealed."),
        (
            {"validity": "repealed", "expires_on": dt.date(2026, 1, 2)},
            "This document was repealed on 2026-01-02.",
        ),
        ({"validity": "lapsed"}, "This document has lapsed."),
        (
            {"validity": "lapsed", "expires_on": dt.date(2026, 1, 2)},
            "This document lapsed on 2026-01-02.",
        ),
        ({"validity": "amended"}, "This document has been amended"),
    ],
)
def test_what_is_no_longer_in_force_says_so_plainly(
    client: Client, fields: dict, sentence: str
) -> None:
    page = page_of(client, f.make_publication(**fields))
    assert sentence in page
    assert ("This document" in page) == bool(sentence)


def test_demonstration_content_is_marked(client: Client) -> None:
    assert "demo-mark" in page_of(client, f.make_publication(is_demo=True))
    assert "demo-mark" not in page_of(client, f.make_publication())


def test_long_texts_get_a_table_of_contents_and_wide_tables_scroll(client: Client) -> None:
    table = "<table><tbody><tr>" + "<td>1</td>" * 6 + "</tr></tbody></table>"
    body = "".join(f"<h2>第{n}章</h2><p>{'长文' * 500}</p>" for n in range(1, 6)) + table
    page = page_of(client, f.make_publication(body=body))
    assert '<a href="#s5">第5章</a>' in page
    assert '<h2 id="s5">第5章</h2>' in page
    assert '<div class="table-frame" role="region" tabindex="0" aria-label="Table 1">' in page


def test_attachments_are_listed_with_size_and_digest(client: Client) -> None:
    publication = f.make_publication(attachments={"附件 一.pdf": f.PDF})
    attachment = publication.attachments.get()
    page = page_of(client, publication)
    assert attachment.get_absolute_url() in page
    assert attachment.sha256 in page
    assert f"{attachment.size}\xa0bytes" in page


def test_neighbours_and_latest_are_of_the_same_category_and_public(client: Client) -> None:
    category = f.make_category("a")
    moment = now() - dt.timedelta(days=9)
    same = [
        f.make_publication(f"同类{n}", category=category, published_at=moment) for n in range(3)
    ]
    f.make_publication("草稿件", category=category, state="draft")
    f.make_publication("异类件", category=f.make_category("b"))
    response = client.get(same[1].get_absolute_url())
    assert response.context["newer"] == same[2]
    assert response.context["older"] == same[0]
    assert [row.plain_title for row in response.context["latest"]] == ["同类2", "同类0"]
    for hidden in ("草稿件", "异类件"):
        assert hidden not in response.content.decode()


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    category = f.make_category("a")
    publication = f.make_publication(category=category, attachments={"一.pdf": f.PDF})
    for count in (0, 5):
        for number in range(count):
            other = f.make_publication(category=category)
            revision = actions.revise(actor=None, publication=publication)
            revision.change_note = revision.summary = f"改{number}"
            actions.update(actor=None, publication=revision)
            f.make_attachment(revision, f"{number}.pdf")
            publication = f.walk_out(revision)
            link = Relation(source=publication, kind="related", target=other)
            relating.relate(actor=None, relation=link)
        # page frame, item, attachments, categories, newer, older, latest, relations, changes
        with django_assert_num_queries(12):
            client.get(publication.get_absolute_url())


def test_a_room_adds_its_part(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(item, "EXTRAS", dict(item.EXTRAS))
    publication = f.make_publication()
    template = "disclosure/life/_relations.html"
    groups = [{"heading": "示例栏目", "links": [{"title": "示例链接"}]}]
    item.register_extra("test", lambda *_given: {"relations": groups}, template, place="main")
    page = page_of(client, publication)
    assert "示例栏目" in page
    item.register_extra("test", lambda *_given: {}, template)
    assert "示例栏目" not in page_of(client, publication)
    with pytest.raises(ValueError, match="nowhere"):
        item.register_extra("test", lambda *_given: {}, template, place="nowhere")


def test_the_same_page_in_both_languages(client: Client) -> None:
    publication = f.make_publication(index_number="旧/1")
    response = client.get(reverse("publication", args=["旧/1"]))
    assert f'href="/en{publication.get_absolute_url()}"' in response.content.decode()


def test_the_last_day_that_there_is_means_no_end(client: Client) -> None:
    publication = f.make_publication(
        effective_on=dt.date(2020, 1, 1), valid_until=dt.date(9999, 12, 31)
    )
    page = page_of(client, publication)
    assert "in force from 2020-01-01" in page
    assert "until 9999" not in page
