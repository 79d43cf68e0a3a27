"""What the commands of the demonstration share."""

from django.conf import settings

from portal.secrets import kept_secret


def demo_password() -> str:
    """DEMO_PASSWORD, or one made at random once and kept in the data folder."""
    return str(settings.DEMO_PASSWORD) or kept_secret(settings.DATA_DIR / "demo_password", bytes_=9)
