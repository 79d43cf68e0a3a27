"""How large and how many files may be, and why one is not taken: asked before it is stored."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from disclosure.core.errors import Refusal
from disclosure.files import kinds, sniff
from disclosure.publications.messages import FILE_NOT_ALLOWED


def why_not_size(size: int) -> list[Refusal]:
    """Why a file of so many bytes is not taken; asked before it is read."""
    if size > settings.ATTACHMENT_MAX_BYTES:
        words = _("The file is too large: at most %(size)d MB.")
        return [Refusal(words % {"size": settings.ATTACHMENT_MAX_BYTES // 2**20}, code="size")]
    return []


def why_not_count(already: int) -> list[Refusal]:
    """Why one more file is not taken where there are `already` so many."""
    if already < settings.ATTACHMENT_MAX_COUNT:
        return []
    words = ngettext_lazy(
        "An item can have at most %(count)d file.",
        "An item can have at most %(count)d files.",
        settings.ATTACHMENT_MAX_COUNT,
    )
    return [Refusal(words % {"count": settings.ATTACHMENT_MAX_COUNT}, code="count")]


def why_not_kind(name: str, data: bytes) -> list[Refusal]:
    """Why a file's content or its ending is not taken."""
    if not data:
        return [Refusal(_("The file is empty."), code="empty")]
    if sniff.is_encrypted_office(data):
        return [Refusal(kinds.REFUSALS["encrypted"], code="encrypted")]
    kind = sniff.recognise(data, name)
    if kind is None or kind.content_type not in sniff.FROM_STAFF:
        return [Refusal(FILE_NOT_ALLOWED, code="type")]
    return []
