"""The log against an earlier download of it: what was in it then must be its beginning now."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from disclosure.publiclog.checking import links
from disclosure.publiclog.faults import Broken


class NoDownload(Exception):
    """The file is not a download of the log."""


def compare(path: Path) -> int:
    """How many entries the file and the log have in common; raises Broken where they part."""
    count = 0
    stored = links(1, _MOST)
    for seq, own in _read(path):
        found = next(stored, None)
        if found is None:
            raise Broken("shorter", seq=seq)
        if (found[0].seq, found[0].hash) != (seq, own):
            raise Broken("anchor", seq=seq)
        count += 1
    return count


_MOST = 2**62


def _read(path: Path) -> Iterator[tuple[int, str]]:
    """Number and hash of each entry in the file."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    found = json.loads(line)
                    if "head" not in found:
                        yield int(found["seq"]), str(found["hash"])
                except (ValueError, KeyError, TypeError) as error:
                    raise NoDownload(
                        _("Line %(number)s of the earlier download cannot be read.")
                        % {"number": number}
                    ) from error
    except (OSError, UnicodeError) as error:
        raise NoDownload(_("The earlier download cannot be read.")) from error
