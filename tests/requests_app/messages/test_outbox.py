"""Queueing: a durable row of ids, codes and dates within the step's transaction."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django_tasks import default_task_backend

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from requests_app.messages import outbox
from requests_app.messages.models import Message
from requests_app.models import DisclosureRequest
from tests.factories import any_agency, make_user
from tests.request_factories import make_request

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _no_tasks() -> None:
    default_task_backend.clear()


@pytest.fixture
def case() -> DisclosureRequest:
    """A request whose own messages (if its steps queue any) are out of the way."""
    made = make_request()
    Message.objects.all().delete()
    return made


def tasks() -> int:
    return len(default_task_backend.results)


def test_a_message_holds_no_personal_data(case: DisclosureRequest) -> None:
    message = outbox.queue(case, "extended", params={"due": "2026-03-31"})
    assert message is not None
    message.refresh_from_db()
    stored = repr({name: getattr(message, name) for name in vars(message) if name[0] != "_"})
    for value in case.applicant.data.values():
        assert not value or value not in stored
    assert (message.audience, message.channel, message.state) == ("applicant", "email", "queued")
    assert (message.agency, message.language) == (case.agency, "zh-hans")


@pytest.mark.parametrize(
    ("template", "params"),
    [
        ("extended", {}),
        ("extended", {"due": "张三"}),
        ("answered", {"name": "张三"}),
    ],
)
def test_wrong_params_are_refused(
    case: DisclosureRequest, template: str, params: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="wrong params"):
        outbox.queue(case, template, params=params)
    assert not Message.objects.exists()


def test_the_audience_is_the_templates(case: DisclosureRequest) -> None:
    user = make_user(Role.HANDLER, email="h@example.invalid")
    with pytest.raises(ValueError, match="for staff"):
        outbox.queue(case, "assigned")
    with pytest.raises(ValueError, match="for applicant"):
        outbox.queue(case, "answered", user=user)
    with pytest.raises(KeyError):
        outbox.queue(case, "nothing")


def test_the_worker_is_woken_once_after_the_commit(
    case: DisclosureRequest, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        outbox.queue(case, "answered")
        assert tasks() == 0
    assert tasks() == 1


def test_a_rolled_back_step_sends_nothing(
    case: DisclosureRequest, django_capture_on_commit_callbacks
) -> None:
    @transaction.atomic
    def step() -> None:
        outbox.queue(case, "answered")
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        step()
    assert tasks() == 0
    assert not Message.objects.exists()


def test_a_worker_that_cannot_be_woken_breaks_no_step(
    case: DisclosureRequest, monkeypatch, django_capture_on_commit_callbacks, caplog
) -> None:
    monkeypatch.setattr(outbox, "wake", lambda: 1 // 0)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.queue(case, "answered")
    assert Message.objects.get().state == "queued"
    assert "ZeroDivisionError" in caplog.text


def test_the_same_key_again_is_the_same_message(case: DisclosureRequest) -> None:
    first = outbox.queue(case, "answered", key="k")
    again = outbox.queue(case, "answered", key="k")
    assert first == again
    assert outbox.queue(case, "answered") != first
    assert Message.objects.count() == 2


def test_nobody_to_tell(settings) -> None:
    assert outbox.queue(make_request(email=""), "answered") is None
    gone = make_user(Role.HANDLER, email="h@example.invalid", is_active=False)
    silent = make_user(Role.HANDLER, email="")
    case = make_request()
    assert outbox.queue(case, "assigned", user=gone) is None
    assert outbox.queue(case, "assigned", user=silent) is None
    case.is_demo = True
    assert outbox.queue(case, "answered") is None


def test_a_text_message_only_without_e_mail_and_where_they_are_on(settings) -> None:
    without = make_request(email="", phone="138 0000 0000")
    settings.SMS_GATEWAY_URL = "https://sms.example.cn/send"
    message = outbox.queue(without, "answered")
    assert message is not None
    assert message.channel == "sms"
    assert outbox.queue(make_request(email="", phone="010-62345678"), "answered") is None
    both = outbox.queue(make_request(), "answered")
    assert both is not None
    assert both.channel == "email"


def test_the_applicants_language() -> None:
    message = outbox.queue(make_request(language="en"), "answered")
    assert message is not None
    assert message.language == "en"


def test_messages_to_staff_wait_for_the_morning(case: DisclosureRequest, settings) -> None:
    user = make_user(Role.HANDLER, email="h@example.invalid")
    night = dt.datetime(2026, 3, 6, 22, 0, tzinfo=SHANGHAI)  # a Friday
    message = outbox.queue(case, "assigned", user=user, at=night)
    assert message is not None
    assert message.next_try_at == dt.datetime(2026, 3, 9, 8, 0, tzinfo=SHANGHAI)
    to_applicant = outbox.queue(case, "answered", at=night)
    assert to_applicant is not None
    assert to_applicant.next_try_at == night
    settings.QUIET_HOURS = ""
    at_once = outbox.queue(case, "assigned", user=user, at=night)
    assert at_once is not None
    assert at_once.next_try_at == night


def test_a_message_without_a_request_needs_its_agency() -> None:
    user = make_user(Role.HANDLER, email="h@example.invalid")
    with pytest.raises(ValueError, match="about nothing"):
        outbox.queue(None, "assigned", user=user)
    message = outbox.queue(None, "assigned", user=user, agency=any_agency())
    assert message is not None
    assert message.request is None


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "lost"},
        {"state": "sent"},
        {"sent_at": dt.datetime(2026, 3, 3, tzinfo=dt.UTC)},
        {"audience": "staff"},
        {"request": None},
    ],
)
def test_what_the_database_refuses(case: DisclosureRequest, fields: dict[str, object]) -> None:
    values = {
        "request": case,
        "agency": case.agency,
        "audience": "applicant",
        "template": "answered",
        "language": "zh-hans",
        "channel": "email",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**{**values, **fields})


def test_old_messages_to_staff_are_forgotten(case: DisclosureRequest) -> None:
    user = make_user(Role.HANDLER, email="h@example.invalid")
    long_ago = now() - dt.timedelta(days=outbox.STAFF_DAYS + 1)
    kept = [
        outbox.queue(case, "assigned", user=user, at=long_ago),
        outbox.queue(case, "answered", at=long_ago),
        outbox.queue(case, "assigned", user=user),
    ]
    gone = outbox.queue(case, "assigned", user=user, at=long_ago)
    Message.objects.filter(pk__in=[gone.pk, kept[1].pk, kept[2].pk]).update(
        state="sent", sent_at=now()
    )
    assert outbox.forget_old() == 1
    assert set(Message.objects.all()) == set(kept)
