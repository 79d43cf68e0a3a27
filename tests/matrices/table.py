"""A matrix as one readable, committed table; `UPDATE_MATRICES=1 pytest tests/matrices` rewrites
it, so that a change of rule shows in a diff."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent


def written(corner: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """A Markdown table with aligned columns."""
    lines = [[corner, *columns], *([name, *cells] for name, cells in rows.items())]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns) + 1)]
    drawn = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([drawn[0], rule, *drawn[1:]]) + "\n"


def compare(name: str, preface: str, table: str) -> None:
    """Assert that `table` is what `tests/matrices/<name>.md` says."""
    path = HERE / f"{name}.md"
    text = f"{preface.strip()}\n\n{table}"
    if os.environ.get("UPDATE_MATRICES"):
        path.write_text(text, encoding="utf-8")
    committed = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text.splitlines() == committed.splitlines(), (
        f"{path.name} differs: if the rules were meant to change, run "
        "UPDATE_MATRICES=1 pytest tests/matrices and review the diff"
    )
