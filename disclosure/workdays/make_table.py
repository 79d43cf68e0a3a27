"""Write `table.py` from the `holidays` package: `python -m disclosure.workdays.make_table`.

For developers only, each autumn after the package has taken up the announcement for the next
year; `--check` compares instead of writing and exits 1 when the table is out of date.
"""

import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

FIRST_YEAR = 2008
LAST_YEAR = 2040
TARGET = Path(__file__).with_name("table.py")

HEAD = '''"""China's days off and make-up workdays (调休), year by year; made by `make_table.py`.

Each year has two lists of `month.day` or `month.first-last`: the days off from Monday to Friday,
and the workdays on Saturday or Sunday. Years after ANNOUNCED_THROUGH are guesses: the State
Council's General Office has not announced them, so they have no make-up days.
"""

'''


def _runs(days: Iterable[date]) -> str:
    """Days of one year as `1.1 2.16-20`: runs of neighbouring days, within a month."""
    runs: list[list[date]] = []
    for day in sorted(days):
        last = runs[-1][-1] if runs else None
        if last and day - last == timedelta(days=1) and day.month == last.month:
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(
        f"{run[0].month}.{run[0].day}" + (f"-{run[-1].day}" if len(run) > 1 else "") for run in runs
    )


def render() -> str:
    """The whole text of `table.py`, from the package as it is installed."""
    from holidays import country_holidays

    package = country_holidays("CN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    announced = max(day.year for day in package.weekend_workdays)
    lines = [HEAD, f"ANNOUNCED_THROUGH = {announced}\n\n"]
    lines.append("YEARS: dict[int, tuple[str, str]] = {\n")
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        off = (day for day in package if day.year == year and day.weekday() < 5)
        work = (day for day in package.weekend_workdays if day.year == year)
        lines.append(f'    {year}: (\n        "{_runs(off)}",\n        "{_runs(work)}",\n    ),\n')
    return "".join([*lines, "}\n"])


def main(arguments: list[str]) -> int:
    """Write the table, or with `--check` say whether it is what the package gives."""
    text = render()
    if "--check" not in arguments:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == text:
        return 0
    print("disclosure/workdays/table.py is not what `holidays` gives; make it anew.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
