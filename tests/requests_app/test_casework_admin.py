"""The staff pages of requests: who sees what, the list, the case, its steps."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.dates import now, today
from disclosure.models import Agency, AuditEntry, User
from requests_app import actions, uploads
from requests_app.casework import worklist
from requests_app.models import DisclosureRequest, RequestFile, StagedUpload
from tests.factories import PDF, make_office, make_tree, make_user
from tests.intake import text_of
from tests.request_factories import RESIDENT_ID, make_request, make_style

pytestmark = pytest.mark.django_db
LIST = "admin:requests_app_disclosurerequest_changelist"


@pytest.fixture(autouse=True)
def _english() -> None:
    """What is asserted below is the sources' English."""
    with translation.override("en"):
        yield


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree: tuple[Agency, ...]) -> User:
    return make_user(Role.HANDLER, agency=tree[1], username="handler", full_name="经办甲")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="disclosure.agencies.backends.RoleBackend")
    return client


def url(case: DisclosureRequest, step: str = "change", **more: object) -> str:
    return reverse(
        f"admin:requests_app_disclosurerequest_{step}", kwargs={"object_id": case.pk, **more}
    )


def far() -> dt.date:
    return today() + dt.timedelta(days=20)


def numbers(client: Client, query: str = "") -> list[str]:
    response = client.get(reverse(LIST) + query)
    assert response.status_code == 200
    return [case.number for case in response.context["cl"].result_list]


# --- who sees what -----------------------------------------------------------------------------


def test_only_the_own_agency_is_there(tree, handler) -> None:
    own, other = make_request(agency=tree[1]), make_request(agency=tree[2])
    client = signed_in(handler)
    assert numbers(client) == [own.number]
    assert client.get(url(own)).status_code == 200
    for step in ("change", "register", "assign", "propose", "draft", "close", "reveal", "slip"):
        assert client.get(url(other, step)).status_code == 404
        assert client.post(url(other, step), {"purpose": "x"}).status_code == 404
    other.refresh_from_db()
    assert other.state == "submitted"


def test_a_role_over_the_agencies_below_sees_them(tree) -> None:
    below = make_request(agency=tree[1])
    head = make_user(Role.HEAD, agency=tree[0], with_descendants=True)
    assert numbers(signed_in(head)) == [below.number]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.REPORTER, Role.PLATFORM_ADMIN])
def test_other_roles_see_no_requests(tree, role) -> None:
    case = make_request(agency=tree[1])
    client = signed_in(make_user(role, agency=tree[1]))
    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(url(case)).status_code in {403, 404}
    assert case.number not in text_of(client.get(reverse("admin:index")))


def test_an_auditor_reads_without_personal_data(tree, handler) -> None:
    case = make_request("answered", agency=tree[1], handler=handler, text="给示例甲的答复。")
    client = signed_in(make_user(Role.AUDITOR, agency=tree[1]))
    page = text_of(client.get(url(case)))
    assert case.number in page
    assert "给示例甲的答复" not in page
    assert "13800000000" not in page
    assert client.get(url(case, "reveal")).status_code == 403
    assert client.get(url(case, "draft")).status_code == 403
    assert client.get(url(case, "preview")).status_code == 403


def test_nothing_is_edited_or_deleted(tree, handler) -> None:
    case = make_request(agency=tree[1])
    client = signed_in(handler)
    assert client.post(url(case), {"state": "closed"}).status_code == 403
    assert client.post(url(case, "delete"), {"post": "yes"}).status_code == 403
    case.refresh_from_db()
    assert case.state == "submitted"


# --- the list ----------------------------------------------------------------------------------


def test_what_is_to_be_done_comes_by_urgency(tree, handler) -> None:
    """One request of each light, found again by each filter of the list."""
    days = {"overdue": 60, "red": 28, "amber": 23, "green": 2}
    cases = {
        name: make_request(agency=tree[1], at=now() - dt.timedelta(days=ago))
        for name, ago in days.items()
    }
    client = signed_in(handler)
    listed = numbers(client, "?standing=open")
    assert listed == [case.number for case in cases.values()]
    by_level: dict[str, set[str]] = {}
    for case in cases.values():
        case.refresh_from_db()
        level = "red" if case.red_on <= today() else "amber"
        if case.amber_on > today():
            level = "green"
        by_level.setdefault(level, set()).add(case.number)
    for level in ("red", "amber", "green"):
        assert set(numbers(client, f"?standing={level}")) == by_level.get(level, set())
    assert numbers(client, "?standing=overdue") == [cases["overdue"].number]
    assert set(numbers(client, "?standing=unregistered")) == set(listed)
    assert numbers(client, "?standing=mine") == []
    actions.take(cases["green"], "register", actor=handler)
    assert numbers(client, "?standing=mine") == [cases["green"].number]


