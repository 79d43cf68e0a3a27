"""The index is what is public: kept in each step's transaction, or soon after by a mark."""

import datetime as dt
import random
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from disclosure.agencies import actions as agency_actions
from disclosure.core.dates import now
from disclosure.files.models import FileCheck, FileText
from disclosure.models import FacetTotal, Publication, SearchMark, SearchRow
from disclosure.publications import actions, searching
from disclosure.search import index, storage, sweeping
from disclosure.search.backends import Look, Stretch, backend, postgres
from disclosure.search.source import PART_LENGTH, Piece, in_parts
from tests import factories as f

pytestmark = pytest.mark.django_db


def found(text: str, **how: Any) -> list[str]:
    return [row.title for row in page(text, **how).rows]


def page(
    text: str, *, size: int = 200, after: str | None = None, before: str | None = None, **how: Any
) -> Any:
    rows = Publication.objects.visible_to_public(how.pop("at", None) or now())
    wanted = searching.Wanted(how.pop("rows", rows), **how)
    return searching.search(text).page(wanted, after=after, before=before, size=size)


# --- kept ----------------------------------------------------------------------------------------
def test_a_publication_is_found_from_its_step_on_and_never_after_it_is_withdrawn() -> None:
    one = f.make_publication("防汛预案", state="draft")
    assert not found("防汛")
    with actions.blanket(signed_by=f.the_signer(one.agency), note="tests") as sign_off:
        one = actions.take_over(publication=one, sign_off=sign_off)
    assert found("防汛") == ["防汛预案"]
    actions.withdraw(actor=None, publication=one, reason="内容有误")
    assert not found("防汛")
    assert not SearchRow.objects.exists()
    assert not keys("防汛")


def keys(text: str) -> list[int]:
    """What the tables of the index hold, whatever is public."""
    search: Any = searching.search(text)
    stretch = Stretch(0, storage.highest_key(storage.LAST_PLACE), 1000)
    return backend().keys(Look(search.question.terms), stretch)


def test_what_the_index_does_not_know_of_yet_is_never_shown() -> None:
    one = f.make_publication("防汛预案")
    Publication.objects.filter(pk=one.pk).update(
        published_at=now() + dt.timedelta(days=1), version_at=now() + dt.timedelta(days=1)
    )
    assert keys("防汛")
    assert not found("防汛")


def test_what_is_scheduled_is_found_at_its_moment() -> None:
    at = now() + dt.timedelta(hours=2)
    f.make_publication("防汛预案", published_at=at)
    assert keys("防汛")
    assert not found("防汛")
    assert searching.search("防汛").tally(
        searching.Wanted(Publication.objects.visible_to_public(now()))
    ) == searching.tally([])


def test_a_revision_that_goes_out_takes_the_old_words_away() -> None:
    one = f.make_publication("防汛预案", body="<p>旧词汇</p>")
    actions.revise(actor=None, publication=one)
    revision = one.revisions.get()
    revision.title, revision.body = "抗旱预案", "<p>新词汇</p>"
    actions.update(actor=None, publication=revision)
    assert found("旧词汇") == ["防汛预案"]
    with actions.blanket(signed_by=f.the_signer(one.agency), note="tests") as sign_off:
        actions.take_over(publication=revision, sign_off=sign_off)
    assert found("新词汇") == found("抗旱") == ["抗旱预案"]
    assert not found("旧词汇")
    assert not keys("防汛")
    assert not keys("旧词汇")


def test_another_category_is_another_facet() -> None:
    old, new = f.make_category("old"), f.make_category("new")
    one = f.make_publication("防汛预案", category=old)
    actions.take(one, "reclassify", actor=None, category=new)
    assert found("防汛", category=new.pk) == ["防汛预案"]
    assert not found("防汛", category=old.pk)


def test_a_moved_agency_takes_its_items_along() -> None:
    city, province = f.make_agency("CITY"), f.make_agency("PROV")
    office = f.make_agency("OFF", under=city)
    f.make_publication("防汛预案", agency=office)
    assert found("防汛", agency=city.pk) == ["防汛预案"]
    agency_actions.move_agency(actor=None, agency=office, parent=province)
    assert SearchMark.objects.get().agency == office
    assert sweeping.sweep() == 1
    assert not found("防汛", agency=city.pk)
    assert found("防汛", agency=province.pk) == ["防汛预案"]


