"""Takes the demonstration content away again, and nothing else: for an agency that has tried the
portal and goes on with an empty one.

Here alone what is otherwise never deleted is deleted: requests with their events, published
items, their history and the lines of the audit trail about them. Only rows marked `is_demo`, the
accounts and agencies that still bear the demonstration's own marks, and what hangs on these.
"""

import datetime as dt
from collections.abc import Iterable

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import F, Model, ProtectedError, Q, QuerySet

from disclosure.agencies.models import Agency, Office, RoleAssignment, User
from disclosure.audit.models import AuditEntry
from disclosure.catalogue import guide_text, standing
from disclosure.catalogue.models import Guide, Rule
from disclosure.channels.models import Appearance
from disclosure.core.triggers import lifted
from disclosure.demo.accounts import demo_users
from disclosure.demo.agencies import demo_agencies
from disclosure.demo.pages import guide_texts
from disclosure.findings.models import SensitiveSubject, Wording
from disclosure.life.models import CleanUpEntry, CleanUpRound, ClosedVersion, Relation
from disclosure.numbering.models import Counter
from disclosure.opendata import dumping
from disclosure.publications.models import Attachment, Publication
from disclosure.publications.trail import SignOff
from disclosure.publiclog.models import LogEntry, LogHead
from disclosure.reports.models import AnnualReport
from disclosure.reports.trail import CellAdjustment, EditionFile, ReportEdition, ReportEvent
from disclosure.standards.models import StandardItem
from disclosure.watch.models import ColumnPlan
from disclosure.withheld.models import Reassessment, ReassessmentRound, WithheldItem
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.letters.models import Letter, LetterFile, LetterStyle, LetterWording
from requests_app.messages.models import MessageText
from requests_app.proposing.models import AskedOften, Proposal


@lifted(
    "requests_app.RequestEvent",
    "requests_app.Letter",
    "disclosure.AuditEntry",
    "disclosure.Publication",
    "disclosure.PublicationEvent",
    "disclosure.ConfidentialityReview",
    "disclosure.Attachment",
    "disclosure.SignOff",
    "disclosure.ClosedVersion",
    "disclosure.LogEntry",
    "disclosure.LogHead",
    "disclosure.ReportEdition",
    "disclosure.ReportEvent",
)
def remove_demo() -> list[str]:
    """Remove it all, in one transaction; says in lines what went and what had to stay."""
    _remove_lists()
    dumping.take_from_the_public()
    counts = {
        "requests": _remove_requests(),
        "rules": _remove(Rule.objects.filter(is_demo=True)),
        "guides": _remove_guides(),
        "publications": _remove_publications(),
        "annual reports": _remove_reports(),
    }
    users_kept = _remove_users()
    agencies_kept = _remove_agencies()
    _forget_counters()
    lines = [f"removed {name}: {count}" for name, count in counts.items()]
    if users_kept:
        lines.append(f"accounts closed, but kept for what they did: {' '.join(users_kept)}")
    if agencies_kept:
        lines.append(f"agencies kept, because real records hang on them: {' '.join(agencies_kept)}")
    return lines


def _remove_reports() -> int:
    """With their editions, the files made of these, and their steps."""
    rows = AnnualReport.objects.filter(is_demo=True)
    _delete_files(made.file for made in EditionFile.objects.filter(edition__report__in=rows))
    _remove(CellAdjustment.objects.filter(report__in=rows))
    rows.update(edition=None, published_at=None, state="draft", content_hash="")
    ReportEdition.objects.filter(report__in=rows).delete()
    ReportEvent.objects.filter(report__in=rows).delete()
    return _remove(rows)


def _remove(rows: QuerySet) -> int:
    """Delete rows, then their history and what the audit trail says about them."""
    model, keys = rows.model, list(rows.values_list("pk", flat=True))
    rows.delete()
    _forget(model, keys)
    return len(keys)


def _forget(model: type[Model], keys: Iterable[int]) -> None:
    """Delete the history of rows that are gone and the lines of the audit trail about them."""
    listed = list(keys)
    if hasattr(model, "history"):
        model.history.filter(id__in=listed).delete()
    AuditEntry.objects.filter(
        target_type=model._meta.label_lower, target_id__in=[str(key) for key in listed]
    ).delete()


def _remove_lists() -> None:
    """What hangs on publications and agencies, what refers before what is referred to."""
    for rows in (
        Proposal.objects.filter(request__is_demo=True),
        AskedOften.objects.filter(sample__is_demo=True),
        Reassessment.objects.filter(round__is_demo=True),
        ReassessmentRound.objects.filter(is_demo=True),
        WithheldItem.objects.filter(is_demo=True),
        ClosedVersion.objects.filter(version__is_demo=True),
        Relation.objects.filter(Q(source__is_demo=True) | Q(target__is_demo=True)),
        CleanUpEntry.objects.filter(round__is_demo=True),
        CleanUpRound.objects.filter(is_demo=True),
        Appearance.objects.filter(is_demo=True),
        StandardItem.objects.filter(is_demo=True),
        ColumnPlan.objects.filter(is_demo=True),
        SensitiveSubject.objects.filter(is_demo=True),
        Wording.objects.filter(is_demo=True),
    ):
        _remove(rows)


