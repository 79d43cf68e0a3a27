"""Earlier versions: readable, plainly marked, compared; closed where they must not be read."""

import datetime as dt

import pytest
from django.test import Client

from disclosure.core.dates import now
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.life import comparing, relating, versions
from disclosure.life.differing import differences
from disclosure.models import Attachment, ClosedVersion, Publication
from disclosure.publications import actions
from tests import factories as f
from tests.disclosure.life.making import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


@pytest.fixture
def item(cast: Cast) -> Publication:
    """An item in its third version."""
    draft = cast.draft("一版", index_number="旧/1", body="<p>应当在二十日内答复</p><p>尾</p>")
    f.make_attachment(draft, "表.txt", "旧表".encode())
    live = cast.out(draft)
    revision = cast.revision(live, title="二版", body="<p>应当在十五日内答复</p><p>尾</p>")
    actions.detach(actor=cast.editor, attachment=revision.attachments.get())
    f.make_attachment(revision, "表.txt", "新表".encode())
    live = cast.out(revision)
    return cast.revised(live, title="三版")


def get(client: Client, item: Publication, query: str, status: int = 200) -> str:
    response = client.get(f"/en{item.get_absolute_url()}?{query}")
    assert response.status_code == status
    return response.content.decode()


def test_an_earlier_version_is_marked_and_leads_to_the_present_one(
    client: Client, item: Publication
) -> None:
    page = get(client, item, "version=1")
    assert '<h1 class="item-title">一版</h1>' in page
    assert "二十日" in page
    assert "三版" not in page
    for mark in (
        "Earlier version",
        "This is version 1 of the document",
        "更正",
        'content="noindex"',
        f'<link rel="canonical" href="http://testserver/en{item.get_absolute_url()}">',
        'href="?compare=1"',
    ):
        assert mark in page
    present = client.get(f"/en{item.get_absolute_url()}?version=3")
    assert (present.status_code, present["Location"]) == (302, f"/en{item.get_absolute_url()}")


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "", "9" * 40, "²", "1%00"])
def test_there_is_no_other_version(client: Client, item: Publication, number: str) -> None:
    get(client, item, f"version={number}", 404)
    get(client, item, f"compare={number}", 404)
    get(client, item, f"compare=1&with={number}", 404)


def test_the_row_of_a_version_has_no_address_of_its_own(item: Publication) -> None:
    assert Publication.objects.filter(index_number="旧/1").count() == 3
    assert Publication.objects.items().get(index_number="旧/1") == item


def test_compared_with_the_next_or_with_another(client: Client, item: Publication) -> None:
    page = get(client, item, "compare=1")
    assert "<del>二</del>" in page
    assert "<ins>五</ins>" in page
    assert '<span class="visually-hidden">Removed: </span>一版</del>' in page
    assert "Replaced by another file" in page
    assert "Version 2 of" in page
    page = get(client, item, "compare=1&with=3")
    assert "三版</ins>" in page
    page = get(client, item, "compare=2")
    assert "The text is the same." in page
    get(client, item, "compare=3", 404)
    get(client, item, "compare=2&with=1", 404)


def test_markup_in_a_text_stays_text(client: Client, cast: Cast) -> None:
    live = cast.out(cast.draft("<b>题</b>", body="<p>甲 &lt;script&gt;乙</p>"))
    item = cast.revised(live, title="<i>题</i>", body="<p>甲 &lt;script&gt;丙</p>")
    page = get(client, item, "compare=1")
    assert "&lt;script&gt;" in page
    assert "<script>乙" not in page
    assert "<i>题" not in page


def test_a_withdrawn_item_has_no_versions(client: Client, cast: Cast, item: Publication) -> None:
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    for query in ("version=1", "compare=1", "changes=all"):
        page = get(client, item, query, 410)
        assert "一版" not in page
    assert not any(versions.is_readable(row, now()) for row in Publication.objects.all())


def test_readable_are_the_item_and_its_earlier_versions(cast: Cast, item: Publication) -> None:
    cast.revision(item, title="四版")
    readable = [row for row in Publication.objects.all() if versions.is_readable(row, now())]
    assert sorted(row.title for row in readable) == ["一版", "三版", "二版"]


def test_a_version_is_taken_out_of_sight(client: Client, cast: Cast, item: Publication) -> None:
    row = versions.earlier(item).get(version=1)
    closed = ClosedVersion(version=row, reason="含有个人信息")
    with pytest.raises(NotPermitted):
        relating.close_version(actor=cast.editor, closed=closed)
    relating.close_version(actor=cast.publisher, closed=closed)
    for query in ("version=1", "compare=1", "compare=1&with=3"):
        page = get(client, item, query, 410)
        assert "含有个人信息" in page
        assert "二十日" not in page
    assert not versions.is_readable(row, now())
    assert versions.is_readable(versions.earlier(item).get(version=2), now())
    assert "can no longer be read" in get(client, item, "changes=all")
    with pytest.raises(NotPossible):
        relating.close_version(
            actor=cast.publisher, closed=ClosedVersion(version=item, reason="不行")
        )


def test_the_pages_cost_the_same_however_much_there_is(
    client: Client, cast: Cast, item: Publication, django_assert_max_num_queries
) -> None:
    for number in range(4, 8):
        item = cast.revised(item, title=f"{number}版")
    for query in ("version=2", "compare=2&with=5", "changes=all"):
        with django_assert_max_num_queries(8):
            get(client, item, query)


def test_files_by_bytes_and_name() -> None:
    def one(name: str, sha: str) -> Attachment:
        return Attachment(name=name, sha256=sha)

    old = [one("同.pdf", "1"), one("改.pdf", "2"), one("旧名.pdf", "3"), one("去.pdf", "4")]
    new = [one("同.pdf", "1"), one("改.pdf", "9"), one("新名.pdf", "3"), one("来.pdf", "5")]
    found = {(change.kind, change.name) for change in comparing.files(old, new)}
    assert found == {
        ("changed", "改.pdf"),
        ("changed", "新名.pdf"),
        ("added", "来.pdf"),
        ("removed", "去.pdf"),
    }


def test_long_stretches_without_changes_are_folded() -> None:
    old = "\n".join(f"第{n}行" for n in range(50))
    lines = list(comparing.folded(differences(old, old.replace("第25行", "第25行改"))))
    assert [line.kind for line in lines] == [
        "fold",
        *["same"] * 2,
        "changed",
        *["same"] * 2,
        "fold",
    ]
    assert sum(getattr(line, "count", 1) for line in lines) == 50
    same = list(comparing.folded(differences("甲\n乙", "甲\n乙")))
    assert sum(getattr(line, "count", 1) for line in same) == 2


def test_what_was_replaced_before_its_moment_is_nobodys_to_read(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now() + dt.timedelta(days=3)
    item = cast.out(cast.draft(body="<p>说错了的话</p>", published_at=moment))
    item = cast.revised(item, body="<p>第二稿</p>")
    item = cast.revised(item, body="<p>第三稿</p>")
    later = moment + dt.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    address = item.get_absolute_url()
    assert "第三稿" in client.get(address).content.decode()
    for query in ("version=1", "version=2", "compare=1", "compare=2"):
        assert client.get(f"{address}?{query}").status_code == 404
    page = client.get(f"{address}?changes=all").content.decode()
    assert "version=" not in page
    assert "compare=" not in page
    for row in item.revisions.all():
        assert not versions.is_readable(row, later)
    # From then on its versions are versions.
    item = cast.revised(item, body="<p>第四稿</p>")
    assert "第三稿" in client.get(f"{address}?version=3").content.decode()
