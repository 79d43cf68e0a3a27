"""The page of an item's findings: texts with marks, buttons by right, one conflict at a time."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.findings import presenting
from disclosure.findings.models import Finding, Wording
from disclosure.findings.ready import findings_part
from disclosure.findings.scanning import scan
from disclosure.models import Publication
from disclosure.publications import actions as publishing
from tests.admin_pages import signed_in
from tests.factories import PDF, make_publication, make_tree, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MOBILE = "13800138000"


def draft(body: str, **fields: Any) -> Publication:
    return make_publication("示例通知", state="draft", body=body, **fields)


def page(publication: Publication) -> str:
    return reverse("admin:disclosure_finding_publication", args=[publication.pk])


def text(client: Client, publication: Publication) -> str:
    return client.get(page(publication)).content.decode()


def test_the_texts_with_each_finding_marked(client: Client) -> None:
    one = draft(f"<p>手机<strong>138</strong>00138000，<em>秘书</em>。</p><p>再写{MOBILE}。</p>")
    signed_in(client, make_user(Role.REVIEWER))
    before = text(client, one)
    assert "have not been looked through" in before
    assert "<mark" not in before
    assert not Finding.objects.exists(), "looking at a page writes nothing"
    answer = client.post(page(one), {"do": "scan"}, follow=True)
    shown = answer.content.decode()
    assert "Looked through: 1 finding is open." in shown
    assert 'id="found-1"' in shown
    assert shown.count('id="found-1"') == 1
    assert 'href="#found-1"' in shown
    assert shown.count("<mark") == shown.count("</mark>") == 3
    assert "<strong><mark" in shown
    assert '<span class="found-label">1 Mobile number</span>' in shown, "not by colour alone"
    assert "138****8000" in shown
    assert "2 times" in shown
    assert "style=" not in shown.split('id="content-main"')[1]
    labels = re.findall(r'<label for="(note-\d+)"', shown)
    assert labels
    assert all(f'id="{label}"' in shown for label in labels)


def test_buttons_follow_the_rights(client: Client) -> None:
    one = draft(f"<p>{MOBILE}</p>")
    scan(one)
    signed_in(client, make_user(Role.REVIEWER))
    shown = text(client, one)
    assert 'value="overrule"' in shown
    assert 'value="mask"' not in shown
    signed_in(client, make_user(Role.EDITOR))
    shown = text(client, one)
    assert 'value="overrule"' not in shown
    assert 'value="mask"' in shown
    assert 'value="mask_all"' in shown
    signed_in(client, make_user(Role.AUDITOR))
    shown = text(client, one)
    for verb in ("overrule", "mask", "mask_all", "mend"):
        assert f'value="{verb}"' not in shown
        assert client.post(page(one), {"do": verb, "finding": "0"}).status_code in {403, 404}


def test_another_agency_s_item_is_not_there(client: Client) -> None:
    _province, first, second = make_tree()
    one = draft(f"<p>{MOBILE}</p>", agency=first)
    (finding,) = scan(one)
    signed_in(client, make_user(Role.REVIEWER, agency=second))
    assert client.get(page(one)).status_code == 404
    assert client.post(page(one), {"do": "scan"}).status_code == 404
    own = draft("<p>无</p>", agency=second)
    data = {"do": "overrule", "finding": str(finding.pk), "note": "可以"}
    assert client.post(page(own), data).status_code == 404
    finding.refresh_from_db()
    assert finding.state == "open"


def test_overruling_and_opening_again(client: Client) -> None:
    one = draft(f"<p>{MOBILE}</p>")
    (finding,) = scan(one)
    signed_in(client, make_user(Role.REVIEWER))
    key = str(finding.pk)
    answer = client.post(page(one), {"do": "overrule", "finding": key, "note": ""})
    assert answer.status_code == 409
    assert "Please say why it may stay." in answer.content.decode()
    client.post(page(one), {"do": "overrule", "finding": key, "note": "单位值班手机"})
    shown = text(client, one)
    assert "Nothing is open." in shown
    assert "单位值班手机" in shown
    client.post(page(one), {"do": "reopen", "finding": key})
    finding.refresh_from_db()
    assert finding.state == "open"
    assert client.post(page(one), {"do": "eat", "finding": key}).status_code == 404
    assert client.post(page(one), {"do": "reopen", "finding": "9" * 30}).status_code == 404


def test_masking_and_mending(client: Client) -> None:
    Wording.objects.create(wrong="帐户", right="账户", reason="规范用字")
    made = dt.date(2026, 11, 2)
    one = draft(f"<p>{MOBILE}，帐户，{MOBILE[:10]}1</p>", date_made=made)
    scan(one)
    signed_in(client, make_user(Role.EDITOR))
    wording = one.findings.get(rule="wrong_wording")
    client.post(page(one), {"do": "mend", "finding": str(wording.pk)})
    first = one.findings.filter(rule="mobile").first()
    client.post(page(one), {"do": "mask", "finding": str(first.pk if first else 0)})
    one.refresh_from_db()
    assert one.body == "<p>138****8000，账户，13800138001</p>"
    answer = client.post(page(one), {"do": "mask_all"}, follow=True)
    assert "1 finding of personal data was masked." in answer.content.decode()
    one.refresh_from_db()
    assert MOBILE[:10] not in one.body
    publishing.take(one, "submit", actor=make_user(Role.EDITOR))
    assert client.post(page(one), {"do": "mask_all"}).status_code == 409


def test_nothing_that_is_typed_becomes_markup(client: Client) -> None:
    Wording.objects.create(wrong="坏词", right="<b>", reason='"><script>1</script>')
    one = draft("<p>坏词&lt;i&gt;</p>", summary="<script>坏词</script>")
    scan(one)
    signed_in(client, make_user(Role.EDITOR))
    shown = text(client, one).split('id="content-main"')[1]
    assert "<script>" not in shown
    assert "&lt;i&gt;" in shown
    finding = one.findings.get(place="body")
    client.post(page(one), {"do": "mend", "finding": str(finding.pk)})
    one.refresh_from_db()
    assert one.body == "<p>&lt;b&gt;&lt;i&gt;</p>"


def test_of_a_long_text_what_stands_around_findings_is_shown(client: Client) -> None:
    one = draft("<p>" + "长" * presenting.WHOLE + f"，手机{MOBILE}，" + "文" * 1000 + "</p>")
    scan(one)
    signed_in(client, make_user(Role.REVIEWER))
    shown = text(client, one)
    assert "A long text" in shown
    assert 'id="found-1"' in shown
    assert len(shown) < 20_000


def test_the_page_asks_as_often_whatever_there_is(client: Client) -> None:
    few = draft(f"<p>{MOBILE}</p>", attachments={"一.pdf": PDF})
    many = draft(
        "".join(f"<p>手机138001380{n:02d}</p>" for n in range(30)),
        attachments={f"{n}.pdf": PDF for n in range(4)},
    )
    signed_in(client, make_user(Role.REVIEWER))
    counts = []
    for one in (few, many):
        scan(one)
        text(client, one)
        with CaptureQueriesContext(connection) as queries:
            text(client, one)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_the_part_of_the_item_s_page(rf: RequestFactory) -> None:
    one = draft(f"<p>{MOBILE}，地址：甲市中山路100号大厦301室</p>")
    request = rf.get("/")
    part = findings_part(request, one)
    assert part is not None
    assert part.context["is_current"] is False
    scan(one)
    part = findings_part(request, one)
    assert part is not None
    assert (part.context["blocking"], part.context["to_look_at"]) == (1, 1)
    assert part.context["url"].endswith(f"/{one.pk}/")
    assert findings_part(request, make_publication()) is None


def test_the_list_of_findings(client: Client) -> None:
    one = draft(f"<p>{MOBILE}</p>")
    scan(one)
    signed_in(client, make_user(Role.REVIEWER))
    shown = client.get(reverse("admin:disclosure_finding_changelist")).content.decode()
    assert f"/finding/publication/{one.pk}/" in shown
    assert MOBILE not in shown
