"""The corpus is looked into within the tests' process: a child for each call takes minutes.

Traps, and calls that name limits of their own, go to the child as in the portal.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from disclosure.files import isolated, worker

_answers: dict[tuple[str, bytes, str], dict[str, Any]] = {}


@pytest.fixture(autouse=True)
def _corpus_in_this_process(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    params = getattr(request.node, "callspec", None)
    case = params.params.get("case") if params else None
    if request.path.name != "test_corpus.py" or case is None or case.refusal:
        yield
        return
    child = isolated.run

    def run(task: str, data: bytes, content_type: str = "", **limits: Any) -> dict[str, Any]:
        if limits:
            return child(task, data, content_type, **limits)
        key = (task, data, content_type)
        if key not in _answers:
            (tmp_path / "out").unlink(missing_ok=True)
            answer = worker.TASKS[task](data, content_type, tmp_path)
            _answers[key] = json.loads(json.dumps(answer))
            if (tmp_path / "out").exists():
                _answers[key]["out"] = (tmp_path / "out").read_bytes()
        return dict(_answers[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolated, "run", run)
        yield
