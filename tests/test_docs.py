"""The docs tell the truth: every path and link exists, every command and setting is named."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.settings import ENVIRONMENT, ROOT

PAGES = sorted(
    path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
)
COMMANDS = sorted(
    path.stem
    for app in ("portal", "disclosure", "requests_app")
    for path in (ROOT / app / "management" / "commands").glob("[a-z]*.py")
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# `portal/settings.py`, `docs/`, `.ci/run` in backquotes: a place in the repository.
PLACE = re.compile(
    r"`((?:\.ci|portal|disclosure|requests_app|templates|static|tests|docs|deploy|locale|benchmarks)/[\w./-]*)`"
)


def text_of(page: Path) -> str:
    """A page without its code blocks."""
    return re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual renderers make them."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_and_paths_exist(page: Path) -> None:
    wrong = []
    for target in LINK.findall(text_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _hash, anchor = target.partition("#")
        goal = (ROOT / page).parent / name if name else ROOT / page
        exists = goal.exists()
        if not exists or (anchor and anchor not in anchors(goal.resolve().relative_to(ROOT))):
            wrong.append(target)
    wrong += [place for place in PLACE.findall(text_of(page)) if not (ROOT / place).exists()]
    assert wrong == []


def test_every_page_is_reached_from_the_index() -> None:
    reached, todo = set(), [Path("README.md")]
    while todo:
        page = todo.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in LINK.findall(text_of(page)):
            goal = ((ROOT / page).parent / target.partition("#")[0]).resolve()
            if goal.suffix == ".md" and goal.is_relative_to(ROOT):
                todo.append(goal.relative_to(ROOT))
    assert set(PAGES) - reached == set()


def test_readme_names_every_make_target() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.M)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"setup", "serve", "test"} <= set(targets)
    assert [name for name in targets if f"make {name}" not in readme] == []


def test_reference_names_exactly_the_commands() -> None:
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## `(\w+)", page, flags=re.M)) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command(command, "--help")
    assert stopped.value.code in (0, None)
    described = capsys.readouterr().out.split("\n\n")[1]
    assert len(described) > 20


def variables_of_settings() -> set[str]:
    """What `portal/settings.py` reads: the first argument of every `env…()`."""
    tree = ast.parse((ROOT / "portal/settings.py").read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if re.fullmatch(r"env(\.\w+)?", ast.unparse(node.func)):
            argument = node.args[0]
            if isinstance(argument, ast.Constant):
                found.add(argument.value)
    return found


def test_env_example_names_exactly_the_settings() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#?([A-Z_]+)=", text, flags=re.M)
    assert sorted(named) == sorted(variables_of_settings())


def test_tests_fix_every_setting() -> None:
    """No variable of a developer's shell or `.env` changes a test."""
    assert variables_of_settings() - set(ENVIRONMENT) <= {
        *("DATABASE_URL", "CONN_MAX_AGE", "DEFAULT_FROM_EMAIL")
    }


def test_generated_reference_is_up_to_date() -> None:
    call_command("write_reference", check=True)
