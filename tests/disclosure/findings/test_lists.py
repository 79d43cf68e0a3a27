"""The lists: who keeps them, what comes with the portal, the demonstration's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted
from disclosure.demo.agencies import PROVINCE
from disclosure.demo.findings import load_lists
from disclosure.findings import actions
from disclosure.findings.models import SensitiveSubject, Wording
from disclosure.findings.scanning import scan
from disclosure.findings.wordings import GENERAL, load_general
from disclosure.models import AuditEntry
from tests.admin_pages import errors, form_data, signed_in
from tests.factories import make_admin, make_agency, make_publication, make_tree, make_user

pytestmark = pytest.mark.django_db


def address(model: str, name: str, *args: Any) -> str:
    return reverse(f"admin:disclosure_{model}_{name}", args=args)


# --- what comes along ----------------------------------------------------------------------------
def test_the_general_list_is_loaded_once_and_what_was_deleted_stays_away() -> None:
    assert load_general() == len(GENERAL) >= 40
    assert load_general() == 0
    gone = Wording.objects.get(wrong="其它")
    actions.delete_wording(actor=None, wording=gone)
    assert load_general() == 0
    assert len({row[0] for row in GENERAL}) == len(GENERAL)
    wrongs = [row[0] for row in GENERAL]
    for _wrong, right, reason, _kind in GENERAL:
        assert reason.endswith("。")
        assert not [wrong for wrong in wrongs if wrong in right], "mending begins no new finding"


def test_the_general_list_finds_and_mends() -> None:
    load_general()
    one = make_publication(state="draft", body="<p>截止目前，法人代表已开立帐户。</p>")
    for finding in scan(one):
        assert finding.state == "open"
        actions.mend_wording(None, finding)
    one.refresh_from_db()
    assert one.body == "<p>截至目前，法定代表人已开立账户。</p>"


def test_the_demonstration_has_the_subjects_of_2013() -> None:
    agency = make_agency(PROVINCE)
    assert load_lists({PROVINCE: agency}) == 3
    assert load_lists({PROVINCE: agency}) == 0
    assert SensitiveSubject.objects.filter(is_demo=True).count() == 3
    one = make_publication(
        state="draft", agency=agency, body="<p>该工程防护等级为核6级常6级，附战术技术要求。</p>"
    )
    assert {finding.excerpt_masked for finding in scan(one)} == {
        "防护等级",
        "核6级常6级",
        "战术技术要求",
    }


# --- who keeps them ------------------------------------------------------------------------------
def test_reviewers_keep_their_agency_s_subjects(client: Client) -> None:
    province, first, second = make_tree()
    reviewer = make_user(Role.REVIEWER, agency=first)
    signed_in(client, reviewer)
    page = client.get(address("sensitivesubject", "add"))
    data = form_data(page) | {
        "agency": str(first.pk),
        "name": "工程",
        "words": " 防护等级 \n\n防护等级\n抗力*级",
        "reason": "敏感",
    }
    answer = client.post(address("sensitivesubject", "add"), data)
    assert answer.status_code == 302, errors(answer)
    subject = SensitiveSubject.objects.get()
    assert subject.words == "防护等级\n抗力*级"
    assert AuditEntry.objects.get().verb == "sensitivesubject.created"
    change = address("sensitivesubject", "change", subject.pk)
    data = form_data(client.get(change)) | {"reason": "更敏感"}
    assert client.post(change, data).status_code == 302
    subject.refresh_from_db()
    assert subject.reason == "更敏感"
    signed_in(client, make_user(Role.REVIEWER, agency=second))
    assert client.get(change).status_code == 404, "another agency's"
    signed_in(client, make_user(Role.EDITOR, agency=first))
    assert client.get(change).status_code == 200
    assert client.post(change, data).status_code == 403
    with pytest.raises(NotPermitted):
        actions.delete_subject(actor=make_user(Role.EDITOR, agency=first), subject=subject)
    actions.delete_subject(actor=reviewer, subject=subject)
    assert not SensitiveSubject.objects.exists()
    assert province.pk


def test_the_general_list_is_the_platform_s(client: Client) -> None:
    province, first, _second = make_tree()
    general = actions.create_wording(
        actor=None, wording=Wording(wrong="帐户", right="账户", reason="用字")
    )
    head = make_user(Role.HEAD, agency=province, with_descendants=True)
    signed_in(client, head)
    change = address("wording", "change", general.pk)
    assert "帐户" in client.get(address("wording", "changelist")).content.decode()
    assert client.get(change).status_code == 200, "everyone reads it"
    assert client.post(change, {"wrong": "甲"}).status_code == 403
    data = form_data(client.get(address("wording", "add"))) | {
        "wrong": "某词",
        "reason": "示例",
        "kind": "forbidden",
    }
    answer = client.post(address("wording", "add"), data)
    assert answer.status_code == 200
    assert Wording.objects.count() == 1, "without an agency it would be general"
    answer = client.post(address("wording", "add"), data | {"agency": str(first.pk)})
    assert answer.status_code == 302, errors(answer)
    with pytest.raises(NotPermitted):
        actions.create_wording(actor=head, wording=Wording(wrong="乙", reason="示例"))
    own = Wording.objects.get(agency=first)
    own.agency = None
    with pytest.raises(NotPermitted):
        actions.update_wording(actor=head, wording=own)
    signed_in(client, make_admin())
    data = form_data(client.get(change)) | {"right": "账户（银行）"}
    assert client.post(change, data).status_code == 302
    general.refresh_from_db()
    assert general.right == "账户（银行）"


def test_an_editor_of_one_agency_sees_no_other_s_wordings(client: Client) -> None:
    _province, first, second = make_tree()
    Wording.objects.create(agency=second, wrong="别处的词", reason="示例")
    signed_in(client, make_user(Role.EDITOR, agency=first))
    assert "别处的词" not in client.get(address("wording", "changelist")).content.decode()
