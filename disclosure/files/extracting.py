"""The text of a file, for search and for the reviewer: read by the child process.

PDF, DOCX, XLSX, PPTX, OFD, TXT, CSV, XLS and ET. DOC, WPS and PPT give none: no free library reads
them well enough.
"""

from disclosure.files import isolated


def extract(data: bytes, content_type: str) -> str:
    """What the file says, 2 million characters at most. Raises Refused with the reason."""
    return str(isolated.run("text", data, content_type)["text"])
