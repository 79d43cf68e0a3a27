"""Sending: once, in spite of two workers, failing servers and people who have gone."""

import datetime as dt
import itertools
import logging
import smtplib
import threading
from email.utils import parseaddr

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from requests_app.messages import composing, outbox, sending
from requests_app.messages.models import Message, MessageText
from requests_app.messages.sending import Fault, fault_of, pause_after
from requests_app.messages.sms import GatewayError
from requests_app.models import DisclosureRequest
from tests.factories import make_user
from tests.request_factories import make_request

MINUTE = dt.timedelta(minutes=1)
_numbers = itertools.count()
BAD = "bad@example.invalid"


class Flaky(EmailBackend):
    """Refuses BAD, and everything while `error` is set."""

    error: Exception | None = None

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if self.error:
            raise self.error
        if parseaddr(messages[0].to[0])[1] == BAD:
            raise smtplib.SMTPRecipientsRefused({BAD: (451, b"try later")})
        return super().send_messages(messages)


@pytest.fixture
def flaky(settings, monkeypatch) -> type[Flaky]:
    monkeypatch.setattr(Flaky, "error", None)
    settings.EMAIL_BACKEND = f"{__name__}.Flaky"
    monkeypatch.setattr(sending, "get_connection", Flaky)
    return Flaky


def queued(template: str = "answered", case: DisclosureRequest | None = None, **more) -> Message:
    """A message in the outbox; what the steps of a request queued themselves is taken out."""
    key = f"test-{next(_numbers)}"
    message = outbox.queue(case or make_request(), template, key=key, **more)
    assert message is not None
    Message.objects.exclude(key__startswith="test-").delete()
    return message


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_pauses_grow_to_half_a_day() -> None:
    minutes = [pause_after(attempts) // MINUTE for attempts in range(1, sending.MOST_ATTEMPTS)]
    assert minutes == [1, 4, 16, 64, 256, 720, 720]


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (smtplib.SMTPRecipientsRefused({BAD: (550, b"gone")}), Fault("SMTP 550", is_final=True)),
        (smtplib.SMTPRecipientsRefused({BAD: (451, b"later")}), Fault("SMTP 451")),
        (smtplib.SMTPDataError(554, b"spam"), Fault("SMTP 554")),
        (
            smtplib.SMTPAuthenticationError(535, b"no"),
            Fault("SMTP 535", is_everybodys=True),
        ),
        (ConnectionRefusedError(), Fault("ConnectionRefusedError", is_everybodys=True)),
        (
            smtplib.SMTPServerDisconnected("x"),
            Fault("SMTPServerDisconnected", is_everybodys=True),
        ),
        (GatewayError("HTTP 503"), Fault("HTTP 503", is_everybodys=True)),
        (GatewayError("HTTP 422", is_final=True), Fault("HTTP 422", is_final=True)),
        (ValueError(f"no such address {BAD}"), Fault("ValueError")),
    ],
)
def test_errors_become_codes(error: Exception, fault: Fault) -> None:
    assert fault_of(error) == fault


@pytest.mark.django_db
def test_an_e_mail_goes_out_once() -> None:
    case = make_request()
    message = queued("extended", case, params={"due": "2026-03-31"})
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    (sent,) = mail.outbox
    assert sent.to == ["a@example.invalid"]
    assert sent.subject == f"政府信息公开申请{case.number}延期答复"
    assert "2026年3月31日" in sent.body
    assert "https://portal.example.cn/requests/track/" in sent.body
    assert case.agency.name in sent.body
    assert "示例甲" not in sent.subject + sent.body
    assert case.information_name not in sent.subject + sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Message-ID"].endswith("@portal.example.cn>")
    stored = fresh(message)
    assert (stored.state, stored.attempts, stored.last_error) == ("sent", 1, "")
    assert stored.sent_at is not None


@pytest.mark.django_db
def test_english_applicants_read_english() -> None:
    queued("extended", make_request(language="en"), params={"due": "2026-03-31"})
    sending.send_due()
    (sent,) = mail.outbox
    assert "will take longer" in sent.subject
    assert "31 March 2026" in sent.body
    assert "https://portal.example.cn/en/requests/track/" in sent.body


@pytest.mark.django_db
def test_staff_get_the_way_to_the_case() -> None:
    case = make_request()
    queued("assigned", case, user=make_user(Role.HANDLER, email="h@example.invalid"))
    Message.objects.update(next_try_at=now())
    sending.send_due()
    (sent,) = mail.outbox
    assert sent.to == ["h@example.invalid"]
    assert f"https://portal.example.cn/admin/requests_app/disclosurerequest/{case.pk}/" in sent.body


@pytest.mark.django_db
def test_an_agencys_own_text_is_sent() -> None:
    case = make_request()
    MessageText.objects.create(
        agency=case.agency,
        template="answered",
        language="zh-hans",
        subject="{number}有答复了",
        body="请看{track_url}，{agency}",
    )
    queued("answered", case)
    queued("answered", make_request(language="en"))
    sending.send_due()
    own, portals = mail.outbox
    assert own.subject == f"{case.number}有答复了"
    assert own.body.startswith("请看https://")
    assert "has been answered" in portals.subject


@pytest.mark.django_db
def test_every_message_can_be_composed() -> None:
    case, other = make_request(), make_request()
    user = make_user(Role.HANDLER, email="h@example.invalid")
    examples = {
        "date": "2026-03-05",
        "due": "2026-03-31",
        "old_due": "2026-03-27",
        "days": 5,
        "year": 2025,
        "numbers": [other.number],
        "other_agency": other.agency.pk,
    }
    for key, row in composing.TEMPLATES.items():
        to = {"user": user} if row.audience == "staff" else {}
        params = {name: examples[name] for name in row.given}
        message = outbox.queue(case, key, params=params, **to)
        assert message is not None
        text = composing.compose(fresh(message))
        told = case.number if row.is_of_request else case.agency.name
        assert told in text.subject
        assert "{" not in text.subject + text.body
        assert told in composing.compose_sms(fresh(message))


