"""One record of each kind that hangs on publishing, of one agency: for tests over every page."""

import datetime as dt

from django.core.files.base import ContentFile
from django.db.models import Model

from disclosure.core.dates import now, today
from disclosure.models import (
    Agency,
    Appearance,
    Category,
    CleanUpEntry,
    CleanUpRound,
    ClosedVersion,
    ColumnPlan,
    Finding,
    MissedSearch,
    Publication,
    PublicationReads,
    Relation,
    SearchSynonym,
    SensitiveSubject,
    StandardArea,
    StandardItem,
    Wording,
)
from disclosure.publications import actions
from tests.factories import PDF, make_publication, the_signer
from tests.withheld import make_item, make_round


def make_earlier_version(live: Publication) -> Publication:
    """Revise `live` under a blanket sign-off; the version that stood before."""
    revision = actions.revise(actor=None, publication=live)
    revision.summary, revision.change_note = f"第{live.version + 1}版", "更新概述"
    revision = actions.update(actor=None, publication=revision)
    with actions.blanket(signed_by=the_signer(live.agency), note="tests") as sign_off:
        actions.take_over(publication=revision, sign_off=sign_off)
    revision.refresh_from_db()
    return revision


def make_publishing_things(
    agency: Agency, category: Category, publication: Publication
) -> list[Model]:
    """One of each, the agency's own; `publication` is public."""
    area, _made = StandardArea.objects.get_or_create(key="area", defaults={"name": "示例领域"})
    standard = StandardItem.objects.create(
        agency=agency,
        area=area,
        serial=1,
        level1="示例事项",
        content="示例内容",
        category=category,
        at_county=True,
    )
    plan = ColumnPlan.objects.create(agency=agency, category=category, period_days=14)
    appearance = Appearance(
        publication=publication, channel="gazette", on=today(), proof_name="证明.pdf"
    )
    appearance.proof_type = "application/pdf"
    appearance.proof.save("proof.pdf", ContentFile(PDF), save=False)
    appearance.save()
    subject = SensitiveSubject.objects.create(
        agency=agency, name="工程规模", words="防护等级", reason="涉密"
    )
    wording = Wording.objects.create(
        agency=agency, wrong="法人代表", right="法定代表人", reason="用语不准确"
    )
    finding = Finding.objects.create(
        publication=publication,
        rule="mobile",
        severity="blocks",
        place="body",
        excerpt_masked="138****1234",
        mark="0" * 64,
        found_at=now(),
        revision=publication.revision,
    )
    other = make_publication("另一份文件", agency=agency, category=category)
    relation = Relation.objects.create(source=publication, target=other, kind="related")
    closed = ClosedVersion.objects.create(
        version=make_earlier_version(other), reason="含个人信息", closed_at=now()
    )
    round_ = CleanUpRound.objects.create(
        agency=agency,
        title="示例清理",
        as_of=today(),
        due_on=today() + dt.timedelta(days=30),
        announced_in=category,
        begun_at=now(),
        begun_by=the_signer(agency),
    )
    entry = CleanUpEntry.objects.create(round=round_, publication=other)
    withheld = make_item(agency=agency)
    reassessed = make_round(agency=agency)
    return [
        area,
        standard,
        plan,
        appearance,
        subject,
        wording,
        finding,
        relation,
        closed,
        round_,
        entry,
        withheld,
        reassessed,
        reassessed.rows.first(),
        SearchSynonym.objects.get_or_create(words="示例、样例")[0],
        MissedSearch.objects.get_or_create(words="无此信息", day=today())[0],
        PublicationReads.objects.create(publication=publication, reads=3, as_of=today()),
    ]
