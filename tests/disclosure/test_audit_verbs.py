"""Whatever the sources record has a label, and every label is recorded somewhere."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from disclosure.audit import verbs
from disclosure.life.round_steps import ROUND_STEPS
from disclosure.publications.lifecycle import TRANSITIONS as PUBLICATION_STEPS
from disclosure.reports.lifecycle import TRANSITIONS as REPORT_STEPS
from requests_app.lifecycle import TRANSITIONS
from tests.settings import ROOT

SOURCES = ("disclosure", "requests_app", "portal")
#: What `record` and `records.create` and its like take beside the facts.
NO_FACTS = frozenset({"actor", "verb", "target", "label", "action", "obj", "reason"})


#: What the engine of the casework records: the step's name, from the table.
STEPS = (
    {f"request.{name}" for name in TRANSITIONS}
    | {f"publication.{name}" for name in PUBLICATION_STEPS}
    | {f"cleanupround.{name}" for name in ROUND_STEPS}
    | {f"annualreport.{name}" for name in REPORT_STEPS}
)
#: Recorded by earlier versions, and still to be read.
EARLIER = {
    "request.answer",
    "publication.published",
    "publication.withdrawn",
    "publication.reopened",
    "annualreport.published",
    "annualreport.withdrawn",
    "guide.changed",
    "rule.changed",
}


@dataclass
class Carrier:
    """A function through which a verb reaches `record`: where it takes it, and what it makes."""

    position: int
    keyword: str
    template: str = "{}"
    parameters: frozenset[str] = NO_FACTS


@dataclass
class Recorded:
    """What one file records: verbs, facts, and calls that the reader does not understand."""

    verbs: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


def read(source: str) -> Recorded:
    """The verbs in a module: followed from `record(actor, verb, …)` back to what is written."""
    tree = ast.parse(source)
    found = Recorded()
    carriers = {"record": Carrier(1, "verb")}
    todo = ["record"]
    done: set[tuple[str, str]] = set()
    while todo:
        name = todo.pop()
        carrier = carriers[name]
        for function, call in calls(tree, name):
            verb = argument(call, carrier)
            if verb is None:
                continue
            found.facts |= {one.arg for one in call.keywords if one.arg} - carrier.parameters
            text, parameter = written(verb)
            if text is None:
                found.unread.append(f"{name}: {ast.unparse(call)}")
                continue
            text = carrier.template.format(text)
            if parameter is None:
                found.verbs.add(text)
            elif function is not None and (function.name, text) not in done:
                done.add((function.name, text))
                names = [one.arg for one in function.args.args]
                place = names.index(parameter) if parameter in names else -1
                own = frozenset(names + [one.arg for one in function.args.kwonlyargs])
                carriers[function.name] = Carrier(place, parameter, text, own)
                todo.append(function.name)
    # Rooms hand their verb to `records.create` and its like by keyword.
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("records."):
            given = {one.arg: one.value for one in node.keywords if one.arg}
            if "verb" not in given:
                continue
            text, parameter = written(given["verb"])
            found.facts |= set(given) - NO_FACTS
            if text is None or parameter is not None:
                found.unread.append(ast.unparse(node))
            else:
                found.verbs.add(text)
    return found


def calls(tree: ast.Module, name: str) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    """Each call of the plain name, with the function around it."""

    def walk(
        node: ast.AST, around: ast.FunctionDef | None
    ) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and getattr(child.func, "id", None) == name:
                yield around, child
            yield from walk(child, child if isinstance(child, ast.FunctionDef) else around)

    yield from walk(tree, None)


def argument(call: ast.Call, carrier: Carrier) -> ast.expr | None:
    for one in call.keywords:
        if one.arg == carrier.keyword:
            return one.value
    if 0 <= carrier.position < len(call.args):
        return call.args[carrier.position]
    return None


def written(verb: ast.expr) -> tuple[str | None, str | None]:
    """The text of a verb and the parameter that fills its one gap, if it has one."""
    if isinstance(verb, ast.Constant) and isinstance(verb.value, str):
        return verb.value, None
    if isinstance(verb, ast.Name):
        return "{}", verb.id
    if isinstance(verb, ast.JoinedStr):
        gaps = [one.value for one in verb.values if isinstance(one, ast.FormattedValue)]
        if len(gaps) == 1 and isinstance(gaps[0], ast.Name):
            parts = [one.value if isinstance(one, ast.Constant) else "{}" for one in verb.values]
            return "".join(str(one) for one in parts), gaps[0].id
    return None, None


@pytest.fixture(scope="module")
def recorded() -> dict[Path, Recorded]:
    """What every file of the sources records."""
    return {
        path.relative_to(ROOT): read(path.read_text(encoding="utf-8"))
        for name in SOURCES
        for path in sorted((ROOT / name).rglob("*.py"))
    }


def test_every_verb_can_be_read(recorded: dict[Path, Recorded]) -> None:
    assert {path: one.unread for path, one in recorded.items() if one.unread} == {}


def test_every_verb_has_a_label_and_every_label_a_verb(recorded: dict[Path, Recorded]) -> None:
    found = set().union(*(one.verbs for one in recorded.values())) | STEPS
    assert len(found) > 40
    assert found - set(verbs.verbs()) == set(), "declare a label: disclosure/audit/verbs.py"
    assert set(verbs.verbs()) - found == EARLIER, "nothing records this any more"


def test_every_fact_has_a_label(recorded: dict[Path, Recorded]) -> None:
    found = set().union(*(one.facts for one in recorded.values()))
    assert {"fields", "parent"} <= found, "read along every way"
    assert found - set(verbs.FACTS) == set()


def test_labels_are_for_people() -> None:
    for verb in verbs.verbs():
        assert verbs.kind_label(verb)
        assert str(verbs.deed_label(verb)) != verb
    assert verbs.deed_label("publication.eaten") == "publication.eaten"
    assert (verbs.kind_label("comet.seen"), verbs.deed_label("comet.seen")) == ("", "comet.seen")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('record(actor, "a.b", thing)', {"a.b"}),
        ('record(actor, verb="a.b", target=thing)', {"a.b"}),
        ('def f(verb):\n    record(None, verb, x)\nf("a.b")\nf(verb="a.c")', {"a.b", "a.c"}),
        ('def f(x, step):\n    record(None, f"a.{step}", x)\nf(1, "b")', {"a.b"}),
        ('records.create(actor=None, verb="a.b", obj=x)', {"a.b"}),
    ],
)
def test_the_reader_finds_verbs(source: str, found: set[str]) -> None:
    assert read(source).verbs == found


def test_the_reader_says_what_it_cannot_read() -> None:
    assert read('record(actor, f"{thing.kind}.{step}", thing)').unread
