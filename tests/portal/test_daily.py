"""The daily jobs: each app registers its own, one command runs them all."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from disclosure.core import daily
from disclosure.core.dates import now


@pytest.fixture
def no_jobs(monkeypatch) -> None:
    """An empty registry."""
    monkeypatch.setattr(daily, "_jobs", {})


def test_the_apps_have_registered_theirs() -> None:
    assert {"expired sessions", "old sign-ins", "counts of attempts"} <= set(daily.names())


@pytest.mark.django_db
def test_every_job_may_run_twice(capsys) -> None:
    call_command("daily")
    capsys.readouterr()
    call_command("daily")
    lines = capsys.readouterr().out.splitlines()
    for name in daily.names():
        assert [line for line in lines if line.startswith(f"{name}: 0 (")], name


@pytest.mark.usefixtures("no_jobs")
def test_a_failing_job_does_not_stop_the_others(capsys, caplog) -> None:
    ran = []
    daily.register("b fails", lambda: 1 // 0)
    daily.register("c works", lambda: ran.append("c"))
    with pytest.raises(CommandError, match="1 of 2 daily jobs failed"):
        call_command("daily")
    assert ran == ["c"]
    captured = capsys.readouterr()
    assert "b fails: failed: integer division or modulo by zero" in captured.err
    assert "c works (" in captured.out
    assert "daily job 'b fails' failed" in caplog.text


@pytest.mark.django_db
def test_expired_sessions_and_old_sign_ins_are_forgotten() -> None:
    for name, days in (("over", -1), ("running", 1)):
        Session.objects.create(
            session_key=name, session_data="", expire_date=now() + dt.timedelta(days=days)
        )
    for name, days in (("old", 200), ("recent", 100)):
        attempt = AccessAttempt.objects.create(username=name, failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=now() - dt.timedelta(days=days)
        )
    call_command("daily", verbosity=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["recent"]
