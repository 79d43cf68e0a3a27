"""What an import does to what is there: corrections of what is public, numbers, odd characters."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from disclosure.core import html
from disclosure.core.dates import now
from disclosure.models import Agency, AuditEntry, Category, ImportRun, Publication, User
from disclosure.numbering.serials import next_block, next_serial
from disclosure.publications import actions, content, hooks
from disclosure.publications.importing import columns, records
from disclosure.publications.importing.models import run_of
from tests import factories as f

pytestmark = pytest.mark.django_db
SIGNED = ("--signed-off-by", "signer")
OUT = ("--status", "published", *SIGNED)
ROW = {
    "index_number": "旧/1",
    "title": "关于示例的通知",
    "agency": "SL",
    "category": "policy",
    "date_made": "2013-04-30",
    "published_on": "2013-05-06",
    "validity": "有效",
    "body": "正文",
}


@pytest.fixture(autouse=True)
def signer() -> User:
    f.make_tree()
    f.make_category("policy", name="政策文件")
    f.make_category("plan", name="规划")
    return f.make_user("publisher", username="signer", with_descendants=True)


def bring(tmp_path: Path, *rows: dict[str, str], options: tuple[str, ...] = OUT) -> str:
    path, text = tmp_path / "in.csv", io.StringIO(newline="")
    keys = list(dict.fromkeys(key for one in rows for key in one))
    writer = csv.DictWriter(text, keys, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    out, err = io.StringIO(), io.StringIO()
    with override("en"):
        try:
            call_command("import_publications", str(path), *options, stdout=out, stderr=err)
        except CommandError as problem:
            return f"{err.getvalue()}{problem}"
    return out.getvalue()


def correct(tmp_path: Path, **changes: str) -> str:
    return bring(tmp_path, {**ROW, **changes}, options=("--update", *SIGNED))


# --- corrections of what is public ---------------------------------------------------------------
def test_other_content_is_a_new_version_and_the_earlier_one_stays(
    tmp_path: Path, signer: User
) -> None:
    bring(tmp_path, ROW)
    live = Publication.objects.get()
    assert correct(tmp_path, title="更正的标题", body="新").startswith("Created 0, updated 1")
    after = Publication.objects.items().get()
    assert (after.pk, after.title, after.version) == (live.pk, "更正的标题", 2)
    assert after.published_at == live.published_at
    assert after.content_hash == content.digest(after)
    assert after.is_visible(now())
    [earlier] = after.revisions.all()
    assert (earlier.state, earlier.title, earlier.version) == ("superseded", ROW["title"], 1)
    assert earlier.content_hash == content.digest(earlier)
    first, second = ImportRun.objects.order_by("pk")
    assert (run_of(earlier.sign_off_id), run_of(after.sign_off_id)) == (first, second)
    assert run_of(None) is None
    assert second.sign_off is not None
    assert second.sign_off.closed_at is not None
    assert second.sign_off.signed_by == signer
    assert bring(tmp_path, {**ROW, "title": "更正的标题", "body": "新"}).startswith(
        "Created 0, updated 0, unchanged 1"
    )


@pytest.mark.parametrize(
    ("word", "validity", "step"),
    [("已废止", "repealed", "repeal"), ("失效", "lapsed", "lapse"), ("已修改", "amended", "amend")],
)
def test_validity_alone_is_a_step_of_the_signer(
    tmp_path: Path, signer: User, word: str, validity: str, step: str
) -> None:
    bring(tmp_path, ROW)
    correct(tmp_path, validity=word)
    live = Publication.objects.get()
    assert (live.validity, live.version) == (validity, 1)
    assert (live.events.last().step, live.events.last().actor) == (step, signer)
    correct(tmp_path)
    live.refresh_from_db()
    assert (live.validity, live.expires_on) == ("in_force", None)


def test_another_place_in_the_catalogue_is_a_step_too(tmp_path: Path) -> None:
    bring(tmp_path, ROW)
    correct(tmp_path, category="plan")
    live = Publication.objects.get()
    assert (live.category.code, live.version) == ("plan", 1)
    correct(tmp_path, category="policy", title="题", validity="废止")
    live.refresh_from_db()
    assert (live.category.code, live.title, live.validity) == ("policy", "题", "repealed")
    assert live.version == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agency": "SLA"}, "Row 2, agency: What was public stays with its agency."),
        (
            {"published_on": "2013-05-07"},
            "Row 2, published_on: The day on which it became public stays as it is.",
        ),
        ({"body": ""}, "Row 2, body: There is neither a text nor an attachment."),
        ({"date_made": "2014-01-01"}, "Row 2, date_made: It would be published before"),
    ],
)
def test_what_a_correction_cannot_be(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    bring(tmp_path, ROW)
    assert said in correct(tmp_path, **changes)
    assert (Publication.objects.get().version, ImportRun.objects.count()) == (1, 1)


def test_a_revision_under_way_is_not_passed_by(tmp_path: Path) -> None:
    bring(tmp_path, ROW)
    live = Publication.objects.get()
    actions.revise(actor=None, publication=live)
    assert "A revision of this is under way already." in correct(tmp_path, title="题")
    # What is no content does not concern it.
    assert correct(tmp_path, validity="废止").startswith("Created 0, updated 1")


@pytest.mark.parametrize("state", ["submitted", "checked", "reviewed", "signed_off", "withdrawn"])
def test_what_is_under_way_or_withdrawn_is_left_alone(tmp_path: Path, state: str) -> None:
    draft = f.make_publication(
        state="draft",
        index_number="旧/1",
        agency=Agency.objects.get(code="SL"),
        category=Category.objects.get(code="policy"),
        date_made=dt.date(2026, 1, 5),
    )
    if state == "withdrawn":
        f.walk_out(draft)
        actions.withdraw(actor=None, publication=Publication.objects.get(), reason="误")
    else:
        states = ("submitted", "checked", "reviewed", "signed_off")
        f.walk_out(draft, until=dict(zip(states, f.WAY_OUT, strict=False))[state])
    before = Publication.objects.values().get()
    for options in (("--update",), ("--update", *SIGNED), ("--update", *OUT)):
        said = bring(tmp_path, ROW, options=options)
        assert "only a draft or what is public can be changed here" in said
    assert Publication.objects.values().get() == before


def test_one_bad_correction_undoes_all(tmp_path: Path, monkeypatch) -> None:
    bring(tmp_path, ROW, {**ROW, "index_number": "旧/2"})
    entries = AuditEntry.objects.count()
    from disclosure.core.errors import NotPossible, Refusal

    take_over = actions.take_over

    def fail_second(*, publication, **rest):
        if publication.index_number == "旧/2":
            raise NotPossible(Refusal("just now", code="empty"))
        return take_over(publication=publication, **rest)

    monkeypatch.setattr(actions, "take_over", fail_second)
    rows = [{**ROW, "title": "题"}, {**ROW, "title": "题", "index_number": "旧/2"}]
    said = bring(tmp_path, *rows, {**ROW, "index_number": "新"}, options=("--update", *OUT))
    assert "Row 3, body: just now" in said
    assert {one.title for one in Publication.objects.all()} == {ROW["title"]}
    assert (Publication.objects.count(), AuditEntry.objects.count()) == (2, entries)


# --- many at once --------------------------------------------------------------------------------
def test_new_rows_are_told_to_the_rooms_together_and_once(tmp_path: Path, monkeypatch) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(hooks, "_bulk_effects", [*hooks._bulk_effects])
    hooks.bulk_effect(lambda made, sign_off: told.append([one.index_number for one in made]))
    monkeypatch.setattr("disclosure.publications.importing.storing.BATCH", 2)
    bring(tmp_path, *({**ROW, "index_number": str(number)} for number in range(5)))
    assert told == [["0", "1"], ["2", "3"], ["4"]]
    out = Publication.objects.first()
    assert out is not None
    assert (out.history.count(), out.events.count()) == (0, 0)
    assert AuditEntry.objects.filter(verb="importrun.done").count() == 1


def test_numbers_come_in_blocks_without_a_gap(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("disclosure.publications.importing.storing.BATCH", 3)
    f.make_publication(state="draft", index_number="SL/2013-00004")
    bring(tmp_path, *({**ROW, "index_number": "", "title": str(n)} for n in range(7)))
    given = Publication.objects.filter(title__in=map(str, range(7)))
    numbers = sorted(given.values_list("index_number", flat=True))
    assert numbers == [f"SL/2013-0000{n}" for n in (1, 2, 3, 5, 6, 7, 8)]
    assert next_serial("index:SL:2013") == 9
    assert list(next_block("index:SL:2013", 3)) == [10, 11, 12]
    assert list(next_block("another", 2)) == [1, 2]


def test_a_pattern_without_the_year_gives_no_number_twice(tmp_path: Path) -> None:
    Agency.objects.filter(code="SL").update(index_number_pattern="{agency}{serial:03d}")
    rows = [
        {**ROW, "index_number": "", "date_made": f"{year}-01-01"} for year in (2011, 2012, 2013) * 3
    ]
    assert bring(tmp_path, *rows).startswith("Created 9")
    assert len(set(Publication.objects.values_list("index_number", flat=True))) == 9


@pytest.mark.parametrize("options", [OUT, ()])
def test_what_copy_would_take_for_its_own_signs(tmp_path: Path, options: tuple[str, ...]) -> None:
    odd = "\\N \\. \\t a\tb 'x' \"y\" \\\\ 𠮷 %s {} \u00a0"
    row = {**ROW, "title": odd, "summary": f"{odd}\n二", "body": f"{odd}\n\n二", "keywords": "\\."}
    assert bring(tmp_path, row, options=options).startswith("Created 1")
    found = Publication.objects.get()
    assert found.title == " ".join(odd.split())
    assert found.summary == f"{odd}\n二".strip()
    assert found.keywords == "\\."
    assert found.contributors == []
    assert (found.created_at, found.expires_on) != (None, "")
    assert bring(tmp_path, row, options=options).startswith("Created 0, updated 0, unchanged 1")
    # The next key is nobody's.
    assert f.make_publication(state="draft").pk > found.pk


@given(
    st.text(st.sampled_from("=#&<>/;'\"\n \t\u00a0\u3000\u2028\u200b\ufeff甲𠮷ah1p"), max_size=30)
)
def test_plain_text_is_stored_as_the_sanitiser_would_leave_it(text: str) -> None:
    assert columns.text(text) == html.from_either(text)


def test_a_blank_publication_is_one_with_its_defaults() -> None:
    fresh, blank, other = Publication(), records.blank(), records.blank()
    for field in Publication._meta.concrete_fields:
        assert getattr(blank, field.attname) == getattr(fresh, field.attname), field.name
    blank.contributors.append(1)
    blank._state.adding = False
    assert (other.contributors, other._state.adding) == ([], True)


def test_a_number_taken_meanwhile_undoes_all(tmp_path: Path, monkeypatch) -> None:
    from disclosure.publications.importing.importer import Importer

    look = Importer._look

    def look_and_be_overtaken(importer):
        look(importer)
        f.make_publication(state="draft", index_number="旧/1")

    monkeypatch.setattr(Importer, "_look", look_and_be_overtaken)
    said = bring(tmp_path, ROW, {**ROW, "index_number": "旧/2"})
    assert "Row 2, index_number: Somebody else has just stored this." in said
    assert [one.state for one in Publication.objects.all()] == ["draft"]
