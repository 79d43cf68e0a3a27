"""Secrets of the embedded default, made once and kept in an ignored folder."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path, *, bytes_: int) -> str:
    """Return the secret kept at `path`, made at random (urlsafe base64) on first use.

    Written whole under another name and linked into place, so that two processes starting
    together agree on one secret.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(bytes_))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
