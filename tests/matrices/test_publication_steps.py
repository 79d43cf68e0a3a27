"""Publications: every state × step × role, by who wrote it and by others; and every other way in
which somebody might make an item public.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import legal_day, now, today
from disclosure.core.errors import NotPossible
from disclosure.models import Category, ConfidentialityReview, Publication, SignOff, User
from disclosure.publications import actions, review
from disclosure.publications.lifecycle import TRANSITIONS, State
from tests.admin_pages import form_data, signed_in
from tests.factories import make_category, make_publication, make_user, walk_out
from tests.matrices.table import compare, written
from tests.matrices.trying import LEGEND, tried

WRITING: dict[str, Callable[[Publication, User], Any]] = {
    "update": lambda item, who: actions.update(actor=who, publication=item),
    "delete": lambda item, who: actions.delete(actor=who, publication=item),
    "attach": lambda item, who: actions.attach(
        actor=who, publication=item, name="a.txt", data=b"text"
    ),
}
UNTIL = {
    State.SUBMITTED: "submit",
    State.CHECKED: "check",
    State.REVIEWED: "pass_review",
    State.SIGNED_OFF: "sign_off",
}


def in_state(state: State, agency: Any, *, revision: bool = False) -> Publication:
    """An item in that state; a revision for what only a revision can be."""
    if state is State.SUPERSEDED or revision:
        live = make_publication(agency=agency)
        draft = actions.revise(actor=None, publication=live)
        draft.title, draft.change_note = "改过的标题", "更正"
        draft = actions.update(actor=None, publication=draft)
        if state is State.DRAFT:
            return draft
        walk_out(draft)
        draft.refresh_from_db()
        return draft
    if state in {State.DRAFT, State.PUBLISHED, State.WITHDRAWN}:
        item = make_publication(state=state.value, agency=agency)
        if state is State.DRAFT:
            item.date_made = today()
            actions.update(actor=None, publication=item)
        return item
    draft = make_publication(state="draft", agency=agency, date_made=today())
    if state in UNTIL:
        return walk_out(draft, UNTIL[state])
    item = walk_out(draft, "check")
    if state is State.REFERRED:
        return actions.take(item, "refer", actor=None, authority="保密局", opinion="拿不准")
    return actions.take(item, "refuse", actor=None, ground="state_secret", opinion="涉密")


def data_for(step: str) -> dict[str, Any]:
    """Complete, so that only state, right and person can be against the step."""
    return {
        "reason": "说明",
        "opinion": "说明",
        "checklist": dict.fromkeys(review.KEYS, review.YES),
        "ground": "state_secret",
        "authority": "保密局",
        "authority_answer": "不涉密",
        "early_reason": "说明",
        "category": Category.objects.order_by("pk").first(),
        "expires_on": legal_day(now()),
    }


def test_publication_steps(cast: dict[str, User]) -> None:
    """disclosure.publications.lifecycle × the table of rights × author or not."""
    here = cast["editor"].assignments.get().agency
    rows = {}
    # Last what lifts triggers (deleting, swapping files): SQLite then reads its schema anew after
    # each try that is taken back.
    for state in sorted(State, key=lambda one: one in {State.DRAFT, State.SUPERSEDED}):
        item = in_state(state, here)
        steps = {**TRANSITIONS, **WRITING}
        for name in steps:
            asked = in_state(State.DRAFT, here, revision=True) if name == "give_up" else item
            for own in (False, True):
                if own and "yes" not in rows[f"{state.value} × {name}"]:
                    continue  # nobody may: having written it opens no way
                verdicts = []
                for who in cast.values():
                    verdicts.append(tried(lambda: _try_as(asked, name, who, own=own)))  # noqa: B023
                    if own or verdicts[-1] == "yes":
                        asked.refresh_from_db()  # as it was before the try
                label = f"{state.value} × {name}" + (" (own)" if own else "")
                if not own or verdicts != rows[f"{state.value} × {name}"]:
                    rows[label] = verdicts
            if name == "give_up" and state is not State.DRAFT:
                rows.pop(f"{state.value} × {name}", None)
                rows.pop(f"{state.value} × {name} (own)", None)
    order = [state.value for state in State]
    rows = dict(sorted(rows.items(), key=lambda row: order.index(row[0].split()[0])))
    for step, row in TRANSITIONS.items():
        if not row.others_only:
            continue
        for state in row.sources:
            own = rows.get(f"{state.value} × {step} (own)", [])
            assert own, f"nothing changes for the author: {state} × {step}"
            assert "yes" not in own
    assert {label.split()[2] for label, row in rows.items() if "yes" in row} >= set(TRANSITIONS)
    compare(
        "publication_steps",
        f"# Publications: state × step × role\n\n{LEGEND}\n`(own)`: the same by somebody who "
        "has worked on this content; left out where nothing differs.",
        written("state × step", list(cast), rows),
    )


def _try_as(item: Publication, name: str, who: User, *, own: bool) -> None:
    if own:
        Publication.objects.filter(pk=item.pk).update(contributors=[who.pk])
        item.refresh_from_db()
    if name in WRITING:
        WRITING[name](item, who)
    else:
        actions.take(item, name, actor=who, **data_for(name))


def test_one_person_alone_gets_nothing_out(db: None) -> None:
    """Somebody with every role writes it: nothing goes further than the first check."""
    everyone = make_user(*Role)
    draft = make_publication(state="draft", date_made=today())
    draft = actions.update(actor=everyone, publication=draft)
    draft = actions.take(draft, "submit", actor=everyone)
    for step in ("check", "pass_review", "sign_off", "publish"):
        with pytest.raises(NotPossible):
            actions.take(draft, step, actor=everyone, **data_for(step))
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_the_reviewer_does_not_sign_off(db: None) -> None:
    both = make_user(Role.REVIEWER, Role.PUBLISHER)
    draft = make_publication(state="draft", date_made=today())
    item = walk_out(draft, "pass_review", reviewer=both)
    with pytest.raises(NotPossible) as refused:
        actions.take(item, "sign_off", actor=both)
    assert [one.code for one in refused.value.refusals] == ["reviewer"]


def test_nobody_reviews_or_signs_nameless(db: None) -> None:
    draft = make_publication(state="draft", date_made=today())
    item = walk_out(draft, "check")
    with pytest.raises(NotPossible):
        actions.take(item, "pass_review", actor=None, **data_for("pass_review"))
    item = walk_out(make_publication(state="draft", date_made=today()), "pass_review")
    with pytest.raises(NotPossible):
        actions.take(item, "sign_off", actor=None)


# --- ways round ----------------------------------------------------------------------------------
@pytest.fixture(params=[State.DRAFT, State.SUBMITTED, State.REVIEWED, State.WITHDRAWN])
def unsigned(db: None, request: pytest.FixtureRequest) -> Publication:
    """An item without a sign-off that would let it out."""
    from tests.factories import any_agency

    return in_state(request.param, any_agency())


def is_out(item: Publication) -> bool:
    return Publication.objects.visible_to_public(now()).filter(pk=item.pk).exists()


def refused(run: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        run()


def test_not_by_the_orm(unsigned: Publication) -> None:
    rows = Publication.objects.filter(pk=unsigned.pk)
    out = {"state": "published", "published_at": now(), "version_at": now()}
    other = make_publication("另一件")
    refused(lambda: rows.update(**out))
    refused(lambda: rows.update(**out, sign_off=other.sign_off, content_hash=other.content_hash))

    def save() -> None:
        for name, value in out.items():
            setattr(unsigned, name, value)
        unsigned.sign_off, unsigned.content_hash = other.sign_off, "0" * 64
        unsigned.save()

    refused(save)
    refused(
        lambda: Publication.objects.bulk_create(
            [
                Publication(
                    agency=other.agency,
                    category=other.category,
                    index_number="新-1",
                    title="新",
                    sign_off=other.sign_off,
                    content_hash="0" * 64,
                    **out,
                )
            ]
        )
    )
    unsigned.refresh_from_db()
    unsigned.state = "published"
    unsigned.published_at = unsigned.version_at = now()
    refused(lambda: Publication.objects.bulk_update([unsigned], ["state", "published_at"]))
    assert not is_out(unsigned)


def test_not_by_raw_sql(unsigned: Publication) -> None:
    other = make_publication("另一件")

    def run(sign_off: int | None) -> Callable[[], None]:
        def execute() -> None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE disclosure_publication SET state = 'published', published_at = %s,"
                    " version_at = %s, sign_off_id = %s, content_hash = 'x', revision = 99"
                    " WHERE id = %s",
                    [now(), now(), sign_off, unsigned.pk],
                )

        return execute

    refused(run(None))
    refused(run(other.sign_off_id))
    assert not is_out(unsigned)


def test_no_old_sign_off_serves_again(db: None) -> None:
    """Withdrawn and mended: what was signed off then is not what would go out now."""
    item = walk_out(make_publication(state="draft", date_made=today()))
    signed = item.sign_off
    item = actions.withdraw(actor=None, publication=item, reason="有误")
    refused(lambda: Publication.objects.filter(pk=item.pk).update(state="published"))
    item = actions.take(item, "reopen", actor=None)
    item.body = "<p>没有人签发过的内容。</p>"
    item = actions.update(actor=None, publication=item)
    rows = Publication.objects.filter(pk=item.pk)
    out = {"state": "published", "sign_off": signed, "content_hash": signed.content_hash}
    refused(lambda: rows.update(**out))
    refused(lambda: rows.update(**out, revision=signed.revision))


def test_nothing_signed_off_changes_unseen(db: None) -> None:
    """Neither record nor text nor files, while it is signed off, out, withdrawn or superseded."""
    from tests.factories import any_agency, make_attachment

    for state in (State.SIGNED_OFF, State.PUBLISHED, State.WITHDRAWN, State.SUPERSEDED):
        item = in_state(state, any_agency())
        rows = Publication.objects.filter(pk=item.pk)
        for change in ({"title": "改"}, {"body": "改"}, {"date_made": None}):
            refused(lambda rows=rows, change=change: rows.update(**change))
            refused(lambda rows=rows, change=change: rows.update(**change, revision=9999))
        with pytest.raises(NotPossible):
            make_attachment(item)
        copied = make_publication(state="draft", attachments={"a.txt": b"text"}).attachments.get()
        copied.publication = item
        refused(copied.save)
        if item.version:
            refused(lambda rows=rows: rows._raw_delete("default"))


def test_no_sign_off_is_forged_by_a_change(db: None) -> None:
    item = walk_out(make_publication(state="draft", date_made=today()), "sign_off")
    rows = SignOff.objects.filter(pk=item.sign_off_id)
    refused(lambda: rows.update(content_hash="0" * 64))
    refused(lambda: rows.update(signed_by=None))
    refused(lambda: rows.update(is_blanket=True))
    blanket = make_publication().sign_off
    assert blanket.closed_at is not None
    refused(lambda: SignOff.objects.filter(pk=blanket.pk).update(closed_at=None))
    refused(lambda: ConfidentialityReview.objects.update(conclusion="refused", ground="process"))


def test_not_by_a_form(client: Client, unsigned: Publication) -> None:
    """Whatever is posted to the form, to a step or to the list."""
    everyone = make_user(*Role, agency=unsigned.agency)
    Publication.objects.filter(pk=unsigned.pk).update(contributors=[everyone.pk])
    signed_in(client, everyone)
    page = "admin:disclosure_publication_{}"
    change = reverse(page.format("change"), args=[unsigned.pk])
    answer = client.get(change)
    data = form_data(answer) if answer.status_code == 200 else {}
    more = {"state": "published", "sign_off": "1", "content_hash": "x", "version": "1"}
    client.post(change, data | more)
    for step in ("publish", "sign_off"):
        client.post(reverse(page.format(step), args=[unsigned.pk]), {"early_reason": "x"})
    chosen = {"_selected_action": [unsigned.pk], "confirmed": "1"}
    for step in ("publish", "sign_off", "update_state"):
        client.post(reverse(page.format("changelist")), chosen | {"action": step})
    assert not is_out(unsigned)


def test_not_by_an_import(unsigned: Publication, tmp_path: Any) -> None:
    """Without somebody who may publish; and what is under way is not overtaken by one."""
    make_category("import")
    path = tmp_path / "in.csv"
    path.write_text(
        f"索引号,标题,发布机构,主题分类,正文\n{unsigned.index_number},改过,"
        f"{unsigned.agency.code},{unsigned.category.code},正文\n",
        encoding="utf-8",
    )
    editor = make_user(Role.EDITOR, agency=unsigned.agency, username="only.editor")
    for options in ([], ["--signed-off-by", editor.username]):
        with pytest.raises(CommandError):
            call_command(
                "import_publications", str(path), "--status", "published", "--update", *options
            )
    assert not is_out(unsigned)


def test_not_by_the_interface(client: Client, unsigned: Publication) -> None:
    """The open interface reads only."""
    for method in (client.post, client.put, client.patch, client.delete):
        for address in ("/api/v1/publications/", f"/api/v1/publications/{unsigned.pk}/"):
            answer = method(address, {"state": "published"}, content_type="application/json")
            assert answer.status_code in {403, 404, 405}
    assert not is_out(unsigned)
