"""The address at which a letter is verified, as a QR code. Pure."""

import io
from typing import Final

import segno

#: Modules of white around it, as the standard asks.
_QUIET: Final = 4


def _code(url: str) -> segno.QRCode:
    return segno.make_qr(url, error="m")


def as_data_uri(url: str) -> str:
    """An SVG, for HTML."""
    return _code(url).svg_data_uri(border=_QUIET, omitsize=True)


def as_png(url: str) -> bytes:
    """A PNG of eight pixels a module."""
    buffer = io.BytesIO()
    _code(url).save(buffer, kind="png", border=_QUIET, scale=8)
    return buffer.getvalue()
