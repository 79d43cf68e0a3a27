"""`manage.py fee`: the amount, the lines, the exit codes."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation


def fee(*arguments: str) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("fee", *arguments, stdout=out)
    return out.getvalue()


def test_the_whole_object():
    assert json.loads(fee("--requests", "31", "--json")) == {
        "amount": "2200.00",
        "steps": [
            {"from": 1, "to": 10, "each": "0.00", "sum": "0.00"},
            {"from": 11, "to": 30, "each": "100.00", "sum": "2000.00"},
            {"from": 31, "to": 31, "each": "200.00", "sum": "200.00"},
        ],
    }


@pytest.mark.parametrize(
    ("arguments", "amount"),
    [
        (["--requests", "0"], "0.00"),
        (["--requests", "10"], "0.00"),
        (["--requests", "41"], "4300.00"),
        (["--nth", "41"], "300.00"),
        (["--nth", "0"], "0.00"),
        (["--pages", "201"], "2740.00"),
        (["--pages", "0"], "0.00"),
    ],
)
def test_amounts(arguments, amount):
    found = json.loads(fee(*arguments, "--json"))
    assert found["amount"] == amount
    assert (found["steps"] == []) == (arguments[1] == "0")


def test_the_lines_for_people():
    assert fee("--requests", "31").splitlines()[1:] == [
        "Requests 1 to 10: free of charge",
        "Requests 11 to 30: 20 × 100 yuan = 2,000 yuan",
        "Request 31: 200 yuan",
        "In all: 2,200 yuan",
    ]
    first, *_ = fee("--pages", "5").splitlines()
    assert first == "By page (国办函〔2020〕109号, Article 5): the pages of one request"


@pytest.mark.parametrize("way", ["--requests", "--nth", "--pages"])
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("-1", "“-1” is negative"),
        ("2.5", "“2.5” is not a whole number."),
        ("-2.5", "“-2.5” is not a whole number."),
        ("many", "“many” is not a whole number."),
        ("", "“” is not a whole number."),
        ("1000001", "up to 1,000,000"),
    ],
)
def test_what_is_refused_is_refused_with_its_reason(way, number, reason):
    with pytest.raises(CommandError) as refused:
        fee(way, number)
    assert refused.value.returncode == 2
    assert reason in str(refused.value)


@pytest.mark.parametrize("arguments", [[], ["--requests", "3", "--pages", "3"]])
def test_never_both_and_never_neither(arguments):
    with pytest.raises(CommandError):
        fee(*arguments)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--requests", "100000", "--json"], 0),
        (["--requests", "-1"], 2),
        (["--pages", "1.5"], 2),
        (["--requests", "3", "--pages", "3"], 2),
    ],
)
def test_exit_codes_on_a_machine_without_a_database(arguments, code, tmp_path, settings):
    run = subprocess.run(
        [sys.executable, "manage.py", "fee", *arguments],
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
        found = json.loads(run.stdout)
        assert found["amount"] == str(sum(int(step["sum"][:-3]) for step in found["steps"])) + ".00"
        assert len(found["steps"]) == 9_999
    else:
        assert run.stdout == ""
        assert run.stderr
