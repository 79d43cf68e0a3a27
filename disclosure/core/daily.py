"""Jobs that run once a day: an app registers a callable in `AppConfig.ready`, and
`manage.py daily` runs them all.

A job may run twice or at any hour without harm: it finds for itself what is left to do. It
returns how many things it dealt with, or None.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

logger = logging.getLogger(__name__)

Run = Callable[[], int | None]
_jobs: dict[str, Run] = {}


def register(name: str, run: Run) -> None:
    """Have `run` called once a day under `name`; the same name again replaces it."""
    _jobs[name] = run


def names() -> list[str]:
    """The registered jobs, in the order in which they run."""
    return sorted(_jobs)


@dataclass(frozen=True)
class Outcome:
    """What became of one job."""

    name: str
    done: int | None
    seconds: float
    error: Exception | None


def run_all() -> Iterator[Outcome]:
    """Run each job in turn; one that fails is logged and does not keep the others from running."""
    for name in names():
        started = time.monotonic()
        done, error = None, None
        try:
            done = _jobs[name]()
        except Exception as exception:
            # Whatever it was, tomorrow's housekeeping must not depend on it: logged, reported.
            logger.exception("daily job %r failed", name)
            error = exception
        yield Outcome(name, done, time.monotonic() - started, error)
