"""Killed outright (kill -9) in the middle of submissions and steps: what was acknowledged is
there, nothing is half-written. On a database of its own, of the kind that the tests run on."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS, AT_WORK = 2, 1.5  # seconds

#: Asked of the database afterwards, in a process of its own with nothing in memory.
CHECK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
import django
django.setup()
import sys
from pathlib import Path
from django.conf import settings
from requests_app import rebuilding
from requests_app.models import DisclosureRequest, Letter, RequestFile
wrong = [str(one) for one in rebuilding.differences(repair=False)]
cases = DisclosureRequest.objects.prefetch_related("events", "points", "letters", "answers")
numbers = sorted(case.number for case in cases)
year = numbers[0].split("-")[1] if numbers else ""
if numbers != [f"SL-{year}-{serial:04d}" for serial in range(1, len(numbers) + 1)]:
    wrong.append("numbers have gaps")
for case in cases:
    kinds = [event.kind for event in case.events.all()]
    if kinds[:1] != ["submitted"] or "received" not in kinds or not case.points.all():
        wrong.append(f"{case.number}: half submitted")
    if (case.state == "answered") != bool(case.answers.all()):
        wrong.append(f"{case.number}: half answered")
    answers = [letter for letter in case.letters.all() if letter.kind == "answer"]
    if len(answers) != len(case.answers.all()):
        wrong.append(f"{case.number}: answer without letter")
    if not case.applicant.data:
        wrong.append(f"{case.number}: nobody asks")
for kind in {letter.kind for letter in Letter.objects.all()}:
    serials = sorted(Letter.objects.filter(kind=kind).values_list("serial", flat=True))
    if serials != list(range(1, len(serials) + 1)):
        wrong.append(f"letters {kind} have gaps")
for file in RequestFile.objects.all():
    if not (Path(settings.MEDIA_ROOT) / str(file.file.name)).is_file():
        wrong.append(f"file {file.uuid} has no bytes")
for line in sys.stdin:
    number, state, events = line.split()
    case = DisclosureRequest.objects.filter(number=number).first()
    if case is None or case.events.count() < int(events):
        wrong.append(f"acknowledged and lost: {line}")
print("\\n".join(wrong))
"""


@contextlib.contextmanager
def database_of_its_own(folder: Path) -> Iterator[str]:
    """The URL of an empty database like the tests' own, gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'killed.sqlite3'}"
        return
    known = connection.settings_dict
    name = f"killed_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        user, password = known["USER"], known["PASSWORD"]
        yield f"postgres://{user}:{password}@{known['HOST']}:{known['PORT']}/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with database_of_its_own(tmp_path) as url:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DATA_DIR": str(tmp_path),
            "MEDIA_ROOT": str(tmp_path / "files"),
            "SITE_URL": settings.SITE_URL,
        }
        acknowledged: list[str] = []
        for _round in range(ROUNDS):
            acknowledged += _work_until_killed(environment)
        assert len(acknowledged) > 3 * ROUNDS, "it was killed before it did anything"
        checked = subprocess.run(
            [sys.executable, "-c", CHECK],
            cwd=ROOT,
            env=environment,
            input="\n".join(acknowledged),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        assert checked.stdout.strip() == ""


def _work_until_killed(environment: dict[str, str]) -> list[str]:
    """The lines that it could say before it was killed."""
    lines: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.killed"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("READY")
        reading = threading.Thread(target=lambda: lines.extend(process.stdout or ()))
        reading.start()
        time.sleep(AT_WORK)
        process.send_signal(signal.SIGKILL)
        reading.join(30)
    # The last line may be cut off: then it was not acknowledged.
    return [line.strip() for line in lines if line.endswith("\n")]
