"""System checks for settings that would be unsafe in production, or that cannot be read."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from requests_app.messages import quiet, sms


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What the embedded defaults leave open, said before a real portal goes out with them."""
    found: list[CheckMessage] = []
    if not settings.RATE_LIMITS:
        found.append(Warning("RATE_LIMITS is off.", id="portal.W001"))
    if any(len(key) < 32 for key in settings.PERSONAL_DATA_KEYS):
        found.append(
            Warning("A key in PERSONAL_DATA_KEYS is shorter than 32 characters.", id="portal.W002")
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Warning("ALLOWED_HOSTS allows every host.", id="portal.W003"))
    return found


@register()
def check_messages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A slip in these would be met by the worker only, at night."""
    found: list[CheckMessage] = []
    try:
        quiet.read(settings.QUIET_HOURS)
    except ValueError:
        found.append(Error("QUIET_HOURS is not like 20:00-08:00.", id="portal.E001"))
    try:
        sms.gateway()
    except ValueError:
        found.append(
            Error(
                "SMS_GATEWAY_URL is no http or https address, or SMS_GATEWAY_FIELDS does not name "
                "two fields.",
                id="portal.E002",
            )
        )
    return found
