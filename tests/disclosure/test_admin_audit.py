"""The staff pages of the audit trail: read by the auditor of the agency, written by nobody."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies import staff
from disclosure.agencies.roles import Role
from disclosure.audit.trail import record
from disclosure.core.dates import SHANGHAI
from disclosure.core.triggers import lifted
from disclosure.models import Agency, AuditEntry, CalendarYear, RoleAssignment, User
from disclosure.publications import actions
from disclosure.workdays import actions as workdays
from requests_app import actions as casework
from tests.admin_pages import signed_in
from tests.factories import (
    make_admin,
    make_agency,
    make_category,
    make_publication,
    make_tree,
    make_user,
    walk_out,
)
from tests.request_factories import answer_request, make_receipt

pytestmark = pytest.mark.django_db
LIST = "/en" + "/admin/disclosure/auditentry/"


def page(name: str, entry: AuditEntry) -> str:
    return "/en" + reverse(f"admin:disclosure_auditentry_{name}", args=[entry.pk])


def text_of(client: Client, url: str, **query: Any) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(client: Client, **query: Any) -> list[str]:
    """The labels of the records in the list, newest first."""
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return [entry.target_label for entry in answer.context["cl"].result_list]


def auditor(agency: Agency, **more: Any) -> User:
    return make_user(Role.AUDITOR, agency=agency, **more)


def written(moment: dt.datetime, publication: Any, verb: str = "publication.changed") -> AuditEntry:
    """An entry of another day (an entry is never changed, so it is made as it shall be)."""
    return AuditEntry.objects.create(
        at=moment,
        verb=verb,
        target_type="disclosure.publication",
        target_id=str(publication.pk),
        target_label=publication.title,
        agency=publication.agency,
    )


# --- who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_only_the_auditor_reads_it(client: Client, role: Role) -> None:
    agency = make_agency()
    entry = record(None, "publication.created", make_publication(agency=agency))
    signed_in(client, make_user(role, agency=agency))
    assert client.get(LIST).status_code == 403
    assert client.get(page("change", entry)).status_code in {403, 404}
    assert "auditentry" not in text_of(client, reverse("admin:index"))


def test_the_superuser_does_not_read_it(client: Client) -> None:
    entry = record(None, "publication.created", make_publication())
    signed_in(client, make_admin())
    assert client.get(LIST).status_code == 403
    assert client.get(page("change", entry)).status_code in {403, 404}


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_adds_changes_or_deletes(client: Client, method: str) -> None:
    publication = make_publication()
    entry = AuditEntry.objects.latest("pk")
    signed_in(client, auditor(publication.agency))
    before = list(AuditEntry.objects.order_by("pk").values())
    send = getattr(client, method)
    assert send(LIST + "add/", {"verb": "x"}).status_code == 403
    assert send(page("delete", entry), {"post": "yes"}).status_code == 403
    assert client.post(page("change", entry), {"verb": "x"}).status_code == 403
    assert client.get(page("history", entry)).status_code == 404, "it has none"
    chosen = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(LIST, chosen)
    assert list(AuditEntry.objects.order_by("pk").values()) == before
    text = text_of(client, LIST)
    assert 'name="action"' not in text
    assert "addlink" not in text
    assert "deletelink" not in text_of(client, page("change", entry))


def test_another_agencys_is_not_there(client: Client) -> None:
    province, first, second = make_tree()
    own = record(None, "publication.created", make_publication("甲的文件", agency=first))
    foreign = record(None, "publication.created", make_publication("乙的文件", agency=second))
    signed_in(client, auditor(first))
    assert set(listed(client)) == {"甲的文件"}
    assert "乙市办公室" not in text_of(client, LIST), "no filter choice either"
    assert listed(client, agency__id__exact=second.pk) == []
    assert client.get(page("change", own)).status_code == 200
    for name in ("change", "history", "delete"):
        assert client.get(page(name, foreign)).status_code == 404
        assert client.post(page(name, foreign), {"post": "yes"}).status_code == 404
    signed_in(client, auditor(province, with_descendants=True))
    assert set(listed(client)) == {"甲的文件", "乙的文件"}
    assert set(listed(client, agency__id__exact=province.pk)) == {"甲的文件", "乙的文件"}
    assert set(listed(client, agency__id__exact=second.pk)) == {"乙的文件"}


def test_what_belongs_to_no_agency_is_for_the_root(client: Client) -> None:
    province, first, _second = make_tree()
    entry = record(None, "category.created", make_category("top", name="公开目录"))
    signed_in(client, auditor(first))
    assert listed(client) == []
    assert client.get(page("change", entry)).status_code == 404
    signed_in(client, auditor(province))
    assert listed(client) == [entry.target_label]
    assert client.get(page("change", entry)).status_code == 200


# --- the list ------------------------------------------------------------------------------------
def test_the_newest_is_first_and_said_in_words(client: Client) -> None:
    agency = make_agency(name="示例省办公室")
    publisher = make_user(Role.PUBLISHER, agency=agency, full_name="发布员甲")
    draft = make_publication(
        "一份文件", state="draft", agency=agency, date_made=dt.date(2026, 1, 5)
    )
    walk_out(draft, signer=publisher)
    signed_in(client, auditor(agency))
    assert listed(client) == ["一份文件"] * 6
    text = text_of(client, LIST)
    assert text.index("Publication · Publish") < text.index("Publication · Added")
    assert "发布员甲" in text
    assert "the system or the public" in text
    assert "publication.publish</td>" not in text


def test_filters_by_kind_and_deed(client: Client) -> None:
    public = make_publication("一份文件")
    person = staff.create_user(actor=None, user=User(username="新人"), password=None)
    signed_in(client, auditor(public.agency))
    assert listed(client) == [person.username, "一份文件", "一份文件"]
    assert listed(client, kind="publication") == ["一份文件"] * 2
    assert listed(client, kind="user") == ["新人"]
    assert listed(client, verb="publication.created") == ["一份文件"]
    assert listed(client, verb="nobody.knows") == []
    assert len(listed(client, kind="nothing")) == 3
    choices = text_of(client, LIST, kind="user")
    assert "?kind=user&amp;verb=user.password_set" in choices
    assert "verb=publication.created" not in choices, "only deeds of the chosen kind"
    other = text_of(client, LIST, kind="user", verb="user.created")
    assert "?kind=publication&quot;" in other.replace('"', "&quot;"), "lets go of the deed"


def test_requests_say_their_deeds_too(client: Client) -> None:
    agency = make_agency()
    handler = make_user(Role.HANDLER, agency=agency)
    request = make_receipt(agency).request
    casework.take(request, "register", actor=handler)
    answer_request(request, handler=handler)
    signed_in(client, auditor(agency))
    text = text_of(client, LIST)
    assert "Disclosure request · Registered" in text
    text = text_of(client, page("change", AuditEntry.objects.get(verb="request.issue")))
    assert "Disclosure request · Answered" in text
    assert "<dd>Granted</dd>" in text
    assert reverse("admin:requests_app_disclosurerequest_change", args=[request.pk]) in text


def test_search_over_record_and_person(client: Client) -> None:
    agency = make_agency()
    editor = make_user(Role.EDITOR, agency=agency, username="zhang", full_name="张三")
    record(editor, "publication.created", make_publication("关于𠮷祥路的通知", agency=agency))
    record(None, "publication.created", make_publication("别的", agency=agency))
    signed_in(client, auditor(agency))
    assert set(listed(client, q="𠮷祥")) == {"关于𠮷祥路的通知"}
    assert listed(client, q="zhang") == listed(client, q="张三") == ["关于𠮷祥路的通知"]
    assert listed(client, q="李四") == []


def test_days_to_choose_from(client: Client) -> None:
    public = make_publication(agency=make_agency(), state="draft")
    with lifted("disclosure.AuditEntry"):
        AuditEntry.objects.all()._raw_delete("default")
    written(dt.datetime(2024, 11, 30, 9, tzinfo=SHANGHAI), public)
    written(dt.datetime(2026, 1, 31, 23, 59, tzinfo=SHANGHAI), public)
    written(dt.datetime(2026, 2, 1, 0, 1, tzinfo=SHANGHAI), public)
    signed_in(client, auditor(public.agency))
    text = text_of(client, LIST)
    for year in (2024, 2025, 2026):
        assert f'<a href="?at__year={year}">{year}</a>' in text
    assert "at__year=2023" not in text
    assert len(listed(client, at__year=2026)) == 2
    text = text_of(client, LIST, at__year=2026)
    assert 'href="?at__month=1&amp;at__year=2026"' in text
    assert 'href="?at__month=2&amp;at__year=2026"' in text
    assert "at__month=3" not in text, "nothing lies after the last entry"
    assert len(listed(client, at__year=2026, at__month=2)) == 1, "days are China's"
    text = text_of(client, LIST, at__year=2026, at__month=2)
    assert 'href="?at__day=1&amp;at__month=2&amp;at__year=2026"' in text
    assert "at__day=2&" not in text
    assert len(listed(client, at__year=2026, at__month=1, at__day=31)) == 1
    text = text_of(client, LIST, at__year=2026, at__month=1, at__day=31)
    assert 'class="date-back"' in text


@pytest.mark.parametrize(
    "query",
    [
        {"at__year": "abc"},
        {"at__year": "99999"},
        {"at__year": "2026", "at__month": "13"},
        {"at__month": "2"},
        {"at__day": "x"},
        {"agency__id__exact": "x"},
        {"verb": "坏\x00"},
        {"q": "坏\x00"},
        {"p": "999"},
        {"o": "-9"},
        {"kind": "user' OR 1=1"},
    ],
)
def test_odd_queries_are_no_server_error(client: Client, query: dict[str, str]) -> None:
    signed_in(client, auditor(make_publication().agency))
    assert client.get(LIST, query).status_code in {200, 302}
    assert client.get(LIST, query, follow=True).status_code == 200


def test_an_empty_trail_is_a_page_too(client: Client) -> None:
    signed_in(client, auditor(make_agency()))
    assert listed(client) == []


# --- one entry -----------------------------------------------------------------------------------
def test_an_entry_tells_its_facts_in_words(client: Client) -> None:
    agency = make_agency("SL", name="示例省办公室")
    somebody = make_user(username="zhang", full_name="张三")
    administrator = make_admin("root")
    assignment = RoleAssignment(user=somebody, agency=agency, role=Role.EDITOR)
    staff.grant(actor=administrator, assignment=assignment)
    signed_in(client, auditor(agency, with_descendants=True))
    text = text_of(client, page("change", AuditEntry.objects.get(verb="role.granted")))
    for said in ("Role assignment · Role given", "张三", "<dd>Editor</dd>", "<dd>No</dd>"):
        assert said in text, said
    for model, obj in (("roleassignment", assignment), ("user", administrator), ("agency", agency)):
        assert reverse(f"admin:disclosure_{model}_change", args=[obj.pk]) in text
    url = reverse("admin:disclosure_user_change", args=[administrator.pk])
    signed_in(client, auditor(agency))
    text = text_of(client, page("change", AuditEntry.objects.get(verb="role.granted")))
    assert url not in text, "who works elsewhere is not theirs to see"
    assert "role.granted of disclosure.roleassignment" in text, "the code for those who look it up"


def test_changed_fields_are_named(client: Client) -> None:
    public = make_category("top")
    entry = record(None, "category.changed", public, fields=["name", "is_active", "gone"], x=[1, 2])
    signed_in(client, auditor(make_agency()))
    text = text_of(client, page("change", entry))
    assert "name、in use、gone" in text
    assert "1、2" in text, "a fact that nobody declared is shown as it is"


def test_a_record_is_linked_only_where_it_may_be_seen(client: Client) -> None:
    agency = make_agency()
    draft = make_publication("草稿一件", state="draft", agency=agency)
    entry = AuditEntry.objects.latest("pk")
    url = reverse("admin:disclosure_publication_change", args=[draft.pk])
    signed_in(client, auditor(agency))
    assert url in text_of(client, page("change", entry))
    actions.delete(actor=None, publication=draft)
    text = text_of(client, page("change", entry))
    assert url not in text, "it is gone"
    assert "草稿一件" in text
    # What has moved to another agency since is there, and not this person's to see.
    other = make_publication("移走的", state="draft", agency=agency)
    entry = AuditEntry.objects.latest("pk")
    other.agency = make_agency()
    actions.update(actor=None, publication=other)
    url = reverse("admin:disclosure_publication_change", args=[other.pk])
    assert url not in text_of(client, page("change", entry))


def test_a_record_of_a_model_that_is_no_more(client: Client) -> None:
    agency = make_agency()
    signed_in(client, auditor(agency))
    for target_type in ("disclosure.nothing", "nonsense", ""):
        entry = AuditEntry.objects.create(
            verb="comet.seen", target_type=target_type, target_id="x", agency=agency, facts={}
        )
        assert "comet.seen" in text_of(client, page("change", entry))
    assert "comet.seen" in text_of(client, LIST)


def test_what_is_written_is_not_run(client: Client) -> None:
    public = make_publication("<script>alert(1)</script>")
    entry = record(None, "publication.withdrawn", public, reason="<b>x</b>")
    signed_in(client, auditor(public.agency))
    for url in (LIST, page("change", entry)):
        text = text_of(client, url)
        assert "<script>alert" not in text
        assert "<b>x</b>" not in text


# --- however many --------------------------------------------------------------------------------
def test_queries_do_not_grow(client: Client) -> None:
    _province, first, _second = make_tree()
    public = make_publication(agency=first)
    signed_in(client, auditor(first))
    entry = AuditEntry.objects.latest("pk")
    urls = [LIST, LIST + "?kind=publication", LIST + "?at__year=2026", page("change", entry)]
    few = [count(client, url) for url in urls]
    for number in range(30):
        editor = make_user(Role.EDITOR, agency=first)
        record(editor, "publication.changed", public, reason=f"第{number}次")
        workdays.save_year(actor=None, year=CalendarYear(year=2030 + number))
    assert [count(client, url) for url in urls] == few
    assert max(few) < 20


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_an_index_serves_the_list_of_an_agency() -> None:
    names = {index.name: index.fields for index in AuditEntry._meta.indexes}
    assert names["audit_agency_at"] == ["agency", "-at", "-id"]
