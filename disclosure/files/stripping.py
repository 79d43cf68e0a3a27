"""A copy of a file that shows the same and holds nothing else: made by the child process."""

from disclosure.files import isolated


def strip(data: bytes, content_type: str) -> bytes:
    """The cleaned copy: the same bytes for the same file. Raises Refused with the reason.

    What cannot be cleaned (older Office files, OFD) comes back as it is; the gate holds it.
    """
    cleaned: bytes = isolated.run("strip", data, content_type)["out"]
    return cleaned
