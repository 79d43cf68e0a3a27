"""The web server's log, counted once however often it is read; old days folded, sums kept."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from disclosure.core.dates import today
from disclosure.models import ReadCount
from disclosure.visits import flushing, folding, logs
from disclosure.visits.counting import Channel, Kind, Seen

DAY = dt.date(2026, 3, 2)


def line(path: str, *, status: int = 200, method: str = "GET", at: str = "09:00:00") -> bytes:
    return f"2026-03-02T{at}+08:00 {method} {status} {path} 1234 HIT\n".encode()


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (line("/"), Seen(Kind.PAGE, "home", Channel.WEB)),
        (line("/en/catalogue/SL/A-1/"), Seen(Kind.PUBLICATION, "SL/A-1", Channel.WEB)),
        (line("/catalogue/%E7%94%B2/", status=304), Seen(Kind.PUBLICATION, "甲", Channel.WEB)),
        (line("/catalogue/\\xE7\\x94\\xB2/"), Seen(Kind.PUBLICATION, "甲", Channel.WEB)),
        (line("/annual-reports/SL/2024.pdf"), Seen(Kind.REPORT, "SL/2024", Channel.DOWNLOAD)),
        (line("/catalogue/a%00b/"), Seen(Kind.PUBLICATION, "", Channel.WEB)),
        (line(f"/catalogue/{'x' * 200}/"), Seen(Kind.PUBLICATION, "", Channel.WEB)),
        (line("/catalogue/x/", status=404), None),
        (line("/", method="HEAD"), None),
        (line("/catalogue/%FF/"), None),
        (line("/nowhere/"), None),
        (line("/requests/2026-0001/"), None),
        (b"yesterday GET 200 / 1 HIT\n", None),
        (b"2026-03-02 GET 200 / 1 HIT\n", None),
        (b"\xff\n", None),
    ],
)
def test_lines(written: bytes, seen: Seen | None) -> None:
    assert logs.read_line(written) == (seen and (DAY, seen))


def test_the_day_is_the_day_in_china() -> None:
    found = logs.read_line(b"2026-03-01T16:30:00+00:00 GET 200 / 1 MISS\n")
    assert found
    assert found[0] == DAY


def home_count() -> int:
    return ReadCount.objects.filter(key="home").aggregate(n=Sum("count"))["n"] or 0


@pytest.mark.django_db
def test_a_log_is_counted_once(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(logs, "BATCH", 2)
    log = tmp_path / "reads.log"
    with pytest.raises(CommandError, match="No such file"):
        call_command("count_from_log", log)
    log.write_bytes(line("/") * 5 + line("/nowhere/") + b"2026-03-02T09:00:00+08:00 GET 2")
    call_command("count_from_log", log)
    call_command("count_from_log", log)
    assert home_count() == 5
    with log.open("ab") as more:
        more.write(b"00 / 1 HIT\n" + line("/"))
    call_command("count_from_log", log)
    assert home_count() == 7

    # Rotated away with lines that were not counted yet.
    with log.open("ab") as more:
        more.write(line("/") * 3)
    log.rename(tmp_path / "reads.log.1")
    log.write_bytes(line("/") * 2)
    call_command("count_from_log", log)
    call_command("count_from_log", log)
    assert home_count() == 12

    # Emptied and begun anew.
    with log.open("r+b") as same:
        same.truncate(0)
        same.write(line("/"))
    call_command("count_from_log", log)
    assert home_count() == 13
    capsys.readouterr()

    # Rotated and compressed: what was not counted is lost, and said to be.
    other = tmp_path / "new"
    other.write_bytes(line("/"))
    other.replace(log)
    call_command("count_from_log", log, verbosity=0)
    assert home_count() == 14
    assert "lost" in capsys.readouterr().err


@pytest.mark.django_db
def test_old_days_become_months_and_years(django_assert_num_queries) -> None:
    on = dt.date(2026, 3, 10)
    assert folding.fold_old(on) == 0
    item, home = Seen(Kind.PUBLICATION, "a", Channel.WEB), Seen(Kind.PAGE, "home", Channel.WEB)
    flushing.store(
        {
            (dt.date(2019, 5, 7), item): 1,
            (dt.date(2019, 12, 31), item): 2,
            (dt.date(2021, 1, 1), item): 4,
            (dt.date(2021, 2, 28), item): 8,
            (dt.date(2024, 11, 1), home): 16,
            (dt.date(2024, 11, 30), home): 32,
            (dt.date(2024, 11, 30), item): 64,
            (dt.date(2024, 12, 1), item): 128,
            (dt.date(2024, 12, 2), item): 256,
            (today(), item): 512,
        }
    )
    assert folding.fold_old(on) > 0
    expected = [
        (dt.date(2019, 1, 1), "a", 3),
        (dt.date(2021, 1, 1), "a", 4),
        (dt.date(2021, 2, 1), "a", 8),
        (dt.date(2024, 11, 1), "a", 64),
        (dt.date(2024, 11, 1), "home", 48),
        (dt.date(2024, 12, 1), "a", 128),
        (dt.date(2024, 12, 2), "a", 256),
        (today(), "a", 512),
    ]
    rows = ReadCount.objects.order_by("day", "key").values_list("day", "key", "count")
    assert list(rows) == expected
    assert folding.fold_old(on) == 0
    # A log that comes very late is folded the next time.
    flushing.store({(dt.date(2021, 2, 3), item): 1})
    assert folding.fold_old(on) == 1
    assert ReadCount.objects.get(day=dt.date(2021, 2, 1)).count == 9
