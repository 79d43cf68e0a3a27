"""Addresses as QR codes: SVG, black on white."""

import io

import segno

#: Modules of white around a code, as the standard asks.
QUIET = 4


def make(url: str) -> segno.QRCode:
    """A code that still reads where a seventh of it is damaged."""
    return segno.make_qr(url, error="m")


def data_uri(url: str) -> str:
    """The code for the `src` of an image."""
    return make(url).svg_data_uri(border=QUIET, omitsize=True, light="#fff")


def svg(url: str) -> bytes:
    """The code as a file of its own."""
    out = io.BytesIO()
    make(url).save(out, kind="svg", border=QUIET, omitsize=True, light="#fff", svgclass=None)
    return out.getvalue()