@pytest.mark.parametrize("standing", worklist.STANDINGS)
def test_each_standing_has_a_list(handler, standing) -> None:
    assert numbers(signed_in(handler), f"?standing={standing}") == []


def test_search_and_filters(tree, handler) -> None:
    found = make_request(agency=tree[1], information_name="人防工程平时使用𠮷")
    make_request(agency=tree[1], information_name="别的")
    client = signed_in(handler)
    assert numbers(client, "?q=平时使用𠮷") == [found.number]
    assert numbers(client, f"?q={found.number.lower()}") == [found.number]
    assert len(numbers(client, f"?agency__id__exact={tree[1].pk}&state__exact=submitted")) == 2
    for absurd in ("?q=%00", "?q=%F0%A0", "?standing=nonsense", "?received=99999"):
        assert client.get(reverse(LIST) + absurd, follow=True).status_code == 200


def test_the_list_costs_the_same_however_long(tree, handler) -> None:
    client = signed_in(handler)
    make_request("registered", agency=tree[1], handler=handler)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(LIST)).status_code == 200
        counts.append(len(queries))
        for _case in range(5):
            make_request("registered", agency=tree[1], handler=handler)
    assert counts[0] == counts[1] <= 16


def test_start_page_names_what_waits(tree, handler) -> None:
    mine = make_request("registered", agency=tree[1], handler=handler)
    new = make_request(agency=tree[1], information_name="新来的申请")
    other = make_request("registered", agency=tree[1], information_name="同事的申请")
    done = make_request("answered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse("admin:index"))
    few = len(queries)
    panels = {panel.key: panel for panel in response.context["panels"]}
    assert [row.url for row in panels["requests-mine"].rows] == [url(mine)]
    assert [row.url for row in panels["requests-unregistered"].rows] == [url(new)]
    assert [row.url for row in panels["requests-open"].rows] == [url(other)]
    assert [row.url for row in panels["requests-to-close"].rows] == [url(done)]
    assert "working days left" in str(panels["requests-mine"].rows[0].word)
    for panel in panels.values():
        assert client.get(panel.url).status_code == 200
    for _case in range(4):
        make_request("registered", agency=tree[1], handler=handler)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("admin:index"))
    assert len(queries) == few


# --- the case ----------------------------------------------------------------------------------


def test_the_page_of_a_case(tree, handler) -> None:
    case = make_request("answered", agency=tree[1], handler=handler, id_number=RESIDENT_ID)
    client = signed_in(handler)
    with CaptureQueriesContext(connection) as queries:
        page = text_of(client.get(url(case)))
    assert len(queries) <= 28
    assert case.information_name in page
    assert "Answered" in page
    assert "示例答复" in page
    assert "经办甲" in page
    assert RESIDENT_ID not in page
    assert "13800000000" not in page


def test_a_full_case_costs_as_much_as_a_slim_one(tree, handler) -> None:
    client = signed_in(handler)
    counts = []
    for number in (1, 4):
        case = make_request("registered", agency=tree[1], handler=handler)
        for _more in range(number):
            case = actions.take(case, "ask_third_party", name="示例公司", text="合同")
            case = actions.take(
                case,
                "ask_help",
                office=make_office(tree[1], f"处{case.pk}{_more}"),
                text="查",
                until=far(),
            )
            actions.add_note(case, actor=handler, text="说明")
        for letter in case.letters.exclude(kind="help"):
            case = actions.take(case, "serve", letter=letter, channel="email")
        actions.set_points(case, actor=handler, texts=[f"第{n}项" for n in range(number + 1)])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(case)).status_code == 200
        with CaptureQueriesContext(connection) as of_draft:
            assert client.get(url(case, "draft")).status_code == 200
        counts.append((len(queries), len(of_draft)))
    assert counts[0] == counts[1]


