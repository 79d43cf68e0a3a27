"""Issuing a letter: its number, its seal, its verification code; then its files.

The document is frozen in the transaction of the step. PDF and DOCX are made of it right after the
commit; what a crash left is made by the sweep.
"""

import datetime as dt
import hashlib
import logging
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django_tasks import task

from disclosure.core import background
from disclosure.core.crypto import encrypt
from disclosure.core.dates import now
from disclosure.core.errors import DomainError, NotPossible
from disclosure.numbering.serials import next_serial
from disclosure.paper import pdf as paper
from requests_app.access_codes import new_code
from requests_app.casework.models import DisclosureRequest, RequestEvent
from requests_app.deadline.wording import say
from requests_app.fees.rules import explain, in_yuan
from requests_app.letters import composing
from requests_app.letters.checking import why_not_send
from requests_app.letters.document import Document
from requests_app.letters.kinds import KINDS
from requests_app.letters.models import Letter, LetterFile

logger = logging.getLogger(__name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
SWEPT_AT_ONCE = 100
#: Extended while an opinion without a term is awaited (Art. 33): there is no day to name yet.
_END_UNKNOWN = "征求意见结束、延长后的期限届满之日"


def with_step(taking: Any, *, kind: str = "", fee: Any = None, **whom: Any) -> None:
    """Issue the letter that belongs to a step once its event stands."""
    kind = kind or taking.row.letter
    fields = _fields(taking, fee)

    def issue(event: RequestEvent) -> None:
        if kind == "extension":
            due = taking.case.answer_due
            fields["until"] = composing.chinese_day(due) if due else _END_UNKNOWN
        reasons = why_not_send(taking.case, kind, taking.on, fields, **whom)
        if reasons:
            raise NotPossible(reasons)
        document = composing.notice(taking.case, kind, taking.on, fields, **whom)
        freeze(taking.case, kind, document, event=event, actor=taking.actor, at=taking.at, **whom)

    taking.then.append(issue)


def _fields(taking: Any, fee: Any) -> dict[str, str]:
    data = taking.data
    fields = {"text": taking.asked.text()}
    until = data.get("until")
    if until:
        fields["until"] = composing.chinese_day(until)
    if taking.row.letter == "extension":
        fields["days"] = str(data.get("days") or taking.asked.extension_days)
    if fee is not None:
        due = taking.asked.calendar.add_workdays(taking.on, 20)
        fields |= {
            "amount": in_yuan(fee.amount),
            "explanation": "\n".join(_in_chinese(line) for line in explain(fee)),
            "until": composing.chinese_day(due),
            "payment": taking.asked.text("payment"),
        }
    fields["article"] = "第三十二条" if taking.row.letter == "third_party" else "第三十三条"
    if taking.row.letter == "co_maker":
        fields["article"] = "第三十四条"
    return fields


def _in_chinese(phrase: Any) -> str:
    from django.utils import translation

    with translation.override(composing.CHINESE):
        return say(phrase)


def freeze(
    case: DisclosureRequest,
    kind: str,
    document: Document,
    *,
    event: RequestEvent | None,
    actor: Any,
    at: dt.datetime,
    party: Any = None,
    task: Any = None,
    agency: Any = None,
) -> Letter:
    """Give the document its number and code, and store it as issued. The counter is locked until
    the transaction ends, so this comes late in it."""
    year = document.date.year
    sign = KINDS[kind].sign
    serial = next_serial(f"letter:{case.agency.code}:{kind}:{year}")
    number = composing.number_of(composing.style_of(case.agency), sign, year, serial)
    code = new_code()
    document = replace(
        document,
        number=number,
        verify_code=code,
        verify_url=f"{settings.SITE_URL}/verify/{code}/",
    )
    letter = Letter.objects.create(
        request=case,
        event=event,
        kind=kind,
        party=party,
        task=task,
        number=document.number,
        year=year,
        serial=serial,
        document=document.as_dict(),
        content_sha256=document.content_sha256,
        verify_code=code,
        issued_on=document.date,
        issued_at=at,
        issued_by=actor,
    )
    # Robust: a worker that cannot be woken must not turn a finished step into an error.
    transaction.on_commit(lambda: background.wake(make_waiting_files), robust=True)
    return letter


def make_files(letter: Letter) -> bool:
    """Make what is missing of the PDF and the DOCX of an issued letter; whether it has both now.

    Each is stored once, and only then is the letter marked: it may be run again at any time.
    """
    document = letter.read()
    if document is None:
        return False
    made = set(letter.files.values_list("format", flat=True))
    for kind in LetterFile.Format:
        if kind.value in made:
            continue
        try:
            data = _render(document, kind)
        except DomainError as error:
            # What is wrong may quote the letter, and the log is not the place for that.
            reason = type(error).__name__
            logger.warning("no %s of letter %s can be made: %s", kind.value, letter.pk, reason)
        else:
            _store(letter, kind, data)
            made.add(kind.value)
    if made < set(LetterFile.Format.values):
        return False
    Letter.objects.filter(pk=letter.pk, files_made_at__isnull=True).update(files_made_at=now())
    return True


def _makes_pdf() -> bool:
    try:
        paper.ready()
    except paper.PdfUnavailable:
        return False
    return True


def _render(document: Document, kind: LetterFile.Format) -> bytes:
    from requests_app.letters import docx, pdf

    return pdf.render(document) if kind == LetterFile.Format.PDF else docx.render(document)


def _store(letter: Letter, kind: LetterFile.Format, data: bytes) -> None:
    file = LetterFile(
        letter=letter,
        format=kind,
        label={"name": f"{letter.number}.{kind.value}"},
        content_type=PDF if kind == LetterFile.Format.PDF else DOCX,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    file.file.save(f"{file.uuid}.bin", ContentFile(encrypt(data)), save=False)
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        # Somebody else has stored it meanwhile; the same document gives the same bytes.
        file.file.storage.delete(str(file.file.name))


@task()
def make_waiting_files() -> int:
    """Make the files of letters just issued. In the worker, because rendering takes memory and
    the better part of a second."""
    made = sweep()
    if made >= SWEPT_AT_ONCE:
        background.wake(make_waiting_files)
    return made


def sweep() -> int:
    """Make the files that a crash or a missing library left unmade; how many letters.

    A letter that cannot be made holds up no other. Where no PDF can be made at all, letters that
    have their DOCX wait.
    """
    waiting = Letter.objects.filter(files_made_at__isnull=True, document__isnull=False)
    if not _makes_pdf():
        waiting = waiting.filter(files__isnull=True)
    made = 0
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)):
        made += make_files(Letter.objects.get(pk=key))
        if made >= SWEPT_AT_ONCE:
            break
    return made