def test_the_text_of_a_file_counts_once_it_is_cleared() -> None:
    one = f.make_publication("通知", attachments={"附件一.txt": "防空地下室目录".encode()})
    assert found("附件一") == ["通知"]
    attachment = one.attachments.get()
    FileText.objects.update_or_create(
        attachment=attachment,
        defaults={"text": "人员掩蔽", "sha256": attachment.sha256, "extracted_at": now()},
    )
    FileCheck.objects.update_or_create(attachment=attachment, defaults={"cleared_at": None})
    sweeping.sweep()
    assert not found("掩蔽")
    check = FileCheck.objects.get(attachment=attachment)
    check.scan_state, check.gate_state, check.cleared_at = "clean", "passed", now()
    check.save()
    assert sweeping.sweep() == 1
    result = page("掩蔽")
    search = searching.search("掩蔽")
    result = search.page(
        searching.Wanted(Publication.objects.visible_to_public(now())),
        after=None,
        before=None,
        size=5,
    )
    snippet = search.snippets(result.rows)[one.pk]
    assert (snippet.name, snippet.text) == (attachment.name, "人员掩蔽")
    assert [snippet.text[start:end] for start, end in snippet.spans] == ["掩蔽"]


def test_a_deleted_publication_leaves_nothing() -> None:
    one = f.make_publication("防汛预案")
    index.forget([one.pk])
    assert not keys("防汛")
    assert index.renew([one.pk]).changed == 1
    assert index.renew([one.pk]).changed == 0


# --- long texts ----------------------------------------------------------------------------------
def test_long_texts_are_cut_into_parts_and_found_once() -> None:
    filler = "本市各部门应当认真贯彻落实" * 1000
    body = f"<p>开头密码甲</p><p>{filler}</p><p>中间密码乙</p><p>{filler}</p><p>结尾密码丙</p>"
    one = f.make_publication("长文件", body=body)
    f.make_publication("新文件", body="<p>贯彻落实</p>")
    assert SearchRow.objects.filter(publication=one).count() > 2
    for word in ("密码甲", "密码乙", "密码丙", "长文件"):
        assert found(word) == ["长文件"]
    assert found("贯彻落实") == ["新文件", "长文件"]
    assert found("贯彻落实", order="oldest") == ["长文件", "新文件"]
    assert found("贯彻落实 -密码丙") == found("贯彻落实 -密码甲") == ["新文件"]
    assert page("贯彻落实", size=1).after
    second = page("贯彻落实", size=1, after=page("贯彻落实", size=1).after)
    assert ([row.title for row in second.rows], second.after) == (["长文件"], None)


def test_in_a_step_a_very_long_text_is_begun_and_then_swept() -> None:
    body = "".join(f"<p>{'段落内容' * 2000}密码{letter}</p>" for letter in "甲乙丙丁戊己庚辛")
    f.make_publication("长文件", body=body)
    assert found("密码甲") == ["长文件"]
    assert not found("密码辛")
    assert sweeping.sweep() == 1
    assert found("密码辛") == ["长文件"]
    assert not SearchMark.objects.exists()


def test_parts_overlap_and_have_an_end() -> None:
    text = "".join(chr(0x4E00 + number % 5000) for number in range(PART_LENGTH * 3))
    parts, is_cut = in_parts([Piece("", text), Piece("附件", "短")])
    assert not is_cut
    assert [piece.name for part in parts for piece in part][-1] == "附件"
    for before, after in pairwise([part[0].text for part in parts if not part[0].name]):
        assert before[-60:] == after[:60]
    few, is_cut = in_parts([Piece("", text)], most=2)
    assert (len(few), is_cut) == (2, True)
    assert in_parts([]) == ([[]], False)


