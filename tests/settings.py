"""Settings of the tests: the portal's own, in a folder of their own, with quick passwords.

The environment is set before `portal.settings` reads it, so neither `.env` nor the developer's
variables change a test; `DATABASE_URL` alone is respected (`tests/run.py` sets it).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.mkdtemp(prefix="portal-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

ENVIRONMENT = {
    "DEBUG": "off",
    "SECURE": "off",
    "DATA_DIR": str(FOLDER),
    "STATIC_ROOT": str(FOLDER / "static"),
    "MEDIA_ROOT": str(FOLDER / "files"),
    "SECRET_KEY": "the-secret-key-of-the-tests-is-no-secret-at-all-0123456789",
    "PERSONAL_DATA_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk",
    "HASH_KEY": "dGVzdHMtb25seS1oYXNoLWtleS10ZXN0cy1vbmx5LTE",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "CSRF_TRUSTED_ORIGINS": "",
    "TRUSTED_PROXIES": "0",
    "CACHE_URL": "locmemcache://",
    "PAGE_CACHE": "off",
    "PAGE_CACHE_MEGABYTES": "64",
    "EMAIL_URL": "consolemail://",
    "SITE_URL": "https://portal.example.cn",
    "LINK_CHECKS": "off",
    "QUIET_HOURS": "20:00-08:00",
    "SMS_GATEWAY_URL": "",
    "SMS_GATEWAY_TOKEN": "",
    "SMS_GATEWAY_FIELDS": "number,text",
    "X_ACCEL_PREFIX": "",
    "ATTACHMENT_MAX_BYTES": str(100 * 1024 * 1024),
    "ATTACHMENT_MAX_COUNT": "50",
    "CLAMD_ADDRESS": "",
    "UPLOAD_MAX_BYTES": str(10 * 1024 * 1024),
    "UPLOAD_MAX_FILES": "5",
    "RETENTION_YEARS": "10",
    "PORTAL_AGENCY": "",
    "SECURITY_CONTACT": "",
    "RATE_LIMITS": "on",
    "DEMO_PASSWORD": "",
    "LOG_LEVEL": "WARNING",
    "VISITS": "off",
}
os.environ.update(ENVIRONMENT)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'portal.sqlite3'}")

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)
# Tasks are noted and not run: a test that wants them runs them itself.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because threads share it as they do in production (an in-memory database would
    # lock tables instead of waiting); without the disk's own waiting.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
