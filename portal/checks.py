"""System checks for settings that would be unsafe in production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


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
