"""Everything public to CSV, JSON and (where there are few) XLSX: how fast, in how much memory.

    .venv/bin/python benchmarks/export.py [--database sqlite|postgres] [--size 100000]

Against a bare cursor that reads the same columns. Exit 1 where the process grows by more than
20 MB, or a row is missing.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import ground

MEMORY = 20
#: A workbook of more is a matter of minutes.
SHEET = 50_000


def main() -> int:
    asked = ground.options(str(__doc__), size=100_000)
    with ground.empty_portal(asked.database), tempfile.TemporaryDirectory() as folder:
        print(f"{asked.database}, {asked.size:,} publications, {ground.machine()}")
        ground.fill(asked.size, index=False)
        return measure(Path(folder), asked.size)


def bare() -> int:
    """The same rows as tuples."""
    from disclosure.publications import exporting

    names = ("index_number", "title", "document_number", "date_made", "published_at", "summary")
    rows = exporting.public().order_by("published_at", "id")
    return sum(1 for _row in rows.values_list(*names, "body", "keywords").iterator(chunk_size=500))


def measured(work: Callable[[], int]) -> tuple[int, float, float]:
    """What it gives, in how many seconds, and how far the process grew at most (megabytes)."""
    before = ground.resident()
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    start = time.perf_counter()
    found = work()
    taken = time.perf_counter() - start
    return found, taken, ground.resident_most() - before


def measure(folder: Path, size: int) -> int:
    from disclosure.publications import exporting

    # What is loaded once is not growth.
    exporting.export(folder / "warm.json")
    rows, alone, _grown = measured(bare)
    ground.line("a bare cursor", alone, "s")
    good = True
    for ending in ("csv", "json", "xlsx"):
        if ending == "xlsx" and size > SHEET:
            continue
        path = folder / f"all.{ending}"
        found, taken, grown = measured(lambda path=path: exporting.export(path))  # type: ignore[misc]
        ground.line(ending, taken, "s", taken / alone)
        ground.line("  rows", found / taken, "/s")
        good &= ground.within(f"{ending}: growth in MB", grown, MEMORY)
        good &= ground.within(f"{ending}: rows that are missing", rows - found, 0)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
