"""The ground on which things are measured: an empty portal of its own, on either database.

Standard library only until the environment is set, because the settings are read at import.
"""

import contextlib
import os
import platform
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


@contextlib.contextmanager
def empty_portal(database: str) -> Iterator[None]:
    """Django set up on a scratch database (`sqlite` or `postgres`), gone afterwards.

    PostgreSQL waits for the disk here as it does in production; once in a process.
    """
    from tests.run import own_postgres

    folder = Path(tempfile.mkdtemp(prefix="portal-benchmark-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        url = f"sqlite:///{folder / 'portal.sqlite3'}"
        if database == "postgres":
            url = stack.enter_context(own_postgres(durable=True))
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "RATE_LIMITS": "off",
            "DEBUG": "off",
            "SECRET_KEY": secrets.token_urlsafe(48),
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


def machine() -> str:
    """What was measured on, for the record beside the figures."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def line(name: str, figure: float, unit: str, ratio: float | None = None) -> None:
    """One result, with its ratio to the first of its pair."""
    shown = "" if ratio is None else f"   {ratio:5.2f} x"
    print(f"{name:<46}{figure:>10.1f} {unit}{shown}", flush=True)
