"""The virus scan: clamd is asked over its socket (INSTREAM); no library for it is maintained."""

import socket
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

_SECONDS = 60
_CHUNK = 2**18
_LONGEST_ANSWER = 4096


class State(StrEnum):
    """What the scanner says; `unavailable` holds a file until it says more."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNAVAILABLE = "unavailable"
    OFF = "off"


@dataclass(frozen=True)
class Result:
    """The answer, with the name of what was found or of what went wrong."""

    state: State
    name: str = ""


def _connect(address: str) -> socket.socket:
    if address.startswith("unix:"):
        plug = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        plug.settimeout(_SECONDS)
        try:
            plug.connect(address.removeprefix("unix:"))
        except OSError:
            plug.close()
            raise
        return plug
    host, _colon, port = address.removeprefix("tcp://").rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)


def scan(data: bytes) -> Result:
    """Have clamd look at the bytes; OFF where no CLAMD_ADDRESS is set."""
    address = settings.CLAMD_ADDRESS
    if not address:
        return Result(State.OFF)
    try:
        with _connect(address) as plug:
            try:
                plug.sendall(b"zINSTREAM\0")
                for at in range(0, len(data), _CHUNK):
                    part = data[at : at + _CHUNK]
                    plug.sendall(len(part).to_bytes(4, "big") + part)
                plug.sendall(bytes(4))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has said why before it closed, as where the file is too large for it
            answer = _answer(plug)
    except (OSError, ValueError) as error:
        return Result(State.UNAVAILABLE, type(error).__name__)
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Result(State.CLEAN)
    if words.endswith(" FOUND"):
        return Result(State.INFECTED, words.removesuffix(" FOUND")[:120])
    return Result(State.UNAVAILABLE, words[:120] or "no answer")


def _answer(plug: socket.socket) -> str:
    received = b""
    while b"\0" not in received and len(received) < _LONGEST_ANSWER:
        part = plug.recv(_LONGEST_ANSWER)
        if not part:
            break
        received += part
    return received.partition(b"\0")[0].decode("utf-8", "replace").strip()
