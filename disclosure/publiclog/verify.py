"""Whether the chain holds: over any iterator of entries, in order. Pure.

Nothing is kept but the end, so a million entries need no more memory than ten.
"""

from collections.abc import Iterable, Iterator

from disclosure.publiclog.chain import ZERO, Link, hash_of, sha256
from disclosure.publiclog.faults import Broken

#: What stands before the first entry.
START = Link(seq=0, at="", kind="", details=None, sealed="", previous="", hash=ZERO)


def walk(links: Iterable[Link], *, after: Link = START) -> Iterator[Link]:
    """Each entry once it is proved to follow on the one before; raises Broken at the first that
    does not.
    """
    before = after
    for link in links:
        if link.seq != before.seq + 1:
            raise Broken("missing", seq=before.seq + 1)
        if link.previous != before.hash:
            raise Broken("previous", seq=link.seq)
        if link.details is not None and sha256(link.details) != link.sealed:
            raise Broken("sealed", seq=link.seq)
        found = hash_of(
            seq=link.seq,
            at=link.at,
            kind=link.kind,
            sealed=link.sealed,
            previous=link.previous,
        )
        if found != link.hash:
            raise Broken("hash", seq=link.seq)
        # Of the same form and zone, so they compare as text.
        if link.at < before.at:
            raise Broken("time", seq=link.seq)
        yield link
        before = link
