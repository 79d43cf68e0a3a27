"""Every benchmark that takes `--size`, on both databases, one after the other.

    .venv/bin/python benchmarks/all.py [--size 3000] [--only search]

Small sizes show that they work; what is told of speed then is mostly noise. Exit 1 when a target
was missed or a benchmark failed; the others run all the same.
"""

import argparse
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NAMES = ("listing", "paging", "counting", "search", "export", "page_cache")
DATABASES = ("sqlite", "postgres")


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--size", type=int, default=3000)
    parser.add_argument("--only", choices=NAMES, action="append")
    parser.add_argument("--database", choices=DATABASES, action="append")
    asked = parser.parse_args()
    missed = []
    for name in asked.only or NAMES:
        for database in asked.database or DATABASES:
            print(f"=== {name}, {database}", flush=True)
            command = [sys.executable, str(FOLDER / f"{name}.py"), "--database", database]
            done = subprocess.run([*command, "--size", str(asked.size)], check=False)
            if done.returncode:
                missed.append(f"{name} on {database}")
    print(f"=== missed or failed: {', '.join(missed)}" if missed else "=== every target is met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