def test_details_are_shown_for_a_recorded_purpose_only(tree, handler) -> None:
    case = make_request(agency=tree[1], id_type="resident_id", id_number=RESIDENT_ID)
    client = signed_in(handler)
    response = client.get(url(case, "reveal"))
    assert RESIDENT_ID not in text_of(response)
    response = client.post(url(case, "reveal"), {"purpose": "  "})
    assert RESIDENT_ID not in text_of(response)
    assert "Please say what you need it for." in text_of(response)
    assert not AuditEntry.objects.filter(verb="request.identity_seen").exists()
    response = client.post(url(case, "reveal"), {"purpose": "serve"})
    assert RESIDENT_ID in text_of(response)
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(verb="request.identity_seen")
    assert (entry.actor, entry.facts) == (handler, {"purpose": "serve"})


def test_files_are_opened_with_a_trace(tree, handler) -> None:
    case = make_request(agency=tree[1])
    file = RequestFile(request=case, purpose="application")
    uploads.fill(file, uploads.Upload("身份证明.pdf", PDF))
    file.save()
    client = signed_in(handler)
    assert "身份证明.pdf" in text_of(client.get(url(case)))
    response = client.get(url(case, "file", uuid=file.uuid))
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.get(verb="request.file_opened").facts == {"file": str(file.uuid)}
    other = make_request(agency=tree[1])
    assert client.get(url(other, "file", uuid=file.uuid)).status_code == 404
    auditor = signed_in(make_user(Role.AUDITOR, agency=tree[1]))
    assert "身份证明" not in text_of(auditor.get(url(case)))
    assert auditor.get(url(case, "file", uuid=file.uuid)).status_code == 403


# --- steps -------------------------------------------------------------------------------------


def test_from_registration_to_the_closed_case(tree, handler) -> None:
    """Draft, legal review, approval, issue, delivery: each on its own page, by its own person."""
    make_style(tree[1])
    case = make_request(agency=tree[1])
    client = signed_in(handler)
    reviewer = signed_in(make_user(Role.REVIEWER, agency=tree[1]))
    head = signed_in(make_user(Role.HEAD, agency=tree[1]))
    assert 'data-step="register"' in text_of(client.get(url(case)))
    assert client.post(url(case, "register")).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.handler) == ("registered", handler)

    page = text_of(client.get(url(case, "draft")))
    assert "Point 1: nothing is decided." in page
    point = url(case, "point", position=1)
    assert "Granted: provided" in text_of(client.get(point))
    assert "How it is provided" in text_of(client.get(f"{point}?determination=given"))
    decided = client.post(point, {"determination": "given", "how": "现将信息提供给你。"})
    assert decided.status_code == 302
    form = client.get(url(case, "draft")).context["form"]
    draft = {
        "points": case.information_name,
        "token": form["token"].value(),
        "files": SimpleUploadedFile("答复附件.pdf", PDF),
    }
    assert client.post(url(case, "draft"), draft).status_code == 302
    assert not StagedUpload.objects.exists()
    assert "现将信息提供给你。" in text_of(client.get(url(case, "preview")))

    assert client.post(url(case, "propose")).status_code == 302
    assert client.post(url(case, "pass_review")).status_code == 403
    assert reviewer.post(url(case, "pass_review"), {"note": "合法"}).status_code == 302
    assert head.post(url(case, "approve"), {}).status_code == 302
    today_ = {"on": today().isoformat()}
    assert client.post(url(case, "issue"), today_).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("answered", "granted")
    assert "现将信息提供给你。" in case.answers.get().text
    assert [file.name for file in case.answers.get().files.all()] == ["答复附件.pdf"]

    refused = client.post(url(case, "close"), today_)
    assert "How the answer was delivered is not recorded yet." in text_of(refused)
    letter = case.letters.get(kind="answer")
    assert f"letter={letter.pk}" in text_of(client.get(url(case)))
    delivery = {"letter": letter.pk, "delivery": "direct", "served_on": today(), **today_}
    assert client.post(url(case, "serve"), delivery).status_code == 302
    assert client.post(url(case, "close"), today_).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed"


