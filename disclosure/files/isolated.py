"""Foreign files are opened in a child process: whatever is in them, the portal goes on.

The child gets the file in a folder of its own, limits on memory and time, and no environment; it
answers in JSON, never in pickles. What stops it is a reason like any other.
"""

import json
import logging
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from disclosure.files.inside.report import Refused

logger = logging.getLogger(__name__)

SECONDS = 120
MEGABYTES = 1536
#: A large file takes more of both: so much for each of its bytes.
_BYTES_A_SECOND = 2**20
_ROOT = Path(__file__).resolve().parents[2]
_STOPPED = {signal.SIGXCPU: "time", signal.SIGKILL: "time", signal.SIGXFSZ: "bomb"}


def run(
    task: str,
    data: bytes,
    content_type: str = "",
    *,
    seconds: int | None = None,
    megabytes: int = MEGABYTES,
) -> dict[str, Any]:
    """The child's answer to `task` over `data`; a result's bytes are under "out".

    Raises Refused where the file is not to be opened, also when the child was stopped.
    """
    seconds = seconds or SECONDS + len(data) // _BYTES_A_SECOND
    with tempfile.TemporaryDirectory(prefix="portal-file-") as name:
        folder = Path(name)
        (folder / "in").write_bytes(data)
        asked = {
            "task": task,
            "folder": name,
            "content_type": content_type,
            "seconds": seconds,
            "megabytes": megabytes,
        }
        answer = _answer(asked, seconds)
        result = folder / "out"
        if result.exists():
            answer["out"] = result.read_bytes()
    if "refusal" in answer:
        raise Refused(answer["refusal"], answer.get("where", ""))
    return answer


def _answer(asked: dict[str, Any], seconds: int) -> dict[str, Any]:
    command = [sys.executable, "-s", "-B", "-m", "disclosure.files.worker", json.dumps(asked)]
    try:
        child = subprocess.run(
            command,
            cwd=_ROOT,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMPDIR": asked["folder"]},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=2 * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refusal": "time"}
    if child.returncode == 0:
        answer: dict[str, Any] = json.loads(child.stdout)
        return answer
    if child.returncode < 0:
        return {"refusal": _STOPPED.get(signal.Signals(-child.returncode), "crash")}
    # The last line alone names the kind of error; what is above may quote the file.
    last = child.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    logger.error("the child that opens files failed: %s", last.partition(":")[0])
    return {"refusal": "memory" if "MemoryError" in last else "crash"}
