"""The house keeps its shape: who may import whom, which modules are pure, how long a file gets."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.settings import ROOT

# Who may be imported by whom: the portal knows all, disclosure knows only itself.
KNOWS = {
    "disclosure": {"disclosure"},
    "requests_app": {"requests_app", "disclosure"},
    "portal": {"portal", "requests_app", "disclosure"},
}
# Rules without database and settings, neither directly nor through others: hundreds of cases in
# milliseconds.
PURE = (
    "requests_app/clock",
    "requests_app/determination",
    "requests_app/fees/rules.py",
    "requests_app/lifecycle",
    "requests_app/remedies/outcomes.py",
    "requests_app/remedies/rules",
    "requests_app/letters/document.py",
    "requests_app/letters/kinds.py",
    "requests_app/messages/quiet.py",
    "requests_app/messages/templates.py",
    "requests_app/messages/texts.py",
    "disclosure/core/articles.py",
    "requests_app/letters/layout.py",
    "disclosure/paper/measures.py",
    "requests_app/letters/qr.py",
    "disclosure/grounds.py",
    "disclosure/workdays/calendar.py",
    "disclosure/workdays/table.py",
    "disclosure/reports/due.py",
    "disclosure/reports/reading",
    "disclosure/charts",
    "disclosure/figures/hiding.py",
    "disclosure/figures/sources.py",
    "disclosure/search/folding.py",
    "disclosure/search/numbers.py",
    "disclosure/search/tokenise.py",
    "disclosure/search/asking.py",
    "disclosure/search/marking.py",
    "disclosure/search/nearest.py",
    "disclosure/reports/document.py",
    "disclosure/reports/figuring.py",
    "disclosure/reports/tables",
    "disclosure/reports/export/chapters.py",
    "disclosure/reports/export/fitting.py",
    "disclosure/reports/export/grid.py",
    "disclosure/reports/export/page.py",
    "disclosure/reports/export/showing.py",
    "disclosure/reports/export/totals.py",
    "disclosure/core/identities.py",
    "disclosure/publiclog/chain.py",
    "disclosure/publiclog/check_log.py",
    "disclosure/publiclog/details.py",
    "disclosure/publiclog/faults.py",
    "disclosure/publiclog/verify.py",
    "portal/supervisor.py",
)
# Labels in tables are lazy translations, and what a form can show is Django's ValidationError.
ALLOWED_IN_PURE = {
    "django.core.exceptions",
    "django.utils.functional",
    "django.utils.translation",
}
# Past some 400 lines (tests 600) look for the two ideas in a file; past these it has two.
LONGEST = {"source": 500, "tests": 700}
# Tables of data: their length is the world's.
DATA = re.compile(r"/(table|migrations/\w+)\.py$|^disclosure/demo/content/")


def python_files(*folders: str) -> Iterator[Path]:
    """Our own sources, as paths from the root."""
    for folder in folders:
        path = ROOT / folder
        found = [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))
        yield from (file.relative_to(ROOT) for file in found)


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports anywhere in it."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it comes from"
            yield node.module or ""
            # `from package import module` imports a module too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def as_file(module: str) -> Path | None:
    """Our file behind a module's name, if it is one of ours."""
    base = Path(*module.split("."))
    for candidate in (base.with_suffix(".py"), base / "__init__.py"):
        if (ROOT / candidate).is_file():
            return candidate
    return None


def test_import_direction() -> None:
    wrong = [
        f"{path} imports {module}"
        for package, known in KNOWS.items()
        for path in python_files(package)
        for module in imports(path)
        if (top := module.split(".")[0]) in KNOWS and top not in known
    ]
    assert wrong == []


@pytest.mark.parametrize("start", PURE)
def test_pure_modules_stay_away_from_django(start: str) -> None:
    assert (ROOT / start).exists(), f"{start} has moved: name its new place here"
    todo, seen, wrong = list(python_files(start)), set(), []
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        for module in imports(path):
            if module.split(".")[0] == "django" and not any(
                f"{module}.".startswith(f"{allowed}.") for allowed in ALLOWED_IN_PURE
            ):
                wrong.append(f"{path} imports {module}")
            elif ours := as_file(module):
                todo.append(ours)
    assert wrong == []


def test_nothing_imports_the_tests() -> None:
    for path in python_files("manage.py", *KNOWS):
        assert "tests" not in {module.split(".")[0] for module in imports(path)}, path


@pytest.mark.parametrize(
    ("kind", "folders"),
    [("source", ("portal", "disclosure", "requests_app", "deploy")), ("tests", ("tests",))],
)
def test_no_file_has_grown_too_long(kind: str, folders: tuple[str, ...]) -> None:
    lengths = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in python_files(*folders)
        if not DATA.search(str(path))
    }
    assert {path: n for path, n in lengths.items() if n > LONGEST[kind]} == {}


def tracked() -> list[Path]:
    """Every committed file (or, in an unpacked archive, nothing)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_top_level() -> None:
    allowed = {
        *("manage.py", "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "LICENSE"),
        *("requirements.txt", "requirements-dev.txt", ".env.example", ".gitignore", ".ci"),
        *("portal", "disclosure", "requests_app", "templates", "static", "locale", "tests"),
        *("docs", "deploy", "benchmarks"),
    }
    assert {path.parts[0] for path in tracked()} <= allowed


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_hash_pinned_and_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*-", re.sub(r"^\s+--hash=\S+( \\)?$", "", text, flags=re.M), re.M)
    for requirement in re.split(r"\n(?=[a-z])", re.sub(r"^\s*#.*\n", "", text, flags=re.M)):
        if requirement.strip():
            assert re.match(r"[\w.-]+==[\w.]+", requirement), requirement
            assert "--hash=sha256:" in requirement, requirement


def test_no_file_names_a_place_of_somebodys_machine() -> None:
    # Pieced together so that this file does not name them itself.
    # At the start of a path only: `portal/home/` is a room of ours.
    names = "|".join(["/" + "work/", "/" + "root/", "/" + "home/", "/" + "tmp/team"])
    places = re.compile(rf"(?<![\w.])(?:{names})")
    wrong = []
    for path in tracked():
        if path.suffix in {".mo", ".png", ".jpg", ".ico", ".woff2", ".pdf", ".docx", ".xlsx"}:
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        wrong += [f"{path}: {found.group()}" for found in places.finditer(text)]
    assert wrong == []


def test_permissions_of_scripts() -> None:
    for name in (".ci/run", "manage.py", "deploy/setup.sh"):
        assert (ROOT / name).stat().st_mode & 0o111, f"{name} cannot be executed"
