"""The review's answers kept with every conclusion, its sheet, and what comes back to its author."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.backstage.panels import panels_for
from disclosure.models import Attachment, Publication, User
from disclosure.publications import actions, review, worklist
from tests.admin_pages import form_data, signed_in
from tests.disclosure.life.making import Cast
from tests.factories import make_agency, make_attachment, make_user

pytestmark = pytest.mark.django_db


def page(name: str, item: Publication) -> str:
    return reverse(f"admin:disclosure_publication_{name}", args=[item.pk])


def in_review(cast: Cast, **fields: Any) -> Publication:
    item = cast.draft(**fields)
    actions.take(item, "submit", actor=cast.editor)
    return actions.take(item, "check", actor=cast.publisher, opinion="要素齐全。")


@pytest.fixture
def cast() -> Cast:
    return Cast(make_agency("SL"))


def panel(user: User) -> Any:
    return {one.key: one for one in panels_for(user)}.get("returned")


# --- answers -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("step", "given"),
    [
        ("return_review", {"reason": "请改"}),
        ("refer", {"authority": "示例保密局", "opinion": "拿不准"}),
        ("refuse", {"ground": "state_secret", "opinion": "涉密"}),
    ],
)
def test_answers_are_kept_with_every_conclusion(
    client: Client, cast: Cast, step: str, given: dict[str, str]
) -> None:
    item = in_review(cast)
    signed_in(client, cast.reviewer)
    given |= {"question_secret": review.NO, "question_files": review.YES}
    assert client.post(page(step, item), given).status_code == 302
    assert item.reviews.get().checklist == {"secret": "no", "files": "yes"}


def test_a_return_needs_no_answers(client: Client, cast: Cast) -> None:
    item = in_review(cast)
    signed_in(client, cast.reviewer)
    assert client.post(page("return_review", item), {"reason": "请改"}).status_code == 302
    assert item.reviews.get().checklist == {}


def test_what_is_no_answer_is_not_kept() -> None:
    assert review.kept({"secret": "", "files": "maybe", "x": "yes", "agreed": "na"}) == {
        "agreed": "na"
    }


def test_answers_go_along_to_another_conclusion(client: Client, cast: Cast) -> None:
    item = in_review(cast)
    signed_in(client, cast.reviewer)
    shown = client.get(page("pass_review", item)).content.decode()
    assert f'formaction="{page("return_review", item)}"' in shown
    typed = {"carry": "1", "question_secret": "no", "opinion": "有密级标志"}
    answer = client.post(page("return_review", item), typed)
    data = form_data(answer)
    assert (data["question_secret"], data["reason"]) == ("no", "有密级标志")
    item.refresh_from_db()
    assert item.state == "checked"
    assert not item.reviews.exists()


# --- the sheet -----------------------------------------------------------------------------------
def test_the_sheet_says_it_all(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    item = cast.draft("示例办法", document_number="示例发〔2026〕1号")
    attached = make_attachment(item)
    actions.take(item, "submit", actor=cast.editor)
    actions.take(item, "check", actor=cast.publisher, opinion="要素齐全。")
    answers = {"secret": "no"}
    actions.take(
        item, "return_review", actor=cast.reviewer, reason="有密级标志。", checklist=answers
    )
    item = cast.out(Publication.objects.get(pk=item.pk))
    signed_in(client, cast.reviewer)
    with django_assert_max_num_queries(25):
        answer = client.get(page("review_sheet", item))
    assert answer["Cache-Control"].startswith("private, no-store")
    shown = answer.content.decode()
    item.refresh_from_db()
    for said in (
        "示例办法",
        "示例发〔2026〕1号",
        attached.sha256,
        item.content_hash,
        str(cast.editor),
        str(cast.reviewer),
        str(cast.publisher),
        "有密级标志。",
    ):
        assert said in shown, said
    newest, earlier = answer.context["newest"], answer.context["earlier"]
    assert newest.sign_off == item.sign_off
    assert len(newest.reviews[0]["questions"]) == len(review.CHECKLIST)
    assert [one["record"].conclusion for one in earlier[0].reviews] == ["returned"]
    assert earlier[0].first.note == "要素齐全。"
    assert earlier[0].sign_off is None
    assert page("review_sheet", item) in client.get(page("change", item)).content.decode()


def test_an_adopted_revision_brings_its_own_review(client: Client, cast: Cast) -> None:
    item = cast.revised(cast.out(cast.draft()), title="改后")
    item = Publication.objects.get(pk=item.pk)
    signed_in(client, cast.reviewer)
    newest = client.get(page("review_sheet", item)).context["newest"]
    assert newest.sign_off.content_hash == item.content_hash
    assert newest.reviews[0]["record"].content_hash == item.content_hash


def test_no_stranger_reads_the_sheet(client: Client, cast: Cast) -> None:
    item = in_review(cast)
    signed_in(client, make_user(Role.REVIEWER, agency=make_agency("QT")))
    assert client.get(page("review_sheet", item)).status_code in (302, 403, 404)


# --- back ----------------------------------------------------------------------------------------
def test_what_comes_back_is_shown_to_who_wrote_it(client: Client, cast: Cast) -> None:
    item = in_review(cast, title="示例通知")
    signed_in(client, cast.reviewer)
    answer = client.post(page("return_review", item), {"reason": "请" + "改" * 200}, follow=True)
    assert str(cast.editor) in "".join(str(one) for one in answer.context["messages"])
    found = panel(cast.editor)
    assert [row.label for row in found.rows] == ["示例通知"]
    assert str(cast.reviewer) in found.rows[0].word
    assert len(found.rows[0].note) == 120
    assert panel(cast._one(Role.EDITOR)) is None
    signed_in(client, cast.editor)
    assert "示例通知" in client.get(found.url).content.decode()
    actions.take(item, "submit", actor=cast.editor)
    assert panel(cast.editor) is None
    actions.take(item, "recall", actor=cast.editor)
    assert panel(cast.editor) is None, "taken back by oneself is not sent back"


def test_who_wrote_on_it_too_is_told(cast: Cast) -> None:
    item, other = cast.draft(), cast._one(Role.EDITOR)
    item.title = "改过"
    item = actions.update(actor=other, publication=item)
    actions.take(item, "submit", actor=cast.editor)
    actions.take(item, "return_first", actor=cast.publisher, reason="请改")
    assert list(worklist.standing("returned", other)) == [item]


def test_as_many_queries_for_few_as_for_many(client: Client, cast: Cast) -> None:
    def sent_back(title: str) -> Publication:
        item = in_review(cast, title=title)
        return actions.take(item, "return_review", actor=cast.reviewer, reason="请改")

    def asked(user: User, url: str) -> int:
        signed_in(client, user)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def all_pages() -> list[int]:
        sheet = page("review_sheet", item)
        return [asked(cast.editor, reverse("admin:index")), asked(cast.reviewer, sheet)]

    item = sent_back("第一份")
    few = all_pages()
    for number in range(4):
        sent_back(f"另一份{number}")
        actions.take(item, "submit", actor=cast.editor)
        actions.take(item, "check", actor=cast.publisher, opinion="要素齐全。")
        actions.take(item, "return_review", actor=cast.reviewer, reason="请再改")
        make_attachment(item)
    assert all_pages() == few


# --- the item's page -----------------------------------------------------------------------------
def test_an_empty_row_for_a_file_is_nothing(client: Client, cast: Cast) -> None:
    item = cast.draft()
    signed_in(client, cast.editor)
    data = form_data(client.get(page("change", item)))
    assert data["attachments-TOTAL_FORMS"] == "1"
    assert client.post(page("change", item), data).status_code == 302
    assert not Attachment.objects.exists()


def test_what_blocks_stands_at_its_button(client: Client, cast: Cast) -> None:
    item = in_review(cast, body="<p>身份证号11010519491231002X。</p>")
    signed_in(client, cast.reviewer)
    steps = client.get(page("change", item)).content.decode()
    steps = steps[steps.index('id="next-steps-title"') :]
    assert steps.index("why-not-pass_review") < steps.index("</section>")
    assert "<details>" not in steps[: steps.index("why-not-pass_review")]
    assert '<a href="#part-findings">' in steps
