"""`manage.py serve`: what it says when it cannot start. The browser tests see it running."""

import socket
import stat
from argparse import ArgumentTypeError
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from portal.management.commands import serve


def test_port_in_use_is_said_before_any_preparation() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"port {port}: Address already in use.*PORT="):
            call_command("serve", port=port)


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "8000.5"])
def test_impossible_ports(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is not a port"):
        serve.port_number(text)


def test_unusable_database_is_named_without_its_password(monkeypatch, settings) -> None:
    def refuse() -> None:
        raise OperationalError('password authentication failed for user "portal"')

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    database = {"NAME": "portal", "HOST": "db", "PORT": 5432, "USER": "u", "PASSWORD": "hidden"}
    monkeypatch.setitem(settings.DATABASES, "default", settings.DATABASES["default"] | database)
    with pytest.raises(CommandError) as caught:
        serve.Command().wait_for_database()
    assert "portal on db:5432 as u" in str(caught.value)
    assert "password authentication failed" in str(caught.value)
    assert "hidden" not in str(caught.value)


def test_waits_for_a_database_that_is_still_starting(monkeypatch, capsys) -> None:
    answers = [OperationalError("connection refused"), OperationalError("starting up"), None]

    def connect() -> None:
        answer = answers.pop(0)
        if answer:
            raise answer

    monkeypatch.setattr(connection, "ensure_connection", connect)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setattr(serve.time, "sleep", lambda seconds: None)
    serve.Command().wait_for_database()
    assert answers == []
    assert capsys.readouterr().out.count("Waiting for the database") == 1


def test_demo_password_is_made_once_and_private(settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.DEMO_PASSWORD = tmp_path, ""
    password = serve.demo_password()
    assert len(password) >= 12
    assert serve.demo_password() == password
    mode = stat.S_IMODE((tmp_path / "demo_password").stat().st_mode)
    assert mode == 0o600
    settings.DEMO_PASSWORD = "of-the-environment"
    assert serve.demo_password() == "of-the-environment"


def test_static_files_are_collected_only_after_a_change(settings, tmp_path, monkeypatch) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "collected"
    runs = []

    def collect(*args: object, **options: object) -> None:
        runs.append(args)
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        (settings.STATIC_ROOT / "staticfiles.json").touch()

    monkeypatch.setattr(serve, "call_command", collect)
    serve.Command().collect_static()
    serve.Command().collect_static()
    assert len(runs) == 1
    (source / "a.css").write_text("a { color: red }")
    serve.Command().collect_static()
    assert len(runs) == 2


def test_sqlite_has_one_process() -> None:
    workers, threads = serve.server_size(None, None)
    assert threads == 4
    assert (workers == 1) or connection.vendor == "postgresql"
    assert serve.server_size(3, 2) == (3, 2)