# --- order and pages -----------------------------------------------------------------------------
def test_keys_are_in_the_order_of_publication_and_tell_their_place() -> None:
    moment = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    keys = [
        storage.key_of(dt.datetime(1899, 1, 1, tzinfo=dt.UTC), 9),
        storage.key_of(moment, 1, part=59),
        storage.key_of(moment, 1),
        storage.key_of(moment, 2, part=1),
        storage.key_of(moment, 2),
        storage.key_of(moment + dt.timedelta(seconds=1), 1),
        storage.key_of(dt.datetime(2200, 1, 1, tzinfo=dt.UTC), 1),
    ]
    assert keys == sorted(keys)
    assert all(0 <= key < 2**63 for key in keys)
    assert storage.place(keys[1]) == storage.place(keys[2]) == storage.place_of(moment, 1)
    assert storage.first_place_at(moment) < storage.place(keys[1]) < storage.last_place_at(moment)


LETTERS = "市区县局公开信息人防工程预算"


def random_text(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(length))


@pytest.mark.parametrize("walked", [500, 4])
def test_random_documents_as_a_naive_matcher_finds_them_and_page_by_page(
    monkeypatch, walked: int
) -> None:
    # PostgreSQL walks so many rows before it asks its index; SQLite never does.
    monkeypatch.setattr(postgres, "WALKED", walked)
    monkeypatch.setattr(postgres, "MOST_WALKED", walked * 10)
    chance = random.Random(7)
    agency, category = f.make_agency("SL"), f.make_category("cat")
    moment = now() - dt.timedelta(days=90)
    made = []
    for number in range(90):
        made.append(
            f.store_publication(
                f"R{number}",
                agency=agency,
                category=category,
                title=random_text(chance, chance.randint(3, 8)),
                keywords=random_text(chance, 2),
                summary=random_text(chance, chance.randint(0, 12)),
                body=f"<p>{random_text(chance, 40)}</p><p>{random_text(chance, 20)}</p>",
                # Several at the same moment.
                published_at=moment + dt.timedelta(hours=chance.randint(0, 40)),
            )
        )
    assert index.renew([one.pk for one in made]).changed == len(made)
    newest = sorted(made, key=lambda one: (one.published_at, one.pk), reverse=True)
    for _round in range(40):
        words = [random_text(chance, chance.randint(1, 3)) for _ in range(chance.randint(1, 2))]

        def holds(one: Publication, word: str) -> bool:
            # A paragraph's end parts nothing: a text taken from a PDF has them anywhere.
            body = one.body.replace("</p><p>", "")
            return any(word in text for text in (one.title, one.keywords, one.summary, body))

        fitting = [one for one in newest if all(holds(one, word) for word in words)]
        in_title = [one for one in fitting if all(word in one.title for word in words)]
        ranked = in_title + [one for one in fitting if one not in in_title]
        text = " ".join(words)
        for order, expected in (
            ("relevance", ranked),
            ("newest", fitting),
            ("oldest", fitting[::-1]),
        ):
            numbers = [one.index_number for one in expected]
            assert forward_and_back(text, order, len(numbers)) == numbers, (text, order)