@pytest.mark.django_db
def test_one_that_fails_does_not_block_the_others(flaky: type[Flaky], caplog) -> None:
    failing = queued(case=make_request(email=BAD))
    fine = queued()
    at = now()
    with caplog.at_level(logging.DEBUG):
        assert sending.send_due(at=at) == 2
    assert [sent.to for sent in mail.outbox] == [["a@example.invalid"]]
    assert fresh(fine).state == "sent"
    stored = fresh(failing)
    assert (stored.state, stored.last_error) == ("queued", "SMTP 451")
    assert stored.next_try_at == at + MINUTE
    assert BAD not in caplog.text
    assert "SMTP 451" in caplog.text


@pytest.mark.django_db
def test_after_eight_attempts_it_is_given_up(flaky: type[Flaky]) -> None:
    message = queued(case=make_request(email=BAD))
    at, attempts = now(), 0
    while fresh(message).state == "queued":
        assert sending.send_due(at=at) == 1
        attempts += 1
        at = fresh(message).next_try_at
    assert attempts == sending.MOST_ATTEMPTS
    assert (fresh(message).state, fresh(message).last_error) == ("failed", "SMTP 451")
    assert sending.send_due(at=at + dt.timedelta(days=9)) == 0


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_not_tried_again(flaky, monkeypatch) -> None:
    message = queued()
    monkeypatch.setattr(flaky, "error", smtplib.SMTPRecipientsRefused({BAD: (550, b"gone")}))
    sending.send_due()
    assert (fresh(message).state, fresh(message).last_error) == ("failed", "SMTP 550")


@pytest.mark.django_db
def test_while_the_server_is_down_only_one_is_tried(flaky, monkeypatch) -> None:
    messages = [queued() for _ in range(3)]
    monkeypatch.setattr(flaky, "error", ConnectionRefusedError())
    assert sending.send_due() == 1
    assert sorted(fresh(message).attempts for message in messages) == [0, 0, 1]
    monkeypatch.setattr(flaky, "error", None)
    sending.send_due(at=now() + 2 * MINUTE)
    assert {fresh(message).state for message in messages} == {"sent"}


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["erased", "no_address", "sms_off"])
def test_who_has_gone_is_not_written_to(change: str, settings) -> None:
    if change == "sms_off":
        settings.SMS_GATEWAY_URL = "https://sms.example.cn/send"
        message = queued(case=make_request(email=""))
        settings.SMS_GATEWAY_URL = ""
    else:
        message = queued()
        applicant = message.request.applicant
        if change == "erased":
            applicant.data, applicant.erased_at = None, now()
        else:
            applicant.data = {**applicant.data, "email": ""}
        applicant.save()
    assert sending.send_due() == 1
    assert mail.outbox == []
    assert (fresh(message).state, fresh(message).last_error) == ("dropped", change)


@pytest.mark.django_db
def test_a_person_who_left_is_not_written_to() -> None:
    user = make_user(Role.HANDLER, email="h@example.invalid")
    message = queued("assigned", user=user)
    user.is_active = False
    user.save()
    sending.send_due(at=message.next_try_at)
    assert (fresh(message).state, fresh(message).last_error) == ("dropped", "not_active")


@pytest.mark.django_db
def test_a_text_message_goes_to_the_gateway(settings, monkeypatch) -> None:
    settings.SMS_GATEWAY_URL = "https://sms.example.cn/send"
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "requests_app.messages.sms.HttpGateway.send",
        lambda gateway, number, text: sent.append((number, text)),
    )
    message = queued(case=make_request(email=""))
    sending.send_due()
    ((number, text),) = sent
    assert number == "13800000000"
    assert text.startswith(
        f"【{message.agency.name}】政府信息公开申请{message.request.number}已答复"
    )
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_worker_that_dies_leaves_it_for_later(monkeypatch) -> None:
    message = queued()
    at = now()

    def die(post: object, message: Message) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sending.Post, "send", die)
        with pytest.raises(SystemExit):
            sending.send_due(at=at)
    assert fresh(message).state == "queued"
    assert sending.send_due(at=at + sending.LEASE - MINUTE) == 0
    assert sending.send_due(at=at + sending.LEASE) == 1
    assert fresh(message).state == "sent"


@pytest.mark.django_db
def test_what_a_worker_dies_of_is_given_up() -> None:
    message = queued()
    Message.objects.update(attempts=sending.MOST_ATTEMPTS)
    sending.send_due()
    assert (fresh(message).state, fresh(message).last_error) == ("failed", "attempts")
    assert mail.outbox == []


@pytest.mark.django_db
def test_the_sweep_sends_all_that_is_due(monkeypatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    monkeypatch.setattr(sending.send_due, "__defaults__", (2,))
    case = make_request()
    for _ in range(5):
        queued("answered", case)
    assert outbox.sweep() == 5
    assert len(mail.outbox) == 5
    assert outbox.sweep() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(monkeypatch) -> None:
    case = make_request()
    Message.objects.all().delete()
    for _ in range(12):
        outbox.queue(case, "answered")
    sent: list[int] = []
    monkeypatch.setattr(sending.Post, "send", lambda post, message: sent.append(message.pk))
    start = threading.Barrier(3)

    def work() -> None:
        try:
            start.wait(10)
            sending.send_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(sent) == len(set(sent)) == 12
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
