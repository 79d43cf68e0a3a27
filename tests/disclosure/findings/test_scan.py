"""Looking a publication through: what is kept, how decisions survive, masking, mending."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.findings import actions, policies, sources
from disclosure.findings.models import Finding, FindingsScan, SensitiveSubject, Wording
from disclosure.findings.scanning import scan
from disclosure.findings.sources import Foreign, SourceText
from disclosure.models import AuditEntry, Publication
from disclosure.publications import actions as publishing
from tests.factories import PDF, make_agency, make_publication, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ID = "11010519491231002X"
MOBILE = "13800138000"


def draft(body: str = "", **fields: Any) -> Publication:
    return make_publication("示例通知", state="draft", body=body or "<p>示例正文。</p>", **fields)


def found(publication: Publication) -> list[tuple[str, str, str]]:
    rows = publication.findings.order_by("rule", "place")
    return [(one.rule, one.place, one.state) for one in rows]


def change(publication: Publication, **fields: Any) -> Publication:
    publication.refresh_from_db()
    for name, value in fields.items():
        setattr(publication, name, value)
    return publishing.update(actor=None, publication=publication)


# --- scanning ------------------------------------------------------------------------------------
def test_findings_hold_nothing_in_clear() -> None:
    one = draft(f"<p>张三，身份证号{ID}，手机{MOBILE}。</p>")
    scan(one)
    assert found(one) == [
        ("mobile", "body", "open"),
        ("name_with_id", "body", "open"),
        ("resident_id", "body", "open"),
    ]
    for row in Finding.objects.values():
        stored = str(row)
        assert ID not in stored
        assert MOBILE not in stored
        assert "张三" not in stored
    assert one.findings.get(rule="mobile").excerpt_masked == "138****8000"


def test_a_second_scan_changes_nothing() -> None:
    one = draft(f"<p>手机{MOBILE}，再写一次{MOBILE}。</p>")
    first = scan(one)
    again = scan(one)
    assert [row.pk for row in first] == [row.pk for row in again]
    assert again[0].times == 2
    assert Finding.objects.count() == 1
    assert FindingsScan.objects.get().revision == one.revision


def test_a_decision_survives_and_what_goes_is_mended() -> None:
    reviewer = make_user(Role.REVIEWER)
    one = draft(f"<p>值班手机{MOBILE}。</p>")
    (finding,) = scan(one)
    actions.overrule(reviewer, finding, "单位值班手机")
    change(one, body=f"<p>新增一段。</p><p>值班手机{MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}。</p>")
    (again,) = scan(one)
    assert (again.pk, again.state, again.note) == (finding.pk, "overruled", "单位值班手机")
    change(one, body="<p>没有了。</p>")
    assert scan(one) == []
    assert found(one) == [("mobile", "body", "gone")]
    change(one, body=f"<p>{MOBILE}</p>")
    (back,) = scan(one)
    assert (back.state, back.note, back.decided_by) == ("open", "", None)
    change(one, body="<p>又没有了。</p>")
    scan(one)
    assert found(one) == [("mobile", "body", "mended")]


def test_words_overruled_in_one_sentence_are_found_in_another() -> None:
    one = draft("<p>本工程为防护等级示范。</p>")
    SensitiveSubject.objects.create(
        agency=one.agency, name="防护等级", words="防护等级\n抗力*级别", reason="涉及工程防护"
    )
    (finding,) = scan(one)
    assert (finding.rule, finding.reason) == ("sensitive_subject", "涉及工程防护")
    actions.overrule(None, finding, "泛指")
    change(one, body="<p>本工程为防护等级示范。</p><p>另一处防护等级为甲类，抗力等级别高。</p>")
    assert sorted(row.state for row in scan(one)) == ["open", "open", "overruled"]


def test_lists_are_the_agency_s_and_those_above_it() -> None:
    above = make_agency("TOP")
    here = make_agency("LOW", under=above)
    other = make_agency("OTHER", under=above)
    for agency, word in ((above, "上级词"), (here, "本级词"), (other, "别处词")):
        SensitiveSubject.objects.create(agency=agency, name="主题", words=word, reason="示例")
    Wording.objects.create(agency=other, wrong="别处表述", reason="示例")
    Wording.objects.create(wrong="帐户", right="账户", reason="规范用字")
    one = draft("<p>上级词、本级词、别处词、别处表述、帐户。</p>", agency=here)
    scan(one)
    assert found(one) == [
        ("sensitive_subject", "body", "open"),
        ("sensitive_subject", "body", "open"),
        ("wrong_wording", "body", "open"),
    ]


def test_what_hides_in_links_titles_and_names() -> None:
    one = draft(f'<p><a href="tel:{MOBILE}">致电</a></p>', attachments={f"{ID}.pdf": PDF})
    change(one, title=f"关于{MOBILE}的通知", keywords=ID)
    scan(one)
    attachment = one.attachments.get()
    assert {(rule, place) for rule, place, _state in found(one)} == {
        ("mobile", "body"),
        ("mobile", "title"),
        ("resident_id", "keywords"),
        ("resident_id", f"name:{attachment.uuid}"),
    }


def test_texts_and_findings_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    one = draft(attachments={"名单.pdf": PDF})
    attachment = one.attachments.get()
    place = sources.place_of(attachment)

    def files(publication: Publication) -> Any:
        for each in publication.attachments.all():
            yield SourceText(str(each.uuid), each.name, f"手机{MOBILE}")
            yield Foreign("hidden_content", str(each.uuid), "第2页", "有隐藏文字")

    monkeypatch.setattr(sources, "_sources", [files])
    scan(one)
    assert found(one) == [("hidden_content", place, "open"), ("mobile", place, "open")]
    assert one.findings.get(rule="hidden_content").reason_shown == "第2页: 有隐藏文字"
    with pytest.raises(NotPossible, match="in a file"):
        actions.mask(None, one.findings.get(rule="mobile"))
    publishing.detach(actor=None, attachment=attachment)
    scan(one)
    assert {state for _rule, _place, state in found(one)} == {"gone"}


def test_number_and_dates_that_do_not_fit() -> None:
    one = draft(
        "<p>全文。</p><p>二〇一三年十一月五日</p>",
        document_number="某政办〔2012〕5号",
        date_made=dt.date(2013, 11, 6),
    )
    scan(one)
    assert found(one) == [
        ("date_in_text", "body", "open"),
        ("year_of_number", "document_number", "open"),
    ]
    change(one, date_made=dt.date(2013, 11, 5), document_number="某政办〔2013〕5号")
    assert scan(one) == []


def test_citing_what_is_not_public() -> None:
    make_publication("已公开的办法", document_number="某政办〔2013〕1号")
    make_publication("未公开的方案", state="draft", document_number="某政办〔2013〕2号")
    one = draft(
        "<p>根据某政办〔2013〕1号、某政办[2013]2号和《未公开的方案》《已公开的办法》《无此文件》。</p>"
    )
    scan(one)
    rows = one.findings.order_by("start")
    assert [row.excerpt_masked for row in rows] == ["某政办[2013]2号", "未公开的方案"]
    assert {row.rule for row in rows} == {"cites_not_public"}


# --- holding back --------------------------------------------------------------------------------
def test_open_findings_hold_the_review_back() -> None:
    one = draft(f"<p>手机{MOBILE}。地址：甲市中山路100号人防大厦301室</p>")
    assert "looked through" in str(policies.why_not_pass(one)[0])
    scan(one)
    (refusal,) = policies.why_not_pass(one)
    assert str(refusal) == "Mobile number in 'text': 138****8000"
    actions.overrule(None, one.findings.get(rule="mobile"), "值班手机")
    assert policies.why_not_pass(one) == [], "what is only to be looked at blocks nothing"
    change(one, summary="变了")
    one.refresh_from_db()
    assert policies.why_not_pass(one), "another text than the one that was looked through"


def test_it_is_looked_through_when_handed_in() -> None:
    writer = make_user(Role.EDITOR)
    one = draft(f"<p>手机{MOBILE}。</p>", date_made=dt.date(2026, 11, 1))
    publishing.take(one, "submit", actor=writer)
    assert found(one) == [("mobile", "body", "open")]


# --- deciding ------------------------------------------------------------------------------------
def test_overruling_asks_a_right_a_note_and_another_person() -> None:
    editor, reviewer = make_user(Role.EDITOR), make_user(Role.REVIEWER)
    both = make_user(Role.EDITOR, Role.REVIEWER)
    one = draft(f"<p>{MOBILE}</p>")
    change(one, body=f"<p>手机{MOBILE}</p>")
    (finding,) = scan(one)
    with pytest.raises(NotPermitted):
        actions.overrule(editor, finding, "可以")
    with pytest.raises(NotPossible, match="why it may stay"):
        actions.overrule(reviewer, finding, " ")
    one.refresh_from_db()
    one.summary = "改"
    publishing.update(actor=both, publication=one)
    with pytest.raises(NotPossible, match="Who wrote"):
        actions.overrule(both, finding, "可以")
    actions.overrule(reviewer, finding, "值班手机")
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by) == ("overruled", reviewer)
    assert actions.reopen_finding(reviewer, finding).state == "open"
    entries = AuditEntry.objects.filter(verb__startswith="finding.").order_by("pk")
    assert [entry.verb for entry in entries] == ["finding.overruled", "finding.reopened"]
    assert MOBILE not in str(list(entries.values()))


def test_the_database_wants_the_note() -> None:
    (finding,) = scan(draft(f"<p>{MOBILE}</p>"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(state="overruled")


# --- masking -------------------------------------------------------------------------------------
def test_masking_is_a_change_of_the_draft() -> None:
    editor = make_user(Role.EDITOR)
    one = draft(f"<p>手机<strong>138</strong>0013<em>8000</em>，张三{ID}</p>")
    scan(one)
    finding = actions.mask(editor, one.findings.get(rule="mobile"))
    one.refresh_from_db()
    assert finding.state == "mended"
    assert one.body == f"<p>手机<strong>138</strong>****<em>8000</em>，张三{ID}</p>"
    newest = one.history.first()
    assert (newest.history_user, newest.history_change_reason) == (editor, "Personal data masked")
    assert one.revision == 2


def test_everything_found_is_masked_at_once() -> None:
    editor = make_user(Role.EDITOR)
    one = draft(
        f'<p>张三，身份证号{ID}，住址：甲市中山路100号3栋2单元501室，<a href="tel:{MOBILE}">致电</a>'  # noqa: E501
        "，卡号6222 0212 3456 7890 128。</p>",
        summary=f"联系人手机{MOBILE}",
    )
    assert actions.mask_all(editor, one) == 5
    one.refresh_from_db()
    assert one.summary == "联系人手机138****8000"
    assert one.body == (
        "<p>张三，身份证号1101**********002X，住址：甲市中山路****，"
        '<a href="tel:138****8000" rel="noopener noreferrer">致电</a>'
        "，卡号**** **** **** ***0 128。</p>"
    )
    assert one.findings.open().count() == 0
    assert actions.mask_all(editor, one) == 0


def test_only_a_draft_is_masked_and_only_by_its_writers() -> None:
    editor, reviewer = make_user(Role.EDITOR), make_user(Role.REVIEWER)
    one = draft(f"<p>{MOBILE}</p>", date_made=dt.date(2026, 11, 1))
    (finding,) = scan(one)
    with pytest.raises(NotPermitted):
        actions.mask(reviewer, finding)
    publishing.take(one, "submit", actor=editor)
    with pytest.raises(NotPossible, match="Only a draft"):
        actions.mask(editor, finding)
    with pytest.raises(NotPossible, match="Only a draft"):
        actions.mask_all(editor, one)


def test_a_wrong_wording_is_mended_and_a_forbidden_one_is_not() -> None:
    Wording.objects.create(wrong="帐户", right="账户", reason="规范用字")
    Wording.objects.create(wrong="史上最严", reason="夸大", kind="forbidden")
    one = draft("<p>开立<b>帐</b>户，注销帐户。史上最严。</p>")
    scan(one)
    assert (
        actions.mend_wording(None, one.findings.filter(rule="wrong_wording")[0]).state == "mended"
    )
    forbidden = one.findings.get(rule="forbidden_wording")
    with pytest.raises(NotPossible, match="no right wording"):
        actions.mend_wording(None, forbidden)
    one.refresh_from_db()
    assert one.body == "<p>开立<b>账</b>户，注销账户。史上最严。</p>"
    assert policies.why_not_pass(one)
