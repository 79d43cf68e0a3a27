"""Freezing a letter and making its files: numbers without gaps, once, also after a crash."""

import datetime as dt
import hashlib
import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django_tasks import default_task_backend

from disclosure.core.dates import now, today
from disclosure.core.errors import NotPossible, Refusal
from disclosure.paper import pdf as paper
from disclosure.paper.pdf import MissingGlyph, PdfUnavailable
from requests_app import actions, uploads
from requests_app.letters import docx, issuing, pdf
from requests_app.letters.document import Document, Paragraph
from requests_app.models import DisclosureRequest, Letter, LetterFile
from tests.factories import make_agency
from tests.request_factories import answer_request, make_request, make_style

YEAR = 2026


@pytest.fixture(autouse=True)
def _quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files look like is tested elsewhere."""
    monkeypatch.setattr(pdf, "render", lambda document: b"%PDF" + document.canonical)
    monkeypatch.setattr(docx, "render", lambda document: b"PK" + document.canonical)
    monkeypatch.setattr(paper, "ready", lambda: None)


def make_document(text: str = "示例。", on: dt.date = dt.date(YEAR, 3, 16)) -> Document:
    return Document("示例局", "示例书", "", "示例甲", (Paragraph(text),), "示例局", on)


def freeze(case: DisclosureRequest, kind: str = "answer", **document: Any) -> Letter:
    return issuing.freeze(case, kind, make_document(**document), event=None, actor=None, at=now())


def numbers() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("number", flat=True))


# --- numbers -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_numbers_count_by_agency_kind_and_year() -> None:
    here, there = make_request(agency=make_agency("AA")), make_request(agency=make_agency("BB"))
    make_style(here.agency)
    freeze(here)
    freeze(here)
    freeze(here, "correction")
    freeze(here, on=dt.date(YEAR + 1, 1, 4))
    freeze(there)
    assert numbers() == [
        "示公开〔2026〕答1号",
        "示公开〔2026〕答2号",
        "示公开〔2026〕补1号",
        "示公开〔2027〕答1号",
        "BB〔2026〕答1号",
    ]


@pytest.mark.django_db
def test_what_is_rolled_back_gives_its_number_back() -> None:
    case = make_request(agency=make_agency("AA"))
    freeze(case)

    @transaction.atomic
    def fail() -> None:
        freeze(case)
        raise NotPossible(Refusal("示例"))

    for _attempt in range(3):
        with pytest.raises(NotPossible):
            fail()
    freeze(case)
    assert numbers() == ["AA〔2026〕答1号", "AA〔2026〕答2号"]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap() -> None:
    """Every third transaction fails after its letter was numbered."""
    threads, each = 8, 6
    cases = [make_request(agency=make_agency(code)) for code in ("AA", "BB")]
    barrier = Barrier(threads)

    def work(thread: int) -> None:
        try:
            barrier.wait(60)
            for number in range(each):
                try:
                    with transaction.atomic():
                        freeze(cases[thread % 2])
                        if number % 3 == 2:
                            raise NotPossible(Refusal("示例"))
                except NotPossible:
                    continue
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    for case in cases:
        serials = case.letters.order_by("serial").values_list("serial", flat=True)
        assert list(serials) == list(range(1, threads // 2 * 4 + 1))
    codes = set(Letter.objects.values_list("verify_code", flat=True))
    assert len(codes) == Letter.objects.count() == 32
    issuing.sweep()
    assert not Letter.objects.filter(files_made_at__isnull=True).exists()


# --- frozen --------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_is_frozen_is_read_again_with_its_seal(settings: Any) -> None:
    letter = freeze(make_request())
    letter.refresh_from_db()
    document = letter.read()
    assert document is not None
    assert document.content_sha256 == letter.content_sha256
    assert document.number == letter.number
    assert document.verify_code == letter.verify_code
    assert document.verify_url == f"{settings.SITE_URL}/verify/{letter.verify_code}/"
    assert not document.is_draft


@pytest.mark.django_db
def test_every_letter_of_a_case_has_its_own_code() -> None:
    case = make_request("registered", channel="mail", postal_address="示例路1号")
    case = actions.take(case, "ask_third_party", name="示例公司", text="合同")
    kinds = sorted(case.letters.values_list("kind", flat=True))
    assert kinds == ["consulting", "third_party"]
    assert len(set(case.letters.values_list("verify_code", flat=True))) == 2


@pytest.mark.django_db
def test_a_draft_has_no_letter() -> None:
    case = make_request("registered")
    make_style(case.agency)
    actions.draft(case, actor=None, closing="特此答复。")
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_an_extension_tells_the_day_that_follows_from_it() -> None:
    case = make_request("registered")
    case = actions.take(case, "extend", days=10, text="需要检索的档案较多。")
    document = case.letters.get().read()
    assert document is not None
    text = "".join(document.lines())
    due = case.answer_due
    assert f"延长答复期限10个工作日，本机关将于{due.year}年{due.month}月{due.day}日前" in text


# --- files ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_files_are_made_after_the_commit(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = freeze(make_request())
        assert not letter.files.exists()
    told = [result.task.module_path for result in default_task_backend.results]
    assert "requests_app.letters.issuing.make_waiting_files" in told
    issuing.make_waiting_files.func()
    letter.refresh_from_db()
    assert letter.files_made_at is not None
    assert sorted(letter.files.values_list("format", flat=True)) == ["docx", "pdf"]
    stored = letter.files.get(format="pdf")
    data = uploads.read(stored)
    document = letter.read()
    assert document is not None
    assert data == b"%PDF" + document.canonical
    assert (stored.size, stored.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert stored.name == f"{letter.number}.pdf"
    with stored.file.open("rb") as file:
        assert data not in file.read(), "encrypted at rest"


@pytest.mark.django_db
def test_files_are_made_once() -> None:
    letter = freeze(make_request())
    assert issuing.make_files(letter)
    made = list(letter.files.values_list("uuid", "sha256"))
    stamp = Letter.objects.get().files_made_at
    assert issuing.make_files(letter)
    assert list(letter.files.values_list("uuid", "sha256")) == made
    assert Letter.objects.get().files_made_at == stamp


@pytest.mark.django_db
def test_a_crash_between_the_two_files_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = freeze(make_request())

    def crash(_document: Document) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(docx, "render", crash)
        with pytest.raises(KeyboardInterrupt):
            issuing.make_files(letter)
    first = letter.files.get()
    assert Letter.objects.get().files_made_at is None
    assert issuing.sweep() == 1
    assert letter.files.get(format=first.format).uuid == first.uuid
    assert letter.files.count() == 2
    assert issuing.sweep() == 0


@pytest.mark.django_db
def test_a_quicker_worker_wins_and_nothing_is_left_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter = freeze(make_request())
    once = itertools.count()

    def overtaken(document: Document) -> bytes:
        if next(once) == 0:
            assert issuing.make_files(letter)
        return b"%PDF" + document.canonical

    monkeypatch.setattr(pdf, "render", overtaken)
    assert issuing.make_files(letter)
    assert letter.files.count() == 2
    storage = LetterFile.objects.first().file.storage
    folder = LetterFile.objects.first().file.name.rpartition("/")[0]
    stored = {file.file.name for file in LetterFile.objects.all()}
    assert {f"{folder}/{name}" for name in storage.listdir(folder)[1]} >= stored
    for file in LetterFile.objects.all():
        assert uploads.read(file)


@pytest.mark.django_db
def test_without_pdf_the_docx_is_there_and_the_letter_waits(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    letter = freeze(make_request())

    def unavailable(*_args: object) -> bytes:
        raise PdfUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", unavailable)
        patch.setattr(paper, "ready", unavailable)
        assert not issuing.make_files(letter)
        assert issuing.sweep() == 0, "it is not tried each day anew"
    assert [file.format for file in letter.files.all()] == ["docx"]
    assert caplog.messages == [f"no pdf of letter {letter.pk} can be made: PdfUnavailable"]
    assert issuing.sweep() == 1
    assert letter.files.count() == 2


@pytest.mark.django_db
def test_one_letter_that_cannot_be_made_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(issuing, "SWEPT_AT_ONCE", 2)
    case = make_request()
    bad = [freeze(case, text="龘") for _number in range(3)]
    good = [freeze(case) for _number in range(3)]

    def render(document: Document) -> bytes:
        if "龘" in document.blocks[0].line:  # type: ignore[union-attr]
            raise MissingGlyph("龘")
        return b"%PDF" + document.canonical

    monkeypatch.setattr(pdf, "render", render)
    assert issuing.sweep() == 2
    assert issuing.sweep() == 1
    waiting = Letter.objects.filter(files_made_at__isnull=True)
    assert set(waiting) == set(bad)
    assert not {letter.pk for letter in good} & {letter.pk for letter in waiting}
    assert "龘" not in caplog.text, "the log quotes no letter"


@pytest.mark.django_db
def test_an_erased_letter_has_no_files_to_make() -> None:
    letter = freeze(make_request())
    Letter.objects.update(document=None)
    letter.refresh_from_db()
    assert not issuing.make_files(letter)
    assert issuing.sweep() == 0


@pytest.mark.django_db
def test_an_answer_that_is_issued_is_a_letter() -> None:
    case = answer_request(make_request("registered"))
    letter = case.letters.get(kind="answer")
    assert letter.issued_on == today()
    assert letter.number.startswith(f"示公开〔{today().year}〕答")
