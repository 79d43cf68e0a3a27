"""Staff enter a request that came otherwise than online (Art. 29, 31)."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.models import Agency, User
from requests_app import access_codes
from requests_app.models import DisclosureRequest, StagedUpload
from tests.factories import PDF, make_tree, make_user
from tests.intake import text_of
from tests.request_factories import RESIDENT_ID

pytestmark = pytest.mark.django_db
ADD = "admin:requests_app_disclosurerequest_add"


@pytest.fixture(autouse=True)
def _english() -> None:
    """What is asserted below is the sources' English."""
    with translation.override("en"):
        yield


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree) -> User:
    return make_user(Role.HANDLER, agency=tree[1])


@pytest.fixture
def staff(handler) -> Client:
    client = Client()
    client.force_login(handler, backend="disclosure.agencies.backends.RoleBackend")
    return client


def letter(**changed: object) -> dict[str, object]:
    """A request by post as staff type it."""
    return {
        "agency": "SLA",
        "intake_channel": "post",
        "received_on": today().isoformat(),
        "applicant_kind": "natural_person",
        "name": "示例乙",
        "id_type": "resident_id",
        "id_number": RESIDENT_ID,
        "postal_address": "示例市示例路1号",
        "information_name": "示例工程的验收文件",
        "form": "paper",
        "channel": "mail",
        "token": "a-token-of-this-form",
        **changed,
    }


def enter(client: Client, **changed: object) -> HttpResponse:
    return client.post(reverse(ADD), letter(**changed))


def test_a_letter_becomes_a_registered_request(staff, handler) -> None:
    received = today() - dt.timedelta(days=1)
    response = enter(staff, received_on=received.isoformat())
    case = DisclosureRequest.objects.get()
    assert response.status_code == 302
    assert (case.state, case.handler, case.entered_by) == ("registered", handler, handler)
    assert (case.received_on, case.intake_channel) == (received, "post")
    assert case.applicant.get("name") == "示例乙"

    slip = staff.get(response["Location"])
    code = slip.context["code"]
    assert access_codes.find(case.number, code) == case
    assert f'<output id="access-code" class="num">{code}</output>' in text_of(slip)
    again = text_of(staff.get(response["Location"]))
    assert code not in again
    assert "cannot be shown again" in again


def test_what_is_missing_is_no_reason_to_refuse_it(staff) -> None:
    """Received is received: it is asked for afterwards (Art. 30)."""
    enter(staff, id_type="", id_number="", postal_address="", phone="")
    case = DisclosureRequest.objects.get()
    page = text_of(staff.get(reverse(ADD.replace("_add", "_change"), args=[case.pk])))
    assert "What Art. 29 asks for and this request lacks" in page
    assert "Proof of identity" in page
    assert "A way to reach the applicant" in page


def test_how_a_letter_came_and_was_confirmed_is_kept(staff) -> None:
    """Art. 31: an ordinary letter is received on the day on which that is confirmed."""
    arrived = today() - dt.timedelta(days=2)
    enter(staff, intake_channel="letter", arrived_on=arrived.isoformat(), confirmed="phone")
    case = DisclosureRequest.objects.get()
    assert case.received_on == today()
    assert case.events.get(kind="received").facts == {
        "basis": "letter",
        "arrived_on": arrived.isoformat(),
        "confirmed": "phone",
    }
    url = reverse("admin:requests_app_disclosurerequest_change", args=[case.pk])
    page = text_of(staff.get(url))
    assert f"Arrived on {arrived.isoformat()}." in page
    assert "Confirmed with the applicant: By telephone." in page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Please give your name."),
        ({"information_name": "", "description": ""}, "Please say what you want to know"),
        ({"id_number": "123"}, "18"),
        ({"intake_channel": ""}, "This field is required."),
        ({"intake_channel": "online"}, "Select a valid choice"),
        ({"received_on": "2099-01-01"}, "cannot lie in the future"),
        ({"received_on": "1999-01-01"}, "in force since 1 May 2008"),
        ({"intake_channel": "letter"}, "confirmed with the applicant: please say how"),
        ({"arrived_on": "2098-01-01"}, "cannot be confirmed before it has arrived"),
        ({"received_on": "yesterday"}, "Please give a day, for example 2026-02-10."),
        ({"agency": "SLB"}, "This agency is not known here."),
        ({"agency": "\x00"}, "This agency is not known here."),
        ({"description": "a\x01b"}, "control characters"),
        ({"information_name": "长" * 301}, "301"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(staff, changed, told) -> None:
    response = enter(staff, **changed)
    page = text_of(response)
    assert response.status_code == 422
    assert told in page
    assert not DisclosureRequest.objects.exists()
    if "name" not in changed:
        assert "示例乙" in page


def test_files_are_kept_over_a_refused_form(staff) -> None:
    files = [SimpleUploadedFile("申请表.pdf", PDF), SimpleUploadedFile("坏.pdf", b"MZ\x90\x00")]
    page = text_of(enter(staff, name="", attachments=files))
    assert "申请表.pdf" in page
    assert "坏.pdf” is not accepted" in page
    assert enter(staff).status_code == 302
    case = DisclosureRequest.objects.get()
    assert [file.name for file in case.files.all()] == ["申请表.pdf"]
    assert not StagedUpload.objects.exists()


def test_the_same_form_twice_is_one_request(staff, handler, tree) -> None:
    first, second = enter(staff), enter(staff)
    assert first["Location"] == second["Location"]
    assert DisclosureRequest.objects.count() == 1
    assert enter(staff, token="another-form").status_code == 302
    assert DisclosureRequest.objects.count() == 2


def test_only_agencies_at_which_one_may(staff, tree) -> None:
    form = staff.get(reverse(ADD)).context["form"]
    assert [agency.code for agency in form.fields["agency"].queryset] == ["SLA"]
    assert form.fields["agency"].initial == "SLA"
    for role in (Role.HEAD, Role.AUDITOR, Role.EDITOR):
        other = Client()
        other.force_login(
            make_user(role, agency=tree[1]), backend="disclosure.agencies.backends.RoleBackend"
        )
        assert other.get(reverse(ADD)).status_code == 403
        assert enter(other).status_code == 403
    assert not DisclosureRequest.objects.exists()
