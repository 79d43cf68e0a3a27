"""The child process that opens one foreign file: `python -m disclosure.files.worker`.

Its arguments are one JSON object: what to do, the folder with the file `in` (a result goes to
`out` beside it), the content type and the limits. Its answer is one JSON object. It knows nothing
of the portal: no settings, no database, no environment.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

#: Bytes that a result may have on the disk.
_LARGEST_RESULT = 512 * 2**20


def _limit(seconds: int, megabytes: int) -> None:
    """From here on the system itself stops what takes too much."""
    memory = megabytes * 2**20
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _soft, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, most))


def _inspect(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    from disclosure.files.inside import report, table

    found = table.HANDLERS[content_type][0](data, report.Spent())
    return {"findings": report.as_json(found)}


def _strip(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    from disclosure.files.inside import report, table

    (folder / "out").write_bytes(table.HANDLERS[content_type][1](data, report.Spent()))
    return {}


def _clear(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    """What is in the original, and its cleaned copy."""
    return _inspect(data, content_type, folder) | _strip(data, content_type, folder)


def _text(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    from disclosure.files.inside import report, table

    spent = report.Spent()
    words = table.HANDLERS[content_type][2](data, spent)
    return {"text": report.storable(words[: spent.limits.text])}


def _prove(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    """What is in the final file, its kind by its content, its text, and text that does not show."""
    from disclosure.files import sniff
    from disclosure.files.inside import raw_text

    words = _text(data, content_type, folder)
    return {
        **_inspect(data, content_type, folder),
        **words,
        "content_type": sniff.content_type(data),
        "unseen": raw_text.beyond(data, content_type, words["text"]),
    }


def _docx_to_html(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    from disclosure.files.inside import docx_html

    return docx_html.convert(data)


def _sheets(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    from disclosure.files.inside import sheets

    return {"sheets": sheets.read(data)}


def _first_sheet_end(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    from disclosure.files.inside import sheets

    return {"end": sheets.first_end(data)}


def _report_parts(data: bytes, content_type: str, folder: Path) -> dict[str, Any]:
    from disclosure.reports.reading import opening

    return {"parts": opening.parts_here(data, content_type)}


TASKS = {
    "inspect": _inspect,
    "strip": _strip,
    "clear": _clear,
    "text": _text,
    "prove": _prove,
    "docx_to_html": _docx_to_html,
    "sheets": _sheets,
    "first_sheet_end": _first_sheet_end,
    "report_parts": _report_parts,
}


def main() -> None:
    """Do the one thing asked for and answer."""
    asked = json.loads(sys.argv[1])
    _limit(asked["seconds"], asked["megabytes"])
    folder = Path(asked["folder"])
    from disclosure.files.inside.report import Refused

    try:
        data = (folder / "in").read_bytes()
        answer = TASKS[asked["task"]](data, asked["content_type"], folder)
    except Refused as refused:
        answer = {"refusal": refused.code, "where": refused.where}
    except MemoryError:
        answer = {"refusal": "memory"}
    except RecursionError:
        answer = {"refusal": "nested"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