#: No details of an entry are shown before this moment.
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def _remove_log() -> None:
    """The public log begins anew where it spoke of nothing but the demonstration; else the chain
    stays whole and what it says of the demonstration is held back."""
    of_demo = LogEntry.objects.filter(publication__is_demo=True)
    if LogEntry.objects.exclude(pk__in=of_demo.values("pk")).exists():
        of_demo.update(publication=None, agency=None, visible_from=NEVER)
        return
    of_demo.delete()
    LogHead.objects.all().delete()


def _remove_requests() -> int:
    rows = DisclosureRequest.objects.filter(is_demo=True)
    _delete_files(file.file for file in RequestFile.objects.filter(request__in=rows))
    _delete_files(file.file for file in LetterFile.objects.filter(letter__request__in=rows))
    return _remove(rows)


def _remove_publications() -> int:
    rows = Publication.objects.filter(is_demo=True)
    attachments = list(Attachment.objects.filter(publication__in=rows))
    _delete_files(attachment.file for attachment in attachments)
    sign_offs = set(rows.exclude(sign_off=None).values_list("sign_off", flat=True))
    sign_offs |= set(SignOff.objects.filter(publication__in=rows).values_list("pk", flat=True))
    Attachment.objects.filter(pk__in=[one.pk for one in attachments]).delete()
    _remove_log()
    rows.update(sign_off=None, state="draft", revision=F("revision") + 1)
    SignOff.objects.filter(publication__in=rows).delete()
    _remove(rows.filter(revises__isnull=False))
    count = _remove(rows)
    still_used = Publication.objects.filter(sign_off__in=sign_offs).values("sign_off")
    SignOff.objects.filter(pk__in=sign_offs).exclude(pk__in=still_used).delete()
    _forget(Attachment, [attachment.pk for attachment in attachments])
    return count


def _delete_files(files: Iterable) -> None:
    """Delete the bytes once the rows are gone for good."""

    def delete(storage: Storage, name: str) -> None:
        transaction.on_commit(lambda: storage.delete(name))

    for file in files:
        delete(file.storage, file.name)


def _remove_guides() -> int:
    """The guides that still have the demonstration's text; others are the agency's own by now."""
    removed, kept = 0, []
    of_demo = Q(publication__is_demo=True) | Q(agency__in=demo_agencies())
    for guide in Guide.objects.filter(of_demo).select_related("agency"):
        newest = standing.working(guide)
        if newest is None or newest.body == guide_text.render(guide_texts(guide.agency)):
            removed += _remove(Guide.objects.filter(pk=guide.pk))
        else:
            kept.append(guide.publication_id)
    Publication.objects.filter(Q(pk__in=kept) | Q(revises__in=kept)).update(is_demo=False)
    return removed


def _remove_users() -> list[str]:
    """Remove the accounts; the names of those that real records still mention.

    Such an account stays on the record, but nobody can sign in with it any more.
    """
    kept = []
    for user in demo_users().values():
        key = user.pk
        _remove(RoleAssignment.objects.filter(user=user))
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:
            user.is_active = user.is_superuser = False
            user.set_unusable_password()
            user.save()
            kept.append(user.username)
        else:
            _forget(User, [key])
    return kept


def _remove_agencies() -> list[str]:
    """Remove the agencies, leaves first; the codes of those that real records hang on."""
    kept = []
    for agency in sorted(demo_agencies(), key=lambda agency: agency.path, reverse=True):
        fresh = Agency.objects.get(pk=agency.pk)
        if _is_used(fresh):
            kept.append(fresh.code)
            continue
        _remove_offices(fresh)
        for model in (LetterStyle, LetterWording, MessageText):
            _remove(model.objects.filter(agency=fresh))
        AuditEntry.objects.filter(agency=fresh).delete()
        Agency.objects.filter(pk=fresh.pk).delete()
        _forget(Agency, [agency.pk])
    return kept


def _remove_offices(agency: Agency) -> None:
    """The parts before what they are part of."""
    while leaves := list(
        Office.objects.filter(agency=agency, parts__isnull=True).values_list("pk", flat=True)
    ):
        _remove(Office.objects.filter(pk__in=leaves))


def _is_used(agency: Agency) -> bool:
    """Whether anything hangs on an agency that is not the demonstration's own."""
    own_lines = Q(target_type=Agency._meta.label_lower) | Q(target_type=Office._meta.label_lower)
    return bool(
        agency.numchild
        or agency.publications.exists()
        or agency.requests.exists()
        or agency.annual_reports.exists()
        or agency.rules.exists()
        or agency.assignments.exists()
        or Guide.objects.filter(agency=agency).exists()
        or AuditEntry.objects.filter(agency=agency).exclude(own_lines).exists()
    )


def _forget_counters() -> None:
    """A series of numbers of requests or letters of which nothing is left begins anew."""
    for counter in Counter.objects.filter(name__startswith="request:"):
        _series, code, year = counter.name.split(":")
        if not DisclosureRequest.objects.filter(number__startswith=f"{code}-{year}-").exists():
            counter.delete()
    for counter in Counter.objects.filter(name__startswith="index:"):
        if not Publication.objects.filter(agency__code=counter.name.split(":")[1]).exists():
            counter.delete()
    for counter in Counter.objects.filter(name__startswith="letter:"):
        _series, code, kind, year = counter.name.split(":")
        letters = Letter.objects.filter(request__agency__code=code, kind=kind, year=year)
        if not letters.exists():
            counter.delete()
