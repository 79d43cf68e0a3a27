"""How long an import of publications takes beside a bare `bulk_create` of the same rows.

    .venv/bin/python benchmarks/imports.py [--database sqlite|postgres] [--rows 100000]

Both store the same documents as published in the same table, with its indexes and triggers. The
import also reads the CSV, applies every rule, sanitises, hashes, signs off and writes the public
log. Exit 1 when it takes more than 5 times (SQLite) or 3 times (PostgreSQL) as long, or when its
memory grows with the rows.
"""

import argparse
import csv
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import empty_portal, line, machine

MOST = {"sqlite": 5.0, "postgres": 3.0}
#: Growth of the process beyond its size before, in megabytes: a chunk of rows, not all of them.
MEMORY = 96
BATCH = 1000
WARM_UP = 2000
MATTERS = ("人民防空工程建设", "防空警报试鸣", "行政审批", "政府采购", "年度部门预算", "安全生产")
KINDS = ("通知", "意见", "公告", "批复", "实施细则", "公示")
SENTENCES = (
    "各市、县（区）人民防空办公室，机关各处室、直属各单位：",
    "为贯彻落实省委、省政府的决策部署，进一步规范有关工作，现将有关事项通知如下。",
    "各单位要提高认识，加强组织领导，明确责任分工，确保各项任务落到实处。",
    "本通知自印发之日起施行，有效期五年；此前规定与本通知不一致的，以本通知为准。",
    "执行中遇到的问题，请及时向办公室反映，联系电话见门户网站。",
    "对符合条件的申请，应当在法定期限内作出决定，并书面告知申请人。",
    "有关情况应当于每季度结束后十个工作日内报送，逾期未报的予以通报。",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    options = parser.parse_args()
    with empty_portal(options.database), tempfile.TemporaryDirectory() as folder:
        print(f"{options.database}, {options.rows:,} rows, {machine()}")
        return measure(Path(folder), options.rows, MOST[options.database], options.profile)


def documents(count: int, prefix: str) -> Iterator[dict[str, str]]:
    """Records as an older portal exports them: some 1 kB of text each, always the same ones."""
    chance = random.Random(7)  # noqa: S311  (figures to measure with)
    for place in range(count):
        matter, kind = chance.choice(MATTERS), chance.choice(KINDS)
        year, month, day = 2008 + place % 17, 1 + place % 12, 1 + place % 28
        text = "\n\n".join(chance.choices(SENTENCES, k=chance.randint(4, 16)))
        yield {
            "index_number": f"{prefix}/{year}-{place:06d}",
            "title": f"关于做好{matter}工作有关事项的{kind}（第{place}号）",
            "agency": f"示例市{place % 20}办公室",
            "category": f"政策文件{place % 30}",
            "document_number": f"示办发〔{year}〕{place % 400 + 1}号",
            "date_made": f"{year}-{month:02d}-{day:02d}",
            "published_on": f"{year}-{month:02d}-{day:02d}",
            "validity": "有效",
            "disclosure": "主动公开",
            "summary": f"就{matter}提出要求。",
            "body": text,
            "keywords": f"{matter}；{kind}",
        }


def write(path: Path, count: int, prefix: str) -> Path:
    """The documents as CSV."""
    rows = documents(count, prefix)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(file, row)
                writer.writeheader()
            writer.writerow(row)
    return path


def fill() -> Any:
    """Agencies, categories, and somebody who may publish for all of them."""
    from disclosure.models import Agency, Category, RoleAssignment, User

    house = Agency.objects.add_root({"code": "SL", "name": "示例省办公室"})
    for place in range(20):
        Agency.objects.add_child(house, {"code": f"S{place}", "name": f"示例市{place}办公室"})
    for place in range(30):
        Category.objects.add_root({"code": f"policy{place}", "name": f"政策文件{place}"})
    signer = User.objects.create_user("signer", password=None, full_name="签发人")
    RoleAssignment.objects.create(
        user=signer, role="publisher", agency=house, with_descendants=True
    )
    return signer


def bare(count: int, signer: Any) -> float:
    """Seconds of `bulk_create` alone, in one transaction, of the rows as the import stores them."""
    from django.db import transaction

    from disclosure.core.dates import now
    from disclosure.models import Agency, Category, Publication
    from disclosure.publications import actions, content
    from disclosure.publications.importing import columns

    agencies = {one.name: one for one in Agency.objects.all()}
    categories = {one.name: one for one in Category.objects.all()}
    known, spent, moment = columns.BY_KEY, 0.0, now()
    rows: list[Publication] = []

    def store() -> float:
        start = time.perf_counter()
        Publication.objects.bulk_create(rows, batch_size=BATCH)
        taken = time.perf_counter() - start
        rows.clear()
        return taken

    with transaction.atomic(), actions.blanket(signed_by=signer, note="bare") as sign_off:
        for one in documents(count, "BARE"):
            values = {
                key: known[key].parse(cell)
                for key, cell in one.items()
                if key not in {"agency", "category", "published_on"}
            }
            row = Publication(
                **values,
                agency=agencies[one["agency"]],
                category=categories[one["category"]],
                state="published",
                published_at=moment,
                version=1,
                version_at=moment,
                published_by=signer,
                sign_off=sign_off,
            )
            row.content_hash = content.digest(row, [])
            rows.append(row)
            if len(rows) == BATCH:
                spent += store()
        spent += store()
        start = time.perf_counter()
    return spent + time.perf_counter() - start


def measure(folder: Path, count: int, most: float, profiled: bool) -> int:
    signer = fill()
    imported(write(folder / "warm.csv", WARM_UP, "WARM"), signer)
    path = write(folder / "all.csv", count, "ALL")
    alone = bare(count, signer)
    line("bulk_create alone", alone, "s")
    before = megabytes("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    if profiled:
        import cProfile
        import pstats

        profile = cProfile.Profile()
        profile.runcall(imported, path, signer)
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        return 0
    taken, stages = imported(path, signer)
    grown = megabytes("VmHWM") - before
    for name, seconds in stages.items():
        line(f"  of the import: {name}", seconds, "s")
    ratio = taken / alone
    line("the import", taken, "s", ratio)
    line("  rows", count / taken, "/s")
    line("memory above what it was", grown, "MB")
    is_good = ratio <= most and grown <= MEMORY
    print(f"{'within' if is_good else 'BEYOND'} {most:g} x and {MEMORY} MB")
    return 0 if is_good else 1


def imported(path: Path, signer: Any) -> tuple[float, dict[str, float]]:
    """Seconds of the import as the command runs it, and of its two stages."""
    from disclosure.models import Publication
    from disclosure.publications.importing.importer import Importer
    from disclosure.publications.importing.runs import begin
    from disclosure.publications.importing.sources import open_source

    before = Publication.objects.count()
    ends: dict[str, float] = {}

    def progress(stage: str, _rows: int) -> None:
        ends[stage] = time.perf_counter()

    start = time.perf_counter()
    importer = Importer(open_source(path), publish=True, signed_off_by=signer, progress=progress)
    result = importer.run(begin(path, publish=True))
    end = time.perf_counter()
    stored = Publication.objects.count() - before
    if result.problems or stored != result.created:
        raise SystemExit(f"not stored: {result.problems[:3]}")
    return end - start, {"looking": ends["checked"] - start, "storing": end - ends["checked"]}


def megabytes(name: str) -> float:
    """A line of the process's own account of its memory."""
    for row in Path("/proc/self/status").read_text().splitlines():
        if row.startswith(f"{name}:"):
            return int(row.split()[1]) / 1024
    raise KeyError(name)


if __name__ == "__main__":
    sys.exit(main())