def test_a_refused_draft_keeps_text_and_files(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    sent = {
        "points": "",
        "closing": "写了很久的结尾",
        "token": "a-token-of-a-form",
        "files": [SimpleUploadedFile("附件.pdf", PDF), SimpleUploadedFile("x.pdf", b"\x7fELF")],
    }
    response = client.post(url(case, "draft"), sent)
    page = text_of(response)
    assert response.status_code == 422
    assert "写了很久的结尾" in page
    assert "附件.pdf" in page
    assert "x.pdf” is not accepted" in page
    sent = {**sent, "points": "甲\n乙", "files": []}
    assert client.post(url(case, "draft"), sent).status_code == 302
    assert [point.text for point in case.points.all()] == ["甲", "乙"]
    assert [file.name for file in case.files.all()] == ["附件.pdf"]


def test_what_must_be_given_is_asked_for(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    point = url(case, "point", position=1)
    response = client.post(point, {"determination": "refused_process", "reasons": " "})
    assert response.status_code == 422
    assert case.points.get().determination == ""
    assert client.get(url(case, "point", position=2)).status_code == 404
    page = text_of(client.get(f"{point}?determination=other_not_corrected"))
    assert "No correction is waited for." in page


@pytest.mark.parametrize("day", ["2026-02-30", "gestern", "99999-01-01", "0000-00-00"])
def test_absurd_days_are_refused_in_words(tree, handler, day) -> None:
    case = make_request("answered", agency=tree[1], handler=handler)
    response = signed_in(handler).post(url(case, "close"), {"on": day})
    assert "Please give a day, for example 2026-02-10." in text_of(response)


def test_a_stale_page_changes_nothing(tree, handler) -> None:
    """Two handlers had the same page open; the second is told."""
    case = make_request(agency=tree[1])
    client = signed_in(handler)
    client.get(url(case, "register"))
    second = make_user(Role.HANDLER, agency=tree[1])
    actions.take(case, "register", actor=second)
    response = client.post(url(case, "register"))
    assert response.status_code == 409
    assert "This is not possible while the request is" in text_of(response)
    case.refresh_from_db()
    assert case.handler == second


def test_a_step_to_another_version_is_a_conflict(tree, handler) -> None:
    """What was looked at has gone on meanwhile, though the step would still be possible."""
    case = make_request("registered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    seen = client.get(url(case, "ask_correction")).context["seen"]
    actions.take(case, "ask_help", office=make_office(tree[1]), text="查", until=far())
    sent = {"_seen": seen, "text": "请补正", "until": far().isoformat(), "on": today().isoformat()}
    response = client.post(url(case, "ask_correction"), sent)
    assert response.status_code == 409
    assert "Somebody else has changed this meanwhile." in text_of(response)
    case.refresh_from_db()
    assert case.state == "registered"


def test_steps_of_parts_are_named_by_the_address(tree, handler) -> None:
    """A party, its letter received, its objection; what the law does not allow has no button."""
    case = make_request("registered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    on = {"on": today().isoformat()}
    asked = {"name": "示例公司", "text": "合同", **on}
    assert client.post(url(case, "ask_third_party"), asked).status_code == 302
    party = case.parties.get()
    page = text_of(client.get(url(case)))
    assert f"party={party.pk}" in page
    assert "示例公司" in page
    form = text_of(client.get(url(case, "third_party_answered") + f"?party={party.pk}"))
    assert f'value="{party.pk}"' in form
    answer = {"party": party.pk, "opinion": "objects", "note": "", **on}
    refused = client.post(url(case, "third_party_answered"), answer)
    assert "Please write the reasons of the objection." in text_of(refused)
    answer["note"] = "商业秘密"
    assert client.post(url(case, "third_party_answered"), answer).status_code == 302
    other = make_request("registered", agency=tree[1], handler=handler)
    stolen = {"party": party.pk, "opinion": "agrees", **on}
    assert client.post(url(other, "third_party_answered"), stolen).status_code == 200
    party.refresh_from_db()
    assert party.opinion == "objects"


def test_the_head_reads_what_the_handler_proposed(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    proposed = {"days": 10, "text": "检索涉及多个部门"}
    assert client.post(url(case, "ask_extension"), proposed).status_code == 302
    head = signed_in(make_user(Role.HEAD, agency=tree[1]))
    form = head.get(url(case, "extend")).context["form"]
    assert (form["days"].value(), form["text"].value()) == (10, "检索涉及多个部门")
    agreed = {**proposed, "on": today().isoformat()}
    assert head.post(url(case, "extend"), agreed).status_code == 302
    case.refresh_from_db()
    assert (case.is_extended, case.is_extension_proposed) == (True, False)


def test_a_restricted_case_is_gone_for_others(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    head = make_user(Role.HEAD, agency=tree[1])
    colleague = signed_in(make_user(Role.HANDLER, agency=tree[1]))
    assert colleague.get(url(case)).status_code == 200
    people = {"people": [head.pk, handler.pk]}
    assert signed_in(head).post(url(case, "restrict"), people).status_code == 302
    assert colleague.get(url(case)).status_code == 404
    assert numbers(colleague) == []
    assert case.number not in text_of(colleague.get(reverse("admin:index")))
    assert numbers(signed_in(handler)) == [case.number]


def test_a_new_access_code_is_shown_once(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    before = case.access_code_hash
    client = signed_in(handler)
    response = client.post(url(case, "renew_code"), {"how": "document"})
    assert response.url == url(case, "slip")
    case.refresh_from_db()
    assert case.access_code_hash != before
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", text_of(client.get(url(case, "slip"))))
    assert code
    assert code[0] not in text_of(client.get(url(case, "slip")))
    assert code[0] not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_an_entry_is_corrected_by_a_later_one(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], at=now() - dt.timedelta(days=3))
    head = make_user(Role.HEAD, agency=tree[1])
    received = case.events.get(kind="received")
    client = signed_in(head)
    assert f"event={received.pk}" in text_of(client.get(url(case)))
    earlier = case.received_on - dt.timedelta(days=2)
    sent = {"event": received.pk, "day": earlier.isoformat(), "text": "收件章日期有误"}
    assert client.post(url(case, "amend"), sent).status_code == 302
    case.refresh_from_db()
    assert case.received_on == earlier
    assert case.events.get(kind="received").occurred_on != earlier
    assert "corrected later" in text_of(client.get(url(case)))


def test_notes_are_added_and_read_by_staff(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    client.post(url(case), {"note": "已电话联系申请人"})
    assert "已电话联系申请人" in text_of(client.get(url(case)))
    client.post(url(case), {"note": "  "})
    assert case.notes.count() == 1


def test_given_to_a_handler_of_the_agency_only(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    client = signed_in(handler)
    assert "This agency has no other request handler." in text_of(client.get(url(case)))
    colleague = make_user(Role.HANDLER, agency=tree[1], full_name="经办乙")
    above = make_user(Role.HANDLER, agency=tree[0], with_descendants=True, full_name="省办丙")
    stranger = make_user(Role.HANDLER, agency=tree[2])
    editor = make_user(Role.EDITOR, agency=tree[1])
    offered = set(client.get(url(case, "assign")).context["form"].fields["handler"].queryset)
    assert offered == {colleague, above}
    for nobody in (stranger.pk, editor.pk, 10**9, "x"):
        page = client.post(url(case, "assign"), {"handler": nobody})
        assert "This person is not a request handler of this agency." in text_of(page)
    assert client.post(url(case, "assign"), {"handler": colleague.pk}).status_code == 302
    case.refresh_from_db()
    assert case.handler == colleague
    assert "经办乙" in text_of(client.get(url(case)))


def test_many_at_once_get_an_answer_each(tree, handler) -> None:
    new, taken = make_request(agency=tree[1]), make_request("registered", agency=tree[1])
    foreign = make_request(agency=tree[2])
    client = signed_in(handler)
    chosen = {"action": "register", "_selected_action": [new.pk, taken.pk, foreign.pk]}
    assert "2 records were chosen" in text_of(client.post(reverse(LIST), chosen))
    page = text_of(client.post(reverse(LIST), {**chosen, "confirmed": "1"}))
    assert "This is not possible while the request is" in page
    new.refresh_from_db()
    foreign.refresh_from_db()
    assert (new.state, new.handler) == ("registered", handler)
    assert foreign.state == "submitted"
