"""Settings of messages that cannot be read are said at the start, not met at night."""

import pytest

from portal.checks import check_messages


def ids() -> list[str | None]:
    return [found.id for found in check_messages(None)]


def test_the_defaults_are_sound() -> None:
    assert ids() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("QUIET_HOURS", "", []),
        ("QUIET_HOURS", "12:30-14:00", []),
        ("QUIET_HOURS", "night", ["portal.E001"]),
        ("SMS_GATEWAY_URL", "https://sms.example.cn/send", []),
        ("SMS_GATEWAY_URL", "sms.example.cn", ["portal.E002"]),
        ("SMS_GATEWAY_URL", "file:///etc/passwd", ["portal.E002"]),
    ],
)
def test_slips(settings, name: str, value: str, said: list[str]) -> None:
    setattr(settings, name, value)
    assert ids() == said


def test_two_fields_are_needed(settings) -> None:
    settings.SMS_GATEWAY_URL = "https://sms.example.cn/send"
    settings.SMS_GATEWAY_FIELDS = ["number"]
    assert ids() == ["portal.E002"]
