"""The ground on which things are measured: an empty portal of its own, on either database.

Standard library only until the environment is set, because the settings are read at import.
"""

import argparse
import contextlib
import os
import platform
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

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


def options(described: str, *, size: int, more: Callable[[Any], None] | None = None) -> Any:
    """The options that every benchmark with `--size` has."""
    parser = argparse.ArgumentParser(description=described.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--size", type=int, default=size, help="publications")
    if more:
        more(parser)
    return parser.parse_args()


def fill(publications: int, *, requests: int = 0, seed: int = 7, index: bool = True) -> None:
    """Made-up content, by `make_load`; so much more of it with each call."""
    from django.core.management import call_command

    start = time.perf_counter()
    call_command(
        "make_load",
        publications=publications,
        requests=requests,
        seed=seed,
        index=index,
        verbosity=0,
    )
    line(f"{publications:,} publications made", time.perf_counter() - start, "s")


def in_turn(
    works: Mapping[str, Callable[[], Any]], rounds: int, *, warm_up: int = 2
) -> dict[str, list[float]]:
    """Milliseconds of each work, done in turn so that what else the machine does hits all."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + warm_up):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if turn >= warm_up:
                taken[name].append((time.perf_counter() - start) * 1000)
    return taken


def median(times: Sequence[float]) -> float:
    return statistics.median(times)


def percentile(times: Sequence[float], share: int) -> float:
    """The time that so many of a hundred do not exceed."""
    return sorted(times)[min(len(times) * share // 100, len(times) - 1)]


def within(name: str, found: float, target: float, *, at_least: bool = False) -> bool:
    """Print a target and whether it is met."""
    is_met = found >= target if at_least else found <= target
    sign = "at least" if at_least else "at most"
    print(f"{'met   ' if is_met else 'MISSED'} {name}: {found:.3g} ({sign} {target:g})", flush=True)
    return is_met


def resident(process: str = "self") -> float:
    """Megabytes of memory that a process has now."""
    return _memory("VmRSS", process)


def resident_most(process: str = "self") -> float:
    """Megabytes that it had at most, since it began or `clear_refs` was written."""
    return _memory("VmHWM", process)


def _memory(name: str, process: str) -> float:
    for row in Path(f"/proc/{process}/status").read_text().splitlines():
        if row.startswith(f"{name}:"):
            return int(row.split()[1]) / 1024
    return 0.0