def forward_and_back(text: str, order: str, count: int) -> list[str]:
    """Every page onwards; going back from the last one gives the same pages."""
    size = max(2, count // 3)
    pages, marks = [], [None]
    while True:
        now_page = page(text, size=size, after=marks[-1], order=order)
        pages.append([row.index_number for row in now_page.rows])
        if now_page.after is None:
            break
        marks.append(now_page.after)
    back, mark = [], now_page.before
    while mark is not None:
        earlier = page(text, size=size, before=mark, order=order)
        back.insert(0, [row.index_number for row in earlier.rows])
        mark = earlier.before
    assert back == pages[:-1]
    return [number for one in pages for number in one]


@pytest.mark.parametrize("mark", ["x", "9-1", "2-", "0-ff", "2-fffffffffffffff0", "1-g", "²-1"])
def test_a_mark_that_is_none_gives_the_first_page_and_says_so(mark: str) -> None:
    f.make_publication("防汛预案")
    result = page("防汛", after=mark)
    assert result.is_broken
    assert [row.title for row in result.rows] == ["防汛预案"]


def test_many_rows_that_are_filtered_away_end_a_page_that_can_go_on(monkeypatch) -> None:
    monkeypatch.setattr("disclosure.search.finding.MOST_LOOKED_AT", 12)
    agency, category = f.make_agency("SL"), f.make_category("cat")
    moment = now() - dt.timedelta(days=1)
    made = [
        f.store_publication(
            f"R{number}",
            agency=agency,
            category=category,
            title="警报",
            validity="in_force" if number < 2 else "repealed",
            published_at=moment + dt.timedelta(seconds=number),
        )
        for number in range(30)
    ]
    index.renew([one.pk for one in made])
    rows = Publication.objects.filter(validity="in_force")
    seen: list[str] = []
    mark, turns = None, 0
    while turns == 0 or mark:
        result = page("警报", rows=rows, size=2, after=mark)
        seen += [row.index_number for row in result.rows]
        mark, turns = result.after, turns + 1
    assert seen == ["R1", "R0"]
    assert 1 < turns < 6


# --- filters and counts --------------------------------------------------------------------------
def test_filters_and_counts_by_facet() -> None:
    city = f.make_agency("CITY")
    office, bureau = f.make_agency("OFF", under=city), f.make_agency("BUR")
    rules, money = f.make_category("rules"), f.make_category("money")
    day = dt.datetime(2024, 12, 31, 16, 30, tzinfo=dt.UTC)  # the first of January in China
    f.make_publication("警报一", agency=office, category=rules, published_at=day)
    f.make_publication("警报二", agency=city, category=money, published_at=day)
    f.make_publication("警报三", agency=bureau, category=rules, document_type="plan")
    assert sorted(found("警报", agency=city.pk)) == ["警报一", "警报二"]
    assert found("警报", agency=office.pk, category=rules.pk) == ["警报一"]
    assert found("警报", document_type="plan") == ["警报三"]
    assert found("警报", start=day + dt.timedelta(seconds=1)) == ["警报三"]
    assert len(found("警报", start=day, end=day + dt.timedelta(seconds=1))) == 2
    wanted = searching.Wanted(Publication.objects.visible_to_public(now()))
    tally = searching.search("警报").tally(wanted)
    assert (tally.count, tally.is_capped) == (3, False)
    assert tally.values["agency"] == {office.pk: 1, city.pk: 1, bureau.pk: 1}
    assert tally.values["category"] == {rules.pk: 2, money.pk: 1}
    assert tally.values["year"][2025] == 2


# --- marks and rebuilding ------------------------------------------------------------------------
def rebuild(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out)
    return out.getvalue().splitlines()[-1]


def test_rebuilding_finds_what_differs_and_mends_it(monkeypatch) -> None:
    monkeypatch.setattr("disclosure.search.rebuilding.BATCH", 2)
    made = [f.make_publication(f"警报{number}") for number in range(5)]
    gone = f.store_publication("R1", title="警报六")
    assert "differed: 1;" in rebuild("--only-missing")
    assert "differed: 0;" in rebuild("--check")
    SearchRow.objects.filter(publication=made[0]).update(digest="of another text")
    index.forget([made[1].pk])
    SearchRow.objects.filter(publication=gone).update(publication=made[2])
    with pytest.raises(CommandError, match="differed: 4;"):
        rebuild("--check")
    assert "differed: 4;" in rebuild()
    assert "differed: 0;" in rebuild("--check")
    assert len(found("警报")) == 6
    assert FacetTotal.objects.get(dimension="year").count == 6


def test_an_import_is_marked_and_swept_in_batches(monkeypatch) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    made = [f.store_publication(f"R{number}", title=f"警报{number}") for number in range(5)]
    sweeping.mark(made[0].pk, made[-1].pk)
    assert not found("警报")
    seen: list[int] = []
    assert sweeping.sweep(seen.append) == 5
    assert seen == [2, 4, 5]
    assert len(found("警报")) == 5
    assert sweeping.sweep() == 0


def test_a_database_from_before_the_index_is_marked_whole() -> None:
    assert not sweeping.mark_if_new()
    f.store_publication("R1", title="警报")
    assert sweeping.mark_if_new()
    sweeping.sweep()
    assert found("警报") == ["警报"]
    assert not sweeping.mark_if_new()


def test_a_new_way_of_making_tokens_begins_with_an_empty_index() -> None:
    f.make_publication("警报")
    assert not backend().install()
    index.empty()
    assert not keys("警报")
    assert sweeping.mark_if_new()
    sweeping.sweep()
    assert found("警报") == ["警报"]
