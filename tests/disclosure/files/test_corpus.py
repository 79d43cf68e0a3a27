"""The corpus of files: what is found in each, what its copy still shows, what is refused."""

import pytest

from disclosure.files import gate, isolated, sniff
from disclosure.files.inspecting import inspect
from disclosure.files.kinds import KINDS, REFUSALS
from disclosure.files.stripping import strip
from tests.disclosure.files.corpus import CLEARED, CORPUS, HELD, REFUSED, Case
from tests.disclosure.files.looking import reopen, shown, unpacked

SECRETS = ("不该公开的内容", "Not for the public", "taken by Zhang San", "张三", "李四")

_made: dict[str, bytes] = {}


def made(case: Case) -> tuple[bytes, str]:
    """The file, made once, and its content type."""
    if case.name not in _made:
        _made[case.name] = case.make()
    data = _made[case.name]
    kind = sniff.recognise(data, f"x.{case.ending}")
    assert kind is not None, case.name
    return data, kind.content_type


def each(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def test_the_corpus_knows_every_kind_of_file() -> None:
    assert len(CORPUS) >= 40
    assert {case.ending for case in CORPUS} >= {
        ending for endings in sniff.ENDINGS.values() for ending in endings[:1]
    }


@each([case for case in CORPUS if not case.refusal])
def test_what_is_hidden_is_found_and_nothing_else(case: Case) -> None:
    data, content_type = made(case)
    found = inspect(data, content_type)
    assert found.refusal == ""
    assert {one.kind for one in found.findings} == case.kinds
    assert case.kinds <= set(KINDS)


@each(CLEARED)
def test_the_copy_shows_the_same_and_holds_nothing_else(case: Case) -> None:
    data, content_type = made(case)
    copy = strip(data, content_type)
    assert reopen(copy, case.ending) is not None
    assert shown(copy, case.ending) == shown(data, case.ending)
    assert gate.prove_clean(copy, content_type) == []
    left = {one.kind for one in inspect(copy, content_type).findings}
    assert left <= {kind for kind, row in KINDS.items() if row.told}
    assert strip(copy, content_type) == copy
    # Other limits: an answer that the tests do not remember.
    assert isolated.run("strip", data, content_type, seconds=60)["out"] == copy
    if "ocr_layer" not in case.kinds:
        everything = unpacked(copy, case.ending)
        for secret in SECRETS:
            assert secret.encode() not in everything
            assert secret not in gate.prove(copy, content_type).text


@each(HELD)
def test_what_cannot_be_taken_away_is_held(case: Case) -> None:
    data, content_type = made(case)
    copy = strip(data, content_type)
    problems = {one.code for one in gate.prove_clean(copy, content_type)}
    carried = {one.code for one in gate.carried_over(list(inspect(data, content_type).findings))}
    assert problems | carried == case.held


@each(REFUSED)
def test_traps_are_refused_with_their_reason(case: Case) -> None:
    data, content_type = made(case)
    found = inspect(data, content_type)
    assert (found.refusal, found.findings) == (case.refusal, ())
    assert case.refusal in REFUSALS


def test_formulas_without_values_are_refused_where_they_count_on_what_is_hidden() -> None:
    from disclosure.files.inside.report import Refused
    from tests.disclosure.files.office_files import sheet_formulas_without_values

    data = sheet_formulas_without_values()
    kind = sniff.recognise(data, "x.xlsx")
    assert kind is not None
    with pytest.raises(Refused, match="no_values"):
        isolated.run("strip", data, kind.content_type)
