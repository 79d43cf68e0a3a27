"""What can be wrong with a file, and with its rows."""

from dataclasses import dataclass, field


class FileProblem(Exception):
    """The file as a whole cannot be read; the sentences say why."""


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken: its number (the heading is row 1), its column, the reason."""

    row: int
    column: str
    reason: str


@dataclass
class Result:
    """What was done, or would be; with a problem nothing was."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    agencies: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def bad_rows(self) -> int:
        return len({one.row for one in self.problems})
