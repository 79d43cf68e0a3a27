"""`manage.py due`: the dates, the reasons, the exit codes."""

import json
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from disclosure.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db


def due(*arguments: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("due", *arguments, stdout=out)
    return out.getvalue()


def due_json(*arguments: str) -> dict:
    return json.loads(due(*arguments, "--json"))


def test_the_whole_object():
    assert due_json("--received", "2026-02-10") == {
        "received": "2026-02-10",
        "regulation": "711",
        "correction_notice_due": "2026-02-26",
        "answer_due": "2026-03-16",
        "extended_answer_due": "2026-04-14",
        "waiting_for": None,
        "fee_due": None,
        "provisional": False,
        "steps": [
            {
                "date": "2026-02-10",
                "what": "Request received; Decree No. 711 applies, being in force on that day",
                "article": "31",
            },
            {
                "date": "2026-02-26",
                "what": "Last day to ask the applicant to correct an unclear request: "
                "7 working days after receipt",
                "article": "30",
            },
            {
                "date": "2026-03-16",
                "what": "Last day for the answer: 20 working days counted from the day after "
                "2026-02-10",
                "article": "33",
            },
            {
                "date": "2026-04-14",
                "what": "Last day for the answer if the time limit is extended by the longest "
                "lawful 20 working days",
                "article": "33",
            },
        ],
    }


def test_the_regulation_of_2013():
    found = due_json("--received", "2013-09-25")
    assert (found["regulation"], found["answer_due"]) == ("492", "2013-10-21")
    assert found["correction_notice_due"] is None
    assert due_json("--received", "2013-09-25", "--regulation", "711")["regulation"] == "711"


def test_an_unannounced_year_is_provisional():
    assert due_json("--received", "2027-03-01")["provisional"] is True


def test_events_as_they_are_given():
    found = due_json(
        *("--received", "2026-03-02"),
        *("--event", "third_party_asked=2026-03-05"),
        *("--event", "third_party_asked#2=2026-03-05"),
        *("--event", "third_party_received#2=2026-03-09"),
        *("--event", "third_party_answered=2026-03-12"),
        *("--event", "extended=2026-03-30:5"),
    )
    # Mar 3-5, 31, Apr 1-3 7-10 13-17 20-24 27-30: 25 in all; Mar 6-30 left out
    assert found["answer_due"] == found["extended_answer_due"] == "2026-04-30"
    assert due_json(*("--received", "2026-03-02", "--event", "delayed=2026-03-20:2026-05-15"))[
        "answer_due"
    ] == ("2026-05-15")
    assert (
        due_json("--received", "2026-03-02", "--event", "agency_asked=2026-03-05")["waiting_for"]
        == "agency"
    )
    fee = due_json("--received", "2026-03-02", "--event", "fee_notified=2026-03-30")
    assert (fee["waiting_for"], fee["fee_due"]) == ("payment", "2026-04-28")


def test_the_events_of_the_whole_lifecycle():
    waived = due_json(
        *("--received", "2026-03-02"),
        *("--event", "fee_notified=2026-03-16"),
        *("--event", "fee_waived=2026-03-20"),
    )
    # Mar 23-27 30 31, Apr 1-3 7-10 13-17 20
    assert (waived["answer_due"], waived["fee_due"]) == ("2026-04-20", None)
    ordered = ("--received", "2026-03-02", "--event", "reopened=2026-06-01:2026-06-26")
    assert due_json(*ordered)["answer_due"] == "2026-06-26"
    anew = due_json("--received", "2026-03-02", "--event", "reopened=2026-06-01")
    # Jun 2-5 8-12 15-18 22-26 29 30
    assert anew["answer_due"] == "2026-06-30"
    assert anew["steps"][-2]["article"] == "33"


def test_the_lines_for_people():
    text = due("--received", "2026-02-10", "--event", "agency_asked=2026-02-11")
    first, *_ = text.splitlines()
    assert first.startswith("2026-02-10  Request received; Decree No. 711")
    assert first.endswith("[Art. 31]")
    assert "2026-02-11  Another agency or the secrecy administration asked  [Art. 11, Art. 17]" in (
        text.splitlines()
    )
    assert "Answer due: –" in text
    assert "Waiting for: Another agency's opinion" in text
    assert "Provisional" not in text
    assert "Provisional" in due("--received", "2027-03-01")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--received", "2008-04-30"], "no Regulation on disclosure was in force"),
        (["--received", "2026-02-30"], "“2026-02-30” is not a date"),
        (["--received", "2026-03-02", "--event", "nonsense=2026-03-03"], "“nonsense”"),
        (
            ["--received", "2026-03-02", "--event", "extended=2026-03-31"],
            "Art. 33: “Extension” of 2026-03-31",
        ),
        (
            [
                *("--received", "2026-03-02"),
                *("--event", "agency_asked=2026-03-05"),
                *("--event", "extended=2026-03-04"),
            ],
            "in order of date",
        ),
    ],
)
def test_what_is_refused_is_refused_with_its_reason(arguments, reason):
    with pytest.raises(CommandError) as refused:
        due(*arguments)
    assert refused.value.returncode == 2
    assert reason in str(refused.value)


@pytest.mark.parametrize("arguments", [[], ["--received", "2026-03-02", "--regulation", "2019"]])
def test_missing_or_unknown_options(arguments):
    with pytest.raises(CommandError):
        due(*arguments)


def test_staffs_rows_count():
    year = CalendarYear.objects.create(year=2026)
    CalendarDay.objects.create(year=year, date=date(2026, 3, 16))
    assert due_json("--received", "2026-02-10")["answer_due"] == "2026-03-17"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--received", "2026-02-10", "--json"], 0),
        (["--received", "2008-04-30"], 2),
        (["--received", "tomorrow"], 2),
        ([], 2),
        (["--received", "2026-02-10", "--regulation", "7"], 2),
    ],
)
def test_exit_codes_on_a_machine_without_a_database(arguments, code, tmp_path, settings):
    run = subprocess.run(
        [sys.executable, "manage.py", "due", *arguments],
        cwd=settings.BASE_DIR,
        env={
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    if code == 0:
        assert json.loads(run.stdout)["answer_due"] == "2026-03-16"
    else:
        assert run.stdout == ""
        assert run.stderr
