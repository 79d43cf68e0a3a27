"""Which module looks into which kind of file: one table, asked by content type."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from disclosure.files import sniff
from disclosure.files.inside.report import Refused, Spent

Result = Any
Function = Callable[[bytes, Spent], Result]

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MODULES = {
    "application/pdf": "pdf",
    "image/jpeg": "images",
    "image/png": "images",
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    f"{_OFFICE}.presentationml.presentation": "pptx",
    "application/x-ole-storage": "ole",
    "application/ofd": "ofd",
    "application/zip": "archives",
    "text/plain": "plain",
}


class _Handlers(Mapping[str, tuple[Function, Function, Function]]):
    """Content type → (inspect, strip, text); a module is imported when its kind first comes."""

    def __getitem__(self, content_type: str) -> tuple[Function, Function, Function]:
        if content_type not in _MODULES:
            raise Refused("type")
        module = importlib.import_module(f"disclosure.files.inside.{_MODULES[content_type]}")
        return module.inspect, module.strip, module.text

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


HANDLERS = _Handlers()
assert set(_MODULES) == set(sniff.ENDINGS)  # noqa: S101  (a kind that nobody looks into)
