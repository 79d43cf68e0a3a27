"""The way out, walked."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from disclosure.core.errors import NotPossible
from disclosure.models import Publication, SignOff
from disclosure.publications import actions, content
from tests.admin_pages import signed_in
from tests.factories import make_agency, make_attachment, make_publication, make_user, walk_out

pytestmark = pytest.mark.django_db


def test_a_draft_walks_out() -> None:
    agency = make_agency("SL")
    editor = make_user(Role.EDITOR, agency=agency)
    draft = make_publication(state="draft", agency=agency, date_made=dt.date(2026, 1, 5))
    draft.created_by = editor
    make_attachment(draft)
    out = walk_out(draft)
    assert out.is_visible(now())
    assert out.sign_off.content_hash == content.digest(out)
    assert [event.step for event in out.events.all()] == [
        "create",
        "submit",
        "check",
        "pass_review",
        "sign_off",
        "publish",
    ]


def test_a_revision_takes_the_place_and_leaves_the_earlier_version() -> None:
    live = make_publication("旧标题", attachments={"旧.txt": "旧的".encode()})
    revision = actions.revise(actor=None, publication=live)
    assert [one.name for one in revision.attachments.all()] == ["旧.txt"]
    revision.title, revision.change_note = "新标题", "更正标题"
    actions.update(actor=None, publication=revision)
    actions.detach(actor=None, attachment=revision.attachments.get())
    make_attachment(revision, "新.txt", "新的".encode())
    item = walk_out(revision)
    assert item.pk == live.pk
    assert item.title == "新标题"
    assert item.version == 2
    assert [one.name for one in item.attachments.all()] == ["新.txt"]
    [earlier] = item.revisions.filter(state="superseded")
    assert earlier.title == "旧标题"
    assert earlier.version == 1
    assert [one.name for one in earlier.attachments.all()] == ["旧.txt"]
    assert earlier.content_hash == content.digest(earlier)


def _raw(sql: str, *params: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_the_database_refuses_what_nobody_signed_off() -> None:
    draft = make_publication(state="draft", date_made=dt.date(2026, 1, 5))
    with pytest.raises(NotPossible):
        actions.take(draft, "publish", actor=None)
    blanket = SignOff.objects.filter(is_blanket=True).first()
    out = make_publication()
    blanket = out.sign_off
    made_public = (
        "UPDATE disclosure_publication SET state = 'published', published_at = '2026-01-06',"
        " version_at = '2026-01-06', sign_off_id = %s, content_hash = %s WHERE id = %s"
    )
    _raw(made_public, None, "x", draft.pk)
    _raw(made_public, blanket.pk, "x", draft.pk)
    _raw("UPDATE disclosure_publication SET body = '改' WHERE id = %s", out.pk)
    _raw("UPDATE disclosure_publication SET body = '改', revision = 9 WHERE id = %s", out.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=draft.pk).update(state="published")


def test_the_author_reads_why_it_came_back(client: Client) -> None:
    agency = make_agency("SL")
    editor = make_user(Role.EDITOR, agency=agency)
    draft = make_publication(state="draft", agency=agency, date_made=dt.date(2026, 1, 5))
    item = walk_out(draft, "check")
    reviewer = make_user(Role.REVIEWER, agency=agency, full_name="审查员甲")
    actions.take(item, "return_review", actor=reviewer, reason="第二段含有身份证号码")
    signed_in(client, editor)
    page = reverse("admin:disclosure_publication_change", args=[item.pk])
    text = client.get(page).content.decode()
    assert text.count("第二段含有身份证号码") == 2, "with the step, and with the review"
    assert "审查员甲" in text
